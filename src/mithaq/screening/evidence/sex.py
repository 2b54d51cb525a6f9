"""Evidence of sex as documents and lists state it.

Rule: only F and M are compared; X, unknown or missing weighs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.records import Evidence
from mithaq.screening.weights import GRID, WEIGHTS, steps

_SAME, _DIFFERS = steps(WEIGHTS["sex"]["same"]), steps(WEIGHTS["sex"]["differs"])


def code(text: str | None) -> int:
    """1 for F, 2 for M, 0 for anything else."""
    return {"F": 1, "M": 2}.get((text or "").strip().upper()[:1], 0)


class Sexes:
    """The listed sex of persons; records of one human that disagree leave it unknown."""

    def __init__(self, listed: Sequence[Sequence[str | None]]) -> None:
        known = [{code(text) for text in texts} - {0} for texts in listed]
        self.values = np.array([next(iter(codes)) if len(codes) == 1 else 0 for codes in known], np.int64)

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
