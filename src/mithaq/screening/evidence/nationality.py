"""Evidence of nationality: how much a shared one says depends on how common it is on the list.

Rule: any shared nationality is agreement; none shared subtracts, less than certainty because dual nationals travel on
either passport; a missing one weighs nothing. Implements design: screening, "Shape" (`evidence/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints, Runs
from mithaq.screening.records import Evidence
from mithaq.screening.symbols import table
from mithaq.screening.weights import GRID, WEIGHTS, steps

_CHANCE = WEIGHTS["nationality"]
_ALPHA3: dict[str, str] = table("countries")["alpha3"]


def code(text: str | None) -> str:
    """A country code in two small letters; codes without such a form stay as they are, in small letters."""
    plain = (text or "").strip().upper()
    return _ALPHA3.get(plain, plain.lower())


class Nationalities:
    """The listed nationalities of persons, as columns, with their shares."""

    def __init__(self, codes: Sequence[str], runs: Runs, values: NDArray[np.int32], counted: Ints) -> None:
        """`codes` by number; `values` of each person's runs; `counted`: how often each code is listed, by number, where
        the rarity of this list comes from: codes that are not known there come after."""
        self.codes, self.runs, self.values, self.counted = tuple(codes), runs, values, counted
        self._numbers = {known: number for number, known in enumerate(self.codes)}
        total = int(counted.sum()) + len(counted) + 1
        # The last place stands for nationalities that nobody listed has.
        more = len(self.codes) - len(counted) + 1
        shares = [*((counted + 1) / total), *([1 / total] * more)]
        self.same = np.array([_agree(share) for share in shares], np.int64)
        self.differs = np.array([_differ(share) for share in shares], np.int64)

    @classmethod
    def of(
        cls,
        owners: Iterable[int],
        texts: Iterable[str],
        persons: int,
        rarity: tuple[Sequence[str], Ints] | None = None,
    ) -> Nationalities:
        """The nationalities of persons: (person, text) pairs in any order. `rarity`: the codes of the list that says
        how rare they are, and how often each is listed there (shape: codes)."""
        pairs = sorted({(owner, known) for owner, text in zip(owners, texts, strict=True) if (known := code(text))})
        # Whoever takes the rarity of another list takes its numbers too.
        codes = list(rarity[0]) if rarity else []
        codes += sorted({known for _, known in pairs} - set(codes))
        numbers = {known: number for number, known in enumerate(codes)}
        values = np.array([numbers[known] for _, known in pairs], np.int32)
        runs = Runs.of(np.array([owner for owner, _ in pairs], np.int64), persons)
        own = np.bincount(values, minlength=len(codes)).astype(np.int64)
        return cls(codes, runs, values, rarity[1] if rarity else own)

    def number(self, text: str | None) -> int:
        """-1 for none, the last number for one that nobody listed has."""
        known = code(text)
        return self._numbers.get(known, len(self.codes)) if known else -1

    def weigh(self, seen: Ints, persons: Ints) -> tuple[Ints, Ints]:
        """Steps and whether it is shared, for each pair."""
        which, places = self.runs.spread(persons)
        shared = np.zeros(len(persons), bool)
        shared[which[self.values[places] == seen[which]]] = True
        silent = (seen < 0) | (self.runs.starts[persons + 1] == self.runs.starts[persons])
        return np.where(silent, 0, np.where(shared, self.same[seen], self.differs[seen])), shared

    def show(self, text: str | None, person: int, weight: int, shared: bool) -> Evidence:
        """The evidence of one pair, from what `weigh` gave for it."""
        start, end = self.runs.starts[person : person + 2].tolist()
        listed = ", ".join(sorted(self.codes[value] for value in self.values[start:end]))
        why = "missing" if not code(text) or not listed else "same" if shared else "differs"
        return Evidence("nationality", weight / GRID, code(text), listed, f"nationality.{why}")


def _agree(share: float) -> int:
    return steps(min(_CHANCE["most"], log2(_CHANCE["same"] / share)))


def _differ(share: float) -> int:
    return steps(log2(_CHANCE["differs"] / (1 - share)) if share < 1 - _CHANCE["differs"] else 0.0)
