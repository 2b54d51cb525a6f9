"""Evidence of a travel document: the same number is all but proof, another one says nothing (documents are renewed).

Rule: numbers are compared as letters and digits only, in capitals; fewer than five of them prove nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.records import Evidence
from mithaq.screening.weights import GRID, WEIGHTS, steps

SAME = steps(WEIGHTS["document"]["same"])


def number(text: str | None) -> str:
    """A document number as it is compared; empty when it is too short to mean anything."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", (text or "")[:100]).upper() if c.isalnum())
    return plain if len(plain) >= 5 else ""


class Documents:
    """Who holds which document."""

    def __init__(self, listed: Sequence[Sequence[str]]) -> None:
        self.persons = [frozenset(known for text in texts if (known := number(text))) for texts in listed]
        self.holders: dict[str, list[int]] = {}
        for person, numbers in enumerate(self.persons):
            for known in numbers:
                self.holders.setdefault(known, []).append(person)

    def held_by(self, text: str | None) -> list[int]:
        """The persons listed with this document."""
        return self.holders.get(number(text), [])

    def weigh(self, seen: Sequence[str | None], travellers: Ints, persons: Ints) -> Ints:
        """Steps for each pair (place in `seen`, person)."""
        steps_ = np.zeros(len(persons), np.int64)
        for place, text in enumerate(seen):
            if not (holders := self.held_by(text)):
                continue
            mine = np.flatnonzero(travellers == place)
            steps_[mine[np.isin(persons[mine], holders)]] = SAME
        return steps_

    def show(self, text: str | None, person: int) -> Evidence:
        """The evidence of one pair."""
        known, listed = number(text), sorted(self.persons[person])
        if not known or not listed:
            return Evidence("document", 0.0, known, ", ".join(listed), "document.missing")
        if known in self.persons[person]:
            return Evidence("document", SAME / GRID, known, known, "document.same")
        return Evidence("document", 0.0, known, ", ".join(listed), "document.differs")
