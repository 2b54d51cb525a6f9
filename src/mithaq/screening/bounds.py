"""The least that a name's words must come to for a score, from what else is known of a pair: what lets most of a list
be passed over.

Rule: whoever can reach the score is looked at; too little asked costs only time. Documents are not of it: who carries a
listed one is looked at whatever the name. Implements design: screening, "Cost".
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.evidence import birth_date
from mithaq.screening.weights import GRID, UNMATCHED_SEEN, WEIGHTS, WORTH, steps, together

_SUMS: Ints = np.arange(steps(WEIGHTS["least"]), 64 * GRID, dtype=np.int64)
_NEVER = 1 << 20
_OVER: Ints = np.concatenate(([0], np.cumsum(UNMATCHED_SEEN)))
# A name too common to be looked at by itself is looked at where the day of birth is the same.
_SAME_DAY = birth_date.bits("exact_january")


class Kind(NamedTuple):
    """What is known of a seen name beside its words: whether it has one word, two or more (1 to 3), whether it is in
    Arabic letters, whether the traveller's nationality and sex are known."""

    words: int
    arabic: bool
    nationality: bool
    sex: bool

    @property
    def number(self) -> int:
        """The row of `sums`."""
        return ((self.words - 1) * 2 + self.arabic) * 4 + self.nationality * 2 + self.sex


KINDS = tuple(
    Kind(words, arabic, nationality, sex)
    for words in (1, 2, 3)
    for arabic in (False, True)
    for nationality in (False, True)
    for sex in (False, True)
)


@lru_cache(maxsize=64)
def sums(floor: int) -> Ints:
    """The least sum of the words of a name (steps) for a score of `floor`: by kind of seen name, words of it left over,
    and reason code of the dates (`birth_date.WHYS`)."""
    return np.stack([_of_kind(kind, floor) for kind in KINDS])


@lru_cache(maxsize=64)
def looked(floor: int) -> Ints:
    """The least sum of the words of any name of a person for the person to be looked at, as `sums`: enough for the
    score, or what is worth a look where less is enough. Whether who is looked at reaches the score is for `sums`, by
    whichever name, so that who is found hangs on no floor."""
    out = sums(floor).copy()
    bits = np.array([_bits(why) for why in birth_date.WHYS])
    for row, kind in zip(out, KINDS, strict=True):
        common = (row[0] < WORTH) & (kind.words > 1) & (bits < _SAME_DAY)
        row[:, common] = WORTH
    return out


def _of_kind(kind: Kind, floor: int) -> Ints:
    out = np.empty((len(_OVER), len(birth_date.WHYS)), np.int64)
    for code, why in enumerate(birth_date.WHYS):
        places = np.searchsorted(_counted(kind, code) + _bits(why), floor + _OVER)
        out[:, code] = np.append(_SUMS, _NEVER)[places]
    return out


def _bits(why: str) -> int:
    return birth_date.bits("year" if why == "range" else why)


@cache
def _counted(kind: Kind, why: int) -> Ints:
    """The most that each sum of words, or a lesser one, counts, with what the nationality and the sex can add."""
    stands = np.full(len(_SUMS), int(birth_date.standing(np.array(why))), np.int64)
    seen = np.full(len(_SUMS), kind.words, np.int64)
    taken = np.min(
        [
            together(_SUMS, stands, seen, np.full(len(_SUMS), listed, np.int64), np.full(len(_SUMS), script, np.int64))
            for listed in (1, 2, 3)
            for script in range(kind.arabic + 1)
        ],
        axis=0,
    )
    beside = kind.nationality * steps(WEIGHTS["nationality"]["most"]) + kind.sex * steps(WEIGHTS["sex"]["same"])
    counted: Ints = np.maximum.accumulate(_SUMS - taken + beside)
    return counted
