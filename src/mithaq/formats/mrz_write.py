"""A machine readable zone written: the lines that `mrz` reads back.

Rules: names are brought to A to Z by the standard's table and cut so that the last place is a letter and the secondary
identifier keeps its first; whatever else does not fit is refused, never cut. Documents: ICAO Doc 9303 part 3 section 4,
parts 4 to 7 (names that do not fit, numbers that are longer than their field).
"""

from __future__ import annotations

import re

from mithaq.errors import InputError
from mithaq.formats.mrz_letters import to_mrz
from mithaq.formats.mrz_values import FILLER, LAYOUTS, LONG_NUMBERS, Layout, Zone, check_digit

_SEXES = {"male": "M", "female": "F"}
_TEXT = re.compile(r"[A-Z0-9]*")
_DATE = re.compile(r"[0-9]{2}([0-9]{2})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def write_mrz(zone: Zone, language: str = "") -> tuple[str, ...]:
    """The lines of a zone. `language` as in `mrz_letters`.

    Raises InputError `mrz.write` with the field: a form or date that is none, a sign or length that does not fit.
    """
    layout = LAYOUTS.get(zone.form)
    if layout is None:
        raise _wrong("form")
    grid = [[FILLER] * layout.width for _ in range(layout.lines)]

    def put(name: str, text: str) -> None:
        line, first, after = layout.fields.get(name) or layout.checks[name]
        if len(text) > after - first:
            raise _wrong(name)
        grid[line][first : first + len(text)] = text

    number, digit, optional = _number(layout, zone)
    put("names", names_field(zone.primary, zone.secondary, _width(layout, "names"), language))
    for name, text in (("code", zone.code), ("issuer", zone.issuer), ("nationality", zone.nationality)):
        put(name, _checked(name, text))
    put("number", number)
    put("optional", optional)
    if zone.optional2:
        if "optional2" not in layout.fields:
            raise _wrong("optional2")
        put("optional2", _filled("optional2", zone.optional2))
    put("sex", _SEXES.get(zone.sex, FILLER))
    for name, day in (("birth_date", zone.birth_date), ("expires", zone.expires)):
        put(name, _date(name, day))
        line, first, after = layout.fields[name]
        line_of, place, _ = layout.checks[name]
        grid[line_of][place] = check_digit("".join(grid[line][first:after]))
    put("number", number)
    line, place, _ = layout.checks["number"]
    grid[line][place] = digit
    _last_digits(layout, grid)
    return tuple("".join(line) for line in grid)


def _last_digits(layout: Layout, grid: list[list[str]]) -> None:
    """The digit of the optional data, a filler when there is none, and the one over all."""
    if "optional" in layout.checks:
        line, first, after = layout.fields["optional"]
        covered = "".join(grid[line][first:after])
        grid[line][after] = check_digit(covered) if covered.strip(FILLER) else FILLER
    if "composite" in layout.checks:
        line, first, _ = layout.checks["composite"]
        grid[line][first] = check_digit("".join("".join(grid[row][a:b]) for row, a, b in layout.composite))


def names_field(primary: str, secondary: str, width: int, language: str = "") -> str:
    """The names in at most `width` signs. Raises InputError `mrz.write` for letters that have no place in a zone."""
    first, unknown = to_mrz(primary, language)
    second, more = to_mrz(secondary, language)
    if unknown or more or not first:
        raise _wrong("names")
    whole = f"{first}{FILLER * 2}{second}" if second else first
    if len(whole) <= width:
        return whole
    if second and len(first) > width - 3:
        return _cut(first, width - 3) + FILLER * 2 + second[0]
    return _cut(whole, width)


def _cut(text: str, width: int) -> str:
    """The first `width` signs, the last a letter: where a filler would be, the longest part before gives one up."""
    while len(text) > width and text[width - 1] == FILLER:
        words = text.split(FILLER)
        before = [place for place, _ in enumerate(words) if len(FILLER.join(words[: place + 1])) < width]
        longest = max(before, key=lambda place: len(words[place]))
        words[longest] = words[longest][:-1]
        text = FILLER.join(words)
    return text[:width]


def _number(layout: Layout, zone: Zone) -> tuple[str, str, str]:
    """What stands as number, as its digit, and as optional data."""
    number = _checked("number", zone.number)
    optional = _filled("optional", zone.optional)
    if len(number) <= 9:
        return number, check_digit(number.ljust(9, FILLER)), optional
    if layout.form not in LONG_NUMBERS:
        raise _wrong("number")
    rest = f"{number[9:]}{check_digit(number)}"
    if len(rest) >= _width(layout, "optional"):
        raise _wrong("number")
    return number[:9], FILLER, f"{rest}{FILLER}{optional}".rstrip(FILLER)


def _date(name: str, day: str | None) -> str:
    if day is None:
        return FILLER * 6
    found = _DATE.fullmatch(day)
    if found is None:
        raise _wrong(name)
    return "".join(one or FILLER * 2 for one in found.groups())


def _checked(name: str, text: str) -> str:
    if not _TEXT.fullmatch(text):
        raise _wrong(name)
    return text


def _filled(name: str, text: str) -> str:
    """Optional data, in which fillers may stand."""
    _checked(name, text.replace(FILLER, "").replace(" ", ""))
    return text.replace(" ", FILLER)


def _width(layout: Layout, name: str) -> int:
    _, first, after = layout.fields[name]
    return after - first


def _wrong(field: str) -> InputError:
    detail = "A value does not fit a machine readable zone."
    return InputError("mrz.write", detail, remedy="Use A to Z and 0 to 9, within the field's length.", where=field)
