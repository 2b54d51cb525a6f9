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
UNMATCHED_SEEN = steps(WEIGHTS["unmatched_seen"])
UNMATCHED_LISTED = steps(WEIGHTS["unmatched_listed"])
WEAK_NAME = steps(WEIGHTS["weak_name"])
WORTH = steps(WEIGHTS["worth"])
KNEE = steps(WEIGHTS["together"]["knee"])
_KEPT = steps(WEIGHTS["together"]["share"])


def together(total: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is taken off the sum of a name's words (steps).

    Names of one family, village or fashion come together: what rare words say beyond the knee counts only in part.
    """
    return (np.maximum(total - KNEE, 0) * (GRID - _KEPT)) // GRID
