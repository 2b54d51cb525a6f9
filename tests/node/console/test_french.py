"""French as it is set: an apostrophe is curved, and what stands before ; : ? ! stays with its word."""

from __future__ import annotations

import re
from itertools import chain

from babel.messages.pofile import read_po

from tests.translations import LOCALE

STRAIGHT = re.compile(r"\w'[\w«]")
LOOSE = re.compile(r"[\w»)’%\]}] [;:?!»](?:\s|$|\))|« ")


def test_no_french_word_has_a_straight_apostrophe_or_a_loose_sign() -> None:
    with (LOCALE / "fr" / "LC_MESSAGES" / "django.po").open("rb") as file:
        texts = [one.string if isinstance(one.string, tuple) else (one.string,) for one in read_po(file) if one.id]
    told = list(chain.from_iterable(texts))
    assert len(told) > 2_000
    assert [text for text in told if STRAIGHT.search(text) or LOOSE.search(text)] == []
