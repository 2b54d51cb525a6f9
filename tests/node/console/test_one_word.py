"""One word for one thing: in a language with two at hand, the catalogue keeps to one of them."""

from __future__ import annotations

import re

import pytest

from tests import translations

# What is a passenger list or a queue, and the page's own menu: قائمة is theirs, لائحة is whatever persons stand in.
MANIFEST = (
    r"(?i)passenger|manifest|flight|queue|^Main$|\bfeeds?\b|crew|list was compared again|list came once more"
    r"|The same list was here|This list comes late|received in these days|The earlier one|lists\)s list|test lists"
)
# Language, where it counts (by the English; all of it when empty), where it does not, and the word that is not used.
SECOND: list[tuple[str, str, str, str]] = [
    ("ar", "", MANIFEST, r"قائم[ةت]|قوائم"),
    ("ar", r"(?i)sanctions", "", r"جزاءات"),
    ("ar", r"(?i)birth", "", r"ميلاد|ولادة"),
    ("ar", r"(?i)officer", "", r"موظف|عون|أعوان"),
    ("ar", r"(?i)\broles?\b", "", r"صفة|صفات|صفت"),
    ("fr", r"(?i)\broles?\b", "", r"(?i)fonction"),
    ("fr", r"(?i)dead letters?\b", "", r"(?i)fichiers? refusé|lettre"),
    ("ar", r"(?i)dead letters?\b", "", r"المرفوض"),
    ("nl", r"(?i)dead letters?\b|\b(this|the) letter\b", r"first letter", r"(?i)\bbrie(f|ven)\b|geweigerd"),
    ("nl", r"(?i)put aside", "", r"(?i)opzijgezet|apart gelegd"),
    ("fr", r"(?i)officer", r"^liaison officer$", r"(?i)officier|fonctionnaire"),
]


@pytest.mark.parametrize(("language", "where", "but", "second"), SECOND)
def test_no_second_word_for_the_same_thing(language: str, where: str, but: str, second: str) -> None:
    seen, wrong = 0, []
    for message in translations.read(language):
        texts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        if not texts[0] or not re.search(where, texts[0]) or (but and re.search(but, " ".join(texts))):
            continue
        seen += 1
        wrong += [said for said in translations.plain(message.string) if re.search(second, said)]
    assert seen > 2
    assert wrong == []
