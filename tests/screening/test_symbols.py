"""The tables: every letter of Arabic, Cyrillic and Tifinagh has a form; habits of spelling meet."""

from __future__ import annotations

import pytest

from mithaq.screening.keys import keys, sieve, skeleton
from mithaq.screening.symbols import ARABIC, CODE, encode, fold, romanise, script_of, table


@pytest.mark.parametrize("letter", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىةپچژگکیڤ")
def test_every_arabic_letter_is_folded_and_has_a_symbol(letter: str) -> None:
    folded = fold("م" + letter)
    assert all(part in ARABIC and part in CODE for part in folded)
    assert folded != "م" or letter == "ء"


@pytest.mark.parametrize("letter", "абвгдежзийклмнопрстуфхцчшщыэюяёєіїґўђјљњћџ")
def test_every_cyrillic_letter_is_romanised(letter: str) -> None:
    assert fold("м" + letter).isascii()
    assert len(fold("м" + letter)) > 1


@pytest.mark.parametrize("letter", "ⴰⴱⴳⴷⴹⴻⴼⴽⵀⵃⵄⵅⵇⵉⵊⵍⵎⵏⵓⵔⵕⵖⵙⵚⵛⵜⵟⵡⵢⵣⵥ")
def test_every_letter_of_the_tifinagh_alphabet_is_romanised(letter: str) -> None:
    assert fold("ⵎ" + letter).isascii()
    assert len(fold("ⵎ" + letter)) > 1 or letter == "ⵄ"


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("شريف", "chrif"), ("خالد", "khald"), ("غالي", "ghali"), ("يونس", "iouns"), ("قاسم", "kasm"), ("جمال", "jmal")],
)
def test_arabic_is_romanised_as_moroccan_french_writes_it(arabic: str, latin: str) -> None:
    assert romanise(fold(arabic)) == latin


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Youssef", "Yousef"), ("Mouad", "Moead"), ("Rachid", "RACHÏD"), ("Philippe", "Filippe"), ("Cedric", "Sedric"),
        ("Guerraoui", "Gerraoui"), ("Tchadli", "Chadli"),
    ],
)  # fmt: skip
def test_spellings_of_one_sound_are_one(one: str, two: str) -> None:
    assert encode(fold(one.lower())) == encode(fold(two.lower()))


@pytest.mark.parametrize(
    ("latin", "arabic"), [("Abdelkader", "عبدالقادر"), ("Zemmouri", "زموري"), ("Bouchra", "بشرى"), ("Khadija", "خديجة")]
)
def test_latin_and_arabic_meet_in_the_skeleton(latin: str, arabic: str) -> None:
    assert skeleton(encode(fold(latin))) == skeleton(encode(fold(arabic)))


def test_words_one_class_apart_share_a_key() -> None:
    for one, two in (("ijorten", "ijroten"), ("abdelmajid", "abdelmadjid"), ("karim", "karimn"), ("ragab", "rajab")):
        assert set(keys(encode(one))) & set(keys(encode(two)))
    assert keys(encode("aya")) == ("-",)


def test_the_sieve_tells_strangers_apart() -> None:
    def apart(one: str, two: str) -> int:
        return (sieve(encode(one)) ^ sieve(encode(two))).bit_count()

    assert apart("karim", "kareem") == 0
    assert apart("karim", "karmi") == 0
    assert apart("salim", "halim") <= 6
    assert apart("karim", "bouchta") > 6


def test_scripts() -> None:
    assert [script_of(word) for word in ("Ali", "علي", "Али", "ⵣⵉⵔⵉ", "王", "", "123")] == [
        "latin", "arabic", "cyrillic", "tifinagh", "other", "other", "other",
    ]  # fmt: skip


def test_a_letter_that_looks_like_one_of_the_word_is_read_as_it() -> None:
    cyrillic, greek = table("lookalikes")["cyrillic"], table("lookalikes")["greek"]
    for letter, latin in (cyrillic | greek).items():
        assert fold(f"Ben{letter}bd") == f"ben{latin.lower()}bd", letter
    for letter, latin in cyrillic.items():
        assert fold(f"Петр{latin}") == fold(f"Петр{letter}"), letter
    assert fold("Нaѕsan") == fold("Hassan") != fold("Насан")


def test_tables_say_what_they_are() -> None:
    for name in (
        "arabic",
        "cyrillic",
        "tifinagh",
        "lookalikes",
        "particles",
        "classes",
        "countries",
        "edit_costs",
        "common_words",
        "weights",
    ):
        assert len(table(name)["about"]) > 40
