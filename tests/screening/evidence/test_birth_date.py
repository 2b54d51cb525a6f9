"""Birth dates: what agrees, the habits of documents, what contradicts, and silence."""

from __future__ import annotations

import numpy as np
import pytest

from mithaq.screening.evidence.birth_date import WHYS, BirthDates, columns, read
from tests.screening.evidence.rows import rows


def weigh(seen: str | None, *listed: str) -> tuple[str, int]:
    dates = BirthDates.of(*rows(listed))
    weight, why, _ = dates.weigh(columns([seen]), np.zeros(1, np.int64))
    return WHYS[int(why[0])], int(weight[0])


@pytest.mark.parametrize(
    ("seen", "listed", "why"),
    [
        ("1980-03-04", "1980-03-04", "exact"),
        ("1980-01-01", "1980-01-01", "exact_january"),
        ("1980-03-04", "1980-04-03", "swapped"),
        ("1980-03-04", "1981-03-04", "near_year"),
        ("1980-01-01", "1981-01-01", "contradicts"),
        ("1980-01-01", "1980-03-04", "first_january"),
        ("1980-03-04", "1980-01-01", "listed_january"),
        ("1980-03-04", "1980-03", "month"),
        ("1980-03", "1980-05-04", "same_year"),
        ("1980-03-04", "1980", "year"),
        ("1980", "1980-03-04", "year"),
        ("1980-03-04", "1981", "year_off_by_one"),
        ("1980-03-04", "1980-05-09", "same_year"),
        ("1980-03-04", "1990-03-04", "contradicts"),
        ("1980-03-04", "1970", "contradicts"),
        ("1980-03-04", "1978/1982", "range"),
        ("1983-03-04", "1978/1982", "contradicts"),
        ("1980-03-04", "1982/1978", "range"),
        (None, "1980", "missing"),
        ("", "1980", "missing"),
        ("1980-03-04", "circa", "missing"),
        ("80-03-04", "1980", "missing"),
        ("1980-13-40", "1980", "year"),
    ],
)
def test_why(seen: str | None, listed: str, why: str) -> None:
    assert weigh(seen, listed)[0] == why


def test_weights_are_in_order() -> None:
    order = [
        weigh("1980-03-04", listed)[1]
        for listed in ("1980-03-04", "1980-04-03", "1980-03", "1980", "1979/1981", "", "1980-05-09", "1970-03-05")
    ]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)
    assert order[5] == 0


def test_a_wider_range_says_less() -> None:
    assert weigh("1980", "1979/1981")[1] > weigh("1980", "1970/1990")[1]


def test_the_best_listed_date_counts() -> None:
    assert weigh("1980-03-04", "1970", "1980-03-04", "1981") == weigh("1980-03-04", "1980-03-04")


def test_no_listed_date_is_silence() -> None:
    assert weigh("1980-03-04") == ("missing", 0)


@pytest.mark.parametrize("text", ["1980/", "/1980", "1980-1-1", "١٩٨٠", "19800304", "x" * 10_000, "1980-03-04T00:00"])
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert read(text)[1:] in ((0, 0, 0), (1980, 0, 0))
