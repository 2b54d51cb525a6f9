"""French as it is set: what stands before ; : ? ! stays with its word. One apostrophe in each language: a page sets it
curved in what is translated, and the English source, which a command line and an own system read too, has the straight
one of its code."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from tests import translations

LOOSE = re.compile(r"[\w»)’%\]}] [;:?!»](?:\s|$|\))|« ")


def said(language: str) -> list[str]:
    return list(chain.from_iterable(translations.plain(one.string) for one in translations.read(language) if one.id))


@pytest.mark.parametrize("language", translations.languages())
def test_no_translated_word_has_a_straight_apostrophe(language: str) -> None:
    told = said(language)
    assert len(told) > 2_000
    assert [text for text in told if "'" in text] == []


def test_no_word_of_the_source_has_a_curved_one() -> None:
    texts = [text for word in translations.words() for text in (word.text, word.plural)]
    assert [text for text in texts if "’" in text] == []
    assert [text for text in texts if "'" in text]


def test_no_french_sign_is_loose() -> None:
    assert [text for text in said("fr") if LOOSE.search(text)] == []
