"""Rolls of people: who may bear a name is found in any script, others are left out, and an older roll hides nobody."""

from __future__ import annotations

from mithaq.screening import Subject, Traveller, build, may_be, pack, screen
from mithaq.screening.files import read_travellers
from tests.shared_data import shared

PEOPLE = (
    ("MOHAMED BENALI",),
    ("Jan Peeters",),
    ("محمد بنعلي", "Karim Tazi"),
    (),
    ("Muhammad Ben Ali",),
    ("Ali Mohamed",),
)


def test_a_name_is_found_in_any_spelling_and_others_are_left_out() -> None:
    index = build([Subject("asked", ("Mohammed Benali",))])
    assert may_be(index, [pack(PEOPLE), pack(PEOPLE[1:2])], 8.0) == [(0, [0, 2, 4])]


def test_a_roll_that_was_packed_otherwise_hides_nobody() -> None:
    index, packed = build([Subject("asked", ("Mohammed Benali",))]), pack(PEOPLE)
    older = bytes([packed[0] ^ 1]) + packed[1:]
    assert may_be(index, [older, b"", pack([])], 8.0) == [(0, None), (1, None)]


def test_nobody_is_asked_for_by_a_name_without_letters() -> None:
    assert may_be(build([Subject("asked", ("1234",))]), [pack(PEOPLE)], 8.0) == []


def test_of_real_spellings_none_is_lost_and_few_are_left() -> None:
    """Six thousand travellers of the bench, asked for some of their own names."""
    people = [one.names for one, _ in zip(read_travellers(shared("bench/screening/travellers.jsonl.gz")), range(6000))]  # noqa: B905  so many
    rolls = [pack(people[start : start + 200]) for start in range(0, len(people), 200)]
    crowd = [Traveller(str(place), names) for place, names in enumerate(people)]
    for asked in people[::600]:
        index = build([Subject("asked", asked)])
        left = {number * 200 + place for number, places in may_be(index, rolls, 8.0) for place in places or ()}
        found = {int(one.traveller) for one in screen(index, crowd, floor=8.0, evidence=False) if one.candidates}
        assert found, asked
        assert found <= left, asked
        assert len(left) < 300, (asked, len(left))
