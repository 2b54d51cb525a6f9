"""Evidence of a travel document: the same number is all but proof, another one says nothing (documents are renewed).

Rule: numbers are compared as letters and digits only, in capitals; fewer than five of them prove nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from mithaq.screening.columns import Ints, Runs, Texts
from mithaq.screening.records import Evidence
from mithaq.screening.weights import GRID, WEIGHTS, steps

SAME = steps(WEIGHTS["document"]["same"])


def number(text: str | None) -> str:
    """A document number as it is compared; empty when it is too short to mean anything."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", (text or "")[:100]).upper() if c.isalnum())
    return plain if len(plain) >= 5 else ""


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class Documents:
    """Who holds which document."""

    def __init__(self, runs: Runs, numbers: Texts, hashes: NDArray[np.uint64], order: Ints) -> None:
        """`numbers` of each person's runs, in order; `hashes` of them in order, and which number each is of."""
        self.runs, self.numbers, self.hashes, self.order = runs, numbers, hashes, order
        self._owners = np.repeat(np.arange(len(runs.starts) - 1, dtype=np.int64), np.diff(runs.starts))

    @classmethod
    def of(cls, owners: Iterable[int], texts: Iterable[str], persons: int) -> Documents:
        """The documents of persons: (person, text) pairs in any order."""
        pairs = sorted({(owner, known) for owner, text in zip(owners, texts, strict=True) if (known := number(text))})
        hashes = np.array([_hash(known) for _, known in pairs], np.uint64)
        order = np.argsort(hashes, kind="stable").astype(np.int64)
        runs = Runs.of(np.array([owner for owner, _ in pairs], np.int64), persons)
        return cls(runs, Texts.of(known for _, known in pairs), hashes[order], order)

    def held_by(self, text: str | None) -> list[int]:
        """The persons listed with this document."""
        known = number(text)
        if not known or not len(self.hashes):
            return []
        mine = np.uint64(_hash(known))
        low, high = (int(np.searchsorted(self.hashes, mine, side)) for side in ("left", "right"))
        places = self.order[low:high].tolist()
        return [int(self._owners[place]) for place in places if self.numbers[place] == known]

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
        known = number(text)
        listed = [self.numbers[place] for place in range(*self.runs.starts[person : person + 2].tolist())]
        if not known or not listed:
            return Evidence("document", 0.0, known, ", ".join(listed), "document.missing")
        if known in listed:
            return Evidence("document", SAME / GRID, known, known, "document.same")
        return Evidence("document", 0.0, known, ", ".join(listed), "document.differs")
