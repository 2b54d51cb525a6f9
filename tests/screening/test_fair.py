"""The interval of the fairness report: it holds the share, shrinks with numbers, and is never certain of nothing."""

from __future__ import annotations

from bench.record import Figure, Spread
from bench.screening_fair import warnings

from mithaq.screening.calibrate import MOST, wilson


def test_the_interval() -> None:
    low, high = wilson(10, 10_000)
    assert low < 0.001 < high
    assert (round(low, 5), round(high, 5)) == (0.00054, 0.00184)
    wider = wilson(1, 1_000)
    assert wider[0] < low
    assert wider[1] > high
    assert wilson(0, 100)[0] == 0.0
    assert wilson(0, 100)[1] > 0.03


def test_a_group_over_twice_the_rate_is_warned_of_by_name() -> None:
    figures = [
        Figure(f"given nationality {code}", value, "times", None, Spread(value, value / 2, value * 2), most=MOST)
        for code, value in (("AAA", 0.0), ("BBB", 2.0), ("CCC", 2.5))
    ]
    (line,) = warnings(figures)
    assert "nationality CCC: 2.50 times" in line
    assert "between 1.25 and 5.00" in line
