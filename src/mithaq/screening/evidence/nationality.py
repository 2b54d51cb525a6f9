"""Evidence of nationality: how much a shared one says depends on how common it is on the list.

Rule: any shared nationality is agreement; none shared subtracts, less than certainty because dual nationals travel on
either passport; a missing one weighs nothing. Implements design: screening, "Shape" (`evidence/`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log2

import numpy as np

from mithaq.screening.columns import Ints, ragged
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

    def __init__(self, listed: Sequence[Sequence[str]]) -> None:
        self.persons = [sorted({known for text in texts if (known := code(text))}) for texts in listed]
        counted = Counter(known for texts in self.persons for known in texts)
        self.numbers = {known: number for number, known in enumerate(sorted(counted))}
        self.runs, self.values = ragged([[self.numbers[known] for known in texts] for texts in self.persons])
        total = sum(counted.values())
        shares = [(counted[known] + 1) / (total + len(counted) + 1) for known in self.numbers]
        unseen = 1 / (total + len(counted) + 1)
        # The last place stands for nationalities that nobody listed has.
        self.same = np.array([_agree(share) for share in [*shares, unseen]], np.int64)
        self.differs = np.array([_differ(share) for share in [*shares, unseen]], np.int64)

    def number(self, text: str | None) -> int:
        """-1 for none, the last number for one that nobody listed has."""
        known = code(text)
        return self.numbers.get(known, len(self.numbers)) if known else -1

    def weigh(self, seen: Ints, persons: Ints) -> tuple[Ints, Ints]:
        """Steps and whether it is shared, for each pair."""
        which, places = self.runs.spread(persons)
        shared = np.zeros(len(persons), bool)
        shared[which[self.values[places] == seen[which]]] = True
        silent = (seen < 0) | (self.runs.starts[persons + 1] == self.runs.starts[persons])
        return np.where(silent, 0, np.where(shared, self.same[seen], self.differs[seen])), shared

    def show(self, text: str | None, person: int, weight: int, shared: bool) -> Evidence:
        """The evidence of one pair, from what `weigh` gave for it."""
        listed = ", ".join(self.persons[person])
        why = "missing" if not code(text) or not listed else "same" if shared else "differs"
        return Evidence("nationality", weight / GRID, code(text), listed, f"nationality.{why}")


def _agree(share: float) -> int:
    return steps(min(_CHANCE["most"], log2(_CHANCE["same"] / share)))


def _differ(share: float) -> int:
    return steps(log2(_CHANCE["differs"] / (1 - share)) if share < 1 - _CHANCE["differs"] else 0.0)
