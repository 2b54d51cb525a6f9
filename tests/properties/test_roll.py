"""A roll leaves out nobody whom the engine would find by name, however the names are written."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.screening import Subject, Traveller, build, may_be, pack, screen
from tests.properties.test_screening import NAMES, some

FLOORS = st.sampled_from([-50.0, 0.0, 4.0, 8.0])


@settings(max_examples=150, deadline=None)
@given(some(NAMES, 3), st.lists(st.lists(some(NAMES, 3), max_size=6), max_size=4), FLOORS)
def test_whom_the_engine_finds_is_on_the_roll(
    asked: tuple[str, ...], lists: list[list[tuple[str, ...]]], floor: float
) -> None:
    index = build([Subject("asked", asked)])
    left = dict(may_be(index, [pack(people) for people in lists], floor))
    for number, people in enumerate(lists):
        travellers = [Traveller(str(place), names) for place, names in enumerate(people)]
        found = {int(one.traveller) for one in screen(index, travellers, floor=floor, evidence=False) if one.candidates}
        assert found <= set(left.get(number) or ()), (asked, people)
