"""The compiled kernels that measure a pair of names for the forest, and send what was measured down its trees.

Rule: whole numbers alone, so that sums are the same in any order and on any machine; a row depends on its pair and on
nothing else of the batch. Implements design: screening, "Cost", "Batch-independent".
"""

from __future__ import annotations

import numpy as np
from numba import njit

from mithaq.screening.shapes import HEAVIEST, LOW, MASK, WEIGHT, WEIGHT_AT

HEAVY = 3
"""So many of the heaviest pairs of words are told by themselves."""


@njit(cache=True, nogil=True)
def measure(packed, starts, ends, seen, arabic, unit_starts, unit_masks, plain, chances):  # type: ignore[no-untyped-def]
    """Of each group of packed pairs (`evidence.name.rows`; group k from starts[k] on, before ends[k]) the steps of the
    `HEAVY` heaviest pairs taken, then what spelling costs all of them, the rarest word among them, and how rare the
    seen name is.

    `seen` and `arabic`: of each group its seen name and whether the listed one is Arabic; of each seen name's units
    `unit_masks`, whether they are `plain` and, by script of the list, their `chances` (log2, in steps).
    """
    out = np.zeros((len(seen), HEAVY + 3), np.int64)
    for group in range(len(seen)):
        first, last, script = unit_starts[seen[group]], unit_starts[seen[group] + 1], arabic[group]
        used_seen, used_listed, count = 0, 0, 0
        for place in range(starts[group], ends[group]):
            ours, theirs = (packed[place] >> MASK) & LOW, packed[place] & LOW
            if ours & used_seen or theirs & used_listed:
                continue
            used_seen |= ours
            used_listed |= theirs
            weight = HEAVIEST - ((packed[place] >> WEIGHT_AT) & ((1 << WEIGHT) - 1))
            if count < HEAVY:
                out[group, count] = weight
            count += 1
            for unit in range(first, last):
                if unit_masks[unit] == ours:
                    rare = -chances[unit, script]
                    out[group, HEAVY] += rare - weight
                    out[group, HEAVY + 1] = max(out[group, HEAVY + 1], rare)
                    break
        for unit in range(first, last):
            if plain[unit]:
                out[group, HEAVY + 2] -= chances[unit, script]
    return out


@njit(cache=True, nogil=True)
def walk_down(rows, roots, feature, threshold, low, high, value, dated):  # type: ignore[no-untyped-def]
    """What the trees come to for each row, and how much of it was decided by the features that are `dated`: of every
    split on the way the change of the value from node to child."""
    out = np.zeros((len(rows), 2), np.int64)
    for row in range(len(rows)):
        for root in roots:
            node = root
            while feature[node] >= 0:
                child = low[node] if rows[row, feature[node]] <= threshold[node] else high[node]
                if dated[feature[node]]:
                    out[row, 1] += value[child] - value[node]
                node = child
            out[row, 0] += value[node]
    return out
