"""Zones found in a text: lines of a zone together, however they were broken, spaced, padded or written small.

Rules: a zone is whole lines of 30, 36 or 44 characters, or all its characters in a row; the line of names may lack its
last fillers or have too many; lines that are a zone's only with their blanks as fillers are read so. Whatever of this
was done is told with its line, and so is a line that is no zone. Lines that begin with `#` are remarks. Document: ICAO
Doc 9303 part 3 section 4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from mithaq.formats.mrz_values import FILLER
from mithaq.formats.reading import Warning

_SHAPE = re.compile(r"[A-Z0-9<]+")
_WIDTHS = {30: 3, 36: 2, 44: 2}
_WHOLE = {90: 30, 72: 36, 88: 44}
# Signs that are written or scanned for a filler, or for two.
_FILLERS = str.maketrans({"‹": FILLER, "〈": FILLER, "＜": FILLER, "\u2329": FILLER, "«": FILLER * 2, "《": FILLER * 2})
_EDGES = "\ufeff\0 \t"


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a zone, each of its form's width, the line of the file where it begins, and what was padded."""

    lines: tuple[str, ...]
    line: int
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in the zone's own signs, without blanks and with blanks as fillers; `bent` when it was not written so."""

    number: int
    text: str
    filled: str
    bent: bool


@dataclass(slots=True)
class _Search:
    lines: list[_Line]
    found: list[Found] = field(default_factory=list)
    left: list[Warning] = field(default_factory=list)


def zones_of(text: str) -> tuple[tuple[Found, ...], tuple[Warning, ...]]:
    """The zones of a text in their order, and the lines that are none."""
    search = _Search([_line(number, line) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)])
    place = 0
    while place < len(search.lines):
        line = search.lines[place]
        taken = 1 if not line.text or line.text.startswith("#") else _take(search, place)
        if not taken:
            where = f"line {line.number}"
            search.left.append(Warning("mrz.line", where, "A line belongs to no machine readable zone."))
        place += taken or 1
    return tuple(search.found), tuple(search.left)


def _line(number: int, line: str) -> _Line:
    plain = line.strip(_EDGES)
    if plain.startswith("#"):
        return _Line(number, "#", "#", bent=False)
    text = "".join(plain.split()).upper().translate(_FILLERS).strip("\ufeff\0")
    filled = plain.replace(" ", FILLER).upper().translate(_FILLERS) if " " in plain else text
    return _Line(number, text, filled, bent=text != plain)


def _take(search: _Search, place: int) -> int:
    """Keep the zone that begins here; how many lines it took, 0 when there is none."""
    ahead = search.lines[place : place + 12]
    ways: tuple[Callable[[_Line], str], ...] = (_plain, _filled)
    if all(line.filled == line.text for line in ahead):
        ways = (_plain,)
    # A line of names with blanks and no filler would lose its parts without them.
    elif any(line.filled != line.text and FILLER not in line.text.rstrip(FILLER) for line in ahead[:3]):
        ways = (_filled, _plain)
    for way in ways:
        if taken := _zone(search, ahead, way):
            told = [_told(line, way(line)) for line in ahead[:taken] if line.bent]
            found = search.found[-1]
            search.found[-1] = replace(found, warnings=(*told, *found.warnings))
            return taken
    return 0


def _plain(line: _Line) -> str:
    return line.text


def _filled(line: _Line) -> str:
    return line.filled


def _told(line: _Line, read: str) -> Warning:
    return _written(line) if read == line.text else _blanks(line)


def _written(line: _Line) -> Warning:
    detail = "Small letters, blanks or signs like the filler stand in a line; it is read in the zone's own signs."
    return Warning("mrz.written", f"line {line.number}", detail)


def _blanks(line: _Line) -> Warning:
    return Warning("mrz.blanks", f"line {line.number}", "The blanks of a line are read as fillers.")


def _zone(search: _Search, ahead: Sequence[_Line], way: Callable[[_Line], str]) -> int:
    """Keep the zone that the lines begin with, each read in one way; how many it took, 0 when there is none."""
    number, first = ahead[0].number, way(ahead[0])
    if not _SHAPE.fullmatch(first) or not first[0].isalpha():
        return 0
    if width := _WHOLE.get(len(first)):
        search.found.append(Found(_parts(first, width), number))
        return 1
    for width, lines in _WIDTHS.items():
        whole = [way(line) for line in ahead[:lines]]
        if len(whole) == lines and (found := _fitted(whole, width, number)):
            search.found.append(found)
            return lines
    return _joined(search, ahead, way)


def _parts(whole: str, width: int) -> tuple[str, ...]:
    return tuple(whole[start : start + width] for start in range(0, len(whole), width))


def _fitted(lines: list[str], width: int, number: int) -> Found | None:
    """The lines as a zone of a width: the line of names is the one that may be padded or trimmed."""
    names = 2 if width == 30 else 0
    if not all(_SHAPE.fullmatch(line) for line in lines):
        return None
    if any(len(line) != width for place, line in enumerate(lines) if place != names):
        return None
    if len(lines[names]) == width:
        return Found(tuple(lines), number)
    trimmed = lines[names].rstrip(FILLER)
    if not trimmed or len(trimmed) > width or (width != 30 and FILLER * 2 not in lines[names]):
        return None
    detail = "The line of names had too few or too many fillers; it is read with as many as it must have."
    warning = Warning("mrz.filler", f"line {number + names}", detail)
    return Found((*lines[:names], trimmed.ljust(width, FILLER), *lines[names + 1 :]), number, (warning,))


def _joined(search: _Search, ahead: Sequence[_Line], way: Callable[[_Line], str]) -> int:
    """A zone whose characters were broken into other lines than its own; it ends at an empty line."""
    whole = ""
    for taken, line in enumerate(ahead, 1):
        if not _SHAPE.fullmatch(way(line)):
            return 0
        whole += way(line)
        if width := _WHOLE.get(len(whole)):
            if taken < len(ahead) and _SHAPE.fullmatch(way(ahead[taken])):
                continue  # it goes on: 72 characters may be the begin of 88
            search.found.append(Found(_parts(whole, width), ahead[0].number))
            return taken
    return 0
