"""The compiled kernel of the edit costs of words; the only user of numba.

Rule: it is compiled once, by `make setup` (`python -m mithaq.screening.kernel`), and kept on disk, so that nothing is
compiled at a border post's first query; who does not screen does not load the compiler. Implements design: screening,
"Cost".
"""

from __future__ import annotations

import numpy as np
from numba import njit

from mithaq.screening.weights import GRID


@njit(cache=True, nogil=True)
def walk(  # type: ignore[no-untyped-def]
    left, right, one, ones, one_arabic, gaps, beside, two, twos, two_arabic,
    change, drop, add, habit, swap, far, too_far, out,
):  # fmt: skip
    """The edit grid of each pair in each habit, a row at a time, left when the whole row is too far."""
    grid = np.empty((3, two.shape[1] + 1), np.int32)
    for pair in range(len(left)):
        a, b = one[left[pair]], two[right[pair]]
        gap, around = gaps[left[pair]], beside[left[pair]]
        rows, columns = ones[left[pair]], twos[right[pair]]
        from_arabic, to_arabic = one_arabic[left[pair]], two_arabic[right[pair]]
        chance = 0.0
        for k in range(len(habit)):
            start = np.int32(habit[k, from_arabic, to_arabic])
            grid[0, 0] = start
            for j in range(columns):
                grid[0, j + 1] = grid[0, j] + add[k, from_arabic, gap[0], b[j]]
            least = start
            for i in range(rows):
                above, here, before = grid[i % 3], grid[(i + 1) % 3], grid[(i + 2) % 3]
                dropped = drop[k, to_arabic, around[i], a[i]]
                here[0] = above[0] + dropped
                passed, least = least, here[0]
                for j in range(columns):
                    cost = min(
                        above[j] + change[k, a[i], b[j]],
                        above[j + 1] + dropped,
                        here[j] + add[k, from_arabic, gap[i + 1], b[j]],
                    )
                    if i and j and a[i] == b[j - 1] and a[i - 1] == b[j]:
                        cost = min(cost, before[j - 1] + swap)
                    here[j + 1] = cost
                    least = min(least, cost)
                if min(least, passed) > far:  # a swap reaches over a row
                    break
            else:
                chance += 2.0 ** (-grid[rows % 3, columns] / GRID)
        cost = round(-np.log2(chance) * GRID) if chance > 0.0 else too_far
        out[pair] = cost if cost <= far else too_far


def main() -> None:
    """Compile the kernel for the types that screening calls it with."""
    from mithaq.screening.costs import Words, costs

    one = Words([bytes([1, 2])])
    costs(one, one, np.zeros(1, np.int64), np.zeros(1, np.int64))


if __name__ == "__main__":
    main()
