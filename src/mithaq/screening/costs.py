"""How many bits it costs to read one spelling as another, over columns of pairs.

Rule: `cost(listed, seen)` is -log2 of the chance that a bearer of the listed spelling is seen under the other one, along
the likeliest path of changes; it depends on the pair alone, never on what else is compared in the same call. The
chances are counted (`data/edit_costs.json` says from what). Implements design: screening, "Score is log-odds".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.symbols import CODE, FIRST_ARABIC, MAX_SYMBOLS, SYMBOLS, table

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TOO_FAR = np.float32(60.0)


def _tables() -> tuple[Floats, Floats, Floats]:
    """Costs of reading one symbol as another; of dropping; of adding one: the last two by [other word is Arabic]."""
    data, size = table("edit_costs"), len(SYMBOLS)
    change = np.full((size, size), data["change"], np.float32)
    drop = np.full((2, size), data["drop"], np.float32)
    add = np.full((2, size), data["add"], np.float32)
    for one, two, bits in data["changes"]:
        change[CODE[one], CODE[two]] = bits
    for matrix, rows in ((drop, data["drops"]), (add, data["adds"])):
        for symbol, arabic, bits in rows:
            matrix[arabic, CODE[symbol]] = bits
    return change, drop, add


CHANGE, DROP, ADD = _tables()
SWAP = np.float32(table("edit_costs")["swap"])


class Words:
    """Encoded words as columns: padded symbols, lengths, whether Arabic."""

    def __init__(self, codes: Sequence[bytes]) -> None:
        self.lengths: Ints = np.fromiter((len(code) for code in codes), np.int64, len(codes))
        padded = b"".join(code.ljust(MAX_SYMBOLS, b"\0") for code in codes)
        self.symbols = np.frombuffer(padded, np.uint8).reshape(len(codes), MAX_SYMBOLS)
        self.arabic = np.fromiter((bool(code) and code[0] >= FIRST_ARABIC for code in codes), np.int64, len(codes))


def costs(listed: Words, seen: Words, left: Ints, right: Ints) -> Floats:
    """Bits for each pair (listed[left[k]], seen[right[k]]). Pairs are worked through in groups of equal lengths."""
    out = np.full(len(left), TOO_FAR, np.float32)
    shape = listed.lengths[left] * (MAX_SYMBOLS + 1) + seen.lengths[right]
    order = np.argsort(shape, kind="stable")
    bounds = np.flatnonzero(np.diff(shape[order])) + 1
    for group in np.split(order, bounds):
        if len(group):
            out[group] = _grid(listed, seen, left[group], right[group])
    return out


def _grid(listed: Words, seen: Words, left: Ints, right: Ints) -> Floats:
    """The edit grid of pairs whose lengths are all equal, one row of cells (a column each of pairs) at a time."""
    rows, columns = int(listed.lengths[left[0]]), int(seen.lengths[right[0]])
    one = np.ascontiguousarray(listed.symbols[left, :rows].T)
    two = np.ascontiguousarray(seen.symbols[right, :columns].T)
    drop, add = DROP[seen.arabic[right], one], ADD[listed.arabic[left], two]
    above: Floats = np.zeros((columns + 1, len(left)), np.float32)
    above[1:] = np.cumsum(add, axis=0, dtype=np.float32)
    before = above
    for i in range(rows):
        here = np.empty_like(above)
        here[0] = above[0] + drop[i]
        change = CHANGE[one[i], two]
        reached = np.minimum(above[1:] + drop[i], above[:-1] + change)
        if i:
            swapped = (one[i] == two[:-1]) & (one[i - 1] == two[1:])
            reached[1:] = np.minimum(reached[1:], np.where(swapped, before[:-2] + SWAP, TOO_FAR))
        for j in range(columns):
            np.minimum(reached[j], here[j] + add[j], out=here[j + 1])
        before, above = above, here
    return above[columns]
