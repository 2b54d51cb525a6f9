"""Evidence of sex as documents and lists state it.

Rule: only F and M are compared; X, unknown or missing weighs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints
from mithaq.screening.records import Evidence
from mithaq.screening.weights import GRID, WEIGHTS, steps

_SAME, _DIFFERS = steps(WEIGHTS["sex"]["same"]), steps(WEIGHTS["sex"]["differs"])


def code(text: str | None) -> int:
    """1 for F, 2 for M, 0 for anything else."""
    return {"F": 1, "M": 2}.get((text or "").strip().upper()[:1], 0)


class Sexes:
    """The listed sex of persons; records of one human that disagree leave it unknown."""

    def __init__(self, values: NDArray[np.uint8]) -> None:
        self.values = values

    @classmethod
    def of(cls, owners: Ints, texts: Sequence[str | None], persons: int) -> Sexes:
        """The sex of persons: (person, text) rows in any order."""
        told = np.fromiter(map(code, texts), np.int64, len(texts))
        female, male = (np.bincount(owners[told == one], minlength=persons) > 0 for one in (1, 2))
        return cls(np.where(female == male, 0, np.where(female, 1, 2)).astype(np.uint8))

    def weigh(self, seen: Ints, persons: Ints) -> Ints:
        """Steps for each pair."""
        listed = self.values[persons]
        silent = (seen == 0) | (listed == 0)
        return np.where(silent, 0, np.where(seen == listed, _SAME, _DIFFERS))

    def show(self, text: str | None, person: int, weight: int) -> Evidence:
        """The evidence of one pair, from what `weigh` gave for it."""
        left, right = " FM"[code(text)].strip(), " FM"[int(self.values[person])].strip()
        why = "missing" if not left or not right else "same" if left == right else "differs"
        return Evidence("sex", weight / GRID, left, right, f"sex.{why}")
