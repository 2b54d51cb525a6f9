"""The interval of the fairness report: it holds the share, shrinks with numbers, and is never certain of nothing."""

from __future__ import annotations

from bench.screening_fair import wilson


def test_the_interval() -> None:
    low, high = wilson(10, 10_000)
    assert low < 0.001 < high
    assert (round(low, 5), round(high, 5)) == (0.00054, 0.00184)
    wider = wilson(1, 1_000)
    assert wider[0] < low
    assert wider[1] > high
    assert wilson(0, 100)[0] == 0.0
    assert wilson(0, 100)[1] > 0.03
