"""A list in parts: the same answers as one index of it, to the last bit, from processes too."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError, StateError
from mithaq.screening import Index, Result, Subject, Traveller, build, screen
from mithaq.screening.evidence import birth_date
from mithaq.screening.files import read_subjects, read_travellers
from mithaq.screening.layers import Layers
from mithaq.screening.merging import Asked, find, merge
from mithaq.screening.parts import Parts, cut, part_of
from mithaq.screening.rarity import Census, Rarity
from mithaq.screening.store import load
from tests.screening.lists import ASKED, LISTS, TRAVELLERS
from tests.shared_data import shared

LOW = -60.0


@pytest.fixture(autouse=True)
def few_born() -> Iterator[None]:
    """A day that three share is one that many share."""
    with patch.object(birth_date, "MOST_BORN", 2):
        yield


def counted(parts: Sequence[Sequence[Subject]]) -> Rarity:
    return Rarity.of(reduce(add, (Census.of(build(part)) for part in parts), Census.nothing()))


def merged(indices: Sequence[Index], travellers: Sequence[Traveller], asked: dict[str, Any]) -> list[Result]:
    one = Asked(**asked)
    return merge([find(index, travellers, one) for index in indices], one.limit)


@given(people=LISTS, count=st.integers(1, 4), travellers=TRAVELLERS, asked=ASKED)
@settings(max_examples=80, deadline=None)
def test_parts_answer_as_the_whole(
    people: list[Subject], count: int, travellers: list[Traveller], asked: dict[str, Any]
) -> None:
    parts = cut(people, count)
    rarity = counted(parts)
    indices = [build(part, rarity) for part in parts]
    assert merged(indices, travellers, asked) == screen(build(people), travellers, **asked)
    assert merged(indices[::-1], travellers, asked) == merged(indices, travellers, asked)


@given(people=LISTS, changes=LISTS, travellers=TRAVELLERS)
@settings(max_examples=40, deadline=None)
def test_parts_that_change_answer_as_the_whole_that_changes(
    people: list[Subject], changes: list[Subject], travellers: list[Traveller]
) -> None:
    # Whoever comes to stand in another part goes from the one where the record was.
    listed = {one.id: one for one in people} | {one.id: one for one in changes}
    parts, anew = cut(people, 2), cut(listed.values(), 2)
    rarity, layers = counted(parts), []
    for part, later in zip(parts, anew, strict=True):
        gone = {one.id for one in part} - {one.id for one in later}
        layers.append(Layers(build(part, rarity)).with_changes([one for one in later if one in changes], gone))
    told = Layers(build(people)).with_changes(changes).screen(travellers, floor=LOW)
    found = [one.screen(travellers, floor=LOW) for one in layers]
    for number, whole in enumerate(told):
        assert whole.best == max(one[number].best for one in found)
        candidates = [candidate for one in found for candidate in one[number].candidates]
        assert whole.candidates == tuple(sorted(candidates, key=lambda one: (-one.score, one.subject))[:5])
    # A part that is merged keeps the rarity of the whole.
    again = [one.merged().screen(travellers, floor=LOW) for one in layers]
    assert again == found


@given(people=LISTS, count=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_the_rarity_of_a_list_is_counted_over_its_parts(people: list[Subject], count: int) -> None:
    index = build(people)
    for rarity in (counted(cut(people, count)), Rarity.of(Census.of(index))):
        whole = index.rarity
        assert tuple(rarity.nations) == tuple(whole.nations)
        for name in ("counted", "days"):
            assert np.array_equal(getattr(rarity, name), getattr(whole, name)), name
        ours, theirs = rarity.vocabulary, whole.vocabulary
        assert ours.persons == theirs.persons
        for name in ("borne", "expected", "people", "plain"):
            assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
        assert np.array_equal(ours.words.symbols, theirs.words.symbols)
        for one, two in zip(ours.lookup, theirs.lookup, strict=True):
            assert np.array_equal(one, two)


def test_processes_answer_as_one_with_real_names(tmp_path: Path) -> None:
    people = list(read_subjects(shared("bench/screening/public.jsonl.gz")))
    asked = [one for one, _ in zip(read_travellers(shared("bench/screening/travellers.jsonl.gz")), range(400))]  # noqa: B905  so many
    whole = build(people)
    hands = [
        Traveller(one.id, ("Nobody",), document=one.documents[0]) for one in people if one.documents
    ][:20]  # fmt: skip
    asked += hands
    # A process of a part has the limit that it is started with, as this one without its fixture.
    with patch.object(birth_date, "MOST_BORN", 12):
        told = [screen(whole, asked, 3, floor, documented=True, told_from=-5.0) for floor in (-10.0, 0.0)]
    assert sum(bool(one.candidates) for one in told[1]) > 20
    with Parts.of(cut(people, 2), tmp_path) as parts:
        for floor, one in zip((-10.0, 0.0), told, strict=True):
            assert parts.screen(asked, 3, floor, documented=True, told_from=-5.0) == one
    paths = sorted(tmp_path.glob("*.index"))
    assert len(paths) == 2
    with Parts.mapped(paths) as parts:
        assert parts.screen(asked, 3, 0.0, documented=True, told_from=-5.0) == told[1]
    # What is written of a part is its rarity too.
    rarity = load(paths[0]).rarity
    assert (rarity.vocabulary.persons, len(rarity.days)) == (len(whole.persons), len(whole.rarity.days))


def test_a_process_that_ends_is_told() -> None:
    with Parts.of(cut([Subject("1", ("Tarik Zemmouri",)), Subject("2", ("Joris Vandamme",))], 2)) as parts:
        assert [one.subject for one in parts.screen([Traveller("t", ("Tarik Zemmouri",))])[0].candidates] == ["1"]
        parts._processes[1].submit(os._exit, 1)
        with pytest.raises(StateError) as caught:
            parts.screen([Traveller("t", ("Tarik Zemmouri",))])
    assert caught.value.code == "screening.part"
    assert caught.value.remedy


def test_a_list_is_cut_by_persons_and_the_same_everywhere() -> None:
    people = [Subject(str(number), ("A",), f"p{number % 30}") for number in range(90)]
    parts = cut(people, 4)
    assert sorted(one.id for part in parts for one in part) == sorted(one.id for one in people)
    assert all(len({one.person for one in part}) * 3 == len(part) > 0 for part in parts)
    assert [part_of(f"p{number}", 4) for number in range(8)] == [0, 1, 0, 3, 2, 2, 1, 3]
    with pytest.raises(InputError) as caught:
        cut([Subject("1", ("A",), "p1"), Subject("1", ("A",), "p0")], 4)
    assert (caught.value.code, caught.value.where) == ("screening.subject.twice", "subject 1")
