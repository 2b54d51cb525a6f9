"""What a PNRGOV reader tolerated. Rule: a note says segment number and offset, and names no person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_WARNINGS, Segment, Warning
from mithaq.formats.pnrgov_values import Flight, Unread

# Together in one file; the largest aircraft carries 900.
MAX_HELD = 100_000


@dataclass(slots=True)
class Notes:
    """The notes of a file; `number` is that of the segment being read in its message, UNH being 1.

    `times`, `routes` and `flights` are what TVL segments already said: most bookings of a file are of the same flights.
    """

    warnings: list[Warning]
    number: int = 0
    more: int = 0
    held: int = 0
    unread: list[Unread] = field(default_factory=list)
    flights: dict[tuple[tuple[str, str], ...], Flight] = field(default_factory=dict)
    times: dict[tuple[str, ...], tuple[str, str, bool, bool]] = field(default_factory=dict)
    routes: dict[tuple[tuple[str, ...], ...], dict[str, str]] = field(default_factory=dict)

    def add(self, warning: Warning, number: int | None = None) -> None:
        """Note it, of the segment being read or of another one (0: of none); beyond the limit it is only counted."""
        if len(self.warnings) >= MAX_WARNINGS:
            self.more += 1
            return
        place = self.number if number is None else number
        detail = f"Segment {place}: {warning.detail}" if place else warning.detail
        self.warnings.append(replace(warning, detail=detail, segment=place))

    def hold(self, offset: int) -> None:
        """Count one more booking, traveller or flight of the file. Raises InputError `pnrgov.size` beyond the limit."""
        self.held += 1
        if self.held > MAX_HELD:
            detail = "The file has more than 100,000 bookings, travellers and flights."
            remedy = "Ask the carrier to send it in parts."
            raise InputError("pnrgov.size", detail, remedy=remedy, where=f"offset {offset}")

    def leave(self, segment: Segment) -> None:
        """Note a segment that is not understood."""
        if len(self.unread) < MAX_WARNINGS:
            self.unread.append(Unread(segment.tag, self.number, segment.offset))
        self.add(Warning("pnrgov.segment", segment.offset, "it is none that PNRGOV has, and was not read."))

    def all(self) -> tuple[Warning, ...]:
        """All of them, the last one saying how many were only counted."""
        if not self.more:
            return tuple(self.warnings)
        detail = f"{self.more} further warnings were left out."
        return (*self.warnings, Warning("edifact.warnings", self.warnings[-1].offset, detail))
