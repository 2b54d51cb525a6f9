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

from mithaq.screening.evidence.birth_date import WHYS
from mithaq.screening.kernel import ones, wider
from mithaq.screening.shapes import GROUP_AT, HEAVIEST, LOW, MASK, WEIGHT_AT

SEVERAL, NO_YEAR = -1, 0
"""Instead of a year of birth: several dates or a range, and no date."""
NOTHING = -(1 << 30)
"""The weight of a word that is near no listed one."""
MOST_PAIRS = 4096
"""Pairs of units of two names: no name has fifty units."""
(
    MISSING, EXACT, EXACT_JANUARY, SWAPPED, NEAR_YEAR, FIRST_JANUARY, LISTED_JANUARY, MONTH, YEAR, YEAR_OFF_BY_ONE,
    SAME_YEAR, CONTRADICTS, RANGE,
) = range(len(WHYS))  # fmt: skip


@njit(cache=True, nogil=True)
def why(year, until, month, day, low, high, other_month, other_day):  # type: ignore[no-untyped-def]
    """How a seen date stands to a listed one: a place in `birth_date.WHYS`. The first line that holds decides."""
    if year == 0 or low == 0:
        return MISSING
    if high > low or until > year:
        return RANGE if year <= high and until >= low else CONTRADICTS
    apart, both = abs(year - low), day > 0 and other_day > 0
    if apart > 1:
        return CONTRADICTS
    same_day = both and month == other_month and day == other_day
    january = both and month == 1 and day == 1
    if apart == 1:
        if both:
            return NEAR_YEAR if same_day and not january else CONTRADICTS
        return YEAR_OFF_BY_ONE
    if same_day:
        return EXACT_JANUARY if january else EXACT
    if both:
        if month == other_day and day == other_month:
            return SWAPPED
        if january:
            return FIRST_JANUARY
        return LISTED_JANUARY if other_month == 1 and other_day == 1 else SAME_YEAR
    if month > 0 and other_month > 0:
        return MONTH if month == other_month else SAME_YEAR
    return YEAR


@njit(cache=True, nogil=True)
def whys(seen, listed):  # type: ignore[no-untyped-def]
    """The same for columns of pairs (year, last year, month, day)."""
    out = np.empty(seen.shape[1], np.int64)
    for pair in range(seen.shape[1]):
        out[pair] = why(
            seen[0, pair], seen[1, pair], seen[2, pair], seen[3, pair],
            listed[0, pair], listed[1, pair], listed[2, pair], listed[3, pair],
        )  # fmt: skip
    return out


@njit(cache=True, nogil=True)
def _easiest(date, person, starts, dates, needed):  # type: ignore[no-untyped-def]
    """The way in which any date of a person needs least of the name."""
    best = MISSING
    first = True
    for place in range(starts[person], starts[person + 1]):
        way = why(
            date[0], date[1], date[2], date[3], dates[place, 0], dates[place, 1], dates[place, 2], dates[place, 3]
        )
        if first or needed[way] < needed[best]:
            best, first = way, False
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
def _said(first, last, slots, starts, ends):  # type: ignore[no-untyped-def]
    """How many listed words the units of a name speak for, each counted by itself."""
    count = 0
    for unit in range(first, last):
        count += ends[slots[unit]] - starts[slots[unit]]
    return count


@njit(cache=True, nogil=True)
def _places(count):  # type: ignore[no-untyped-def]
    """The size of an open table for so many words: a power of two, half of it free."""
    places = 16
    while places < 2 * count:
        places *= 2
    return places


@njit(cache=True, nogil=True)
def _gather(first, last, seen, near, needs, words, heads, nexts, units, weights):  # type: ignore[no-untyped-def]
    """A table from listed word to the seen units that it speaks for, chained; how many pairs."""
    mask = len(words) - 1
    words[:] = -1
    count = 0
    said, of_words, least = near.weights, near.words, needs.least
    for unit in range(first, last):
        slot = seen.slots[unit]
        off = needs.forms[seen.forms[unit]]
        for place in range(near.starts[slot], near.ends[slot]):
            weight = said[place] - off
            if weight < least:
                continue
            word = of_words[place]
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
    unit_starts, unit_words, unit_forms, unit_masks = (
        names.unit_starts, names.unit_words, names.unit_forms, names.unit_masks
    )  # fmt: skip
    forms, least, seen_forms, seen_masks = needs.forms, needs.least, seen.forms, seen.masks
    for place in range(unit_starts[name], unit_starts[name + 1]):
        word = unit_words[place]
        at = _hash(word, mask)
        while words[at] != -1 and words[at] != word:
            at = (at + 1) & mask
        if words[at] == -1:
            continue
        form = unit_forms[place]
        pair = heads[at]
        while pair >= 0:
            unit = units[pair]
            weight = weights[pair] - forms[form]
            if weight >= least and (form == 0 or seen_forms[unit] == 0) and count < len(out):
                packed = HEAVIEST - min(weight, HEAVIEST)
                packed = (packed << WEIGHT_AT) | (np.int64(seen_masks[unit]) << MASK) | np.int64(unit_masks[place])
                at_end = count
                while at_end and out[at_end - 1] > packed:
                    out[at_end] = out[at_end - 1]
                    at_end -= 1
                out[at_end] = packed
                count += 1
            pair = nexts[pair]
    return count


@njit(cache=True, nogil=True)
def _sum(rows, count):  # type: ignore[no-untyped-def]
    """What the pairs taken heaviest first come to, and which seen words they stand for."""
    total, used_seen, used_listed = 0, 0, 0
    for place in range(count):
        ours, theirs = (rows[place] >> MASK) & LOW, rows[place] & LOW
        if ours & used_seen == 0 and theirs & used_listed == 0:
            total += HEAVIEST - (rows[place] >> WEIGHT_AT)
            used_seen |= ours
            used_listed |= theirs
    return total, used_seen


@njit(cache=True, nogil=True)
def _needed(turn, order, first, last, number, seen, strongest, sums, rest, out):  # type: ignore[no-untyped-def]
    """The least weight of a pair of the unit whose turn it is, by how the dates stand: whatever words it does not stand
    for are found through units that have not had their turn, as many as helps most, or are left over."""
    unit = first + order[turn]
    count = 0
    for bit in range(seen.words[number]):
        if seen.masks[unit] >> bit & 1:
            continue
        best = NOTHING
        for later in range(turn + 1, last - first):
            mask = seen.masks[first + order[later]]
            if mask >> bit & 1:
                weight = strongest[order[later]]
                # What it takes away is counted once, not for each of its words.
                if mask & (mask - 1) and weight > NOTHING // 2:
                    weight = max(weight, 0)
                best = max(best, weight)
        at = count
        while at and rest[at - 1] < best:
            rest[at] = rest[at - 1]
            at -= 1
        rest[at] = best
        count += 1
    out[:] = 1 << 30
    extra = 0
    for found in range(count + 1):
        for way in range(sums.shape[1]):
            out[way] = min(out[way], sums[count - found, way] - extra)
        if found < count:
            # A word that hardly speaks for another is still less than one left over.
            if rest[found] <= NOTHING // 2:
                break
            extra += rest[found]


@njit(cache=True, nogil=True)
def find(seen, near, names, needs, met, taken, stamp):  # type: ignore[no-untyped-def]
    """The pairs of units of every seen name with all names of each person worth a look, packed with the group above
    (`shapes.GROUP_AT`): seen name * listed names + listed name. `met`, `taken`: marks of listed names and of persons
    (`marks.Marks`), from `stamp` on."""
    starts, slots, near_starts, near_ends = seen.starts, seen.slots, near.starts, near.ends
    near_words, near_weights, forms = near.words, near.weights, needs.forms
    post_starts, post_names, post_years, post_days = (
        names.post_starts, names.post_names, names.post_years, names.post_days
    )  # fmt: skip
    persons, of_person, gone = names.persons, names.of_person, names.gone
    date_starts, dates = names.date_starts, names.dates
    size = len(persons)
    some = np.empty(64, np.int64)  # persons found for a name
    out = np.empty(1024, np.int64)
    rows = np.empty(MOST_PAIRS, np.int64)
    most = 1
    for number in range(len(starts) - 1):
        most = max(most, _said(starts[number], starts[number + 1], slots, near_starts, near_ends))
    words, heads = np.empty(_places(most), np.int64), np.empty(_places(most), np.int64)
    nexts, units, weights = np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    total = 0
    strongest, rest = np.zeros(64, np.int64), np.zeros(16, np.int64)
    needed = np.zeros(needs.looked.shape[2], np.int64)
    for number in range(len(starts) - 1):
        first, last = starts[number], starts[number + 1]
        # The table is as large as this name needs, since it is emptied each time.
        mine = words[: _places(_said(first, last, slots, near_starts, near_ends))]
        if _gather(first, last, seen, near, needs, mine, heads, nexts, units, weights) == 0:
            continue
        date, mark = seen.dates[number], stamp + number + 1
        year, until, month, day = date[0], date[1], date[2], date[3]
        dated = year > 0
        looked, sums = needs.looked[seen.kinds[number]], needs.sums[seen.kinds[number]]
        for unit in range(first, last):
            slot = slots[unit]
            top = NOTHING
            for place in range(near_starts[slot], near_ends[slot]):
                if near_weights[place] > top:
                    top = int(near_weights[place])
            strongest[unit - first] = top - forms[seen.forms[unit]]
        order = np.argsort(-strongest[: last - first], kind="mergesort")
        found = 0
        for turn in range(last - first):
            unit = first + order[turn]
            _needed(turn, order, first, last, number, seen, strongest, looked, rest, needed)
            anyhow = needed[MISSING]
            within = min(needed[:CONTRADICTS].min(), needed[RANGE]) if dated else anyhow
            any_way = min(within, needed[CONTRADICTS]) if dated else anyhow
            slot, off = slots[unit], forms[seen.forms[unit]]
            for place in range(near_starts[slot], near_ends[slot]):
                weight = near_weights[place] - off
                if weight < needs.least or weight < any_way:
                    continue
                word = near_words[place]
                start, end = post_starts[word], post_starts[word + 1]
                dateless = _before(post_years, start, end, NO_YEAR + 1)
                for part in range(2):
                    if part == 0:  # those of several dates and of none
                        low, high = start, dateless
                    elif weight >= (needed[CONTRADICTS] if dated else anyhow):
                        low, high = dateless, end
                    elif dated and weight >= within:  # those whose year may agree
                        low = _before(post_years, dateless, end, max(year - 1, 1))
                        high = _before(post_years, low, end, until + 2)
                    else:
                        continue
                    for at in range(low, high):
                        other = post_years[at]
                        name = post_names[at]
                        if other == SEVERAL:
                            way = _easiest(date, persons[name], date_starts, dates, needed)
                        else:
                            way = why(year, until, month, day, other, other, post_days[at] >> 5, post_days[at] & 31)
                        if weight < needed[way] or met[name] == mark:
                            continue
                        met[name] = mark
                        person = persons[name]
                        if gone[person] or taken[person] == mark:
                            continue
                        count = _pairs(name, seen, names, needs, mine, heads, nexts, units, weights, rows)
                        came_to, used = _sum(rows, count)
                        over = seen.words[number] - ones(np.uint64(used))
                        if other == SEVERAL:
                            way = _easiest(date, person, date_starts, dates, looked[over])
                        if came_to < looked[over, way]:
                            continue
                        taken[person] = mark
                        # Who is looked at for one name may reach the score by another.
                        if came_to < sums[over, way]:
                            reached = False
                            for own in range(of_person[person], of_person[person + 1]):
                                count = _pairs(own, seen, names, needs, mine, heads, nexts, units, weights, rows)
                                came_to, used = _sum(rows, count)
                                over = seen.words[number] - ones(np.uint64(used))
                                if other == SEVERAL:
                                    way = _easiest(date, person, date_starts, dates, sums[over])
                                if came_to >= sums[over, way]:
                                    reached = True
                                    break
                            if not reached:
                                continue
                        if found == len(some):
                            some = wider(some)
                        some[found] = person
                        found += 1
        for place in range(found):
            for name in range(of_person[some[place]], of_person[some[place] + 1]):
                count = _pairs(name, seen, names, needs, mine, heads, nexts, units, weights, rows)
                while total + count > len(out):
                    out = wider(out)
                group = np.int64(number) * size + name
                for row in range(count):
                    out[total + row] = (group << GROUP_AT) | rows[row]
                total += count
    return out[:total].copy()
