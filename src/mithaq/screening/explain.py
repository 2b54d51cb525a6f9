"""Why a candidate has its score, by codes and parameters that console and CLI translate.

Rule: the weights shown add up to the score exactly; what is missing is shown with weight 0. Implements design:
screening, "Explained". The codes are `WHYS`.
"""

from __future__ import annotations

from mithaq.screening.evidence import birth_date
from mithaq.screening.evidence.beside import Beside
from mithaq.screening.index import Index
from mithaq.screening.records import Evidence, Traveller

WHYS = (
    *(f"name.{why}" for why in ("exact", "skeleton", "spelling", "script", "article", "particle", "joined")),
    *(f"name.{why}" for why in ("together", "seen_only", "listed_only", "weak")),
    *(f"birth_date.{why}" for why in birth_date.WHYS),
    *(f"{kind}.{why}" for kind in ("nationality", "sex", "document") for why in ("same", "differs", "missing")),
)
"""Every code that `Evidence.why` may hold: doors translate all of them."""


def explain(
    traveller: Traveller, name: list[Evidence], index: Index, beside: Beside, place: int
) -> tuple[Evidence, ...]:
    """The evidence for a traveller: that of the name, then what `beside` weighed for the pair at `place`."""
    person = int(beside.person[place])
    date, nation = ([int(column[place]) for column in columns] for columns in (beside.birth_date, beside.nationality))
    return (
        *name,
        index.birth_dates.show(traveller.birth_date, person, *date),
        index.nationalities.show(traveller.nationality, person, nation[0], bool(nation[1])),
        index.sexes.show(traveller.sex, person, int(beside.sex[place])),
        index.documents.show(traveller.document, person),
    )
