"""The distinct words of a list, how often each is borne, and what a seen word says about each of them.

Rule: a seen word's weights depend on the word and the list alone. The weight of a listed word v for a seen word t is
log2(P(t | v) / P(t)), where P(t) sums over all listed words by how often they are borne, and over words that nobody
listed bears: so a common word, or one with many near it, weighs little however well it agrees. Implements design:
screening, "Score is log-odds" (the rarity of a name under the list).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints, Runs
from mithaq.screening.costs import CHANGE, TOO_FAR, Steps, Words, costs
from mithaq.screening.keys import CLASS_OF, OCCUR, keys, sieve, skeleton
from mithaq.screening.symbols import encode, table
from mithaq.screening.weights import GRID, WEIGHTS, grid, steps

# Bits of the sieve that may differ before two words are taken to be strangers: a changed consonant is two of those that
# occur and up to four of those that follow each other. A short word with a consonant changed is another word. Two words
# of one script are as good as strangers when one is much longer. On the given half 97% of the word pairs that speak for
# each other pass, all that weigh much among them, and one in seven of those that share a key.
_OCCUR, DIFFER, _DIFFER_SHORT, _SHORT, _LONGER = 2, 6, 4, 2, 3
# A list says how common a word is among its own; so many travellers of the crowd stand beside it, for what a list of a
# few hundred persons cannot know.
_OCCUR_BITS = np.uint64(OCCUR)
_CROWD = WEIGHTS["crowd"]
# A pair of words that says a little against a candidate may still be the best partner they have: better than none.
LEAST = steps(WEIGHTS["least"])
_REMEMBERED = 60_000
_CHUNK = 400_000


class Nearby(NamedTuple):
    """What a seen word says: of which listed words, in order, with weights in steps; and, to weigh it for any other
    word, its own chance among bearers of names in Latin letters and in Arabic (log2, in steps)."""

    words: Ints
    weights: Ints
    by_chance: Ints


class Vocabulary:
    """The words of a list. Immutable but for a bounded memory of weights worked out before."""

    def __init__(self, borne: Mapping[bytes, int], persons: int, writers: tuple[int, int]) -> None:
        """`borne`: how many persons bear a word; `writers`: how many have a name in Latin letters, and in Arabic."""
        crowd = {encode(word): share for word, share in table("common_words")["words"]}
        self.codes = sorted(borne.keys() | crowd.keys())
        self.numbers = {code: number for number, code in enumerate(self.codes)}
        self.persons = persons
        self.borne: Ints = np.array([borne.get(code, 0) for code in self.codes], np.int64)
        self._people = np.array(writers) + _CROWD
        self._expected = self.borne + np.array([crowd.get(code, 0) for code in self.codes]) * (_CROWD / 100_000)
        self.words = Words(self.codes)
        self.sieves = np.array([sieve(code) for code in self.codes], np.uint64)
        self.short = np.array([len(skeleton(code)) <= _SHORT for code in self.codes], bool)
        made = [(key, number) for number, code in enumerate(self.codes) for key in keys(code)]
        self.keys = {key: place for place, key in enumerate(sorted({key for key, _ in made}))}
        owners = np.array([self.keys[key] for key, _ in made], np.int64)
        numbers = np.array([number for _, number in made], np.int64)
        order = np.lexsort((numbers, owners))
        self.runs, self.members = Runs.of(owners[order], len(self.keys)), numbers[order]
        self._known: dict[bytes, Nearby] = {}

    def nearby(self, codes: Sequence[bytes]) -> dict[bytes, Nearby]:
        """For each seen word the listed words that speak for it at all, with weights."""
        wanted = dict.fromkeys(codes)
        fresh = [code for code in wanted if code not in self._known]
        if fresh:
            if len(self._known) + len(fresh) > _REMEMBERED:
                fresh, self._known = list(wanted), {}
            self._known |= self._weigh(fresh)
        known = self._known
        return {code: known[code] for code in wanted}

    def weigh(self, codes: Sequence[bytes], which: Ints, words: Ints) -> Ints:
        """What the seen words codes[which[k]] say of the listed words[k], in steps, though they share no key."""
        seen = Words(codes)
        known = self.nearby(codes)
        by_chance = np.array([known[code].by_chance for code in codes], np.int64).reshape(-1, 2)
        cost = costs(self.words, seen, words, which).astype(np.int64)
        weight: Ints = -cost - by_chance[which, self.words.arabic[words]]
        return weight

    def compares(self, code: bytes, listed: bytes) -> bool:
        """Whether a seen word is compared with a listed one at all: they share a key and pass the sieve."""
        return self.numbers[listed] in self._pairs([code], Words([code]))[1]

    def _weigh(self, codes: list[bytes]) -> dict[bytes, Nearby]:
        seen = Words(codes)
        which, word = self._pairs(codes, seen)
        cost = np.concatenate(
            [
                costs(self.words, seen, word[k : k + _CHUNK], which[k : k + _CHUNK])
                for k in range(0, max(len(word), 1), _CHUNK)
            ]
        )
        by_chance = self._by_chance(seen, which, word, cost)
        weight: Ints = -cost.astype(np.int64) - by_chance[which, self.words.arabic[word]]
        kept = weight >= LEAST
        which, word, weight = which[kept], word[kept], weight[kept]
        bounds = np.searchsorted(which, np.arange(len(codes) + 1))
        return {
            code: Nearby(word[bounds[k] : bounds[k + 1]], weight[bounds[k] : bounds[k + 1]], by_chance[k])
            for k, code in enumerate(codes)
        }

    def _by_chance(self, seen: Words, which: Ints, word: Ints, cost: Steps) -> Ints:
        """log2 of the chance of each seen word among all bearers of names listed in Latin, and in Arabic (steps).

        A list writes in the script it pleases: that says nothing about who someone is. So what a listed word says is
        held against the words of its own script.
        """
        size = len(seen.lengths)
        chance = np.exp2(-cost / GRID) * self._expected[word]
        # Added up pair by pair in the order of listed words, so that no other word of the batch can change the
        # rounding.
        spoken = np.bincount(2 * which + self.words.arabic[word], chance, 2 * size).reshape(size, 2)
        itself = np.arange(size, dtype=np.int64)
        own = (costs(seen, seen, itself, itself) / GRID)[:, None]
        # A word that nobody listed bears is most often seen as its bearer writes it; from the other script it costs
        # bits a letter to get there.
        other = seen.arabic[:, None] != np.array([0, 1])
        across = seen.lengths[:, None] * np.where(seen.arabic == 1, *WEIGHTS["unseen_across"])[:, None]
        alone = np.exp2(-np.where(other, across, own)) * WEIGHTS["unseen"]
        return grid(np.log2((spoken + alone) / self._people))

    def _pairs(self, codes: list[bytes], seen: Words) -> tuple[Ints, Ints]:
        """(seen, listed) word pairs that share a key and pass the sieve, each once, in order."""
        made = [
            (number, place)
            for number, code in enumerate(codes)
            for key in keys(code)
            if (place := self.keys.get(key, -1)) >= 0
        ]
        owners = np.array([number for number, _ in made], np.int64)
        which, places = self.runs.spread(np.array([place for _, place in made], np.int64))
        which, word = owners[which] if len(owners) else which, self.members[places]
        sieves = np.array([sieve(code) for code in codes], np.uint64)
        differ = sieves[which] ^ self.sieves[word]
        kept = np.bitwise_count(differ) <= np.where(self.short[word], _DIFFER_SHORT, DIFFER)
        which, word, differ = which[kept], word[kept], differ[kept]
        longer = abs(seen.lengths[which] - self.words.lengths[word])
        kept = (np.bitwise_count(differ & _OCCUR_BITS) <= _OCCUR) & (
            (longer <= _LONGER) | (seen.arabic[which] != self.words.arabic[word])
        )
        which, word = which[kept], word[kept]
        kept = ~self.short[word] | _likely(sieves[which] & _OCCUR_BITS, self.sieves[word] & _OCCUR_BITS)
        size = max(len(self.codes), 1)
        pairs: NDArray[np.int64] = np.sort(which[kept] * size + word[kept])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        return pairs // size, pairs % size


def _habits() -> NDArray[np.bool_]:
    """By finer class of a listed and of a seen word: whether some habit writes one for the other, not only slips."""
    size = max(CLASS_OF.values()) + 1
    least = np.full((size, size), TOO_FAR, np.int16)
    for one, first in CLASS_OF.items():
        for two, second in CLASS_OF.items():
            least[first, second] = min(least[first, second], int(CHANGE[:, one, two].min()))
    return least < 8 * GRID


_HABITS = _habits()


def _likely(seen: NDArray[np.uint64], listed: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """False where one consonant stands for another (and none else differs) that no habit writes for it."""
    only_seen, only_listed = seen & ~listed, listed & ~seen
    swapped = (np.bitwise_count(only_seen) == 1) & (np.bitwise_count(only_listed) == 1)
    first, second = np.bitwise_count(only_listed - swapped) + 1, np.bitwise_count(only_seen - swapped) + 1
    last = len(_HABITS) - 1
    likely: NDArray[np.bool_] = ~swapped | _HABITS[np.minimum(first, last), np.minimum(second, last)]
    return likely
