"""All evidence beside the name, weighed for columns of (traveller, person) pairs.

Rule: what is weighed here is what is shown: the columns that make the score are those that the explanation reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.evidence import birth_date, sex
from mithaq.screening.index import Index
from mithaq.screening.records import Traveller


class Beside(NamedTuple):
    """Steps and reasons for each pair, as the kinds of evidence give them."""

    person: Ints
    birth_date: tuple[Ints, Ints, Ints]
    nationality: tuple[Ints, Ints]
    sex: Ints
    document: Ints

    @property
    def total(self) -> Ints:
        """Steps of all kinds."""
        total: Ints = self.birth_date[0] + self.nationality[0] + self.sex + self.document
        return total


def weigh(index: Index, travellers: Sequence[Traveller], traveller: Ints, person: Ints) -> Beside:
    """The evidence of pairs: `traveller` counts into `travellers`, `person` into the index."""
    dates = birth_date.columns([one.birth_date for one in travellers])
    nations = np.array([index.nationalities.number(one.nationality) for one in travellers], np.int64)
    sexes = np.array([sex.code(one.sex) for one in travellers], np.int64)
    return Beside(
        person,
        index.birth_dates.weigh(dates[:, traveller], person),
        index.nationalities.weigh(nations[traveller], person),
        index.sexes.weigh(sexes[traveller], person),
        index.documents.weigh([one.document for one in travellers], traveller, person),
    )
