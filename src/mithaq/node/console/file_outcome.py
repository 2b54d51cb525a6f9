"""What became of a file, for a person who knows no format: how much was understood, of which journeys, what was not.

Rule: of a file's own text nothing is shown here but the tag of a segment, since bookings hold what no border may carry.
Design: architecture, "Layout" (formats); subjects, safeguard 7.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mithaq.formats.lines import Line, line_of
from mithaq.formats.reading import Reading, Record, Warning, counted
from mithaq.node.console.words.outcomes import OF_NODE, OUTCOMES, outcome

PLACES = 10
JOURNEYS = 8
_JOURNEY = ("flight", "departure", "departs", "arrival", "arrives")
_OFFSET = re.compile(r"offset (\d+)")
_TAG = re.compile(rb"[\s\0]*([A-Z]{2}[A-Z0-9])(?![A-Z0-9])")
# As `mithaq.formats.reading` says that more warnings were left out.
_MORE = frozenset({"read.warnings", "edifact.warnings"})


@dataclass(frozen=True, slots=True)
class Pile:
    """Warnings that say the same: the sentence, the first places, each with its segment's tag, and how many more."""

    said: Warning
    places: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has one outcome: its key, heading, meaning and what to do; how often, and its piles."""

    key: str
    heading: object
    means: object
    remedy: object
    count: int
    piles: tuple[Pile, ...]


def outcomes(reading: Reading, data: bytes) -> list[Outcome]:
    """All that was bent or left out, what matters most first; `data` is the file, unpacked."""
    found: dict[str, list[Warning]] = {}
    for told in (reading.warnings, reading.not_understood):
        for one in told:
            # What was only counted is of the kind of what was told before it.
            found.setdefault(outcome(told[0].code if one.code in _MORE else one.code), []).append(one)
    return [
        Outcome(key, *OUTCOMES[key], sum(counted([one]) for one in found[key]), tuple(_piles(found[key], data)))
        for key in OUTCOMES
        if key in found
    ]


def stored(warnings: Iterable[Mapping[str, Any]]) -> list[Outcome]:
    """The same of warnings as a manifest's row keeps them: their place is an offset, or a text that says the place."""
    told = tuple(
        Warning(str(one["code"]), _stored_place(one), str(one["detail"]), one.get("params") or {}) for one in warnings
    )
    return outcomes(Reading("", (), told), b"")


def _stored_place(one: Mapping[str, Any]) -> str:
    """The place; nothing for what the node says of the whole list."""
    if one["code"] in OF_NODE:
        return ""
    at = one["offset"]
    return f"offset {at}" if isinstance(at, int) else str(at)


def verdict(found: Iterable[Outcome]) -> str:
    """The whole in one word: read in part, with doubts, or whole."""
    keys = {one.key for one in found}
    return "part" if keys & {"lost", "count"} else "doubt" if "doubt" in keys else "whole"


def counts(reading: Reading) -> list[tuple[str, int]]:
    """How many of each kind of record; of bookings also the travellers in them."""
    found = Counter(one.kind for one in reading.records)
    for one in reading.records:
        if one.kind == "booking":
            found["traveller"] += len(one.value.get("travellers", ()))
    return list(found.items())


def journeys(reading: Reading) -> list[dict[str, Any]]:
    """The flights or voyages that the lists and messages of a file are of, each once."""
    held = [one.value for one in reading.records if one.kind in {"manifest", "message"}]
    found = {tuple(str(one.get(name) or "") for name in _JOURNEY) for one in held}
    return [dict(zip(_JOURNEY, one, strict=True)) for one in sorted(found) if any(one)][:JOURNEYS]


def lines(reading: Reading, most: int) -> tuple[list[Line], int]:
    """The first lines of what was understood, and how many more there are; travellers of a booking have their own."""
    found = [line for record in reading.records for line in _lines(record)]
    return found[:most], max(0, len(found) - most)


def _lines(record: Record) -> Iterable[Line]:
    if record.kind in {"manifest", "message"}:
        said = (record.value.get(name) for name in _JOURNEY)
        yield Line(record.kind, record.where, tuple(str(one).replace("T", " ") for one in said if one))
    elif record.kind == "booking":
        references = dict.fromkeys(str(one["reference"]) for one in record.value.get("locators", ()))
        yield Line(record.kind, record.where, tuple(one for one in references if one))
        for person in record.value.get("travellers", ()):
            yield line_of(Record("traveller", record.where, person))
    else:
        yield line_of(record)


def _piles(told: Iterable[Warning], data: bytes) -> Iterable[Pile]:
    """Warnings that say the same, once."""
    piles: dict[tuple[str, str], list[Warning]] = {}
    for one in told:
        piles.setdefault((one.code, one.detail), []).append(one)
    for held in piles.values():
        places = tuple((one.where, _tag(data, one.where)) for one in held[:PLACES])
        yield Pile(held[0], places, max(0, len(held) - PLACES))


def _tag(data: bytes, where: str) -> str:
    """The tag of the segment that stands at a place of an EDIFACT file; empty elsewhere."""
    offset = _OFFSET.search(where)
    found = _TAG.match(data, int(offset[1])) if offset else None
    return found[1].decode() if found else ""
