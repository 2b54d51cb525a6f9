"""The acts of lists: import one. Each function is pure.

Rule: the acts are domestic: nothing of a list leaves the node.
Design: screening; issue 3, "Lists as subjects".
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.formats import un_list
from mithaq.node.acts import instruments, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Row, SubjectsChanged, Terms
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.lists import facts
from mithaq.node.lists.requests import ImportList
from mithaq.seal import canonical

ENTRY = "lists.ListEntry"


@dataclass(frozen=True, slots=True)
class ImportFacts:
    """The list as read, and the entries that are here."""

    domestic: str
    entries: tuple[tuple[str, str, Person], ...]
    present: frozenset[str]
    elements: int
    reported: int
    reports: tuple[dict[str, Any], ...]
    digest: str


def load_import(request: ImportList, _actor: Actor) -> ImportFacts:
    """Reads the file's bytes into persons; what is not used is reported, element by element."""
    found = un_list.read_un_list(io.BytesIO(request.data))
    entries = tuple(
        (f"{request.list}/{person.reference}", person.reference, _listed(person)) for person in found.persons
    )
    told = (*found.reported, *found.unread)
    reports = tuple({"code": item.code, "where": item.offset, "detail": item.detail} for item in told)
    return ImportFacts(
        instruments.domestic_plan().id,
        entries,
        facts.entry_ids(request.list),
        found.source_elements,
        len(found.reported),
        reports,
        canonical.digest(request.data),
    )


def _listed(person: un_list.ListedPerson) -> Person:
    return Person(
        names=person.names,
        weak_names=person.weak_names,
        sex=person.sex if person.sex in {"female", "male"} else "unknown",  # type: ignore[arg-type]
        birth_dates=person.birth_dates,
        nationalities=person.nationalities,
        documents=tuple(Document("", number) for number in person.documents),
    )


def import_list(request: ImportList, found: ImportFacts, context: Context) -> Effects:
    """The list replaces the one before. Stops when half the entries would vanish: that is a broken file, not news."""
    new = {key for key, _, _ in found.entries}
    if found.present and len(found.present - new) * 2 > len(found.present):
        raise InputError(
            "list.vanished",
            "More than half of the entries would vanish.",
            remedy="Check that the file is complete.",
            where=request.name,
        )
    key = str(context.new_id())
    counts = {
        "elements": found.elements,
        "used": len(found.entries),
        "reported": found.reported,
    }
    record = Row(
        "lists.ListImport",
        key,
        0,
        {"list": request.list, "at": context.now, "digest": found.digest, "reports": list(found.reports), **counts},
    )
    fresh = tuple(
        Row(
            ENTRY,
            entry,
            0,
            {"list": request.list, "reference": reference, "person": wire.encode(person), "imported": context.now},
        )
        for entry, reference, person in found.entries
    )
    return Effects(
        erase=tuple((ENTRY, entry) for entry in sorted(found.present)),
        rows=(record, *fresh),
        answer={"import": key, **counts},
        leaf={"record": f"list/{request.list}", "digest": found.digest},
        subjects=(SubjectsChanged("list", key, entered=tuple(f"list:{entry}" for entry, _, _ in found.entries)),),
    )


IMPORT = Act(
    "import-list", 1, _("Import a list"), ImportList, frozenset({"supervisor", "case-officer"}),
    lambda _request, found: Terms(
        found.domestic, "domestic", frozenset({"sanction-list"}), "domestic", "en"
    ),
    load_import, import_list,
)  # fmt: skip
ACTS = (IMPORT,)
