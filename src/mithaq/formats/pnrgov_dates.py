"""Dates and times of PNRGOV segments and of the texts of special services.

Rules: a day comes first (DDMMYY, DDMMYYYY, DDMMMYY, DDMMMYYYY), as PADIS and AIRIMP write it; a journey is of 1950
to 2049, and a two-digit year of a birth or an expiry is read as `edifact_dates` reads it, against the flight. A date
that does not exist is none. Documents: as `pnrgov`, data elements 2380 and 9916 (composite C310, date and time).
"""

from __future__ import annotations

import re
from functools import lru_cache

from mithaq.formats.edifact_dates import MONTHS, partial_date, whole_year

_DAY = re.compile(r"(\d{1,2})[ -]?([A-Z]{3})[A-Z]*[ -]?(\d{4}|\d{2})", re.ASCII)
_LONGEST = 20
# Before it lies every journey.
_LATEST = "2050-01-01"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def looks_like_date(text: str) -> bool:
    """Whether a field of a special service is a date by its shape: `12JUL64`, `12JUL1964`, `1964-07-12`."""
    found = _DAY.fullmatch(text)
    return (found is not None and found[2] in MONTHS) or _ISO.fullmatch(text) is not None


def service_date(text: str, reference: str, *, past: bool, year_first: bool = False) -> str | None:
    """YYYY-MM-DD (YYYY-MM, YYYY) of a field of DOCS or DOCO; None when it is no date.

    Six digits are DDMMYY where that is a day, unless `year_first`; else YYMMDD.
    """
    if len(text) > _LONGEST:
        return None
    return _service_date(text.upper(), reference, past=past, year_first=year_first)


def is_year_first(text: str, reference: str) -> bool:
    """Whether six digits are a day as YYMMDD only."""
    digits = len(text) == 6 and text.isascii() and text.isdigit()
    return digits and _dated(text[4:], text[2:4] + text[:2], reference, past=True) is None


# What is remembered between files is short, and tells no name.
@lru_cache(4096)
def _service_date(text: str, reference: str, *, past: bool, year_first: bool) -> str | None:
    found = _DAY.fullmatch(text)
    if found:
        month = MONTHS.get(found[2], "")
        day = f"{month}{found[1]:0>2}"
        return _dated(found[3], day, reference, past=past) if month else None
    iso = _ISO.fullmatch(text)
    if iso:
        return partial_date("".join(iso.groups()))
    if len(text) in {6, 8} and text.isascii() and text.isdigit():
        day, month, year = text[:2], text[2:4], text[4:]
        first = _dated(year, month + day, reference, past=past)
        other = _dated(text[:-4], text[-4:], reference, past=past)
        return other or first if year_first else first or other
    return None


def _dated(year: str, rest: str, reference: str, *, past: bool) -> str | None:
    if len(year) == 4:
        return partial_date(year + rest) if year[:2] in {"18", "19", "20", "21"} else None
    return partial_date(whole_year(year + rest, reference, past=past))


def day(text: str) -> str:
    """YYYY-MM-DD of DDMMYY and its like; empty when it is none."""
    text = text.strip()
    if len(text) == 6 and text.isascii() and text.isdigit():
        return partial_day(whole_year(text[4:] + text[2:4] + text[:2], _LATEST, past=True))
    return partial_day((service_date(text, _LATEST, past=True) or "").replace("-", ""))


def partial_day(digits: str) -> str:
    """A whole day from CCYYMMDD, or nothing."""
    found = partial_date(digits)
    return found if found is not None and len(found) == 10 else ""


def moment(date: str, time: str) -> str:
    """YYYY-MM-DDTHH:MM of a date and a time (HHMM, HHMMSS, HMM); the date alone when there is no time; else empty."""
    return _moment(date, time) if len(date) <= _LONGEST and len(time) <= _LONGEST else ""


@lru_cache(4096)
def _moment(date: str, time: str) -> str:
    if len(date) in {10, 12} and date.isascii() and date.isdigit() and not time:
        date, time = date[:6], date[6:]
    found = day(date)
    hours = clock(time)
    return f"{found}T{hours}" if found and hours else found


def clock(time: str) -> str:
    """HH:MM of HHMM, HHMMSS, HMM, HH:MM; empty when it is none."""
    digits = time.strip().replace(":", "")
    if len(digits) == 3:
        digits = f"0{digits}"
    if not (len(digits) in {4, 6} and digits.isascii() and digits.isdigit()):
        return ""
    hours, minutes = digits[:2], digits[2:4]
    return f"{hours}:{minutes}" if hours < "24" and minutes < "60" else ""
