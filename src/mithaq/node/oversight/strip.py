"""A picture of a trail: what was done when, one lane a kind. Pure.

Rule: the picture says nothing that the table below it does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mithaq.node.oversight.follow import Event, Kind

WIDTH = 1000.0
LANE = 22
KINDS: tuple[Kind, ...] = ("act", "message", "receipt", "read", "erased")


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the picture: `x` along the time, `y` its lane."""

    x: str
    y: int
    kind: Kind
    refused: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture: its lanes with their number of events, its marks, and the time from end to end."""

    lanes: tuple[tuple[Kind, int, int], ...]
    marks: tuple[Mark, ...]
    first: datetime
    last: datetime

    @property
    def height(self) -> int:
        return LANE * len(self.lanes)


def strip(events: Sequence[Event]) -> Strip | None:
    """The picture of events in their order, or None when there is none."""
    if not events:
        return None
    first, last = events[0].at, events[-1].at
    whole = (last - first).total_seconds() or 1.0
    kinds = [kind for kind in KINDS if any(event.kind == kind for event in events)]
    lanes = tuple(
        (kind, place * LANE + LANE // 2, sum(event.kind == kind for event in events))
        for place, kind in enumerate(kinds)
    )
    middle = {kind: y for kind, y, _count in lanes}
    marks = tuple(
        Mark(
            f"{8 + (event.at - first).total_seconds() / whole * (WIDTH - 16):.1f}",
            middle[event.kind],
            event.kind,
            event.refused,
        )
        for event in events
    )
    return Strip(lanes, marks, first, last)
