"""What always holds of calibration: merging is counting together, a threshold keeps its rate and is the least to."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.screening.calibrate import (
    LEAST_EXPECTED,
    MOST,
    WIDTH,
    Histogram,
    groups_of,
    needed,
    origin,
    recall,
    share,
    shares,
    threshold,
    wilson,
)

SCORES = st.lists(st.one_of(st.just(-inf), st.floats(-20, 60)), max_size=80)
RATES = st.integers(1, 40)


@given(SCORES, SCORES, SCORES)
def test_merging_is_counting_together_in_any_order(one: list[float], two: list[float], more: list[float]) -> None:
    parts = [Histogram.of(scores) for scores in (one, two, more)]
    merged = (parts[0] + parts[1]) + parts[2]
    assert merged == parts[2] + (parts[1] + parts[0]) == Histogram.of([*more, *one, *two])
    assert merged.total == len(one) + len(two) + len(more)
    for step in range(0, 280, 7):
        bits = step * WIDTH
        assert merged.at_least(bits) == sum(score >= bits for score in [*one, *two, *more])


@given(SCORES, RATES)
def test_a_threshold_keeps_its_rate_and_is_the_least_that_does(scores: list[float], one_in: int) -> None:
    counted = Histogram.of(scores)
    if len(scores) < LEAST_EXPECTED * one_in:
        with pytest.raises(InputError) as told:
            threshold(counted, one_in)
        assert told.value.code == "calibrate.few"
        assert told.value.params == {"counted": len(scores), "one_in": one_in, "needed": needed(one_in)}
        return
    bits = threshold(counted, one_in)
    assert sum(score >= bits for score in scores) * one_in <= len(scores)
    assert bits >= 0
    assert not bits or sum(score >= bits - WIDTH for score in scores) * one_in > len(scores)


@given(SCORES, RATES, RATES)
def test_a_rarer_alert_never_lowers_the_threshold(scores: list[float], one: int, two: int) -> None:
    counted = Histogram.of(scores * 40)
    if counted.total >= needed(max(one, two)):
        assert threshold(counted, min(one, two)) <= threshold(counted, max(one, two))


def test_a_rate_that_is_met_exactly_is_kept() -> None:
    assert threshold(Histogram.of([5.0] * 3 + [-inf] * 27), 10) == 0.0
    assert threshold(Histogram.of([5.0] * 4 + [-inf] * 36), 11) == 5.25


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share_and_is_narrower_of_more(found: int, more: int) -> None:
    of = found + more
    low, high = wilson(found, of)
    assert 0 <= low <= found / of <= high <= 1
    wider, narrower = high - low, wilson(found * 10, of * 10)
    assert narrower[1] - narrower[0] < wider
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_rate_is_one_in_so_many() -> None:
    with pytest.raises(InputError, match="one in so many") as told:
        threshold(Histogram.of([1.0] * 10), 0)
    assert told.value.code == "calibrate.rate"


def test_a_group_is_over_when_it_bears_more_than_twice_and_is_large_enough() -> None:
    every = Histogram({-1: 99_900, 40: 100})  # 1 in 1,000 at 10 bits
    three, two, few, small, none = shares(
        {
            ("nationality", "aa"): Histogram({-1: 9_970, 40: 30}),
            ("nationality", "bb"): Histogram({-1: 9_980, 40: 20}),
            ("nationality", "cc"): Histogram({-1: 498, 40: 2}),
            ("nationality", "dd"): Histogram({-1: 297, 40: 3}),
            ("nationality", "ee"): Histogram(),
        },
        every,
        10.0,
    )
    assert [one.over for one in (three, two, few, small, none)] == [True, False, False, True, False]
    assert (three.rate, round(three.times, 6), two.times) == (0.003, 3.0, MOST)
    assert three.low < 0.003 < three.high
    assert not few.told, "two of 500 say nothing of a rate of one in 1,000"
    assert small.low > 0.002, "three of 300 are surely over"
    assert not share(("origin", "other"), every, Histogram(), 10.0).over


@pytest.mark.parametrize(
    ("name", "which"),
    [
        ("محمد العلمي", "arabic-script"),
        ("Mohamed Alami", "arabic-latin"),
        ("EL IDRISSI<<FATIMA", "arabic-latin"),
        ("Jan Peeters", "other"),
        ("Michel Bouvier", "other"),
        ("Иван Петров", "other"),
        ("", "other"),
    ],
)
def test_the_origin_is_read_from_the_name_alone(name: str, which: str) -> None:
    assert origin(name) == which
    assert groups_of((name,), "MAR") == (("nationality", "ma"), ("origin", which))


@given(st.text(max_size=60), st.none() | st.text(max_size=4))
def test_whoever_it_is_has_two_groups(name: str, nation: str | None) -> None:
    (one, which), (two, of) = groups_of((name,) if name else (), nation)
    assert (one, two) == ("nationality", "origin")
    assert which
    assert of in {"arabic-script", "arabic-latin", "other"}


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_higher_threshold_finds_no_more_listed_persons(one: float, two: float) -> None:
    low, high = (recall(bits) for bits in sorted((one, two)))
    assert len(low) == 4
    for before, after in zip(low, high, strict=True):
        assert (before.name, before.kind, before.of) == (after.name, after.kind, after.of)
        assert 0 <= after.found <= before.found <= before.of
    assert all(here.rate > 0.85 for here in recall(8.0)), "the given half's own figures"
