"""The compiled kernel that finds the listed names worth a look, and pairs their words with a seen name's.

Rule: a listed name is left out only where no evidence that it could still have would bring its score to the least that
is asked for (`Needs`); what is left out depends on the two names, the date and the list alone. Names are found through
the seen word that says most, then the next: a name that is first met at a later word has at most what that word and
those after it say, so that most bearers of a common word are never touched; bearers are in the order of their years of
birth, so that those of other years are passed over where only a birth date could bring them up. Implements design:
screening, "Cost".
"""

from __future__ import annotations

import numpy as np
from numba import njit

from mithaq.screening.bounds import CONTRADICTS, DAY, MISSING, YEAR
from mithaq.screening.kernel import _wider

SEVERAL, NO_YEAR = -1, 0
"""Instead of a year of birth: several dates or a range, and no date."""

MOST_PAIRS = 4096
"""Pairs of units of two names: no name has fifty units."""


@njit(cache=True, nogil=True)
def standing(seen, listed):  # type: ignore[no-untyped-def]
    """How two dates stand to each other at best (`evidence.birth_date.compare` says it in full)."""
    year, until, month, day = seen[0], seen[1], seen[2], seen[3]
    low, high, other_month, other_day = listed[0], listed[1], listed[2], listed[3]
    if year == 0 or low == 0:
        return MISSING
    if high > low or until > year:
        return YEAR if year <= high and until >= low else CONTRADICTS
    apart = abs(year - low)
    if apart > 1:
        return CONTRADICTS
    if day == 0 or other_day == 0:
        return YEAR
    if month == other_month and day == other_day:
        return DAY
    if apart:
        return CONTRADICTS
    if month == other_day and day == other_month:
        return DAY
    january = (month == 1 and day == 1) or (other_month == 1 and other_day == 1)
    return YEAR if january else CONTRADICTS


@njit(cache=True, nogil=True)
def _stands(date, person, names, needed):  # type: ignore[no-untyped-def]
    """The way in which any date of a person needs least of the name."""
    best, least = MISSING, needed[MISSING]
    first = True
    for place in range(names.date_starts[person], names.date_starts[person + 1]):
        way = standing(date, names.dates[place])
        if first or needed[way] < least:
            best, least, first = way, needed[way], False
    return best


@njit(cache=True, nogil=True)
def _before(years, low, high, year):  # type: ignore[no-untyped-def]
    """The first place of a run (in order) whose year is `year` or more."""
    while low < high:
        middle = (low + high) // 2
        if years[middle] < year:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _hash(word, mask):  # type: ignore[no-untyped-def]
    return (word * 2654435761) & 0xFFFFFFFF & mask


@njit(cache=True, nogil=True)
def _gather(first, last, seen, near, needs, words, heads, nexts, units, weights):  # type: ignore[no-untyped-def]
    """A table from listed word to the seen units that it speaks for, chained; how many pairs."""
    mask = len(words) - 1
    words[:] = -1
    count = 0
    for unit in range(first, last):
        slot = seen.slots[unit]
        off = needs.forms[seen.forms[unit]]
        for place in range(near.starts[slot], near.ends[slot]):
            weight = near.weights[place] - off
            if weight < needs.least:
                continue
            word = near.words[place]
            at = _hash(word, mask)
            while words[at] != -1 and words[at] != word:
                at = (at + 1) & mask
            nexts[count] = heads[at] if words[at] == word else -1
            words[at], heads[at], units[count], weights[count] = word, count, unit, weight
            count += 1
    return count


@njit(cache=True, nogil=True)
def _pairs(name, seen, names, needs, words, heads, nexts, units, weights, out):  # type: ignore[no-untyped-def]
    """The pairs of units of a seen name and a listed one that speak for each other, packed as `evidence.name` has them
    (weight, masks), in order; how many."""
    mask = len(words) - 1
    count = 0
    for place in range(names.unit_starts[name], names.unit_starts[name + 1]):
        word = names.unit_words[place]
        at = _hash(word, mask)
        while words[at] != -1 and words[at] != word:
            at = (at + 1) & mask
        if words[at] == -1:
            continue
        form = names.unit_forms[place]
        pair = heads[at]
        while pair >= 0:
            unit = units[pair]
            weight = weights[pair] - needs.forms[form]
            if weight >= needs.least and (form == 0 or seen.forms[unit] == 0) and count < len(out):
                packed = needs.heaviest - min(weight, needs.heaviest)
                packed = (packed << 20) | (np.int64(seen.masks[unit]) << 10) | np.int64(names.unit_masks[place])
                at_end = count
                while at_end and out[at_end - 1] > packed:
                    out[at_end] = out[at_end - 1]
                    at_end -= 1
                out[at_end] = packed
                count += 1
            pair = nexts[pair]
    return count


@njit(cache=True, nogil=True)
def _sum(rows, count, heaviest):  # type: ignore[no-untyped-def]
    """What the pairs taken heaviest first come to."""
    total, used_seen, used_listed = 0, 0, 0
    for place in range(count):
        ours, theirs = (rows[place] >> 10) & 1023, rows[place] & 1023
        if ours & used_seen == 0 and theirs & used_listed == 0:
            total += heaviest - (rows[place] >> 20)
            used_seen |= ours
            used_listed |= theirs
    return total


@njit(cache=True, nogil=True)
def find(seen, near, names, needs):  # type: ignore[no-untyped-def]
    """(rows, looked): pairs of units of every seen name with all names of each person worth a look, packed with the
    group (seen name * listed names + listed name) above, in order; and how many listed names were looked at."""
    size, people = len(names.persons), len(names.of_person) - 1
    met = np.zeros(size, np.int32)
    taken = np.zeros(people, np.int32)
    some = np.empty(64, np.int64)  # persons found for a name
    out = np.empty(1024, np.int64)
    rows = np.empty(MOST_PAIRS, np.int64)
    most = 1
    for number in range(len(seen.starts) - 1):
        count = 0
        for unit in range(seen.starts[number], seen.starts[number + 1]):
            count += near.ends[seen.slots[unit]] - near.starts[seen.slots[unit]]
        most = max(most, count)
    places = 16
    while places < 2 * most:
        places *= 2
    words, heads = np.empty(places, np.int64), np.empty(places, np.int64)
    nexts, units, weights = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    total, looked = 0, 0
    strongest = np.zeros(64, np.int64)
    rest = np.zeros(16, np.int64)
    for number in range(len(seen.starts) - 1):
        first, last = seen.starts[number], seen.starts[number + 1]
        # The table is as large as this name needs, since it is emptied each time.
        count = 0
        for unit in range(first, last):
            count += near.ends[seen.slots[unit]] - near.starts[seen.slots[unit]]
        places = 16
        while places < 2 * count:
            places *= 2
        mine = words[:places]
        if _gather(first, last, seen, near, needs, mine, heads, nexts, units, weights) == 0:
            continue
        date = seen.dates[number]
        dated = date[0] > 0
        needed = needs.alone if seen.words[number] == 1 else needs.least_sum
        lowest = min(needed[MISSING], needed.min() if dated else needed[MISSING])
        several = needed.min()
        for unit in range(first, last):
            slot = seen.slots[unit]
            top = 0
            for place in range(near.starts[slot], near.ends[slot]):
                top = max(top, np.int64(near.weights[place]))
            strongest[unit - first] = top - needs.forms[seen.forms[unit]]
        order = np.argsort(-strongest[: last - first], kind="mergesort")
        persons = 0
        for turn in range(last - first):
            unit = first + order[turn]
            # What the words that this unit does not stand for can still say, by units that have not had their turn.
            rest[:] = 0
            for later in range(turn, last - first):
                other = first + order[later]
                for bit in range(10):
                    if seen.masks[other] >> bit & 1:
                        rest[bit] = max(rest[bit], strongest[order[later]])
            beside = 0
            for bit in range(10):
                if not seen.masks[unit] >> bit & 1:
                    beside += rest[bit]
            slot, off = seen.slots[unit], needs.forms[seen.forms[unit]]
            for place in range(near.starts[slot], near.ends[slot]):
                reach = max(near.weights[place] - off, 0) + beside
                if near.weights[place] - off < needs.least or reach < lowest:
                    continue
                word = near.words[place]
                start, end = names.post_starts[word], names.post_starts[word + 1]
                for part in range(3):
                    # Those of several dates and of none; then those whose year may agree, or all.
                    if part == 0:
                        low, high = start, _before(names.post_years, start, end, NO_YEAR + 1)
                        if reach < (min(several, needed[MISSING]) if dated else needed[MISSING]):
                            continue
                    elif part == 1:
                        low = _before(names.post_years, start, end, NO_YEAR + 1)
                        high = end
                        if reach < (needed[CONTRADICTS] if dated else needed[MISSING]):
                            continue
                    else:
                        if not dated or reach >= needed[CONTRADICTS]:
                            continue
                        low = _before(names.post_years, start, end, max(date[0] - 1, 1))
                        high = _before(names.post_years, low, end, date[1] + 2)
                    for at in range(low, high):
                        name = names.post_names[at]
                        if met[name] == number + 1:
                            continue
                        person = names.persons[name]
                        if names.gone[person]:
                            continue
                        way = _stands(date, person, names, needed)
                        if reach < needed[way]:
                            continue
                        met[name] = number + 1
                        looked += 1
                        if taken[person] == number + 1:
                            continue
                        count = _pairs(name, seen, names, needs, mine, heads, nexts, units, weights, rows)
                        if _sum(rows, count, needs.heaviest) < needed[way]:
                            continue
                        taken[person] = number + 1
                        if persons == len(some):
                            some = _wider(some)
                        some[persons] = person
                        persons += 1
        for place in range(persons):
            for name in range(names.of_person[some[place]], names.of_person[some[place] + 1]):
                count = _pairs(name, seen, names, needs, mine, heads, nexts, units, weights, rows)
                while total + count > len(out):
                    out = _wider(out)
                group = np.int64(number) * size + name
                for row in range(count):
                    out[total + row] = (group << 32) | rows[row]
                total += count
    return out[:total].copy(), looked
