"""The invented people of the demo: who is listed, who travels, and under which spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples.demo import manifest
from examples.demo.names import HABITS, names
from examples.demo.people import HOMONYMS, LISTED, SAME_DOCUMENT, TRAVELLERS, WANTED_TRAVEL, cast
from examples.demo.portraits import portrait

from mithaq.formats.paxlst import read_paxlst

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_is_listed_and_who_travels(seed: int) -> None:
    found = cast(seed)
    assert (len(found.listed), len(found.travellers)) == (LISTED, TRAVELLERS)
    assert len({person.arabic for person in found.listed}) == LISTED
    documents = [person.document for person in found.travellers]
    assert len(set(documents)) == TRAVELLERS
    assert (len(found.right), len(found.homonyms)) == (WANTED_TRAVEL, HOMONYMS)
    assert not set(found.right) & found.homonyms


@pytest.mark.parametrize("seed", SEEDS)
def test_the_five_travel_under_other_spellings_and_two_with_the_listed_document(seed: int) -> None:
    found = cast(seed)
    by_document = {person.document: person for person in found.travellers}
    same = 0
    for document, index in found.right.items():
        seen, listed = by_document[document], found.listed[index]
        assert (seen.arabic, seen.born, seen.sex) == (listed.arabic, listed.born, listed.sex)
        assert seen.spelling[0].casefold() != listed.spelling[0].casefold() or len(_spellings(seen.given)) == 1
        assert seen.spelling[1].casefold() != listed.spelling[1].casefold()
        same += document == listed.document
    assert same == SAME_DOCUMENT


@pytest.mark.parametrize("seed", SEEDS)
def test_a_homonym_shares_name_and_birth_year_but_neither_day_nor_month_nor_document(seed: int) -> None:
    found = cast(seed)
    listed = {person.arabic: person for person in found.listed}
    for person in found.travellers:
        if person.document in found.homonyms:
            other = listed[person.arabic]
            assert person.spelling == other.spelling
            assert person.born.year == other.born.year
            assert person.born.month not in {other.born.month, other.born.day}
            assert person.born.day not in {other.born.month, other.born.day}
            assert person.document != other.document


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_else_bears_a_name_that_no_notice_bears(seed: int) -> None:
    found = cast(seed)
    listed = {person.arabic for person in found.listed}
    others = [one for one in found.travellers if one.document not in {*found.right, *found.homonyms}]
    assert len(others) == TRAVELLERS - WANTED_TRAVEL - HOMONYMS
    assert not [one for one in others if one.arabic in listed]


def test_a_seed_draws_the_same_people_and_another_seed_others() -> None:
    assert cast(7) == cast(7)
    assert cast(7).listed != cast(8).listed


@pytest.mark.parametrize("seed", SEEDS)
def test_the_manifest_reads_back_whole(seed: int, tmp_path: Path) -> None:
    found = cast(seed)
    manifest.write(found, tmp_path / "manifest.edi")
    read = read_paxlst((tmp_path / "manifest.edi").read_bytes())
    assert read.warnings == ()
    (message,) = read.messages
    numbers = [one.documents[0].number for one in message.travellers]
    assert numbers == [person.document for person in found.travellers]
    for one in message.travellers:
        assert (one.family + one.given).isascii()
        assert one.family == one.family.upper()


def test_every_name_has_each_habit_and_an_arabic_form_unless_it_is_foreign() -> None:
    for part, sex in (("given", "male"), ("given", "female"), ("family", "")):
        for name in names(part, sex):
            assert name.arabic
            assert all(name.spellings[habit] for habit in HABITS)
            assert len({name.arabic for name in names(part, sex)}) == len(names(part, sex))
    assert all(len(_spellings(name)) > 1 for name in names("family"))
    assert not any(name.arabic for name in names("foreign-family"))


def test_screening_never_reads_the_list() -> None:
    package = Path(__file__).resolve().parents[2] / "src/mithaq/screening"
    assert package.is_dir()
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf8")
        assert "examples" not in text, path
        assert "spellings.csv" not in text, path


def test_a_portrait_is_a_jpeg_of_its_own_key() -> None:
    assert portrait("a", "male").startswith(b"\xff\xd8")
    assert portrait("a", "male") == portrait("a", "male")
    assert portrait("a", "male") != portrait("b", "male")


def _spellings(name: object) -> set[str]:
    return {one.casefold() for pool in name.spellings.values() for one in pool}  # type: ignore[attr-defined]
