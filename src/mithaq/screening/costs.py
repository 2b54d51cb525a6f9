"""What it costs to read one spelling as another, in steps of 1/64 bit, over columns of pairs.

Rule: the cost is -log2 of the chance that a bearer of the listed spelling is seen under the other one, along
the likeliest path of changes; it depends on the pair alone, never on what else is compared in the same call. The
chances are counted (`data/edit_costs.json` says from what). Implements design: screening, "Score is log-odds".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.symbols import CODE, FIRST_ARABIC, MAX_SYMBOLS, SYMBOLS, table
from mithaq.screening.weights import GRID, steps

Steps = NDArray[np.int16]
Ints = NDArray[np.int64]

# Beyond this no two words speak for each other, however rare: such costs are all `TOO_FAR`, and their grids left early.
FAR = np.int16(20 * GRID)
TOO_FAR = np.int16(60 * GRID)


def _tables() -> tuple[Steps, Steps, Steps]:
    """Costs of reading one symbol as another; of dropping; of adding one: the last two by [other word is Arabic]."""
    data, size = table("edit_costs"), len(SYMBOLS)
    change = np.full((size, size), steps(data["change"]), np.int16)
    drop = np.full((2, size), steps(data["drop"]), np.int16)
    add = np.full((2, size), steps(data["add"]), np.int16)
    for one, two, bits in data["changes"]:
        change[CODE[one], CODE[two]] = steps(bits)
    for matrix, rows in ((drop, data["drops"]), (add, data["adds"])):
        for symbol, arabic, bits in rows:
            matrix[arabic, CODE[symbol]] = steps(bits)
    return change, drop, add


CHANGE, DROP, ADD = _tables()
SWAP = np.int16(steps(table("edit_costs")["swap"]))
_CHANGE, _WIDE = CHANGE.ravel(), np.int64(len(SYMBOLS))


class Words:
    """Encoded words as columns: padded symbols, lengths, whether Arabic."""

    def __init__(self, codes: Sequence[bytes]) -> None:
        self.lengths: Ints = np.fromiter((len(code) for code in codes), np.int64, len(codes))
        padded = b"".join(code.ljust(MAX_SYMBOLS, b"\0") for code in codes)
        self.symbols = np.frombuffer(padded, np.uint8).reshape(len(codes), MAX_SYMBOLS)
        self.arabic = np.fromiter((bool(code) and code[0] >= FIRST_ARABIC for code in codes), np.int64, len(codes))


# Seen lengths that share a grid: wide enough that a batch needs few grids, narrow enough that few cells are waste.
_WIDTHS = np.array([3, 5, 7, 9, 12, MAX_SYMBOLS])


def costs(listed: Words, seen: Words, left: Ints, right: Ints) -> Steps:
    """Steps for each pair (listed[left[k]], seen[right[k]]). Pairs are worked through in groups of like lengths."""
    out = np.full(len(left), TOO_FAR, np.int16)
    width = np.searchsorted(_WIDTHS, seen.lengths[right])
    for number, columns in enumerate(_WIDTHS.tolist()):
        group = np.flatnonzero(width == number)
        if len(group):
            out[group] = _grid(listed, seen, left[group], right[group], columns)
    return np.where(out <= FAR, out, TOO_FAR)


def _grid(listed: Words, seen: Words, left: Ints, right: Ints, columns: int) -> Steps:
    """The edit grids of pairs, a row of all of them at a time; a pair leaves when its word ends or it is too far.

    Longer than a function should be: it is one recurrence, and its arrays are too many to hand around.
    """
    out = np.full(len(left), TOO_FAR, np.int16)
    alive = np.arange(len(left))
    rows, ends = listed.lengths[left], seen.lengths[right]
    one, two = listed.symbols[left].T, np.ascontiguousarray(seen.symbols[right, :columns].T)
    arabic, add = seen.arabic[right], ADD[listed.arabic[left], two]
    above: Steps = np.zeros((columns + 1, len(left)), np.int16)
    np.cumsum(add, axis=0, out=above[1:])
    before = above
    for i in range(MAX_SYMBOLS):
        drop = DROP[arabic, one[i]]
        here = np.empty_like(above)
        here[0] = above[0] + drop
        reached = np.take(_CHANGE, one[i] * _WIDE + two, mode="clip")
        reached += above[:-1]
        np.minimum(reached, above[1:] + drop, out=reached)
        if i:
            column, pair = np.nonzero((one[i] == two[:-1]) & (one[i - 1] == two[1:]))
            swapped = before[column, pair] + SWAP
            reached[column + 1, pair] = np.minimum(reached[column + 1, pair], swapped)
        for j in range(columns):
            np.minimum(reached[j], here[j] + add[j], out=here[j + 1])
        before, above = above, here
        ended = np.flatnonzero(rows == i + 1)
        out[alive[ended]] = above[ends[ended], ended]
        stay = np.flatnonzero((rows > i + 1) & (above.min(axis=0) <= FAR))
        if not len(stay):
            break
        if len(stay) < 0.8 * len(alive):
            alive, rows, ends, arabic = alive[stay], rows[stay], ends[stay], arabic[stay]
            above, before, add = (grid.take(stay, axis=1) for grid in (above, before, add))
            one, two = one.take(stay, axis=1), two.take(stay, axis=1)
    return out
