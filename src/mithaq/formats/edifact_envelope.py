"""Messages inside groups and interchanges: headers UNB, UNG, UNH and trailers UNT, UNE, UNZ.

Rule: a message is yielded whether or not its trailer came; missing trailers, counts and references that lie, and
segments outside of any message are warnings with their offset. Document: ISO 9735-1, section 8 and annex C.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mithaq.formats.edifact import MAX_WARNINGS, Segment, Warning

_TRAILERS = {"UNH": "UNT", "UNG": "UNE", "UNB": "UNZ"}
_HEADERS = {trailer: header for header, trailer in _TRAILERS.items()}
_SERVICE = _TRAILERS.keys() | _HEADERS.keys()
# The element of a header that its trailer repeats.
_REFERENCE = {"UNH": 0, "UNG": 4, "UNB": 4}
_INSIDE = {"UNH": (), "UNG": ("UNH",), "UNB": ("UNG", "UNH")}


@dataclass(frozen=True, slots=True)
class Message:
    """A message, UNH first and UNT left out; `prepared` is the date of its group or interchange, YYMMDD or CCYYMMDD."""

    segments: tuple[Segment, ...]
    prepared: str


def messages(segments: Iterable[Segment], warnings: list[Warning]) -> tuple[Message, ...]:
    """The messages of an interchange, or of several; appends to `warnings`."""
    reading = _Reading(warnings)
    last = 0
    for segment in segments:
        if segment.tag in _SERVICE or not reading.part:
            reading.take(segment)
        else:
            reading.part.append(segment)
        last = segment.offset
    reading.close_all(last)
    return tuple(reading.found)


@dataclass
class _Reading:
    warnings: list[Warning]
    found: list[Message] = field(default_factory=list)
    opened: dict[str, Segment] = field(default_factory=dict)
    inside: dict[str, int] = field(default_factory=dict)
    part: list[Segment] = field(default_factory=list)

    def take(self, segment: Segment) -> None:
        if segment.tag in _TRAILERS:
            self._open(segment)
        elif segment.tag in _HEADERS:
            self._close(_HEADERS[segment.tag], segment)
        else:
            self._warn("edifact.stray", segment.offset, "A segment outside of any message was left out.")

    def close_all(self, offset: int) -> None:
        for header in ("UNH", "UNG", "UNB"):
            self._miss(header, offset)

    def _open(self, segment: Segment) -> None:
        for header in (*reversed(_INSIDE[segment.tag]), segment.tag):
            self._miss(header, segment.offset)
        self.opened[segment.tag] = segment
        self.inside[segment.tag] = 0
        # An interchange counts its groups, and only those messages that no group holds.
        outer = next((one for one in ("UNG", "UNB") if one in self.opened and segment.tag in _INSIDE[one]), "")
        if outer:
            self.inside[outer] += 1
        if segment.tag == "UNH":
            self.part = [segment]

    def _miss(self, header: str, offset: int) -> None:
        if header in self.opened:
            trailer = _TRAILERS[header]
            self._warn(f"edifact.{trailer.lower()}", offset, "The trailer {trailer} is missing.", {"trailer": trailer})
            self._end(header)

    def _close(self, header: str, trailer: Segment) -> None:
        for inner in reversed(_INSIDE[header]):
            self._miss(inner, trailer.offset)
        opened = self.opened.get(header)
        if opened is None:
            self._warn("edifact.stray", trailer.offset, "A trailer {trailer} closes nothing.", {"trailer": trailer.tag})
            return
        code = f"edifact.{trailer.tag.lower()}"
        there = len(self.part) + 1 if header == "UNH" else self.inside[header]
        said = trailer.get(0)
        number = said.isascii() and said.isdigit() and len(said) < 10
        if not number or int(said) != there:
            # What is no number is not shown: it may be anything.
            counted: dict[str, str | int] = {
                "trailer": trailer.tag,
                "there": there,
                "said": int(said) if number else "-",
            }
            self._warn(
                f"{code}.count", trailer.offset, "The trailer {trailer} says {said}; there are {there}.", counted
            )
        if trailer.get(1) != opened.get(_REFERENCE[header]):
            named = {"trailer": trailer.tag}
            self._warn(f"{code}.reference", trailer.offset, "The trailer {trailer} has another reference.", named)
        self._end(header)

    def _end(self, header: str) -> None:
        if header == "UNH":
            outer = self.opened.get("UNG") or self.opened.get("UNB")
            self.found.append(Message(tuple(self.part), outer.get(3) if outer else ""))
            self.part = []
        del self.opened[header]

    def _warn(self, code: str, offset: int, sentence: str, params: Mapping[str, str | int] | None = None) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(Warning(code, offset, sentence, params or {}))
