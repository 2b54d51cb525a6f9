"""The counted costs: what is the same is cheap, habits are cheaper than slips, strangers are far."""

from __future__ import annotations

import numpy as np
import pytest

from mithaq.screening.costs import TOO_FAR, Words, costs
from mithaq.screening.symbols import encode, fold


def cost(listed: str, seen: str) -> int:
    one, two = Words.of([encode(fold(listed.lower()))]), Words.of([encode(fold(seen.lower()))])
    zero = np.zeros(1, np.int64)
    return int(costs(one, two, zero, zero)[0])


@pytest.mark.parametrize(
    ("listed", "habit", "slip"),
    [
        ("Mostafa", "Mustafa", "Mpstafa"),
        ("Jamila", "Djamila", "Pjamila"),
        ("Bachir", "Bashir", "Bawhir"),
        ("Karim", "كريم", "كريف"),
        ("Qasmi", "Kasmi", "Wasmi"),
    ],
)
def test_habits_cost_less_than_slips(listed: str, habit: str, slip: str) -> None:
    assert cost(listed, listed) <= cost(listed, habit) < cost(listed, slip)


def test_a_swap_of_neighbours_is_one_slip() -> None:
    assert cost("ijroten", "ijorten") < cost("ijroten", "ijbrten") + 64 * 4


def test_strangers_are_too_far() -> None:
    assert cost("karim", "bouchta") == TOO_FAR
    assert cost("abdelkader", "fatimazahra") == TOO_FAR


def test_a_pair_costs_the_same_in_any_company() -> None:
    words = [encode(word) for word in ("karim", "kareem", "halim", "abdelhalim", "zohra", "ijroten", "kerim", "ali")]
    both = Words.of(words)
    left, right = (grid.ravel().astype(np.int64) for grid in np.meshgrid(np.arange(8), np.arange(8)))
    together = costs(both, both, left, right)
    for place, (one, two) in enumerate(zip(left, right, strict=True)):
        alone = costs(Words.of([words[one]]), Words.of([words[two]]), np.zeros(1, np.int64), np.zeros(1, np.int64))
        assert together[place] == alone[0]
