"""Whether two names are spellings of one, for questions about one person: the engine of screening, without rarity.

Rule: a question about a person must not miss a record because it is spelt otherwise, or in another script.
"""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.screening import Subject, Traveller, build, screen

# The same name in another spelling: the threshold of a manifest without a rarity of the list.
FLOOR = 8.0


def alike(asked: str, people: Sequence[Sequence[str]]) -> list[int]:
    """The places of those people one of whose names is a spelling of the name that is asked for."""
    if not people:
        return []
    index = build([Subject("asked", (asked.strip()[:200],))])
    travellers = [
        Traveller(f"{place}/{number}", (name,))
        for place, names in enumerate(people)
        for number, name in enumerate(names)
    ]
    found = {
        int(one.traveller.partition("/")[0])
        for one in screen(index, travellers, floor=FLOOR, evidence=False)
        if one.candidates
    }
    return sorted(found)
