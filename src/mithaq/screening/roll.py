"""A roll of people in the form in which it can be asked again and again: the words of their names, packed.

Rule: asking leaves out nobody whom `screen` would find by name. The sum of a traveller's words, each with the most that
it may count, is less than the score by what the trees add at most: what is taken off together and what is left over
only take away. Whoever is left is for `screen` to say. Implements design: screening, "Shape" (`keys`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints, between
from mithaq.screening.forest import MOST
from mithaq.screening.index import Index
from mithaq.screening.keys import CLASS_OF, sieve
from mithaq.screening.names import OTHERWISE, parse
from mithaq.screening.symbols import SYMBOLS
from mithaq.screening.vocabulary import DIFFER
from mithaq.screening.weights import steps

# Counted up when names are cut into words, or words into symbols, in another way: older rolls are then packed anew, or
# everybody on them is looked at.
_FORM = 2
_TAG = blake2b(repr((_FORM, SYMBOLS, sorted(CLASS_OF.items()))).encode(), digest_size=8).digest()
_HEAD = struct.Struct("<8sII")


class _Words(NamedTuple):
    """The words of a roll: of whom each is, its sieve, where its symbols end."""

    places: NDArray[np.uint32]
    sieves: NDArray[np.uint64]
    ends: Ints
    symbols: bytes


def pack(people: Iterable[Sequence[str]]) -> bytes:
    """The roll of some people, each with the spellings of his name, in their order."""
    named = [[unit.code for name in names for unit in parse(name).units] for names in people]
    codes = [code for some in named for code in some]
    places = np.repeat(np.arange(len(named), dtype=np.uint32), [len(some) for some in named])
    columns = (
        places,
        np.array([sieve(code) for code in codes], np.uint64),
        np.array([len(code) for code in codes], np.uint8),
    )
    head = _HEAD.pack(_TAG, len(named), len(codes))
    return b"".join((head, *(column.tobytes() for column in columns), *codes))


def may_be(index: Index, rolls: Sequence[bytes], floor: float) -> list[tuple[int, list[int] | None]]:
    """Who may bear a name of the index with `floor` bits or more, as (number of the roll, places on it) of the rolls on
    which anybody may; None for a roll that was packed in another way, on which everybody may."""
    read = [_words(roll) for roll in rolls]
    near = [None if words is None else _near(index, words) for words in read]
    spelt = [
        [] if words is None or numbers is None else _codes(words, numbers)
        for words, numbers in zip(read, near, strict=True)
    ]
    best = _best(index, list(dict.fromkeys(chain.from_iterable(spelt))))
    found: list[tuple[int, list[int] | None]] = []
    for number, (words, numbers, codes) in enumerate(zip(read, near, spelt, strict=True)):
        if words is None or numbers is None:
            found.append((number, None))
            continue
        counts = np.array([best[code] for code in codes], np.int64)
        places = np.flatnonzero(np.bincount(words.places[numbers], counts) >= steps(floor) - MOST)
        if len(places):
            found.append((number, places.tolist()))
    return found


def _words(roll: bytes) -> _Words | None:
    if len(roll) < _HEAD.size or roll[:8] != _TAG:
        return None
    _tag, _people, count = _HEAD.unpack_from(roll)
    at = _HEAD.size
    places = np.frombuffer(roll, np.uint32, count, at)
    sieves = np.frombuffer(roll, np.uint64, count, at + 4 * count)
    lengths = np.frombuffer(roll, np.uint8, count, at + 12 * count)
    return _Words(places, sieves, np.cumsum(lengths, dtype=np.int64), roll[at + 13 * count :])


def _near(index: Index, words: _Words) -> Ints:
    """The numbers of the words of a roll that the sieve lets through for some word of the index."""
    own = np.array([sieve(index.vocabulary.words[word]) for word in _own(index)], np.uint64)
    differ = np.bitwise_count(words.sieves[:, None] ^ own[None, :]).min(axis=1, initial=64)
    return np.flatnonzero(differ <= DIFFER)


def _codes(words: _Words, numbers: Ints) -> list[bytes]:
    starts = np.where(numbers > 0, words.ends[numbers - 1], 0)
    pairs = zip(starts.tolist(), words.ends[numbers].tolist(), strict=True)
    return [words.symbols[start:end] for start, end in pairs]


def _best(index: Index, codes: Sequence[bytes]) -> dict[bytes, int]:
    """The most that each word may count for a name of the index, in steps."""
    # A roll does not say how a word stands for what was written: the most of either way.
    slots, near = index.vocabulary.near([code + mark for code in codes for mark in (b"", OTHERWISE)])
    which, places = between(near.starts[slots], near.ends[slots])
    counts = np.isin(near.words[places], _own(index))
    most = np.zeros(len(slots), np.int64)
    np.maximum.at(most, which[counts], near.weights[places[counts]].astype(np.int64))
    return dict(zip(codes, most.reshape(len(codes), 2).max(axis=1, initial=0).tolist(), strict=True))


def _own(index: Index) -> list[int]:
    """The words that a name of the index bears, without those of the crowd."""
    words: list[int] = np.unique(index.unit_word).tolist()
    return words
