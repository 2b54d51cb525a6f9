"""Fields of a machine readable zone: names, dates with unknown parts, and what a scanner mistook.

Rules: the century of a date comes from a date that is given, never from a clock: a birth does not lie after it, an
expiry lies within fifty years of it. A letter in a field of digits is read as the digit it looks like only where the
check digit then holds; a digit in a field of letters only where all check digits of the zone hold.
Documents: ICAO Doc 9303 part 3 section 4.6 (names), 4.7 (cut names), 4.8 (dates).
"""

from __future__ import annotations

from datetime import date

from mithaq.formats.mrz_values import FILLER, Check, Layout, Place, check_digit

_DIGITS = str.maketrans("OIBSZ", "01852")
_LETTERS = str.maketrans("01852", "OIBSZ")
_NUMERIC = ("birth_date", "expires")
_ALPHABETIC = ("names", "issuer", "nationality")


def part(lines: list[str], place: Place) -> str:
    """What stands at a place."""
    return lines[place[0]][place[1] : place[2]]


def names_of(field: str) -> tuple[str, str, bool]:
    """Primary and secondary identifier with spaces between their parts, and whether the field is as it should be."""
    primary, _, secondary = field.partition(FILLER * 2)
    rest = secondary.rstrip(FILLER)
    right = bool(primary) and not primary.startswith(FILLER) and not rest.startswith(FILLER) and FILLER * 2 not in rest
    return _spaced(primary), _spaced(secondary), right


def _spaced(text: str) -> str:
    return " ".join(word for word in text.split(FILLER) if word)


def date_of(field: str, reference: date, *, past: bool) -> tuple[str | None, bool]:
    """YYYY-MM-DD, YYYY-MM, YYYY or None of YYMMDD, fillers being what is not known; and whether it is as it should be.

    `past` for a birth, which never lies after `reference`.
    """
    year, month, day = field[:2], field[2:4], field[4:]
    if not year.isdigit():
        return None, field == FILLER * 6
    same = reference.year // 100 * 100 + int(year)
    unknown = {FILLER * 2, "00"}
    right = "00" not in {month, day}
    if month in unknown:
        return f"{_century(same, '', reference, past=past):04d}", right and day in unknown
    if day in unknown and month.isdigit() and int(month) <= 12:
        return f"{_century(same, f'-{month}', reference, past=past):04d}-{month}", right
    whole = f"{_century(same, f'-{month}-{day}', reference, past=past):04d}-{month}-{day}"
    try:
        return date.fromisoformat(whole).isoformat(), right
    except ValueError:
        return None, False


def _century(same: int, rest: str, reference: date, *, past: bool) -> int:
    """The year that is meant, of this century of the reference, the one before and the one after."""
    if past:
        return same - 100 if f"{same:04d}{rest}" > reference.isoformat()[: 4 + len(rest)] else same
    return min((same, same + 100, same - 100), key=lambda year: abs(year - reference.year))


def checks_of(layout: Layout, lines: list[str], line: int) -> tuple[Check, ...]:
    """The check digits of a zone; a digit that may be a filler, and is, is as it should be."""
    found = []
    for name, place in layout.checks.items():
        if name == "composite":
            covered = "".join(part(lines, one) for one in layout.composite)
        else:
            covered = part(lines, layout.fields[name])
        digit, expected = part(lines, place), check_digit(covered)
        if name == "optional" and digit == FILLER and not covered.strip(FILLER):
            expected = FILLER
        found.append(Check(name, digit, expected, line + place[0], place[1] + 1))
    return tuple(found)


def mend_digits(layout: Layout, lines: list[str]) -> list[str]:
    """Read letters as digits where a check digit then holds; the fields where that was done, changing `lines`."""
    mended = []
    for name, digit in layout.checks.items():
        tried = list(lines)
        if name in _NUMERIC:
            _replace(tried, layout.fields[name], _DIGITS)
        _replace(tried, digit, _DIGITS)
        if tried != lines and next(one for one in checks_of(layout, tried, 1) if one.of == name).holds:
            lines[:] = tried
            mended.append(name)
    return mended


def mend_letters(layout: Layout, lines: list[str]) -> list[str]:
    """Read digits as letters where only letters stand; the fields where that was done, changing `lines`."""
    mended = []
    for name in _ALPHABETIC:
        before = list(lines)
        _replace(lines, layout.fields[name], _LETTERS)
        if lines != before:
            mended.append(name)
    return mended


def has_digits(layout: Layout, lines: list[str]) -> list[str]:
    """Fields of letters in which digits stand."""
    return [name for name in _ALPHABETIC if any(one.isdigit() for one in part(lines, layout.fields[name]))]


def likely(layout: Layout, lines: list[str], name: str) -> list[tuple[int, str, str]]:
    """Where one sign of a field, taken for the one that it looks like, lets the field's check digit hold.

    Each is a column from 1, what stands there, and the other sign.
    """
    row, first, after = layout.fields[name]
    digit, found = part(lines, layout.checks[name]), []
    for place in range(first, after):
        stands = lines[row][place]
        sign = stands.translate(_LETTERS if stands.isdigit() else _DIGITS)
        tried = lines[row][first:place] + sign + lines[row][place + 1 : after]
        if sign != stands and check_digit(tried) == digit:
            found.append((place + 1, stands, sign))
    return found


def _replace(lines: list[str], place: Place, table: dict[int, int]) -> None:
    line, first, after = place
    held = lines[line]
    lines[line] = held[:first] + held[first:after].translate(table) + held[after:]
