"""Pieces of the console that need no page: slowed guessing, words for every code, isolation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from mithaq.errors import ConfigError, InputError, MithaqError, RefusedError, StateError, TransportError, TrustError
from mithaq.node import start
from mithaq.node.border.forms import ThresholdForm
from mithaq.node.border.views import agreement
from mithaq.node.console import errors, uploads, words
from mithaq.node.console.templatetags import mithaq as tags
from mithaq.screening.explain import WHYS
from tests.node.authorities import NOW
from tests.node.here import StillClock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StillClock:
    still = StillClock()
    monkeypatch.setattr(start.Node, "clock", still)
    return still


def test_every_reason_of_screening_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(words.WHY) == set(WHYS)


@pytest.mark.parametrize("code", sorted(errors.NOT_FOUND))
def test_what_is_not_there_is_not_found(code: str) -> None:
    assert errors.status_of(InputError(code, "x")) == 404


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (InputError, 400),
        (RefusedError, 403),
        (StateError, 409),
        (TrustError, 409),
        (TransportError, 502),
        (ConfigError, 500),
    ],
)
def test_each_kind_of_error_has_its_status(kind: type[MithaqError], status: int) -> None:
    assert errors.status_of(kind("some.code", "x")) == status
    assert set(errors.STATUS) == set(MithaqError.__subclasses__())


def piece(kind: str, why: str, weight: float) -> dict[str, Any]:
    return {"kind": kind, "why": f"{kind}.{why}", "weight": weight}


def test_a_difference_that_weighs_nothing_is_not_shown_as_one_that_does() -> None:
    assert agreement(
        [piece("birth_date", "contradicts", -9), piece("nationality", "differs", -3), piece("document", "differs", 0.0)]
    ) == {"birth_date": "differs", "nationality": "differs", "document": "other", "sex": "missing"}
    assert agreement([piece("birth_date", "exact_january", 8)])["birth_date"] == "same"
    assert agreement([piece("birth_date", "swapped", 8)])["birth_date"] == "near"


def test_a_moment_shows_both_zones_each_isolated(clock: StillClock) -> None:
    shown = str(tags.moment(NOW))
    assert '<bdi dir="ltr">2026-05-04 04:40</bdi>' in shown
    assert '<bdi dir="ltr">05:40</bdi>' in shown
    # Half past eleven in the evening in Casablanca is the next day in Brussels: the day is said.
    assert '<bdi dir="ltr">2026-05-05 00:30</bdi>' in str(tags.moment(NOW.replace(hour=22, minute=30)))


def test_a_countdown_says_when_it_is_overdue(clock: StillClock) -> None:
    assert "in 2 h 05 min" in str(tags.countdown(NOW + timedelta(hours=2, minutes=5)))
    assert "in 3 d 1 h" in str(tags.countdown(NOW + timedelta(days=3, hours=1)))
    late = str(tags.countdown(NOW - timedelta(minutes=61)))
    assert "overdue by 1 h 01 min" in late
    assert 'data-late="True"' in late


def test_a_date_in_arabic_text_stands_apart() -> None:
    text = str(tags.name("<نادية> 1990-02-14 رقم 31"))
    assert text == '<bdi dir="auto">&lt;نادية&gt; <bdi dir="ltr">1990-02-14</bdi> رقم 31</bdi>'


@pytest.mark.parametrize(("language", "sign"), [("en", "."), ("fr", ","), ("nl", ","), ("ar", ",")])
def test_a_figure_has_the_decimal_separator_of_the_language(language: str, sign: str) -> None:
    with override(language):
        assert str(tags.bits(-7.334)) == f'<bdi dir="ltr">\u22127{sign}33</bdi>'
        assert str(tags.percent(0.0123)) == f'<bdi dir="ltr">1{sign}23 %</bdi>'
        assert tags.decimal(12_345.67, 1) == f"12345{sign}7"
        assert 'width="25.0"' in str(tags.bar(10))  # what a browser reads is no figure of a person


def test_a_figure_is_typed_as_the_page_shows_it() -> None:
    form = ThresholdForm({"feed": "paxlst", "bits": "8,50", "reason": "few"})
    assert form.is_valid()
    assert form.cleaned_data["bits"] == "8.50"


def test_names_are_escaped_and_weights_are_drawn_from_the_middle() -> None:
    assert str(tags.name("<b>x")) == '<bdi dir="auto">&lt;b&gt;x</bdi>'
    assert 'class="for" x="50.0" y="1" width="25.0"' in str(tags.bar(10))
    assert 'class="against" x="0.0" y="1" width="50.0"' in str(tags.bar(-40))
    assert str(tags.bits(0.0)) == '<bdi dir="ltr">0.00</bdi>'
    assert "style=" not in str(tags.bar(3))


@pytest.mark.parametrize(
    ("length", "large"),
    [
        (None, False),
        ("", False),
        ("x", False),
        ("100", False),
        (str(uploads.LIMIT), False),
        (str(2 * uploads.LIMIT), True),
    ],
)
def test_an_upload_says_how_large_it_is(length: str | None, large: bool) -> None:
    assert uploads.is_oversize(length) is large


def test_no_vocabulary_stands_twice() -> None:
    parts = [vars(part)["WORDS"] for name, part in vars(words).items() if "WORDS" in getattr(part, "__dict__", {})]
    assert len(parts) > 5
    kinds = [kind for part in parts for kind in part]
    assert sorted(kinds) == sorted(set(kinds)), "one would hide the other"
    assert set(kinds) <= set(words.WORDS)
