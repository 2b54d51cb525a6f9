"""Zones found in a text: lines of a zone together, however they were broken, spaced, padded or written small.

Rule: a zone is whole lines of 30, 36 or 44 characters, or all its characters in a row; the line of names may lack its
last fillers or have too many, which is told; what is no zone is told with its line. Lines that begin with `#` are
remarks. Document: ICAO Doc 9303 part 3 section 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mithaq.formats.mrz_values import FILLER
from mithaq.formats.reading import Warning

_SHAPE = re.compile(r"[A-Z0-9<]+")
_WIDTHS = {30: 3, 36: 2, 44: 2}
_WHOLE = {90: 30, 72: 36, 88: 44}
# Signs that are written or scanned for a filler.
_FILLERS = str.maketrans({"‹": FILLER, "〈": FILLER, "＜": FILLER, "\u2329": FILLER})


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a zone, each of its form's width, the line of the file where it begins, and what was padded."""

    lines: tuple[str, ...]
    line: int
    warnings: tuple[Warning, ...] = ()


@dataclass(slots=True)
class _Search:
    lines: list[tuple[int, str]]
    found: list[Found] = field(default_factory=list)
    left: list[Warning] = field(default_factory=list)


def zones_of(text: str) -> tuple[tuple[Found, ...], tuple[Warning, ...]]:
    """The zones of a text in their order, and the lines that are none."""
    search = _Search([(number, _bare(line)) for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)])
    place = 0
    while place < len(search.lines):
        number, line = search.lines[place]
        taken = 1 if not line or line.startswith("#") else _take(search, place)
        if not taken:
            search.left.append(Warning("mrz.line", f"line {number}", "A line belongs to no machine readable zone."))
        place += taken or 1
    return tuple(search.found), tuple(search.left)


def _bare(line: str) -> str:
    if line.lstrip().startswith("#"):
        return "#"
    return "".join(line.split()).upper().translate(_FILLERS).strip("\ufeff\0")


def _take(search: _Search, place: int) -> int:
    """Keep the zone that begins here; how many lines it took, 0 when there is none."""
    number = search.lines[place][0]
    ahead = [line for _number, line in search.lines[place : place + 3]]
    if not _SHAPE.fullmatch(ahead[0]) or not ahead[0][0].isalpha():
        return 0
    if width := _WHOLE.get(len(ahead[0])):
        parts = tuple(ahead[0][start : start + width] for start in range(0, len(ahead[0]), width))
        search.found.append(Found(parts, number))
        return 1
    for width, lines in _WIDTHS.items():
        if len(ahead) >= lines and (found := _fitted(ahead[:lines], width, number)):
            search.found.append(found)
            return lines
    return _joined(search, place)


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


def _joined(search: _Search, place: int) -> int:
    """A zone whose characters were broken into other lines than its own; it ends at an empty line."""
    whole = ""
    for taken, (_number, line) in enumerate(search.lines[place : place + 12], 1):
        if not _SHAPE.fullmatch(line):
            return 0
        whole += line
        if width := _WHOLE.get(len(whole)):
            if place + taken < len(search.lines) and _SHAPE.fullmatch(search.lines[place + taken][1]):
                continue  # it goes on: 72 characters may be the begin of 88
            parts = tuple(whole[start : start + width] for start in range(0, len(whole), width))
            search.found.append(Found(parts, search.lines[place][0]))
            return taken
    return 0
