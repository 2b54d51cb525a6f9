"""Marks over large columns: what has been met in this turn, without emptying the columns between turns.

Rule: a mark counts when it is greater than the stamp at which its turn began; so a turn costs what it touches, and not
what the list is long. Each thread has columns of its own. Implements design: screening, "Cost" (one traveller).
"""

from __future__ import annotations

import threading

import numpy as np

_MOST = (1 << 31) - 1


class Marks(threading.local):
    """Columns of marks, as many as sizes are given."""

    def __init__(self, *sizes: int) -> None:
        self._sizes = sizes
        self.columns = tuple(np.zeros(size, np.int32) for size in sizes)
        self._last = 0

    def __reduce__(self) -> tuple[type[Marks], tuple[int, ...]]:
        return type(self), self._sizes  # another process begins with none

    def turn(self, count: int) -> int:
        """The stamp of a turn that sets marks up to the stamp and `count`."""
        if self._last + count > _MOST:
            for column in self.columns:
                column[:] = 0
            self._last = 0
        stamp, self._last = self._last, self._last + count
        return stamp
