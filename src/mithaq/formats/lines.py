"""A record in one line, whatever its format: who, born when, of which State, with which document; else which journey.

Rule: what is shown is what was read, in its own script; nothing is looked up or made up. Documents: as the readers'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mithaq.formats.reading import Record

_JOURNEYS = frozenset({"row", "message", "manifest"})


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of a record's line; `names` holds, for a row or a journey, its texts as they stand; `cut` says that the
    document cut the names off."""

    kind: str
    where: str
    names: tuple[str, ...]
    births: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    cut: bool = False


def line_of(record: Record) -> Line:
    """The line of a record."""
    value = record.value
    if record.kind in _JOURNEYS:
        texts = [one for one in value.values() if isinstance(one, str) and one]
        return Line(record.kind, record.where, tuple(texts[:8]))
    if record.kind == "booking":
        people = [one for one in value.get("travellers", ()) if isinstance(one, Mapping)]
        return Line(record.kind, record.where, tuple(name for one in people for name in _names(one)))
    births = value.get("birth_dates") or [value.get("birth_date")]
    states = value.get("nationalities") or [value.get("nationality")]
    return Line(
        record.kind,
        record.where,
        _names(value),
        tuple(str(one) for one in births if one),
        tuple(str(one) for one in states if one),
        _documents(value),
        bool(value.get("cut")),
    )


def _names(value: Mapping[str, Any]) -> tuple[str, ...]:
    if value.get("names"):
        return tuple(str(one) for one in value["names"])
    given, family = value.get("given") or value.get("secondary"), value.get("family") or value.get("primary")
    whole = " ".join(str(one) for one in (given, family) if one)
    return (whole,) if whole else ()


def _documents(value: Mapping[str, Any]) -> tuple[str, ...]:
    listed = value.get("documents") or [value.get("number") or value.get("document")]
    numbers = (one.get("number") if isinstance(one, Mapping) else one for one in listed)
    return tuple(str(one) for one in numbers if one)
