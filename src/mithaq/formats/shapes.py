"""Values of the readers as readings: one shape for pages, commands and interfaces.

Rule: a value's fields go through as they are, and so do the codes and sentences of its warnings; an offset of an
EDIFACT reader is called so, and that of a list is a line. Documents: those of the readers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from mithaq.formats import edifact
from mithaq.formats.reading import Reading, Record, Warning, bounded

# Warnings of the EDIFACT readers that say that something was not read at all.
_LEFT_OUT = frozenset(
    {"edifact.preamble", "edifact.tag", "edifact.cut", "edifact.stray", "paxlst.message", "paxlst.role",
     "paxlst.document", "paxlst.segment", "pnrgov.message", "pnrgov.segment"}
)  # fmt: skip


def as_is(_kind: str, value: Reading) -> Reading:
    """A value that is a reading already."""
    return value


def paxlst(kind: str, value: Any) -> Reading:
    """Each list without its travellers, and then each traveller."""
    records: list[Record] = []
    for number, message in enumerate(value.messages, 1):
        where = f"message {number}"
        plain = asdict(message)
        people = plain.pop("travellers")
        records.append(Record("manifest", where, plain))
        records += [Record("traveller", where, person) for person in people]
    return _divided(kind, records, value.warnings)


def pnrgov(kind: str, value: Any) -> Reading:
    """Each message without its bookings, and then each booking with its travellers."""
    records: list[Record] = []
    for number, message in enumerate(value.messages, 1):
        plain = asdict(message)
        bookings, _unread = plain.pop("records"), plain.pop("unread", ())  # the warnings tell of the unread, too
        records.append(Record("message", f"message {number}", plain))
        records += [Record("booking", f"offset {one.get('offset', 0)}", one) for one in bookings]
    return _divided(kind, records, value.warnings)


def persons(kind: str, value: Any) -> Reading:
    """Each person of a list; entities and aliases without a person are what was not understood."""
    records = tuple(Record("person", one.reference, asdict(one)) for one in value.persons)
    left = [*value.reported, *getattr(value, "aliases_reported", ())]
    return Reading(kind, records, bounded(list(_told("line", value.unread))), bounded(list(_told("line", left))))


def zones(kind: str, value: Any) -> Reading:
    """Each zone with its check digits."""
    records = tuple(
        Record(
            "zone",
            f"line {one.line}",
            asdict(one.zone) | {"checks": [asdict(check) | {"holds": check.holds} for check in one.checks]},
        )
        for one in value.zones
    )
    told = [warning for one in value.zones for warning in one.warnings]
    return Reading(kind, records, bounded(told), bounded(value.not_understood))


def _divided(kind: str, records: list[Record], warnings: Iterable[edifact.Warning]) -> Reading:
    """What was bent apart from what was left out."""
    told = list(_told("offset", warnings))
    bent = tuple(one for one in told if one.code not in _LEFT_OUT)
    return Reading(kind, tuple(records), bent, tuple(one for one in told if one.code in _LEFT_OUT))


def _told(unit: str, warnings: Iterable[edifact.Warning]) -> Iterable[Warning]:
    return (Warning(one.code, _place(unit, one), one.sentence, one.params) for one in warnings)


def _place(unit: str, one: edifact.Warning) -> str:
    return f"segment {one.segment}, {unit} {one.offset}" if one.segment else f"{unit} {one.offset}"


SHAPES: dict[str, Callable[[str, Any], Reading]] = {
    "as_is": as_is,
    "paxlst": paxlst,
    "pnrgov": pnrgov,
    "persons": persons,
    "zones": zones,
}
