"""Evidence of birth dates: whole, year, month or range against a traveller's, with the habits of documents.

Rule: the best of a person's listed dates counts; no date on either side weighs nothing. The habits are known: 1 January
for an unknown day, day and month swapped, a year off. Implements design: screening, "Shape" ("an exact birth date
earns").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints, Runs, Texts, best_in_runs, between
from mithaq.screening.records import Evidence
from mithaq.screening.weights import DATES, GRID, WEIGHTS, steps

_BITS = WEIGHTS["birth_date"]
WHYS = (
    "missing", "exact", "exact_january", "swapped", "near_year", "first_january", "listed_january", "month", "year",
    "year_off_by_one", "same_year", "contradicts", "range",
)  # fmt: skip
_CODE = {why: number for number, why in enumerate(WHYS)}
_STEPS = np.array([steps(_BITS.get(why, 0.0)) for why in WHYS], np.int64)
_STANDS = {"missing": "missing", "contradicts": "contradicts", "same_year": "contradicts"} | dict.fromkeys(
    ("year", "month", "range"), "year"
)
_STANDING = np.array([DATES.index(_STANDS.get(why, "agrees")) for why in WHYS], np.int64)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_UNKNOWN = (0, 0, 0, 0)
MOST_BORN = 12
"""Persons listed with one day, above which the day alone makes nobody worth a look: in a list where so many share one,
a day and a nationality are far from enough."""


def read(text: str | None) -> tuple[int, int, int, int]:
    """`YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY/YYYY` as (year, last year, month, day); 0 is unknown, or no date."""
    first, _, last = (text or "").strip().partition("/")
    found, until = _DATE.fullmatch(first), _DATE.fullmatch(last) if last else None
    if not found or (last and not until):
        return _UNKNOWN
    year = int(found[1])
    if until:
        end = int(until[1])
        return (min(year, end), max(year, end), 0, 0) if year != end else (year, year, 0, 0)
    month, day = int(found[2] or 0), int(found[3] or 0)
    return (year, year, month if 1 <= month <= 12 else 0, day if 1 <= month <= 12 and 1 <= day <= 31 else 0)


class BirthDates:
    """The listed dates of persons, as columns."""

    def __init__(
        self, runs: Runs, texts: Texts, rows: NDArray[np.int16], days: Ints, born: NDArray[np.int32],
        shared: Ints | None = None,
    ) -> None:  # fmt: skip
        """`texts` and `rows` (year, last year, month, day) of each person's dates; `days` of birth as numbers, in
        order, and the person `born` on each. `shared`: the days of the list that says how many share one (default: of
        this one), in order, a day once for each person."""
        self.runs, self.texts, self.rows, self.days, self.born = runs, texts, rows, days, born
        self.shared = days if shared is None else shared
        self.columns = rows.T

    @classmethod
    def of(cls, owners: Iterable[int], texts: Iterable[str], persons: int, shared: Ints | None = None) -> BirthDates:
        """The dates of persons: (person, text) pairs in any order; texts that are no date are left out."""
        pairs = sorted({pair for pair in zip(owners, texts, strict=True) if read(pair[1]) != _UNKNOWN})
        rows = np.array([read(text) for _, text in pairs], np.int16).reshape(-1, 4)
        owner = np.array([person for person, _ in pairs], np.int64)
        days = _days(rows.T.astype(np.int64))
        order = np.lexsort((owner, days))
        order = order[np.searchsorted(days[order], 1) :]
        written = Texts.of(text for _, text in pairs)
        return cls(Runs.of(owner, persons), written, rows, days[order], owner[order].astype(np.int32), shared)

    def alone(self) -> tuple[Ints, Ints]:
        """Of each person the one year of birth (0 where no date is listed, -1 for several dates or a range), and its
        month * 32 + day (0 where neither is known, or the year is not one)."""
        counts, first = np.diff(self.runs.starts), self.runs.starts[:-1]
        rows = np.concatenate((self.rows, np.zeros((1, 4), np.int16)))[np.minimum(first, len(self.rows))].astype(
            np.int64
        )
        one = (counts == 1) & (rows[:, 0] == rows[:, 1])
        years: Ints = np.where(counts == 0, 0, np.where(one, rows[:, 0], -1))
        days: Ints = np.where(one, rows[:, 2] * 32 + rows[:, 3], 0)
        return years, days

    def weigh(self, seen: NDArray[np.int64], persons: Ints) -> tuple[Ints, Ints, Ints]:
        """Steps, reason code and place of the best date for each pair (a column of `seen`, a person)."""
        which, places = self.runs.spread(persons)
        weight, why = compare(seen[:, which], self.columns[:, places].astype(np.int64))
        best = best_in_runs(which, weight, len(persons))
        has = best >= 0
        where = np.where(has, best, 0)
        if not len(places):
            nothing = np.zeros(len(persons), np.int64)
            return nothing, nothing, nothing - 1
        return np.where(has, weight[where], 0), np.where(has, why[where], 0), np.where(has, places[where], -1)

    def same_day(self, seen: NDArray[np.int64]) -> tuple[Ints, Ints]:
        """Who is listed with the whole date of each column of `seen`, or with its day and month swapped, or with the
        year before or after: (column, person) pairs in order, each once. A day that `MOST_BORN` persons share, as 1
        January, finds nobody."""
        near = np.concatenate([_days(seen), _days(seen[[0, 1, 3, 2]]), *(_days(seen, years) for years in (-1, 1))])
        column = np.tile(np.arange(seen.shape[1], dtype=np.int64), len(near) // max(seen.shape[1], 1))
        low, high = (np.searchsorted(self.days, near, side) for side in ("left", "right"))
        many = high - low
        if self.shared is not self.days:
            many = np.searchsorted(self.shared, near, "right") - np.searchsorted(self.shared, near, "left")
        told = (near > 0) & (high > low) & (many <= MOST_BORN)
        which, places = between(low[told], high[told])
        size = len(self.runs.starts)
        pairs = np.unique(column[told][which] * size + self.born[places])
        return pairs // size, pairs % size

    def show(self, text: str | None, weight: int, why: int, place: int) -> Evidence:
        """The evidence of one pair, from what `weigh` gave for it."""
        listed = self.texts[place] if place >= 0 else ""
        return Evidence("birth_date", weight / GRID, text or "", listed, f"birth_date.{WHYS[why]}")


def _days(dates: NDArray[np.int64], years: int = 0) -> Ints:
    """Whole dates as numbers, so many years later; 0 for a date that is not whole, or no date."""
    year, until, month, day = dates
    whole = (day > 0) & (day <= 31) & (month > 0) & (month <= 12) & (year == until)
    return np.where(whole, ((year + years) * 13 + month) * 32 + day, 0)


def bits(why: str) -> int:
    """What a reason is worth, in steps."""
    return int(_STEPS[_CODE[why]])


def standing(why: Ints) -> Ints:
    """How dates stand beside a name, by reason code: places in `weights.DATES`."""
    return _STANDING[why]


def columns(texts: Sequence[str | None]) -> NDArray[np.int64]:
    """Dates as four rows: year, last year, month, day."""
    return np.array([read(text) for text in texts], np.int64).reshape(len(texts), 4).T


def compare(seen: NDArray[np.int64], listed: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Steps and reason code for columns of date pairs (`kernel_names.why`)."""
    from mithaq.screening.kernel_names import whys

    year, until, _, _ = seen
    low, high, _, _ = listed
    # One form of memory, so that nothing is compiled for another.
    why: Ints = whys(np.ascontiguousarray(seen), np.ascontiguousarray(listed))
    width = np.maximum(high - low, until - year) + 1
    inside = np.round((_BITS["year"] - np.log2(np.maximum(width, 1))) * GRID).astype(np.int64)
    return np.where(why == _CODE["range"], inside, _STEPS[why]), why
