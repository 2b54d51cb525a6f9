"""A list's bytes as entries of this node, whichever list it is.

Rule: `elements == len(entries) + reported`; everything not used is told by code, with the first places where it stands.
Design: screening, "Files in and out"; issue 3, "Lists as subjects".
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mithaq.errors import InputError
from mithaq.formats.edifact import Warning
from mithaq.formats.eu_list import EuList, read_eu_list
from mithaq.formats.listed_person import ListedPerson
from mithaq.formats.ofac_list import OfacList, read_ofac_list
from mithaq.formats.reading import Warning as LineWarning
from mithaq.formats.un_list import UnList, read_un_list
from mithaq.formats.unpack import unpack
from mithaq.node.acts import wire
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.lists.own import Own, read_own

MOST_BYTES = 64 * 1024 * 1024
# So many places of a report are shown; the others are counted.
PLACES = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of a list as it is stored: plain JSON values, so that two readings can be compared field by field."""

    reference: str
    person: dict[str, Any]
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: its date as it says it, its entries, how many elements it has, and what was not used."""

    generated: str
    entries: tuple[Entry, ...]
    elements: int
    reported: int
    reports: tuple[dict[str, Any], ...]


def unpacked(data: bytes) -> bytes:
    """The bytes of a file that may be packed (`.gz`, or `.zip` with one member), read no further than the limit.

    Raises InputError `read.size`, `read.packed`, `read.members`.
    """
    return unpack(io.BytesIO(data))


def read(name: str, data: bytes, more: bytes = b"", mapping: bytes = b"", *, today: date) -> Reading:
    """Read the list `name` on a day. Raises InputError: of the format, or `list.size`, `list.lines`, `list.mapping`."""
    if len(data) > MOST_BYTES or len(more) > MOST_BYTES:
        raise InputError("list.size", "The file is larger than any list.", remedy="Choose the list itself.")
    if mapping and name != "OWN":
        detail = "A mapping goes with the authority's own list alone."
        raise InputError("list.mapping", detail, remedy="Leave it out.", where="mapping")
    if name == "UN":
        return _published(read_un_list(data))
    if name == "EU":
        return _published(read_eu_list(data))
    if name == "OFAC":
        found = read_ofac_list(data, more or None)
        return _published(found, found.aliases_reported)
    return _own(read_own(data, mapping, today))


def _published(found: UnList | EuList | OfacList, beside: tuple[Warning, ...] = ()) -> Reading:
    told = [(one.offset, one) for one in (*found.reported, *found.unread, *beside)]
    entries = tuple(map(_entry, found.persons))
    return Reading(found.generated, entries, found.source_elements, len(found.reported), reports(told))


def _entry(found: ListedPerson) -> Entry:
    person = Person(
        names=found.names,
        weak_names=found.weak_names,
        sex=found.sex if found.sex in {"female", "male"} else "unknown",  # type: ignore[arg-type]
        birth_dates=found.birth_dates,
        nationalities=found.nationalities,
        documents=tuple(Document(paper.kind, paper.number, paper.state) for paper in found.papers),
    )
    more = {"places": list(found.places), "remarks": list(found.remarks), "human": ""}
    return Entry(_clean(found.reference), _clean(wire.encode(person)), _clean(more))


def _own(found: Own) -> Reading:
    """The authority's own subjects. Of one id twice the first is kept."""
    kept: dict[str, Entry] = {}
    told: list[tuple[int, Warning]] = []
    for line, value in found.people:
        entry = _subject(value)
        if entry.reference in kept:
            told.append((line, Warning("list.twice", line, "An id that stands in the list twice.")))
        elif not any(name.strip() for name in entry.person["names"]):
            told.append((line, Warning("list.nameless", line, "A person without a name.")))
        else:
            kept[entry.reference] = entry
    if not kept:
        raise InputError("list.lines", "The file holds no persons.", remedy="Write one JSON object a line.")
    return Reading("", tuple(kept.values()), found.elements, found.reported + len(told), reports((*found.told, *told)))


def _subject(found: dict[str, Any]) -> Entry:
    sex, human = found.get("sex", ""), found.get("person", "")
    person = Person(
        names=tuple(found["names"]),
        weak_names=tuple(found.get("weak_names", ())),
        sex=sex if sex in {"female", "male", "other"} else "unknown",
        birth_dates=tuple(found.get("birth_dates", ())),
        nationalities=tuple(found.get("nationalities", ())),
        documents=tuple(Document("", number) for number in found.get("documents", ())),
    )
    more = {"places": list(found.get("places", ())), "remarks": [], "human": human if human != found["id"] else ""}
    return Entry(_clean(found["id"]), _clean(wire.encode(person)), _clean(more))


def _clean(value: Any) -> Any:
    """Without what no database keeps as text: the zero character, and halves of characters."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def reports(told: Iterable[tuple[int, Warning | LineWarning]]) -> tuple[dict[str, Any], ...]:
    """What was not used, by code: how often, and the first places (lines of the source)."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    first: dict[tuple[str, str], Warning | LineWarning] = {}
    for line, item in told:
        places[item.code, item.detail].append(line)
        first.setdefault((item.code, item.detail), item)
    return tuple(
        {
            "code": one.code,
            "detail": one.sentence,
            "params": dict(one.params),
            "count": len(places[key]),
            "where": places[key][:PLACES],
        }
        for key, one in first.items()
    )
