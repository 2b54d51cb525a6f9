"""A moment that an address names, as a cursor of a listing does.

Rule: what the database would not take is no moment: an offset from UTC that Python knows and PostgreSQL does not, a
moment without an offset, a year beyond the calendar's.
"""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """The moment in UTC. ValueError where the text names none."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no such moment in UTC") from error
