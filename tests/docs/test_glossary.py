"""docs/glossary.md against the catalogues: one word for one concept."""

from __future__ import annotations

import re

import pytest

from tests import translations
from tests.docs import pages

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in pages.text("docs/glossary.md").splitlines()
    if line.startswith("| ") and not line.startswith(("| English", "| ---"))
]
COLUMN = {"fr": 1, "nl": 2, "ar": 3}


def test_rows_are_whole_and_words_stand_once() -> None:
    assert len(ROWS) > 40
    assert all(len(row) == 5 and all(row) for row in ROWS)
    for column in range(4):
        words = [row[column] for row in ROWS]
        assert len(set(words)) == len(words), sorted(one for one in words if words.count(one) > 1)
    assert all(re.search("[\u0621-\u064a]", row[3]) for row in ROWS)


@pytest.mark.parametrize("language", translations.languages())
def test_the_catalogues_use_these_words(language: str) -> None:
    said = {
        str(message.id).lower(): str(message.string).lower()
        for message in translations.read(language)
        if isinstance(message.id, str)
    }
    by_itself = [row for row in ROWS if row[0] in said]
    assert len(by_itself) > 25
    other = {row[0]: said[row[0]] for row in by_itself if row[COLUMN[language]].lower() not in said[row[0]]}
    assert not other
