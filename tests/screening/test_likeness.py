"""A name that is asked about is found in its spellings, however common it is, and another name is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.screening import pack
from mithaq.screening.likeness import MOST, Likeness

SPELT = {
    "Mohamed Ali": ("Mohamed Ali", "Mohammed Aly", "Muhammad Ali", "Ali Mohamed", "محمد علي", "ALI MOHAMED"),
    "Ahmed Hassan": ("Ahmed Hassan", "Ahmad Hasan", "أحمد حسن"),
    "Ali": ("Ali", "Aly", "علي"),
    "محمد": ("محمد", "Mohamed", "Mohammed"),
    "Jan Peeters": ("Jan Peeters", "Jan Pieters", "PEETERS JAN"),
    "Maria Silva": ("Maria Silva", "Maria da Silva"),
    "Zohair Tafrasti": ("Zohair Tafrasti", "Zouhair Tafrasti", "زهير تفراستي"),
}
OTHERS = ("Driss Bennani", "Zineb Alaoui", "Pieter Janssens", "Karim Benchekroun", "Mohamed Bouzid", "Maria Costa")


@pytest.mark.parametrize("asked", SPELT)
def test_spellings_of_a_common_name_are_found_and_other_names_are_not(asked: str) -> None:
    likeness = Likeness(asked)
    people = [(name,) for name in (*SPELT[asked], *OTHERS)]
    assert likeness.among(people) == list(range(len(SPELT[asked])))
    # One is found by any of the names of the person.
    assert likeness.among([("Zineb Alaoui", name) for name in SPELT[asked]]) == list(range(len(SPELT[asked])))
    # A roll leaves out nobody who is.
    ((_, places),) = likeness.may_be([pack(people)])
    assert places is not None
    assert set(range(len(SPELT[asked]))) <= set(places)


WORDS = ("Mohamed", "Ali", "Fatima", "Ahmed", "Hassan", "Jan", "Maria", "Li", "Singh", "Nguyen", "Abdel", "Ben", "محمد")


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_whoever_bears_the_very_name_is_found(name: str) -> None:
    likeness = Likeness(name)
    assert likeness.floor <= MOST
    assert likeness.among([("Somebody Else",), (name,)]) == [1]
    assert likeness.may_be([pack([(name,)])]) == [(0, [0])]


def test_what_holds_no_name_is_found_nowhere() -> None:
    for nothing in ("", "   ", "12345", "\u200f"):
        assert Likeness(nothing).among([("Mohamed Ali",), ("",)]) == []
        assert Likeness(nothing).among([]) == []
