"""Whether a name is a spelling of the one that is asked about: for questions about one person, without a list.

Rule: a question about a person must not miss a record because it is spelt otherwise, or in another script; a name that
all bear comes to few bits even against itself, so that what is asked for follows the name. Source: design: subjects,
"Border posts" (crossing query), safeguard 12.
"""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.screening.building import build
from mithaq.screening.records import Subject, Traveller
from mithaq.screening.roll import may_be
from mithaq.screening.score import screen

MOST = 8.0
"""Bits that are enough for any name: the threshold of a manifest without a rarity of the list."""
_PART = 0.5
_LETTERS = 200
_LOWEST = -200.0


class Likeness:
    """A name that is asked about. `floor`: the bits from which another one is a spelling of it."""

    def __init__(self, name: str) -> None:
        """Any text is a name; of a longer one the first 200 letters are read."""
        asked = name.strip()[:_LETTERS]
        self._index = build([Subject("asked", (asked,))])
        own = self._best([(asked,)], _LOWEST).get(0)
        self.floor = MOST if own is None else min(MOST, own * _PART if own > 0 else own)

    def among(self, people: Sequence[Sequence[str]]) -> list[int]:
        """The places of those people one of whose names is a spelling of it, in order."""
        return list(self._best(people, self.floor))

    def may_be(self, rolls: Sequence[bytes]) -> list[tuple[int, list[int] | None]]:
        """Who of packed rolls may be among them (`roll.may_be`)."""
        return may_be(self._index, rolls, self.floor)

    def _best(self, people: Sequence[Sequence[str]], floor: float) -> dict[int, float]:
        """By place, the bits of the likest name of those people who have one that reaches the floor, in order."""
        travellers = [Traveller(str(place), (name,)) for place, names in enumerate(people) for name in names]
        best: dict[int, float] = {}
        for one in screen(self._index, travellers, floor=floor, evidence=False, learned=False):
            if one.candidates:
                place, score = int(one.traveller), one.candidates[0].score
                best[place] = max(best.get(place, score), score)
        return best
