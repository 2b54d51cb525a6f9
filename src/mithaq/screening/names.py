"""A spelling of a name -> its words with their particles, and every unit that may stand for them.

Rule: any text gives a `Name` in bounded time; case, accents, hyphens, machine-readable fillers and the article do not
change the words; each unit says which words it covers, so that no word is counted twice. At most `MAX_LETTERS`
characters and `MAX_WORDS` words are looked at. Implements design: screening, "Shape".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mithaq.screening.symbols import encode, fold, romanise, script_of, table

MAX_LETTERS, MAX_WORDS = 400, 10

# How a unit stands for its words; what a form costs is in weights.json under the same name.
PLAIN, ARTICLE, BARE, STRIPPED, JOINED = range(5)
OTHERWISE = b"\xff"
"""The mark, after the symbols, of a unit that is no word as it was written."""

_PARTICLES = table("particles")
_ARTICLES = frozenset(_PARTICLES["article"])
_SUN = frozenset(_PARTICLES["sun_article"])
_NEXT = frozenset(_PARTICLES["joins_next"]) | frozenset(_PARTICLES["arabic_joins_next"])
_LAST = frozenset(_PARTICLES["joins_last"]) | frozenset(_PARTICLES["arabic_joins_last"])
# Marks that spell a glottal stop or an elision inside a word; all else that is no letter parts two words.
_INSIDE = frozenset("'’‘`´ʼʻʾʿ′ˈ\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff")
_STRIPPED = frozenset(("al", "el", "ul", "ال"))
# The same for ASCII alone, which most names are.
_ASCII, _MARKS = re.compile("[A-Za-z]+(?:['`]+[A-Za-z]+)*"), re.compile("['`]")


class Unit(NamedTuple):
    """Symbols that may stand for the words whose bits are set in `mask`, read as `form` says."""

    code: bytes
    mask: int
    form: int

    @property
    def asked(self) -> bytes:
        """Under what a vocabulary is asked about it: whatever stands otherwise than it is written (`JOINED`, ...) meets
        only words as they are written."""
        return self.code if self.form == PLAIN else self.code + OTHERWISE


class Name(NamedTuple):
    """A name as screening sees it. `words` are romanised; `shown` the same words as they were written."""

    words: tuple[str, ...]
    shown: tuple[str, ...]
    script: str
    units: tuple[Unit, ...]

    @property
    def romanised(self) -> str:
        """The words in Latin letters, articles left out."""
        return " ".join(self.words)


@dataclass(slots=True)
class _Word:
    core: str
    lead: str = ""  # the particles before the core that belong to the word (ben, abd al)
    article: str = ""  # an article right before the core or the lead, which may be written or not

    @property
    def plain(self) -> str:
        return self.lead + self.core


def tokens(text: str) -> list[str]:
    """The words of a text: letters with their marks, in any script, in order."""
    if text.isascii():
        return [
            _MARKS.sub("", word) if "'" in word or "`" in word else word for word in _ASCII.findall(text[:MAX_LETTERS])
        ]
    out: list[str] = []
    current: list[str] = []
    for char in unicodedata.normalize("NFKC", text[:MAX_LETTERS])[: 2 * MAX_LETTERS]:
        if char.isalpha() or unicodedata.category(char) in ("Mn", "Mc"):
            current.append(char)
        elif char not in _INSIDE and current:
            out.append("".join(current))
            current = []
    return [*out, "".join(current)] if current else out


@lru_cache(maxsize=20_000)
def parse(text: str) -> Name:
    """Any text as a `Name`, remembered for a while; without a letter it has no words and matches nothing."""
    return read(text)


def read(text: str) -> Name:
    """Any text as a `Name`: `parse` for texts that do not come again."""
    folded = [(word, token) for token in tokens(text) if (word := fold(token))][: 3 * MAX_WORDS]
    words: list[_Word] = []
    shown: list[str] = []
    lead, article, seen = "", "", []
    for place, (word, token) in enumerate(folded):
        following = folded[place + 1][0] if place + 1 < len(folded) else ""
        seen.append(token)
        if following and _is_article(word, following):
            article, lead = (article, lead + word) if lead else (word, lead)
        elif following and word in _NEXT:
            lead += word
        elif word in _LAST and words and not lead:
            words[-1].core += article + word
            shown[-1] += " " + " ".join(seen)
            lead, article, seen = "", "", []
        else:
            words.append(_arabic_article(_Word(word, lead, article)))
            shown.append(" ".join(seen))
            lead, article, seen = "", "", []
    words, shown = words[:MAX_WORDS], shown[:MAX_WORDS]
    return Name(tuple(romanise(word.plain) for word in words), tuple(shown), script_of(text), _units(words))


def _is_article(word: str, following: str) -> bool:
    return word in _ARTICLES or (word in _SUN and following[0] == word[1] and len(following) > 2)


def _arabic_article(word: _Word) -> _Word:
    # Arabic writes the article onto its word; after abd it is part of the name and stays.
    if word.core.startswith("ال") and len(word.core) > 4 and not word.lead:
        return _Word(word.core[2:], "", "ال")
    return word


def _units(words: list[_Word]) -> tuple[Unit, ...]:
    units: dict[tuple[bytes, int], int] = {}
    for place, word in enumerate(words):
        bit, core = 1 << place, word.core
        units.setdefault((encode(word.plain), bit), PLAIN)
        if word.article:
            units.setdefault((encode(word.article + word.plain), bit), ARTICLE)
        if word.lead and len(core) > 1:
            units.setdefault((encode(core), bit), BARE)
        if not word.lead and core[:2] in _STRIPPED and len(core) > 4:
            units.setdefault((encode(core[2:]), bit), STRIPPED)
    for place, (one, two) in enumerate(pairwise(words)):
        units.setdefault((encode(one.plain + two.article + two.plain), 3 << place), JOINED)
    return tuple(Unit(code, mask, form) for (code, mask), form in units.items() if code)
