"""How high a score can come, from what a name's words come to and how the dates stand: what lets most of a list be
passed over.

Rule: never less than what any pair could score; too much costs only time. Documents are not of it: who carries a listed
one is looked at whatever the name. Implements design: screening, "Cost".
"""

from __future__ import annotations

from itertools import product

import numpy as np

from mithaq.screening.columns import Ints
from mithaq.screening.evidence import birth_date
from mithaq.screening.weights import WEIGHTS, steps, together

CONTRADICTS, MISSING, YEAR, DAY = range(4)
"""How dates stand to each other, as `kernel_names.standing` tells it."""
_WAYS = {
    CONTRADICTS: ("contradicts", "same_year"),
    MISSING: ("missing",),
    YEAR: ("year", "month", "range", "year_off_by_one", "first_january", "listed_january"),
    DAY: ("exact", "exact_january", "swapped", "near_year"),
}
_BESIDE = steps(WEIGHTS["nationality"]["most"]) + steps(WEIGHTS["sex"]["same"])


def reach(sums: Ints, way: int) -> Ints:
    """The most steps that a pair can score, for each sum of the words of a name (steps) and a way that dates stand."""
    best = np.full(len(sums), np.iinfo(np.int64).min, np.int64)
    for why in _WAYS[way]:
        stands = np.full(len(sums), int(birth_date.standing(np.array(birth_date.WHYS.index(why)))), np.int64)
        bits = birth_date.bits("year" if why == "range" else why)
        for seen, listed, script in product((1, 2, 3), (1, 2, 3), (0, 1)):
            words = (np.full(len(sums), count, np.int64) for count in (seen, listed, script))
            best = np.maximum(best, sums - together(sums, stands, *words) + bits)
    return best + _BESIDE
