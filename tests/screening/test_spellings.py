"""Persons who travel under another habit of spelling are found: invented people of many drawn seeds, as a post asks.

The demo draws them from a list that screening never reads; here the same draw runs in this process against the listed
persons of a seed, as notices hold them and with one script alone. The threshold is that of the example plans.
"""

from __future__ import annotations

import pytest
from examples.demo.people import Cast, cast

from mithaq.screening import Subject, Traveller, build, screen

SEEDS, FLOOR = range(60), 8.0
FIVE = 5


def _missed(people: Cast, *, latin: bool, arabic: bool) -> list[str]:
    listed = [
        Subject(
            f"{place:03}",
            (*([person.arabic] if arabic else []), *([person.latin] if latin else [])),
            birth_dates=(person.born.isoformat(),),
            nationalities=(person.nationality,),
            sex=person.sex,
        )
        for place, person in enumerate(people.listed)
    ]
    seen = [person for person in people.travellers if person.document in people.right]
    assert len(seen) == FIVE
    travellers = [
        Traveller(one.document, (one.latin.upper(),), one.born.isoformat(), one.nationality, sex=one.sex)
        for one in seen
    ]
    results = screen(build(listed), travellers, floor=FLOOR, evidence=False)
    return [
        f"{one.latin} | {people.listed[people.right[one.document]].latin}"
        for one, result in zip(seen, results, strict=True)
        if f"{people.right[one.document]:03}" not in {candidate.subject for candidate in result.candidates}
    ]


def _over_all_seeds(*, latin: bool, arabic: bool) -> list[str]:
    return [missed for seed in SEEDS for missed in _missed(cast(seed), latin=latin, arabic=arabic)]


def test_nobody_is_missed_whose_notice_has_both_scripts() -> None:
    assert _over_all_seeds(latin=True, arabic=True) == []


def test_nobody_is_missed_whose_notice_is_in_arabic_alone() -> None:
    assert _over_all_seeds(latin=False, arabic=True) == []


def test_at_most_one_in_a_hundred_is_missed_whose_notice_is_in_another_latin_habit_alone() -> None:
    missed = _over_all_seeds(latin=True, arabic=False)
    assert len(missed) <= FIVE * len(SEEDS) // 100, missed


@pytest.mark.parametrize(
    ("listed", "seen"),
    [
        ("Abdellatif Bouchentouf", "ABDUL LATIF BOUSHANTUF"),
        ("Noureddine Azougagh", "NUR AL DIN AZUGAGH"),
        ("Abderrahim Kchikech", "ABDUL RAHIM KSHIKESH"),
        ("عبد الرحيم كشيكش", "ABDURRAHIM KSHIKECH"),
        ("Chouaib Zaouache", "SHUAYB ZAWASH"),
    ],
)
def test_what_one_habit_changes_everywhere_is_one_habit(listed: str, seen: str) -> None:
    people = cast(0).listed
    others = [Subject(f"{place:03}", (one.latin,)) for place, one in enumerate(people)]
    index = build([*others, Subject("x", (listed,), birth_dates=("1980-05-06",))])
    (result,) = screen(index, [Traveller("t", (seen,), "1980-05-06")], floor=FLOOR)
    assert [one.subject for one in result.candidates[:1]] == ["x"]
