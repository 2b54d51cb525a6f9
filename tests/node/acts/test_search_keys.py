"""Keys meet across scripts, orders and spellings, and never across readers. Pure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.node.acts import search_keys
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.search_keys import EXACT, MOST_TERMS, MOST_WORDS

LATIN, ARABIC = "Zouhair Tafrasti", "زهير التفراستي"


def levels(words: str, *names: str, texts: tuple[str, ...] = ()) -> list[int]:
    """What each term of a question counts against a record; 0 when it does not meet it."""
    keys = search_keys.of_names(names) | search_keys.of_texts(texts)
    return [next((count for count, level in term.levels if level & keys), 0) for term in search_keys.terms(words)]


@pytest.mark.parametrize(
    ("asked", "name", "least"),
    [
        (LATIN, LATIN, 4),
        ("TAFRASTI, ZOUHAIR", LATIN, 4),  # transposed
        (ARABIC, LATIN, 2),
        (LATIN, ARABIC, 2),
        ("Зухаир Тафрасти", LATIN, 2),
        ("ⵣⵓⵀⴰⵉⵔ ⵜⴰⴼⵔⴰⵙⵜⵉ", LATIN, 2),
        ("Suhair Davrazti", LATIN, 2),  # within the classes of its consonants
        ("Zouhair Tafrassi", LATIN, 1),  # a class apart
        ("Zouhair Trasti", LATIN, 1),
    ],
)
def test_a_name_is_met_however_it_is_written(asked: str, name: str, least: int) -> None:
    assert min(levels(asked, name)) >= least


@pytest.mark.parametrize("asked", ["Pieter Vandenbroucke", "Mimoun Bellal", "بيتر"])
def test_another_name_is_not_met(asked: str) -> None:
    assert not all(levels(asked, LATIN, ARABIC))


def test_a_short_name_is_met_by_its_likes_and_not_by_every_name_that_shares_a_consonant() -> None:
    assert levels("علي", "Ali") == [3]
    assert levels("Ali", "Leila") == [0]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("MA-POLICE/2026/WP/00042", "MA-POLICE/2026/WP/00042"),
        ("wp/00042", "MA-POLICE/2026/WP/00042"),
        ("2026/wp/00042", "MA-POLICE/2026/WP/00042"),
        ("zx 4417702".replace(" ", ""), "ZX-4417702"),
        ("ZX٤٤١٧٧٠٢", "ZX4417702"),
        ("at832", "AT832"),
        ("AT 832", "AT0832"),
        ("ram0832", "RAM832"),
        ("night.edi", "night.edi"),
    ],
)
def test_a_reference_a_number_and_a_flight_are_met_whole(asked: str, text: str) -> None:
    assert levels(asked, texts=(text,)) == [EXACT]


@pytest.mark.parametrize(
    ("asked", "text"), [("4417702", "ZX4417702"), ("00042", "MA/2026/WP/00042"), ("AT83", "AT832")]
)
def test_a_part_of_a_number_meets_nothing(asked: str, text: str) -> None:
    assert levels(asked, texts=(text,)) == [0]


def test_a_key_is_its_readers_own() -> None:
    keys = search_keys.of_names([LATIN])
    one, other = (set(search_keys.hashed([search_keys.of_unit(unit)], keys)) for unit in ("A/ONE", "A/TWO"))
    assert len(one) == len(keys)
    assert not one & other


def test_who_asks_is_what_the_person_is_and_nothing_that_is_asked() -> None:
    plain = Actor("a", "BE-POLICE/BORDER", frozenset({"analyst"}))
    unit = ("*", "unit:BE-POLICE/BORDER")
    assert search_keys.readers_of(plain) == (*unit, "line:*:*", "line:*:BE-POLICE/BORDER")
    bound = replace(plain, lines=frozenset({"wanted-persons"}))
    lines = {one for one in search_keys.readers_of(bound) if one.startswith("line:")}
    assert {one.split(":")[1] for one in lines} == {"wanted-persons", "domestic", search_keys._NO_LINE}
    officer = Actor("a", "BE-POLICE/BORDER", frozenset({"supervisor"}))
    assert set(search_keys.readers_of(officer)) - set(search_keys.readers_of(plain)) == {"officers:BE-POLICE/BORDER"}
    overseer = Actor("a", "BE-POLICE/OVERSIGHT", frozenset({"oversight"}))
    assert "oversight" in search_keys.readers_of(overseer)
    # A unit is no role, whatever it is called.
    assert "oversight" not in search_keys.readers_of(Actor("a", "oversight"))
    assert search_keys.readers_of(Actor("a", "*"))[1] == "unit:*"


@given(st.text(max_size=600))
def test_any_question_has_few_terms_of_few_keys(words: str) -> None:
    asked = search_keys.terms(words)
    assert len(asked) <= MOST_TERMS
    assert all(term.keys for term in asked)
    assert sum(len(term.keys) for term in asked) < 4000
    assert asked == search_keys.terms(words[:MOST_WORDS])


@given(st.text(max_size=120))
def test_every_word_of_a_name_is_met_by_itself(name: str) -> None:
    asked = [term for term in search_keys.terms(name) if not term.is_exact]
    keys = search_keys.of_names([" ".join(token for token in name.split())])
    spoken = [term for term in asked if term.levels[0][0] == 4]
    assert spoken == asked
    if not any(term.is_exact for term in search_keys.terms(name)):
        assert all(term.levels[0][1] & keys for term in asked)
