"""Ragged columns: for each owner a run of values, and how to walk many runs at once.

Rule: values of one owner stay in the order they were given in. Implements design: screening, "Cost" (columns, not an
object a pair).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """`starts[k]:starts[k + 1]` are the places of owner k in the value columns."""

    starts: Ints

    @classmethod
    def of(cls, owners: Ints, count: int) -> Runs:
        """The runs of a column of owners that is sorted."""
        return cls(np.searchsorted(owners, np.arange(count + 1)).astype(np.int64))

    def spread(self, owners: Ints) -> tuple[Ints, Ints]:
        """For each of `owners` all its places: (which of `owners`, place), in order."""
        return between(self.starts[owners], self.starts[owners + 1])


def between(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All places from `low[k]` on and before `high[k]`, for each k: (k, place), in order."""
    lengths = high - low
    which = np.repeat(np.arange(len(low), dtype=np.int64), lengths)
    ends = np.cumsum(lengths)
    return which, np.arange(len(which), dtype=np.int64) + np.repeat(low - (ends - lengths), lengths)


def best_in_runs(which: Ints, scores: Ints, count: int) -> Ints:
    """For each of `count` owners the place of its best score (the first on a tie), -1 where it has none."""
    best = np.full(count, -1, np.int64)
    order = np.lexsort((-scores, which))
    heads = np.flatnonzero(np.diff(which[order], prepend=-1))
    best[which[order[heads]]] = order[heads]
    return best


class Texts:
    """Texts one after the other in one column of bytes (UTF-8)."""

    def __init__(self, letters: NDArray[np.uint8], starts: Ints) -> None:
        self.letters, self.starts = letters, starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The column of some texts."""
        packed = [text.encode("utf8", "surrogatepass") for text in texts]
        starts = np.zeros(len(packed) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, packed), np.int64, len(packed)), out=starts[1:])
        return cls(np.frombuffer(bytearray(b"".join(packed)), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        part = self.letters[self.starts[number] : self.starts[number + 1]]
        return part.tobytes().decode("utf8", "surrogatepass")
