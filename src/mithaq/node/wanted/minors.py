"""Until when a person may be a minor, by what is known of the birth date. Pure.

Rule: where less than a day is known, or several dates are, the youngest that the person may be counts.
Design: subjects, safeguard 13.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

FULL_AGE = 18
SETTING = "minor_review_days"
"""The setting of the domestic clause of `draft-notice` that says how long a notice about a minor is used, and kept,
before somebody has to look at it again."""


def minor_until(birth_dates: Iterable[str]) -> datetime | None:
    """The moment at which the person is of full age at the latest; None when no birth date is known.

    Dates are YYYY, YYYY-MM, YYYY-MM-DD or YYYY/YYYY, as a notice has them.
    """
    return max(map(_of_age, birth_dates), default=None)


def _of_age(text: str) -> datetime:
    year, month, day = (*map(int, text.rpartition("/")[2].split("-")), 0, 0)[:3]
    if month and day:
        # Who was born on 29 February is of age on 1 March of a year without one.
        leaps = (month, day) == (2, 29)
        return datetime(year + FULL_AGE, 3 if leaps else month, 1 if leaps else day, tzinfo=UTC)
    following = (year + 1, 1) if not month or month == 12 else (year, month + 1)
    return datetime(following[0] + FULL_AGE, following[1], 1, tzinfo=UTC)
