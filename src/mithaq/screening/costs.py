"""What it costs to read one spelling as another, in steps of 1/64 bit, over columns of pairs.

Rule: the cost is -log2 of the chance that a bearer of the listed spelling is seen under the other one, in
any habit of spelling, along the likeliest path of changes in each; it depends on the pair alone, never on what else
is compared in the same call. The chances are counted (`data/edit_costs.json` says from what). Implements design:
screening, "Score is log-odds" and "Cost" (a compiled kernel over columns).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.shapes import Spellings
from mithaq.screening.symbols import CODE, FINAL_E, FIRST_ARABIC, MAX_SYMBOLS, SYMBOLS, table
from mithaq.screening.weights import GRID, steps

Steps = NDArray[np.int16]
Ints = NDArray[np.int64]

# Beyond this no two words speak for each other, however rare: such costs are all `TOO_FAR`, and their grids left early.
FAR = np.int16(20 * GRID)
TOO_FAR = np.int16(60 * GRID)


# What stands beside a place of the listed word: the edge, a consonant, a vowel (or y, w, alif, which may be one).
BESIDE = 3
_VOWELS = [CODE[symbol] for symbol in ("a", "e", "i", "o", "u", "y", "w", "ou", FINAL_E, "ا", "و", "ي")]
KIND = np.ones(len(SYMBOLS), np.uint8)
KIND[_VOWELS] = 2
"""Of each symbol: 1 a consonant, 2 a vowel or what may be one."""


def _tables() -> tuple[Steps, Steps, Steps, Steps]:
    """By habit: costs of reading one symbol as another; of dropping; of adding one (the last two by [other word is
    Arabic][what stands beside]); of the habit itself by [listed word is Arabic][seen word is Arabic]."""
    data, size = table("edit_costs"), len(SYMBOLS)
    habits = np.round(np.array(data["habits"]) * GRID).astype(np.int16).transpose(2, 0, 1)
    change = np.full((len(habits), size, size), steps(data["change"]), np.int16)
    drop = np.full((len(habits), 2, BESIDE**2, size), steps(data["drop"]), np.int16)
    add = np.full((len(habits), 2, BESIDE**2, size), steps(data["add"]), np.int16)
    for one, two, *bits in data["changes"]:
        change[:, CODE[one], CODE[two]] = [steps(b) for b in bits]
    for matrix, rows in ((drop, data["drops"]), (add, data["adds"])):
        for symbol, arabic, beside, *bits in rows:
            matrix[:, arabic, beside, CODE[symbol]] = [steps(b) for b in bits]
    return change, drop, add, np.ascontiguousarray(habits)


CHANGE, DROP, ADD, HABIT = _tables()
SWAP = np.int16(steps(table("edit_costs")["swap"]))


HABITS = 4
"""As many as the kernels work out side by side."""


def _last(table: Steps) -> NDArray[np.int32]:
    """A table with its habits innermost."""
    return np.ascontiguousarray(np.moveaxis(table.astype(np.int32), 0, -1))


if len(HABIT) != HABITS:
    raise ImportError(f"edit_costs.json has {len(HABIT)} habits of spelling; the kernels read {HABITS}")
TOLD = Spellings(
    _last(CHANGE), _last(DROP), _last(ADD), HABIT.astype(np.int32), KIND, FIRST_ARABIC, int(SWAP), int(FAR),
    int(TOO_FAR),
)  # fmt: skip
"""The tables as the kernels take them."""


class Words:
    """Encoded words as columns: padded symbols and lengths."""

    def __init__(self, symbols: NDArray[np.uint8], lengths: NDArray[np.uint8]) -> None:
        self.symbols, self.lengths = symbols, lengths

    @classmethod
    def of(cls, codes: Sequence[bytes]) -> Words:
        """The columns of some words."""
        padded = bytearray(b"".join(code.ljust(MAX_SYMBOLS, b"\0") for code in codes))
        symbols = np.frombuffer(padded, np.uint8).reshape(len(codes), MAX_SYMBOLS)
        return cls(symbols, np.fromiter(map(len, codes), np.uint8, len(codes)))

    def arabic(self, which: NDArray[np.integer] | slice = slice(None)) -> NDArray[np.bool_]:
        """Which of some words are written in Arabic letters."""
        arabic: NDArray[np.bool_] = (self.lengths[which] > 0) & (self.symbols[which, 0] >= FIRST_ARABIC)
        return arabic

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, number: int) -> bytes:
        return self.symbols[number, : self.lengths[number]].tobytes()


def costs(listed: Words, seen: Words, left: Ints, right: Ints) -> Steps:
    """Steps for each pair (listed[left[k]], seen[right[k]])."""
    # Loaded when it is needed: the compiler takes most of a second, which no other command should wait for.
    from mithaq.screening.kernel import walk

    order = np.lexsort((left, right))
    starts = np.searchsorted(right[order], np.arange(len(seen) + 1))
    told, out = np.empty(len(left), np.int16), np.empty(len(left), np.int16)
    walk(listed.symbols, listed.lengths, left[order], seen.symbols, seen.lengths, starts, TOLD, told)
    out[order] = told
    return out
