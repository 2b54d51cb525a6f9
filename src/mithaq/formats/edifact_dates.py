"""Dates and times of DTM segments (UN/EDIFACT code list 2379).

Rule: a two-digit year is read against the flight's own date, never against a clock: a birth lies before it, an expiry
within fifty years of it. A date that does not exist is no date and a warning.
"""

from __future__ import annotations

from datetime import date

from mithaq.formats.edifact import Segment, Warning

_NEAR = 50


def date_of(segment: Segment, reference: str, warnings: list[Warning], *, past: bool) -> str | None:
    """YYYY-MM-DD, YYYY-MM or YYYY of a DTM; None with a warning when it is none. `reference` is the flight's time."""
    text, form = segment.get(0, 1), segment.get(0, 2)
    digits = text if text.isascii() and text.isdigit() else ""
    if len(digits) == 6 and form != "610":
        digits = _century(digits, reference, past=past) + digits
    if len(digits) in {10, 12}:
        digits = digits[:8] if len(digits) == 12 else _century(digits, reference, past=past) + digits[:6]
    found = _partial(digits)
    if found is None:
        warnings.append(Warning("paxlst.date", segment.offset, "A date cannot be read and was left out."))
    return found


def moment_of(segment: Segment, warnings: list[Warning]) -> str:
    """YYYY-MM-DDTHH:MM of a scheduled time, or its date, or nothing with a warning; two-digit years are 20YY."""
    text, form = segment.get(0, 1), segment.get(0, 2)
    digits = text if text.isascii() and text.isdigit() else ""
    if len(digits) in {6, 10} and form not in {"102", "203", "610"}:
        digits = "20" + digits
    day = _partial(digits[:8])
    if day is None or len(day) != 10:
        warnings.append(Warning("paxlst.date", segment.offset, "A time cannot be read and was left out."))
        return ""
    hours, minutes = digits[8:10], digits[10:12]
    if len(digits) < 12 or int(hours) > 23 or int(minutes) > 59:
        return day
    return f"{day}T{hours}:{minutes}"


def _century(digits: str, reference: str, *, past: bool) -> str:
    year, flight = int(digits[:2]), int(reference[:4]) if reference[:4].isdigit() else 2000 + int(digits[:2])
    if past:
        same = flight // 100 * 100 + year
        later = f"{same:04d}{digits[2:6]}" > reference[:10].replace("-", "") if reference else same > flight
        return str((same - 100 if later else same) // 100)
    candidates = [flight // 100 * 100 + year + step for step in (-100, 0, 100)]
    return str(min(candidates, key=lambda one: (abs(one - flight) > _NEAR, abs(one - flight))) // 100)


def _partial(digits: str) -> str | None:
    """A date from 4, 6 or 8 digits; zeros for day or month mean that they are not known."""
    if len(digits) not in {4, 6, 8} or digits.startswith("0000"):
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:8]
    if month in {"", "00"}:
        return year if day in {"", "00"} else None
    if day in {"", "00"}:
        return f"{year}-{month}" if int(month) <= 12 else None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
