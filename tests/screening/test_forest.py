"""The learned trees: they add up, rise with what agrees, hang on the pair alone; a broken data file is told."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import ConfigError
from mithaq.screening import Candidate, Index, Subject, Traveller, build, forest, screen
from mithaq.screening.explain import shown
from mithaq.screening.symbols import table
from mithaq.screening.weights import GRID

LIST = (
    Subject("s1", ("Tarik Zemmouri", "طارق الزموري"), birth_dates=("1980-03-04",), nationalities=("ma",)),
    Subject("s2", ("Tarik Zammouri", "Tarik Abu Hafs"), birth_dates=("1980",)),
    Subject("s3", ("Joris Van den Abbeele",), weak_names=("Joris Claes",)),
    Subject("s4", ("Mohamed Said",), birth_dates=("1990-05-05",), documents=("EK112233",)),
)
NAMES = (
    ("Mohamed Saidi",), ("Tarek Zemouri",), ("ZAMOURI TARIQ", "Tarik Abou Hafs"), ("الزموري طارق",), ("Joris Claes",),
)  # fmt: skip
BESIDE = (
    (None, None, None), ("1980-03-04", "ma", None), ("1980-04-03", "be", "EK112233"), ("1979", "ma", None),
    (None, None, "EK112233"),
)  # fmt: skip
TRAVELLERS = [
    Traveller(f"t{number}", names, *beside)
    for number, (names, beside) in enumerate((names, beside) for names in NAMES for beside in BESIDE)
]
ROW = st.tuples(
    *(st.integers(-20 * GRID, 40 * GRID) for _ in range(7)),
    *(st.integers(0, 5) for _ in range(4)),
    st.integers(0, 1), st.integers(0, 1), st.integers(-20 * GRID, 40 * GRID), st.integers(-6 * GRID, 15 * GRID),
)  # fmt: skip
SIGNS = list(forest.FEATURES.values())


@pytest.fixture(scope="module")
def index() -> Index:
    return build(LIST)


def everyone(index: Index, travellers: list[Traveller]) -> dict[str, tuple[Candidate, ...]]:
    return {one.traveller: one.candidates for one in screen(index, travellers, limit=9, floor=-60.0)}


def corrected(*rows: Sequence[int], now: int = 20 * GRID) -> list[int]:
    name, date = forest.correct(np.array(rows, np.int64), np.full(len(rows), now), np.zeros(len(rows), bool))
    return (name + date).tolist()


def test_what_is_shown_adds_up_to_the_score_and_the_trees_are_in_it(index: Index) -> None:
    found = [one for several in everyone(index, TRAVELLERS).values() for one in several]
    for one in found:
        weights = [said.weight for said in one.evidence]
        assert sum(weights) == one.score
        assert sum(round(weight * 100) for weight in shown(weights)) == round(one.score * 100)
        by_trees = sum(said.weight for said in one.evidence if said.why.endswith(".learned"))
        assert forest.LEAST <= by_trees * GRID <= forest.MOST
    assert {"name.learned", "birth_date.learned"} <= {said.why for one in found for said in one.evidence}


def test_where_no_date_is_known_the_trees_say_nothing_of_it(index: Index) -> None:
    for several in everyone(index, [one for one in TRAVELLERS if one.birth_date is None]).values():
        assert all(said.why != "birth_date.learned" for one in several for said in one.evidence)


def test_the_same_alone_in_any_order_and_from_any_floor(index: Index) -> None:
    whole = everyone(index, TRAVELLERS)
    mixed = random.Random(3).sample(TRAVELLERS, len(TRAVELLERS))
    assert everyone(index, mixed) == whole
    for one in TRAVELLERS:
        assert everyone(index, [one]) == {one.id: whole[one.id]}
    for floor in (-5.0, 0.0, 5.0, 9.0, 14.0, 18.0, 23.0, 26.0):
        for result in screen(index, TRAVELLERS, limit=9, floor=floor):
            assert result.candidates == tuple(one for one in whole[result.traveller] if one.score >= floor), floor


@given(ROW, st.sampled_from([place for place, sign in enumerate(SIGNS) if sign]), st.integers(0, 20 * GRID))
def test_what_agrees_more_never_lowers(row: tuple[int, ...], place: int, more: int) -> None:
    better = list(row)
    better[place] += more * SIGNS[place]
    before, after = corrected(row, tuple(better))
    assert before <= after


@given(ROW, st.integers(-40 * GRID, 40 * GRID), st.integers(0, 9 * GRID))
def test_a_higher_sum_is_never_lower_with_the_trees(row: tuple[int, ...], now: int, more: int) -> None:
    before, after = corrected(row, now=now), corrected(row, now=now + more)
    assert now + before[0] <= now + more + after[0]
    assert before[0] >= 0 or now + before[0] >= forest.FROM


def test_every_split_is_stepped_over_the_right_way() -> None:
    """Beside and at each threshold, all else drawn at random: a split that falls is found wherever it stands."""
    draw = random.Random(7)
    for node in np.flatnonzero(forest.FOREST.feature >= 0).tolist():
        place, edge = int(forest.FOREST.feature[node]), int(forest.FOREST.threshold[node])
        if SIGNS[place]:
            for _ in range(5):
                row = [draw.randint(-3 * GRID, 25 * GRID) for _ in range(7)] + [draw.randint(0, 5) for _ in range(4)]
                row += [draw.randint(0, 1), draw.randint(0, 1), draw.choice((-20 * GRID, 8 * GRID)), 6 * GRID]
                low, high = ([*row[:place], value, *row[place + 1 :]] for value in (edge, edge + 1))
                one, two = corrected(low, high)
                assert (two - one) * SIGNS[place] >= 0


def test_more_that_agrees_never_lowers_a_score(index: Index) -> None:
    def score(*names: str, **more: str) -> float:
        found = screen(index, [Traveller("t", names, **more)], limit=9, floor=-60.0)[0].candidates
        return next(one.score for one in found if one.subject == "s1")

    name = "Tarek Zemouri"
    assert score(name) <= score(name, birth_date="1980-03-04")
    assert score(name, birth_date="1955-01-02") <= score(name, birth_date="1980") <= score(name, birth_date="1980-03")
    assert score(name, birth_date="1980") <= score(name, birth_date="1980", nationality="ma")
    assert score("Tarek Zemouri Bouchaib") <= score(name) <= score("Tarik Zemmouri")
    assert score(name) <= score(name, "Tarik Zemmouri")


def test_a_row_is_the_same_in_any_company() -> None:
    draw = np.random.default_rng(5)
    rows = draw.integers(-300, 1500, (60, len(SIGNS)))
    now, nothing = draw.integers(-300, 1500, 60), np.zeros(60, bool)
    whole = np.stack(forest.correct(rows, now, nothing))
    alone = np.concatenate([np.stack(forest.correct(rows[[k]], now[[k]], nothing[[k]])) for k in range(60)], axis=1)
    assert (whole == alone).all()
    assert (np.stack(forest.correct(rows[::-1], now[::-1], nothing))[:, ::-1] == whole).all()


def test_the_data_file_says_whence_it_is_and_holds_no_name() -> None:
    data = table("forest")
    assert {"bench/screening_trees.py", "given half"} <= {part for part in ("bench/screening_trees.py", "given half")
                                                          if part in data["about"]}  # fmt: skip
    assert set(data) == {"about", "features", "bounds", "shift", "roots", "nodes"}
    assert all(type(number) is int for column in data["nodes"].values() for number in column)


def fall(data: dict[str, Any]) -> None:
    nodes = data["nodes"]
    place = next(k for k, feature in enumerate(nodes["feature"]) if feature >= 0 and SIGNS[feature] > 0)
    nodes["low"][place], nodes["high"][place] = nodes["high"][place], nodes["low"][place]
    for leaf, feature in enumerate(nodes["feature"]):
        nodes["value"][leaf] += leaf if feature < 0 else 0


def lead_back(data: dict[str, Any]) -> None:
    data["nodes"]["low"][next(k for k, one in enumerate(data["nodes"]["feature"]) if one >= 0)] = 0


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data.pop("roots"),
        lambda data: data["nodes"].pop("value"),
        lambda data: data["nodes"]["value"].pop(),
        lambda data: data["nodes"]["feature"].__setitem__(0, 99),
        lambda data: data["nodes"]["low"].__setitem__(0, "no number"),
        lambda data: data["roots"].reverse(),
        lambda data: data["roots"].append(10**6),
        lambda data: data.__setitem__("features", dict(reversed(data["features"].items()))),
        lambda data: data.__setitem__("features", 3),
        lambda data: data.__setitem__("bounds", [1.0, 3.0]),
        lambda data: data.__setitem__("nodes", []),
        lead_back,
        fall,
    ],
)
def test_a_broken_file_is_told(harm: Callable[[dict[str, Any]], object]) -> None:
    data = copy.deepcopy(table("forest"))
    forest.read(data)
    harm(data)
    with pytest.raises(ConfigError) as caught:
        forest.read(data)
    assert caught.value.code == "screening.forest"
