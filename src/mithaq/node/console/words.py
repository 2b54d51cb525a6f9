"""Words for the codes that software uses and people read: states, acts, purposes, evidence, grounds.

Rule: a code is never shown bare where a word exists; a code without a word is shown as it is, and a test lists none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mithaq.node.acts.registry import REGISTRY

WORDS: dict[str, dict[str, object]] = {
    "state": {
        "draft": lazy("draft"),
        "approved": lazy("approved"),
        "active": lazy("active"),
        "withdrawn": lazy("withdrawn"),
        "candidate": lazy("to judge"),
        "verifying": lazy("confirmed by one officer"),
        "disputed": lazy("officers disagree"),
        "confirmed": lazy("confirmed"),
        "rejected": lazy("rejected"),
        "told": lazy("reported by the partner"),
        "open": lazy("to be sent"),
        "sent": lazy("sent"),
        "waiting": lazy("waiting for the partner"),
        "accepted": lazy("accepted by the partner"),
        "delivered": lazy("delivered to the unit"),
        "refused": lazy("refused by the plan"),
        "withheld": lazy("held back by the plan"),
        "expired": lazy("expired"),
        "suspended": lazy("suspended"),
        "revoked": lazy("revoked"),
        "unchanged": lazy("unchanged"),
        "pending": lazy("waits to be confirmed"),
        "live": lazy("live"),
        "replaced": lazy("replaced"),
        "discarded": lazy("discarded"),
    },
    "change": {"added": lazy("added"), "changed": lazy("changed"), "removed": lazy("removed")},
    "list_field": {
        "names": lazy("Names"),
        "weak_names": lazy("Weak aliases"),
        "sex": lazy("Sex"),
        "birth_dates": lazy("Birth date"),
        "nationalities": lazy("Nationality"),
        "documents": lazy("Documents"),
        "marks": lazy("Particular marks"),
        "places": lazy("Places of birth"),
        "remarks": lazy("Remarks"),
        "human": lazy("Same person as"),
    },
    "step": {
        "wished": lazy("Decided here"),
        "sent": lazy("Sealed, signed and logged"),
        "R0": lazy("Accepted by the partner's node (R0)"),
        "R1": lazy("In the partner's ledger (R1)"),
        "R2": lazy("Delivered to the unit (R2)"),
        "R3": lazy("Opened (R3)"),
        "R4": lazy("Outcome (R4)"),
        "RX": lazy("Rejected (RX)"),
        "refused": lazy("Refused by the plan"),
    },
    "category": {
        "wanted": lazy("wanted person"),
        "missing": lazy("missing person"),
        "suspect": lazy("suspect"),
        "victim": lazy("victim"),
        "witness": lazy("witness"),
    },
    "purpose": {
        "arrest": lazy("arrest for extradition"),
        "locate": lazy("locate"),
        "information": lazy("information"),
        "missing": lazy("find a missing person"),
        "domestic": lazy("own tasks of this authority"),
        "list": lazy("entry of a list"),
    },
    "urgency": {"urgent": lazy("urgent"), "to-obtain": lazy("to be obtained"), "normal": lazy("normal")},
    "sex": {
        "female": lazy("female"),
        "male": lazy("male"),
        "other": lazy("other"),
        "unknown": lazy("not known"),
    },
    "role": {
        "passenger": lazy("passenger"),
        "crew": lazy("crew"),
        "transit": lazy("in transit"),
        "transit-crew": lazy("crew in transit"),
    },
    "data": {
        "identity": lazy("identity"),
        "portrait": lazy("portrait"),
        "document": lazy("documents"),
        "judicial-basis": lazy("judicial basis"),
        "travel": lazy("travel"),
        "warning": lazy("warnings"),
        "sanction-list": lazy("sanctions list"),
        "organisational": lazy("organisational, no personal data"),
    },
    "handling": {
        "H0": lazy("no personal data"),
        "H1": lazy("for the units of the line"),
        "H2": lazy("for the officers of the case"),
        "H3": lazy("not without the originator's consent"),
    },
    "verdict": {"match": lazy("It is this person"), "no-match": lazy("It is another person")},
    "identifier": {
        "": lazy("nothing beyond name and birth date"),
        "document": lazy("document number"),
        "portrait": lazy("portrait"),
        "fingerprints": lazy("fingerprints"),
        "marks": lazy("particular marks"),
        "biometric-chip": lazy("chip of the document"),
    },
    "language": {"en": lazy("English"), "fr": lazy("French"), "nl": lazy("Dutch"), "ar": lazy("Arabic")},
    "evidence": {
        "name": lazy("Name"),
        "birth_date": lazy("Birth date"),
        "nationality": lazy("Nationality"),
        "sex": lazy("Sex"),
        "document": lazy("Document"),
    },
    "agrees": {
        "same": lazy("same"),
        "near": lazy("close"),
        "differs": lazy("differs"),
        "other": lazy("another one"),
        "missing": lazy("not known"),
    },
    "leaf": {
        "act": lazy("act"),
        "sent": lazy("message sent"),
        "received": lazy("message received"),
        "delivered": lazy("message delivered"),
        "receipt": lazy("receipt"),
        "rejected": lazy("message rejected"),
        "refusal": lazy("refusal"),
        "withheld": lazy("message held back"),
        "plan": lazy("plan enacted"),
        "key-list": lazy("key list"),
        "access": lazy("head of the access log"),
        "erased": lazy("erasure"),
        "refused-file": lazy("file refused"),
        "person": lazy("person added"),
        "post": lazy("post added"),
        "client": lazy("own system added or revoked"),
    },
    "format": {
        "PAXLST": lazy("PAXLST passenger list"),
        "PNRGOV": lazy("PNRGOV bookings"),
        "MRZ": lazy("machine-readable zones of documents"),
        "UN list": lazy("United Nations sanctions list"),
        "EU list": lazy("European Union sanctions list"),
        "OFAC list": lazy("OFAC sanctions list"),
        "JSON Lines": lazy("subjects, one a line (JSON Lines)"),
        "CSV": lazy("table (CSV)"),
    },
    "record": {
        "traveller": lazy("traveller"),
        "manifest": lazy("passenger list"),
        "message": lazy("message"),
        "booking": lazy("booking"),
        "zone": lazy("document"),
        "person": lazy("person"),
        "subject": lazy("subject"),
        "row": lazy("row"),
    },
    "place": {
        "line": lazy("line"),
        "column": lazy("column"),
        "offset": lazy("offset"),
        "segment": lazy("segment"),
        "message": lazy("message"),
        "row": lazy("row"),
    },
    "handled": {"sent-again": lazy("sent again"), "closed": lazy("closed")},
    "letter": {
        "sent": lazy("message not delivered"),
        "received": lazy("message put aside"),
        "file": lazy("file refused"),
    },
    "fact": {
        "record": lazy("record"),
        "state": lazy("state"),
        "plan": lazy("plan"),
        "line": lazy("line of the plan"),
        "clauses": lazy("clauses"),
        "unit": lazy("unit"),
        "ground": lazy("ground"),
        "kind": lazy("kind"),
        "digest": lazy("digest"),
        "authority": lazy("authority"),
        "version": lazy("version"),
        "travellers": lazy("travellers"),
        "candidates": lazy("candidates"),
        "manifests": lazy("manifests"),
        "again": lazy("came again"),
        "hit": lazy("hit"),
        "roles": lazy("roles"),
        "rows": lazy("rows of the access log"),
        "model": lazy("what was erased"),
        "records": lazy("records"),
        "client": lazy("own system"),
    },
    "move": {"approve": lazy("approve"), "publish": lazy("publish"), "withdraw": lazy("withdraw")},
    "proposal": {
        "open": lazy("waits for a second person"),
        "confirmed": lazy("confirmed"),
        "refused": lazy("refused"),
    },
    "office": {
        "case-officer": lazy("case officer"),
        "supervisor": lazy("supervisor"),
        "liaison-officer": lazy("liaison officer"),
        "party-coordinator": lazy("coordinator of the party"),
        "legal-reviewer": lazy("legal reviewer"),
        "analyst": lazy("analyst"),
        "protocol-officer": lazy("protocol officer"),
        "event-lead": lazy("lead of an event"),
        "oversight": lazy("oversight"),
        "administrator": lazy("administrator"),
    },
    "feed": {
        "paxlst": lazy("PAXLST passenger list"),
        "pnrgov": lazy("PNRGOV bookings"),
        "traveller": lazy("single travellers"),
    },
    "source": {"notice": lazy("notices"), "notices": lazy("notices"), "list": lazy("lists")},
    "crossing": {
        "found": lazy("Found"),
        "none": lazy("Nobody: every crossing of these days is kept, and this person is not among them."),
        "not-kept": lazy("Not kept: the register cannot answer for all of these days."),
        "nothing": lazy("No list was received in these days."),
    },
    "post": {"air": lazy("airport"), "sea": lazy("sea port"), "land": lazy("land border")},
}

WHY: dict[str, object] = {
    "name.exact": lazy("The names are the same."),
    "name.skeleton": lazy("The names have the same consonants."),
    "name.spelling": lazy("The names are spellings of each other."),
    "name.script": lazy("The names agree across scripts."),
    "name.article": lazy("The names differ by an article."),
    "name.particle": lazy("The names differ by a particle."),
    "name.joined": lazy("The names agree when written together."),
    "name.together": lazy("Words that agree together count only in part."),
    "name.seen_only": lazy("This name stands only in the document."),
    "name.listed_only": lazy("This name stands only in the list."),
    "name.weak": lazy("The list calls this alias weak."),
    "birth_date.missing": lazy("A birth date is missing."),
    "birth_date.exact": lazy("The birth dates are the same."),
    "birth_date.exact_january": lazy(
        "The birth dates are the same, a 1 January, which often stands for an unknown day."
    ),
    "birth_date.swapped": lazy("Day and month are swapped."),
    "birth_date.near_year": lazy("Day and month agree, the year is close."),
    "birth_date.first_january": lazy("The document says 1 January, which often stands for an unknown day."),
    "birth_date.listed_january": lazy("The list says 1 January, which often stands for an unknown day."),
    "birth_date.month": lazy("Year and month agree."),
    "birth_date.year": lazy("The year agrees; the list knows no more."),
    "birth_date.year_off_by_one": lazy("The years are one apart."),
    "birth_date.same_year": lazy("The year agrees, the day does not."),
    "birth_date.contradicts": lazy("The birth dates contradict each other."),
    "birth_date.range": lazy("The birth date lies within the range."),
    "nationality.same": lazy("The nationalities agree."),
    "nationality.differs": lazy("The nationalities differ."),
    "nationality.missing": lazy("A nationality is missing."),
    "sex.same": lazy("The sex agrees."),
    "sex.differs": lazy("The sex differs."),
    "sex.missing": lazy("The sex is not known."),
    "document.same": lazy("The document number is the same."),
    "document.differs": lazy("The document number differs."),
    "document.missing": lazy("A document number is missing."),
}


_WORD = re.compile("[a-z]+")
ZONES: dict[str, object] = {
    "Africa/Casablanca": lazy("Casablanca"),
    "Europe/Brussels": lazy("Brussels"),
    "UTC": lazy("UTC"),
}


def zone(key: str) -> str:
    """The city that stands for a time zone."""
    return str(ZONES.get(key, key.rpartition("/")[2].replace("_", " ")))


def place(text: str) -> str:
    """A place in a file, such as `line 3, column 20`, in the reader's language."""
    return _WORD.sub(lambda found: word("place", found[0]), text)


def word(kind: str, code: str) -> str:
    """The word for a code, in the reader's language."""
    if kind == "act":
        act = REGISTRY.acts.get(code)
        return str(act.title) if act else code
    return str(WORDS.get(kind, {}).get(code, code))


def parameter(name: str, value: object) -> str:
    """The reader's words for what stands in a sentence: states, steps and roles have words, all else is as it is."""
    kind = {"state": "state", "verb": "move", "roles": "office", "act": "act", "format": "format"}.get(name)
    if kind is None:
        return str(value)
    return ", ".join(word(kind, code) for code in str(value).split(", "))


def why(code: str, params: Mapping[str, object]) -> str:
    """The sentence of a piece of evidence; for a name also how rare it is, which is what its weight comes from."""
    sentence = str(WHY.get(code, code))
    if "borne" not in params:
        return sentence
    return sentence + " " + _("Borne by %(borne)s of %(persons)s listed persons.") % params
