"""The least that a name's words must come to for a score, from what else is known of a pair: what lets most of a list
be passed over.

Rule: whoever can reach the score is looked at; too little asked costs only time. Documents are not of it: who carries a
listed one is looked at whatever the name. Implements design: screening, "Cost".
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints
from mithaq.screening.evidence import birth_date
from mithaq.screening.weights import GRID, UNMATCHED_SEEN, WEIGHTS, WORTH, steps, together

_SUMS: Ints = np.arange(steps(WEIGHTS["least"]), 64 * GRID, dtype=np.int64)
_NEVER = 1 << 20
_OVER: Ints = np.concatenate(([0], np.cumsum(UNMATCHED_SEEN)))
_SAME_DAYS = np.array(
    [birth_date.bits("year" if why == "range" else why) >= birth_date.bits("exact_january") for why in birth_date.WHYS]
)


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


@lru_cache(maxsize=16)
def sums(floor: int) -> Ints:
    """The least sum of the words of a name (steps) for a score of `floor`: by kind of seen name, words of it left over,
    and reason code of the dates (`birth_date.WHYS`)."""
    return np.stack([_of_kind(kind, floor) for kind in KINDS])


def worth(total: Ints, words: Ints, why: Ints) -> NDArray[np.bool_]:
    """Whether pairs of names are looked at: the sum of their words (steps), words of the seen name, and reason code of
    the dates. A name too common to be looked at by itself is looked at where the day of birth is the same."""
    looked: NDArray[np.bool_] = (total >= WORTH) | (words == 1) | _SAME_DAYS[why]
    return looked


def _of_kind(kind: Kind, floor: int) -> Ints:
    out = np.empty((len(_OVER), len(birth_date.WHYS)), np.int64)
    for code, why in enumerate(birth_date.WHYS):
        bits = birth_date.bits("year" if why == "range" else why)
        reached = _counted(kind, code) + bits
        least = np.array([_least(reached - over, floor) for over in _OVER.tolist()], np.int64)
        out[:, code] = least if kind.words == 1 or _SAME_DAYS[code] else np.maximum(least, WORTH)
    return out


def _least(reached: Ints, floor: int) -> int:
    enough = np.flatnonzero(reached >= floor)
    return int(_SUMS[enough[0]]) if len(enough) else _NEVER


def _counted(kind: Kind, why: int) -> Ints:
    """The most that each sum of words counts, with what the nationality and the sex can add."""
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
    counted: Ints = _SUMS - taken + beside
    return counted
