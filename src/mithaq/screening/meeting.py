"""Why two spellings of names do or do not meet: their words, symbols and keys, and what each pair of words comes to.

Rule: nothing is reckoned here that the engine does not reckon; a pair of words that does not meet is told by the first
step at which the engine leaves it. Rarity is that of the crowd alone, as there is no list. Implements design:
screening, "Explained".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from mithaq.screening.building import build
from mithaq.screening.evidence.name import why_of
from mithaq.screening.index import Index
from mithaq.screening.keys import keys, skeleton
from mithaq.screening.names import ARTICLE, BARE, JOINED, PLAIN, STRIPPED, Name, Unit, parse
from mithaq.screening.records import Evidence, Subject, Traveller
from mithaq.screening.score import screen
from mithaq.screening.symbols import SYMBOLS, romanise
from mithaq.screening.weights import FORMS, GRID

FORM = {PLAIN: "plain", ARTICLE: "article", BARE: "bare", STRIPPED: "stripped", JOINED: "joined"}
Stop = Literal["no-key", "sieve", "cost"]
"""Where two words part: no key in common; too many consonant classes differ; too unlikely a spelling of each other."""
_LOW = -200.0


@dataclass(frozen=True, slots=True)
class Token:
    """A unit of a name: how it was written, how it stands for that (`FORM`), its symbols, its consonant skeleton, its
    keys."""

    written: str
    form: str
    symbols: tuple[str, ...]
    skeleton: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as the engine reads it: its script, its words in Latin letters, its units."""

    text: str
    script: str
    romanised: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit of either name: the keys that they share, and either what they come to in bits with the rule that links
    them (`WHYS`), or where they part."""

    left: Token
    right: Token
    shared: tuple[str, ...]
    bits: float | None
    why: str
    stop: Stop | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two names: every pair of their words, and the evidence of the names that adds up to `score`; None when nothing
    links them."""

    left: Spelling
    right: Spelling
    pairs: tuple[Pair, ...]
    score: float | None
    evidence: tuple[Evidence, ...]


def spelling(text: str) -> Spelling:
    """What the engine reads in a name. Any text gives one, in bounded time."""
    name = parse(text)
    return Spelling(text, name.script, name.romanised, tuple(_token(name, unit) for unit in name.units))


def meet(left: str, right: str) -> Meeting:
    """Why the name of a traveller (`left`) and that of a listed person do or do not meet."""
    one, two = parse(left), parse(right)
    index = build([Subject("listed", (right,))])
    pairs = [_pair(index, one, two, unit, other) for unit in one.units for other in two.units if _is_told(unit, other)]
    found = screen(index, [Traveller("seen", (left,))], limit=1, floor=_LOW)[0].candidates
    score = found[0].score if found and any(pair.bits is not None for pair in pairs) else None
    evidence = () if score is None else tuple(one for one in found[0].evidence if one.kind == "name")
    return Meeting(spelling(left), spelling(right), tuple(pairs), score, evidence)


def _token(name: Name, unit: Unit) -> Token:
    written = " ".join(word for place, word in enumerate(name.shown) if unit.mask >> place & 1)
    symbols = tuple(romanise(SYMBOLS[symbol]) or SYMBOLS[symbol] for symbol in unit.code)
    return Token(written, FORM[unit.form], symbols, skeleton(unit.code), keys(unit.code))


def _is_told(unit: Unit, other: Unit) -> bool:
    # Words as they are written, and whatever else the engine compares with such a word.
    return PLAIN in {unit.form, other.form}


def _pair(index: Index, one: Name, two: Name, unit: Unit, other: Unit) -> Pair:
    left, right = _token(one, unit), _token(two, other)
    # Two words of a listed name as one, and the like, are found by the whole skeleton alone, unless somebody is written
    # so.
    vocabulary, code = index.vocabulary, other.code
    number = vocabulary.number(code)
    is_written = other.form == PLAIN or any(one.code == code for one in two.units if one.form == PLAIN)
    is_written = is_written or bool(vocabulary.expected[number] > vocabulary.borne[number])
    theirs = right.keys if is_written else right.keys[:1]
    shared = tuple(key for key in left.keys if key in theirs)
    words, weights, _ = vocabulary.nearby([unit.asked])[unit.asked]
    place = np.flatnonzero(words == number)
    if len(place):
        bits = int(weights[place[0]] - FORMS[unit.form] - FORMS[other.form]) / GRID
        return Pair(left, right, shared, bits, f"name.{why_of(one, two, unit, other)}", None)
    stop: Stop = "no-key" if not shared else "cost" if vocabulary.compares(unit.asked, code) else "sieve"
    return Pair(left, right, shared, None, "", stop)
