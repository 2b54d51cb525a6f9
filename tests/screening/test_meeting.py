"""Why two names meet: the engine's own words, keys and weights; where two words part; any text is answered."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mithaq.screening import WHYS
from mithaq.screening.meeting import meet, spelling


def test_a_name_in_two_scripts_meets_by_what_both_write() -> None:
    met = meet("Mohammed Benali", "محمد بنعلي")
    found = {(pair.left.written, pair.right.written): pair for pair in met.pairs}
    family = found["Benali", "بنعلي"]
    assert (family.left.skeleton, family.right.skeleton, family.why, family.stop) == ("BNL", "BNL", "name.script", None)
    assert family.bits is not None
    assert found["Mohammed", "محمد"].bits is not None
    assert found["Mohammed", "محمد"].bits < family.bits
    assert met.score == sum(one.weight for one in met.evidence)
    assert (met.left.script, met.right.script, met.right.romanised) == ("latin", "arabic", "mhmd bnali")


@pytest.mark.parametrize(
    ("left", "right", "stop"),
    [("Jan", "Piet", "no-key"), ("Murtadi", "Morteza", "cost"), ("Kabila", "Kabagambe", None)],
)
def test_where_two_words_part_is_told(left: str, right: str, stop: str | None) -> None:
    (pair,) = [one for one in meet(left, right).pairs if (one.left.form, one.right.form) == ("plain", "plain")]
    assert pair.bits is None
    assert pair.stop == stop if stop else pair.stop in {"no-key", "sieve"}
    assert meet(left, right).score is None


def test_how_a_word_stands_for_what_was_written_is_told() -> None:
    forms = {(one.form, one.written) for one in spelling("Ben Ali el Fassi").tokens}
    assert {("plain", "Ben Ali"), ("bare", "Ben Ali"), ("plain", "el Fassi"), ("article", "el Fassi")} <= forms


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
@example("A", "A0AÐ")
def test_any_two_texts_are_answered(left: str, right: str) -> None:
    met = meet(left, right)
    assert met.score is None or met.score == sum(one.weight for one in met.evidence)
    for pair in met.pairs:
        assert (pair.bits is None) == (pair.stop is not None)
        assert pair.why in WHYS if pair.bits is not None else pair.why == ""
        assert pair.shared or pair.bits is None
