"""Dates and times of DTM segments (UN/EDIFACT code list 2379).

Rule: a two-digit year is read against the flight's own date (or that of the interchange), never against a clock: a
birth does not lie after it, an expiry lies within fifty years of it. Without such a date it is not read. The flight's
own is the year nearest to the interchange's. A date that does not exist is no date and a warning.
"""

from __future__ import annotations

import re
from datetime import date

from mithaq.formats.edifact import Segment, Warning

# Formats that say how many digits the year has; the others are told by their length.
_LONG_YEAR = {"102", "203", "204", "602", "610"}
_MONTH_ONLY = {"610"}
# YYMMDDHHMMSS
_SECONDS = "202"
# DDMMYY, DDMMCCYY, DDMMCCYYHHMM; 3 is MMDDYY.
_DAY_FIRST = {"2", "4", "5"}
# The middle of the hundred years in which the date of an interchange may lie.
_MIDDLE = "2025-01-01"
_CENTURIES = {"18", "19", "20", "21"}
MONTHS = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1
    )
}
_NAMED = re.compile(r"(\d{1,2})[ -]?([A-Z]{3})[ -]?(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What follows a local time: its zone.
_ZONE = re.compile(r"(?<=\d{4})(?:[+-]\d{4}|[A-Z]{1,3})\Z", re.ASCII)
_BETWEEN = re.compile(r"[-:T ]")


def date_of(segment: Segment, reference: str, warnings: list[Warning], *, past: bool) -> str | None:
    """YYYY-MM-DD, YYYY-MM or YYYY of a DTM; None with a warning when it is none.

    `reference` is the flight's date, YYYY-MM-DD, or empty; `past` for a birth, which never lies after it.
    """
    digits, form = _digits(segment)
    if len(digits) == 6 and form not in _MONTH_ONLY:
        digits = whole_year(digits, reference, past=past)
    elif len(digits) in {10, 12, 14}:
        digits = whole_year(digits[:6], reference, past=past) if len(digits) == 10 else digits[:8]
    found = partial_date(digits)
    if found is None:
        warnings.append(Warning("paxlst.date", segment.offset, "A date cannot be read and was left out."))
    elif past and reference and found > reference:
        warnings.append(Warning("paxlst.date.future", segment.offset, "A birth lies after the flight; kept as sent."))
    return found


def moment_of(segment: Segment, prepared: str, warnings: list[Warning]) -> str:
    """YYYY-MM-DDTHH:MM of a scheduled time, or its date, or nothing with a warning.

    `prepared` is the date of the interchange, YYYY-MM-DD, or empty: a two-digit year is the one nearest to it.
    """
    digits, form = _digits(segment)
    if (len(digits) in {6, 10} and form not in _LONG_YEAR) or (form == _SECONDS and len(digits) == 12):
        digits = whole_year(digits[:6], prepared or _MIDDLE, past=False) + digits[6:]
    day = partial_date(digits[:8])
    if day is None or len(day) != 10:
        warnings.append(Warning("paxlst.date", segment.offset, "A time cannot be read and was left out."))
        return ""
    hours, minutes = digits[8:10], digits[10:12]
    if len(digits) < 12 or int(hours) > 23 or int(minutes) > 59:
        return day
    return f"{day}T{hours}:{minutes}"


def _digits(segment: Segment) -> tuple[str, str]:
    """The digits of a DTM with the year first, and the code of their form; no digits when it has others."""
    text, form = segment.get(0, 1), segment.get(0, 2)
    if len(text) == 6 and not form and text.isascii() and text.isdigit():  # as nearly all are written
        return text, form
    if len(form) == 4 and form.isdigit():  # the time as a part of its own: `189:20241120:1430:203`
        text, form = text + form, segment.get(0, 3)
    named = _NAMED.fullmatch(text)
    if named and named[2] in MONTHS:
        return f"{named[3]}{MONTHS[named[2]]}{named[1]:0>2}", ""
    if len(text) > 10:
        text = _ZONE.sub("", text)
    if _ISO.match(text):
        text = _BETWEEN.sub("", text)
    if not (text.isascii() and text.isdigit()):
        return "", form
    if form in _DAY_FIRST and len(text) >= 6:
        year = text[4:6] if form == "2" else text[4:8]
        text = year + text[2:4] + text[:2] + text[4 + len(year) :]
    elif form == "3" and len(text) == 6:
        text = text[4:] + text[:4]
    elif len(text) == 8 and text[:2] not in _CENTURIES and text[4:6] in _CENTURIES:
        text = text[4:] + text[2:4] + text[:2]
    return text, form


def day_of(text: str) -> str:
    """YYYY-MM-DD of the date of an interchange, YYMMDD or CCYYMMDD; empty when it is none.

    A two-digit year is of 1975 to 2074: EDIFACT is no older, and a 99 is no flight to come.
    """
    plain = text.isascii() and text.isdigit()
    digits = whole_year(text, _MIDDLE, past=False) if len(text) == 6 and plain else text
    found = partial_date(digits) if len(digits) == 8 and plain else None
    return found if found and len(found) == 10 else ""


def whole_year(digits: str, reference: str, *, past: bool) -> str:
    """CCYYMMDD of YYMMDD; empty without a date to read it against."""
    if not reference:
        return ""
    flight, rest = int(reference[:4]), digits[2:]
    same = flight // 100 * 100 + int(digits[:2])
    if past:
        year = same - 100 if f"{same:04d}{rest}" > reference.replace("-", "") else same
    else:
        year = min((same, same + 100, same - 100), key=lambda year: abs(year - flight))
    return f"{year:04d}{rest}"


def partial_date(digits: str) -> str | None:
    """A date from 4, 6 or 8 digits; zeros for day or month mean that they are not known."""
    if len(digits) not in {4, 6, 8} or digits.startswith("0000"):
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if month in {"", "00"}:
        return year if day in {"", "00"} else None
    if day in {"", "00"}:
        return f"{year}-{month}" if int(month) <= 12 else None
    whole = f"{year}-{month}-{day}"
    try:
        date.fromisoformat(whole)
    except ValueError:
        return None
    return whole
