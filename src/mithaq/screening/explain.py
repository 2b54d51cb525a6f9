"""Why a candidate has its score, by codes and parameters that console and CLI translate.

Rule: the weights shown add up to the score exactly; what is missing is shown with weight 0. Implements design: screening,
"Explained". The codes are `WHYS`.
"""

from __future__ import annotations

from mithaq.screening.evidence import birth_date
from mithaq.screening.evidence.name import explain_name
from mithaq.screening.index import Index
from mithaq.screening.names import Name
from mithaq.screening.records import Evidence, Traveller
from mithaq.screening.vocabulary import Nearby

WHYS = (
    *(f"name.{why}" for why in ("exact", "skeleton", "spelling", "script", "article", "particle", "joined")),
    *(f"name.{why}" for why in ("seen_only", "listed_only", "weak")),
    *(f"birth_date.{why}" for why in birth_date.WHYS),
    *(f"{kind}.{why}" for kind in ("nationality", "sex", "document") for why in ("same", "differs", "missing")),
)
"""Every code that `Evidence.why` may hold: doors translate all of them."""


def explain(
    index: Index, traveller: Traveller, name: Name, listed: int, nearby: dict[bytes, Nearby]
) -> tuple[Evidence, ...]:
    """The evidence for a traveller seen under `name` to be the human whose name is number `listed`."""
    person = int(index.name_person[listed])
    return (
        *explain_name(index, name, listed, nearby),
        index.birth_dates.explain(traveller.birth_date, person),
        index.nationalities.explain(traveller.nationality, person),
        index.sexes.explain(traveller.sex, person),
        index.documents.explain(traveller.document, person),
    )
