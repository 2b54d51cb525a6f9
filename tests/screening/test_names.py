"""Spellings to words and units: particles, articles, order, machine-readable zones, scripts, hostile text."""

from __future__ import annotations

import pytest

from mithaq.screening.names import ARTICLE, BARE, JOINED, MAX_WORDS, PLAIN, STRIPPED, parse
from mithaq.screening.symbols import MAX_SYMBOLS, SYMBOLS


def _units(text: str, form: int) -> set[str]:
    return {"".join(SYMBOLS[code] for code in unit.code) for unit in parse(text).units if unit.form == form}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Abd-al-Rahman 'Ali al-RAWI", ("abdalrahman", "ali", "rawi")),
        ("Abd el Kader Bennani", ("abdelkader", "bennani")),
        ("ADAM<<EL<OUADIE<<<<<", ("adam", "ouadie")),
        ("Van den Broeck, Jan", ("vandenbroeck", "jan")),
        ("Ben Ali Zine el Abidine", ("benali", "zine", "abidine")),
        ("Nour ed-Din Taib", ("noureddin", "taib")),
        ("M'Fadel Ech-Chaoui", ("mfadel", "chaoui")),
        ("Zoë Ångström-Łęcka", ("zoe", "angstrom", "lecka")),
        ("عبد القادر الرياحي", ("abdalkadr", "riahi")),
        ("عز الدين بن علي", ("azaldin", "bnali")),
        ("Айрат Вахитов", ("ayrat", "vakhitov")),
        ("ⵎⵓⵃⴰ ⵣⵉⵔⵉ", ("mouha", "ziri")),
        ("ＡＬＩ", ("ali",)),
        ("Al", ("al",)),
        ("Ben", ("ben",)),
        ("", ()),
        (" -<'\u200f ", ()),
        ("1234", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert parse(text).words == words


def test_an_article_may_be_written_on_the_word_or_not_at_all() -> None:
    assert "fasi" in _units("El Fassi", PLAIN)
    assert "elfasi" in _units("El Fassi", ARTICLE)
    assert "fasi" in _units("Elfassi", STRIPPED)


def test_a_particle_joins_its_word_and_the_bare_word_stays_possible() -> None:
    assert _units("Bou Ziani", PLAIN) == _units("Bouziani", PLAIN)
    assert "ziani" in _units("Bou Ziani", BARE)


def test_neighbours_may_be_one_word_and_cover_both() -> None:
    joined = [unit for unit in parse("Guo Ying Wang").units if unit.form == JOINED]
    assert [unit.mask for unit in joined] == [0b011, 0b110]


def test_a_sun_article_counts_only_before_its_own_consonant() -> None:
    assert parse("An Nguyen").words == ("nguyen",)
    assert parse("An Tran").words == ("an", "tran")


def test_marks_of_direction_and_vowel_signs_change_nothing() -> None:
    plain, marked = parse("محمد"), parse("\u202bمُحَمَّـد\u202c\u200f")
    assert plain.units == marked.units


def test_mixed_scripts_are_read_word_by_word() -> None:
    assert parse("Карим كريم Karim").words == ("karim", "krim", "karim")


@pytest.mark.parametrize("text", ["x" * 10_000, "ab " * 5_000, "ﷺ" * 5_000, "\u0301" * 10_000, "الدين " * 3_000])
def test_hostile_text_is_bounded(text: str) -> None:
    name = parse(text)
    assert len(name.words) <= MAX_WORDS
    assert len(name.units) <= 4 * MAX_WORDS
    assert all(len(unit.code) <= MAX_SYMBOLS and unit.mask < 1 << MAX_WORDS for unit in name.units)
