"""The small print of an error or a warning: what its values are called, what kind of word each is, and fields of forms.

Rule: each value that a page can show beside a sentence has a name here; a test finds them in the source.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

# Of which kind of word a value is, by its name; or by the code of its error and its name.
KINDS = {
    "state": "state",
    "verb": "move",
    "roles": "office",
    "act": "act",
    "format": "format",
    "formats": "format",
    "highest": "handling",
    "delimiter": "delimiter",
    "field": "zone",
    "trailer": "segment",
    "pnrgov.heading missing": "segment",
    "plan.act.version allowed": "act",
    "plan.recipient allowed": "recipient",
    "plan.category allowed": "data",
    "plan.purpose allowed": "purpose",
    "plan.language allowed": "language",
    "plan.urgency allowed": "urgency",
    "post.names missing": "language",
}
WORDS: dict[str, dict[str, object]] = {
    "parameter": {
        "after": lazy("after"),
        "allowed": lazy("permitted"),
        "before": lazy("persons before"),
        "by": lazy("by"),
        "count": lazy("number permitted"),
        "ends": lazy("ended"),
        "format": lazy("format of the file"),
        "formats": lazy("formats that are known"),
        "highest": lazy("highest permitted"),
        "hours": lazy("in hours"),
        "key": lazy("key"),
        "kind": lazy("kind of record"),
        "latest": lazy("at the latest"),
        "missing": lazy("missing"),
        "parties": lazy("parties of the plan"),
        "party": lazy("party"),
        "record": lazy("record"),
        "removed": lazy("persons removed"),
        "seconds": lazy("seconds to wait"),
        "since": lazy("since"),
        "starts": lazy("starts"),
    },
    "field": {
        "basis.court": lazy("Court or authority"),
        "basis.issued": lazy("Date of the warrant"),
        "basis.standing": lazy("What became of it"),
        "basis.warrant": lazy("Warrant"),
        "birth_date": lazy("Birth date"),
        "bits": lazy("Threshold"),
        "data": lazy("File"),
        "document": lazy("Document"),
        "documents": lazy("Documents"),
        "feed": lazy("Feed"),
        "file": lazy("File"),
        "identifier": lazy("Identified by"),
        "mrz": lazy("Machine-readable zone"),
        "name": lazy("Name"),
        "names": lazy("Names"),
        "nationality": lazy("Nationality"),
        "notice": lazy("Notice"),
        "one_in": lazy("One false alert in so many travellers"),
        "person": lazy("The person"),
        "person.birth_dates": lazy("Birth date"),
        "person.names": lazy("Names"),
        "post": lazy("Post"),
        "reason": lazy("Reason"),
        "reference": lazy("Reference"),
        "review": lazy("Review by"),
        "until": lazy("Last day"),
    },
}
