"""Words of the plan's clauses, and of who acts under them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

WORDS: dict[str, dict[str, object]] = {
    "purpose": {
        "arrest": lazy("arrest for extradition"),
        "locate": lazy("locate"),
        "information": lazy("information"),
        "missing": lazy("find a missing person"),
        "domestic": lazy("own tasks of this authority"),
        "list": lazy("entry of a list"),
    },
    "urgency": {"urgent": lazy("urgent"), "to-obtain": lazy("to be obtained"), "normal": lazy("normal")},
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
    "recipient": {"local": lazy("stays with this authority")},
}
