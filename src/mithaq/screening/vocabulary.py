"""The distinct words of a list, how often each is borne, and what a seen word says about each of them.

Rule: a seen word's weights depend on the word and the list alone. The weight of a listed word v for a seen word t is
log2(P(t | v) / P(t)), where P(t) sums over all listed words by how often they are borne, and over words that nobody
listed bears: so a common word, or one with many near it, weighs little however well it agrees. How rare words are is
taken from one list and may serve another that is a part or a change of it (`rarity.Rarity`): a word that the first does
not know then weighs as one that nobody listed bears, of whom one is counted. Implements design: screening, "Score is
log-odds" (the rarity of a name under the list).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints
from mithaq.screening.costs import CHANGE, TOLD, TOO_FAR, Words, costs
from mithaq.screening.keys import CLASS_OF, COARSE_OF, MAX_SKELETON
from mithaq.screening.marks import Marks
from mithaq.screening.names import OTHERWISE
from mithaq.screening.shapes import Classes, Limits, Listed, Lookup, Near
from mithaq.screening.symbols import FIRST_ARABIC, SYMBOLS
from mithaq.screening.weights import GRID, WEIGHTS, steps

# Bits of the sieve that may differ before two words are taken to be strangers: a changed consonant is two of those that
# occur and up to four of those that follow each other. A short word with a consonant changed is another word. Two words
# of one script are as good as strangers when one is much longer. On the given half 97% of the word pairs that speak for
# each other pass, all that weigh much among them, and one in seven of those that share a key.
# Two words of a listed name written as one are compared with what is closer still.
_OCCUR, DIFFER, _DIFFER_SHORT, _DIFFER_OTHERWISE, SHORT, _LONGER = 2, 6, 4, 4, 2, 3
# A pair of words that says a little against a candidate may still be the best partner they have: better than none.
LEAST = steps(WEIGHTS["least"])
_REMEMBERED = 60_000
CROWD = WEIGHTS["crowd"]
"""A list says how common a word is among its own; so many travellers of the crowd stand beside it, for what a list of a
few hundred persons cannot know."""
LIMITS = Limits(
    _OCCUR, DIFFER, _DIFFER_SHORT, _DIFFER_OTHERWISE, _LONGER, LEAST, WEIGHTS["unseen"], *WEIGHTS["unseen_across"]
)


class Nearby(NamedTuple):
    """What a seen word says: of which listed words, in order, with weights in steps; and, to weigh it for any other
    word, its own chance among bearers of names in Latin letters and in Arabic (log2, in steps)."""

    words: Ints
    weights: Ints
    by_chance: Ints


def _classes() -> Classes:
    size = max(CLASS_OF.values()) + 1
    least = np.full((size, size), TOO_FAR, np.int16)
    for one, first in CLASS_OF.items():
        for two, second in CLASS_OF.items():
            least[first, second] = min(least[first, second], int(CHANGE[:, one, two].min()))
    coarse, fine = (
        np.array([table.get(symbol, 0) for symbol in range(len(SYMBOLS))], np.uint8) for table in (COARSE_OF, CLASS_OF)
    )
    # By finer class of a listed and of a seen word: whether some habit writes one for the other, not only slips.
    return Classes(coarse, fine, least < 8 * GRID, size - 1, MAX_SKELETON)


CLASSES = _classes()


class Vocabulary:
    """The words of a list, by number, in the order of their skeletons and symbols. Immutable but for a bounded memory
    of seen words.

    `expected`: how many bearers of each word stand behind its rarity (of the list and of the crowd), among `people`
    with names in Latin letters, and in Arabic. `plain`: whether somebody is written with it. `rarity` is the vocabulary
    that says how common a seen word is: this one itself, or that of the list which this one is a part or a change of;
    a word may then stand here twice, as somebody is written with it and otherwise.
    """

    def __init__(
        self, words: Words, borne: Ints, expected: NDArray[np.float64], people: NDArray[np.float64], persons: int,
        plain: NDArray[np.bool_], lookup: Lookup, rarity: Vocabulary | None = None,
    ) -> None:  # fmt: skip
        self.words, self.borne, self.expected, self.people, self.persons = words, borne, expected, people, persons
        # Not `rarity or self`: one without words is one as well.
        self.plain, self.lookup, self.rarity = plain, lookup, self if rarity is None else rarity
        self.listed = Listed(words.symbols, words.lengths, expected, borne > 0)
        self._memory = _Memory(self)

    @classmethod
    def of(
        cls, codes: Sequence[bytes], borne: Ints, plain: NDArray[np.bool_], crowd: Mapping[bytes, float], persons: int,
        writers: tuple[int, int], rarity: Vocabulary | None = None,
    ) -> Vocabulary:  # fmt: skip
        """The vocabulary of words in the order of their skeletons and symbols, each borne by so many persons; `plain`:
        whether some name has it as it is written; `crowd`: what share of ordinary travellers bears it. `writers`: how
        many listed have a name in Latin letters, and in Arabic."""
        from mithaq.screening.kernel import mark

        words = Words.of(codes)
        of_crowd = np.fromiter((crowd.get(code, 0.0) for code in codes), np.float64, len(codes))
        expected = borne + of_crowd * CROWD
        plain = plain | (of_crowd > 0)
        sieves, sizes, counts = mark(words.symbols, words.lengths, plain, CLASSES)
        lookup = _lookup(words, plain, sieves, sizes <= SHORT, counts)
        return cls(
            words, borne, expected, np.array(writers) + float(CROWD), persons, plain, lookup, rarity,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.words)

    def __reduce__(self) -> tuple[type[Vocabulary], tuple[Any, ...]]:
        # Another process starts with an empty memory.
        rarity = None if self.rarity is self else self.rarity
        return Vocabulary, (
            self.words, self.borne, self.expected, self.people, self.persons, self.plain, self.lookup, rarity
        )  # fmt: skip

    def number(self, code: bytes) -> int:
        """The number of a word, -1 for one that is not of the list."""
        return int(self.numbers([code])[0])

    def numbers(self, codes: Sequence[bytes]) -> Ints:
        """The numbers of words, -1 for those that are not of the list."""
        from mithaq.screening.kernel import number_of

        symbols, lookup, listed = Words.of(codes).symbols, self.lookup, self.listed
        several = (number_of(row, len(code), lookup, listed, CLASSES) for row, code in zip(symbols, codes, strict=True))
        return np.fromiter(several, np.int64, len(codes))

    def bearers(self, number: int) -> int:
        """How many persons bear a word, of the list that says how rare words are."""
        if self.rarity is not self:
            number = self.rarity.number(self.words[number])
        return int(self.rarity.borne[number]) if number >= 0 else 0

    def near(self, asked: Sequence[bytes]) -> tuple[Ints, Near]:
        """What seen words say of the list, as the kernels take it, and the place of each word's run in it."""
        slots, near, _ = self._memory.ask(asked)
        return slots, near

    def nearby(self, asked: Sequence[bytes]) -> dict[bytes, Nearby]:
        """For each seen word (`names.Unit.asked`) the listed words that speak for it at all, with weights."""
        wanted = list(dict.fromkeys(asked))
        slots, near, by_chance = self._memory.ask(wanted)
        return {
            one: Nearby(
                near.words[near.starts[slot] : near.ends[slot]], near.weights[near.starts[slot] : near.ends[slot]],
                by_chance[slot],
            )
            for one, slot in zip(wanted, slots.tolist(), strict=True)
        }  # fmt: skip

    def weigh(self, asked: Sequence[bytes], which: Ints, words: Ints) -> Ints:
        """What the seen words asked[which[k]] say of the listed words[k], in steps, though they share no key."""
        by_chance = self.by_chance(asked)
        cost = costs(self.words, _words(asked)[0], words, which).astype(np.int64)
        weight: Ints = -cost - by_chance[which, self.words.arabic(words).astype(np.int64)]
        return weight

    def by_chance(self, asked: Sequence[bytes]) -> Ints:
        """log2 of the chance of each seen word among bearers of names in Latin letters, and in Arabic (steps)."""
        slots, _, by_chance = self.rarity._memory.ask(asked)
        return by_chance[slots]

    def compares(self, asked: bytes, listed: bytes) -> bool:
        """Whether a seen word is compared with a listed one at all: they share a key and pass the sieve."""
        from mithaq.screening.kernel import meet

        # As if no spelling were too far.
        told = TOLD._replace(far=int(TOO_FAR) * len(SYMBOLS))
        one, plain = _words([asked])
        met = np.zeros(len(self), np.int32)
        _, words, _, _ = meet(one.symbols, one.lengths, plain, self.lookup, self.listed, CLASSES, LIMITS, told, met, 0)
        return self.number(listed) in words


def _words(asked: Sequence[bytes]) -> tuple[Words, NDArray[np.bool_]]:
    """Seen words as columns, and which are words as they were written."""
    plain = np.fromiter((not one.endswith(OTHERWISE) for one in asked), np.bool_, len(asked))
    return Words.of([one.removesuffix(OTHERWISE) for one in asked]), plain


class _Memory:
    """What seen words say of a vocabulary, kept in columns that only grow; forgotten as a whole when it is full.

    Whoever has been given the columns keeps them whatever comes after: nothing in them is written twice.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = threading.Lock()
        self._met = Marks(len(vocabulary))
        self._clear()

    def _clear(self) -> None:
        self._slots: dict[bytes, int] = {}
        nothing = np.zeros(0, np.int64)
        self._near = Near(nothing, nothing, np.zeros(0, np.int32), np.zeros(0, np.int16))
        self._by_chance = np.zeros((0, 2), np.int64)
        self._used = 0

    def ask(self, asked: Sequence[bytes]) -> tuple[Ints, Near, Ints]:
        """The place of each word (`names.Unit.asked`), the columns, and the chances by place."""
        with self._lock:
            fresh = [one for one in dict.fromkeys(asked) if one not in self._slots]
            if fresh:
                if len(self._slots) + len(fresh) > _REMEMBERED:
                    fresh = list(dict.fromkeys(asked))
                    self._clear()
                self._learn(fresh)
            slots = np.fromiter(map(self._slots.__getitem__, asked), np.int64, len(asked))
            return slots, self._near, self._by_chance

    def _learn(self, asked: list[bytes]) -> None:
        from mithaq.screening.kernel import chances, keep, meet

        mine = self._vocabulary
        seen, plain = _words(asked)
        (met,) = self._met.columns
        starts, words, cost, own = meet(
            seen.symbols, seen.lengths, plain, mine.lookup, mine.listed, CLASSES, LIMITS, TOLD, met,
            self._met.turn(len(asked)),
        )  # fmt: skip
        if mine.rarity is mine:
            by_chance = chances(
                seen.symbols, seen.lengths, starts, words, cost, own, mine.listed, mine.people, LIMITS, TOLD
            )  # fmt: skip
        else:
            by_chance = mine.by_chance(asked)
        starts, words, weights = keep(starts, words, cost, by_chance, mine.listed, LEAST, FIRST_ARABIC)
        known, used = len(self._slots), self._used
        near = self._near
        if used + len(words) > len(near.words):
            room = max(2 * len(near.words), used + len(words), 1 << 16)
            near = near._replace(words=_room(near.words, used, room), weights=_room(near.weights, used, room))
        near.words[used : used + len(words)] = words
        near.weights[used : used + len(words)] = weights
        if known + len(asked) > len(near.starts):
            room = max(2 * len(near.starts), known + len(asked), 1 << 10)
            near = near._replace(starts=_room(near.starts, known, room), ends=_room(near.ends, known, room))
            self._by_chance = _room(self._by_chance, known, room)
        near.starts[known : known + len(asked)] = starts[:-1] + used
        near.ends[known : known + len(asked)] = starts[1:] + used
        self._by_chance[known : known + len(asked)] = by_chance
        self._near, self._used = near, used + len(words)
        self._slots.update(zip(asked, range(known, known + len(asked)), strict=True))


def _room(column: NDArray[np.generic], used: int, room: int) -> NDArray[Any]:
    out = np.zeros((room, *column.shape[1:]), column.dtype)
    out[:used] = column[:used]
    return out


def _lookup(
    words: Words, plain: NDArray[np.bool_], sieves: NDArray[np.uint64], short: NDArray[np.bool_], counts: Ints
) -> Lookup:
    """The keys of all words, and which words have each."""
    from mithaq.screening.kernel import shelve, spell

    starts = np.zeros(len(words) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    keys = spell(words.symbols, words.lengths, CLASSES, starts)
    owner = np.repeat(np.arange(len(words), dtype=np.int32), counts)
    # By key, those as written first, each in order. No key has more than four bits a class, so that one is free.
    order = np.argsort((keys << np.uint64(1)) | ~plain[owner], kind="stable")
    keys, owner = keys[order], owner[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    bounds = np.append(first, len(keys)).astype(np.int64)
    table = np.zeros(1 << max(2 * len(first), 1).bit_length(), np.int32)
    distinct = keys[first]
    shelve(distinct, table)
    ends = bounds[:-1] + np.add.reduceat(plain[owner].astype(np.int64), first) if len(first) else first
    traits = words.lengths | (short.astype(np.uint8) << 5) | (words.arabic().astype(np.uint8) << 6)
    return Lookup(table, distinct, bounds, ends, owner, sieves[owner], traits[owner])
