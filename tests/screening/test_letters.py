"""Letters side by side: every letter stands there once and in its order, and what differs is marked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.screening.letters import MOST, Step, beside

ALPHABET = (
    "abcdeéfghiïjklmnoôpqrstuvwxyzABDHKMÉ '-" + "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأإؤئ" + "абвгдежзийклмнопрстуфхцчшщы"
)
NAMES = st.text(ALPHABET, max_size=MOST) | st.text(max_size=MOST)


def told(seen: str, listed: str) -> str:
    """Steps that are not the same, as `left|right how`."""
    return ", ".join(f"{one.left}|{one.right} {one.how}" for one in beside(seen, listed) if one.how != "same")


@pytest.mark.parametrize(
    ("seen", "listed", "marked"),
    [
        ("Yousef", "Youssef", ""),
        ("Étienne", "etienne", ""),
        ("Khalid", "Halid", "Kh|H differs"),
        ("Ben Ali", "Benali", " | unwritten"),
        ("Bouchra", "Boushra", "ch|sh sound"),
        ("Alexei", "Алексей", "x|кс sound, i|й sound"),
        ("Shcherbakov", "Щербаков", "Shch|Щ sound"),
        ("Jan", "Jans", "|s alone"),
        ("Said", "سعيد", "S|س sound, a|ع sound, i|ي sound, d|د sound"),
        ("محمد", "Mohamed", "م|M sound, |o unwritten, ح|h sound, |a unwritten, م|m sound, |e unwritten, د|d sound"),
    ],
)
def test_what_differs_is_marked(seen: str, listed: str, marked: str) -> None:
    assert told(seen, listed) == marked


def _shown(text: str) -> str:
    shown = unicodedata.normalize("NFC", text)
    return "".join(one for one in shown if not one.isspace() and (one.isprintable() or unicodedata.combining(one)))


@given(NAMES, NAMES)
def test_every_letter_stands_there_once_and_in_its_order(seen: str, listed: str) -> None:
    steps = beside(seen, listed)
    if steps:
        assert "".join("".join(one.left for one in steps).split()) == _shown(seen)
        assert "".join("".join(one.right for one in steps).split()) == _shown(listed)
        assert all((one.how in {"same", "sound", "differs"}) == bool(one.left and one.right) for one in steps)


@given(NAMES)
def test_a_name_beside_itself_is_the_same(name: str) -> None:
    assert {one.how for one in beside(name, name)} <= {"same"}


def test_what_has_no_letter_or_too_many_is_not_laid_out() -> None:
    assert beside("", "Ali") == beside("Ali", "123") == beside("a" * (MOST + 1), "Ali") == ()
    assert beside("A", "a") == (Step("A", "a", "same"),)
