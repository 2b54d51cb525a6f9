"""Why a candidate has its score, by codes and parameters that console and CLI translate.

Rule: the weights add up to the score exactly, and as they are shown to the score as it is shown; what is missing is
shown with weight 0. Implements design: screening, "Explained". The codes are `WHYS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from mithaq.screening.evidence import birth_date
from mithaq.screening.evidence.beside import Beside
from mithaq.screening.index import Index
from mithaq.screening.records import Evidence, Traveller
from mithaq.screening.weights import GRID

WHYS = (
    *(f"name.{why}" for why in ("exact", "skeleton", "spelling", "script", "article", "particle", "joined")),
    *(f"name.{why}" for why in ("together", "seen_only", "listed_only", "weak", "learned")),
    *(f"birth_date.{why}" for why in (*birth_date.WHYS, "learned")),
    *(f"{kind}.{why}" for kind in ("nationality", "sex", "document") for why in ("same", "differs", "missing")),
)
"""Every code that `Evidence.why` may hold: doors translate all of them."""


def shown(weights: Sequence[float]) -> list[float]:
    """Weights in hundredths of a bit, of which each is within a hundredth of its own and whose sum is the sum's.

    Rounded one by one they could miss the score that they are shown beside.
    """
    hundredths = [weight * 100 for weight in weights]
    out = [floor(value) for value in hundredths]
    left = round(sum(weights) * 100) - sum(out)
    first = sorted(range(len(out)), key=lambda place: (out[place] - hundredths[place], place))
    for place in first[:left]:
        out[place] += 1
    return [value / 100 for value in out]


def explain(
    traveller: Traveller, name: list[Evidence], index: Index, beside: Beside, place: int, learned: tuple[int, int]
) -> tuple[Evidence, ...]:
    """The evidence for a traveller: that of the name, then what `beside` weighed for the pair at `place`; after either
    what trees gave the name and the birth date (`learned`, steps), where it is anything."""
    person = int(beside.person[place])
    date, nation = ([int(column[place]) for column in columns] for columns in (beside.birth_date, beside.nationality))
    by_trees = [
        (Evidence(kind, weight / GRID, "", "", f"{kind}.learned"),) if weight else ()
        for kind, weight in zip(("name", "birth_date"), learned, strict=True)
    ]
    return (
        *name,
        *by_trees[0],
        index.birth_dates.show(traveller.birth_date, *date),
        *by_trees[1],
        index.nationalities.show(traveller.nationality, person, nation[0], bool(nation[1])),
        index.sexes.show(traveller.sex, person, int(beside.sex[place])),
        index.documents.show(traveller.document, person),
    )
