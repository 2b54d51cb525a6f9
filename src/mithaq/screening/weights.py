"""Weights as data: `data/weights.json`, read once, on a grid of 1/64 bit.

Rule: every weight that reaches a score is a multiple of 1/64, so sums are exact in any order and the evidence shown
adds up to the score to the last bit. Implements design: screening, "Explained".
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.symbols import table

GRID = 64
WEIGHTS: dict[str, Any] = table("weights")


def steps(bits: float) -> int:
    """A weight in bits as a whole number of steps of 1/64 bit."""
    return round(bits * GRID)


def grid(bits: NDArray[np.float64]) -> NDArray[np.int64]:
    """Weights in bits as whole steps, rounded down."""
    return np.floor(bits * GRID).astype(np.int64)


FORMS: NDArray[np.int64] = np.array([steps(bits) for bits in WEIGHTS["forms"]], np.int64)
MAX_LEFT = 20
UNMATCHED_SEEN, UNMATCHED_LISTED = (
    np.array([steps(bits) for bits in row] + [steps(row[-1])] * (MAX_LEFT - len(row)), np.int64)
    for row in (WEIGHTS["unmatched_seen"], WEIGHTS["unmatched_listed"])
)
"""What the first, second, ... word without a partner takes away."""
WEAK_NAME = steps(WEIGHTS["weak_name"])
WORTH = steps(WEIGHTS["worth"])
DATES = ("agrees", "contradicts", "missing", "year")
"""How a birth date may stand beside a name: what a name counts depends on it."""


def _counted() -> NDArray[np.int64]:
    """What a name's words count together, by [how the dates stand][steps of their sum above the least], in steps."""
    points = np.array(WEIGHTS["together"]["points"])
    sums = np.arange(points[0] * GRID, points[-1] * GRID + 1) / GRID
    return np.stack([grid(np.interp(sums, points, WEIGHTS["together"][name])) for name in DATES])


_LEAST, _MOST = (int(WEIGHTS["together"]["points"][end]) * GRID for end in (0, -1))
_COUNTED = _counted()
_SCRIPTS = np.array([0, steps(WEIGHTS["together"]["arabic_for_other"])], np.int64)
_WORDS = np.array([[steps(b) for b in WEIGHTS["together"][side]] for side in ("seen_words", "listed_words")], np.int64)


def together(
    total: NDArray[np.int64],
    dates: NDArray[np.int64],
    seen: NDArray[np.int64],
    listed: NDArray[np.int64],
    scripts: NDArray[np.int64],
) -> NDArray[np.int64]:
    """What is taken off the sum of a name's words (steps): never less than nothing.

    Names of one family, village or fashion come together, so that rare words count only in part; and where the dates
    of birth contradict, even the rarest name is most often that of another. `dates` are places in `DATES`, `seen` and
    `listed` how many words the names have: two names of one word that agree, or of many, say more than the sum.
    `scripts` is 1 where a name is seen in Arabic letters and listed in others: its words, of which each may stand for
    several, then say less each than they do together.
    """
    within = np.clip(total, _LEAST, _MOST)
    counted = _COUNTED[dates, within - _LEAST]
    for side, words in enumerate((seen, listed)):
        counted = counted + _WORDS[side, np.clip(words, 1, 3) - 1]
    counted = counted + _SCRIPTS[scripts]
    taken: NDArray[np.int64] = np.maximum(within - counted, 0) + np.maximum(total - _MOST, 0)
    return taken
