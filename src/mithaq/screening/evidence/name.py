"""Evidence of names: words paired across two names, rare ones first, and words left over on either side.

Rule: a word supports a candidate once; pairs are taken heaviest first, ties in the order of words; what is left over
subtracts. The same order is taken over columns (`align`) and for an explanation (`explain_name`).
Implements design: screening, "A name alone can be enough when it is rare, and never is when it is common".
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from mithaq.screening.bounds import looked, sums
from mithaq.screening.columns import Ints, Runs
from mithaq.screening.index import Index
from mithaq.screening.names import ARTICLE, BARE, JOINED, PLAIN, STRIPPED, Name, Unit
from mithaq.screening.records import Evidence
from mithaq.screening.shapes import GROUP_AT, HEAVIEST, LOW, MASK, WEIGHT, WEIGHT_AT, Needs, Seen
from mithaq.screening.vocabulary import LEAST, Nearby
from mithaq.screening.weights import FORMS, GRID, UNMATCHED_LISTED, UNMATCHED_SEEN, WEAK_NAME, together

_SPAN = (1 << WEIGHT) - 1
_Pair = tuple[int, int, int, Unit, Unit]  # minus its steps, masks, units
_SEEN, _LISTED = (np.concatenate(([0], np.cumsum(row))) for row in (UNMATCHED_SEEN, UNMATCHED_LISTED))


def rows(index: Index, names: Sequence[Name], kinds: Ints, dates: Ints, floor: int, alike: Ints) -> Ints:
    """The pairs of a unit of a seen name and one of a listed name that speak for each other, packed and sorted, for
    all names of every person of whom one name is worth a look when `floor` steps are asked for.

    `kinds` (`bounds.Kind.number`) and `dates` (year, last year, month, day) by seen name. The units of `alike` (seen
    name * listed names + listed name), whom something else than the name brings together, are compared whether they
    share a key or not.
    """
    return np.sort(np.concatenate((_by_keys(index, names, kinds, dates, floor), _by_hand(index, names, alike))))


def _by_keys(index: Index, names: Sequence[Name], kinds: Ints, dates: Ints, floor: int) -> Ints:
    from mithaq.screening.kernel_names import find

    needs = Needs(looked(floor), sums(floor), FORMS, LEAST)
    units = [unit for name in names for unit in name.units]
    slots, near = index.vocabulary.near([unit.asked for unit in units])
    starts = np.zeros(len(names) + 1, np.int64)
    np.cumsum([len(name.units) for name in names], out=starts[1:])
    masks, forms = (np.fromiter(map(attrgetter(name), units), np.int64, len(units)) for name in ("mask", "form"))
    words = np.fromiter((len(name.words) for name in names), np.int64, len(names))
    seen, stamp = Seen(starts, slots, masks, forms, words, kinds, dates), index.marks.turn(len(names))
    met, taken = index.marks.columns
    found: Ints = find(seen, near, index.columns, needs, met, taken, stamp)
    return found


def _by_hand(index: Index, names: Sequence[Name], alike: Ints) -> Ints:
    if not len(alike):
        return np.zeros(0, np.int64)
    size = index.size
    wanted = np.unique(alike // size).tolist()
    units = [(number, unit) for number in wanted for unit in names[number].units]
    seen = _columns(units)
    pair, place = index.units_of.spread(alike % size)
    which, unit = Runs.of(seen[0], len(names)).spread((alike // size)[pair])
    place = place[which]
    asked = dict.fromkeys(unit.asked for _, unit in units)
    number = {one: place for place, one in enumerate(asked)}
    code = np.array([number[unit.asked] for _, unit in units], np.int64)
    weights = index.vocabulary.weigh(list(asked), code[unit], index.unit_word[place])
    listed = (alike % size)[pair[which]], index.unit_mask[place].astype(np.int64), index.unit_form[place]
    return _packed(index, seen[:, unit], listed, weights)


def _columns(units: Sequence[tuple[int, Unit]]) -> Ints:
    """Of units with the number of their name: number, mask and form, as three rows."""
    return np.array([(number, unit.mask, unit.form) for number, unit in units], np.int64).reshape(-1, 3).T


def _packed(index: Index, seen: Ints, listed: tuple[Ints, Ints, Ints], weights: Ints) -> Ints:
    """Pairs of units, each as (number of the name, mask, form), that speak for each other."""
    (seen_name, seen_mask, seen_form), (name, mask, form) = seen, listed
    weight = weights - FORMS[seen_form] - FORMS[form]
    kept = (weight >= LEAST) & ((seen_form == PLAIN) | (form == PLAIN))
    group = seen_name[kept] * index.size + name[kept]
    packed: Ints = (group << GROUP_AT) | ((HEAVIEST - np.minimum(weight[kept], HEAVIEST)) << WEIGHT_AT)
    packed |= (seen_mask[kept] << MASK) | mask[kept]
    return packed


def align(packed: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Groups in order with the sum of the pairs taken, and how many words of either side they cover."""
    group, weight = packed >> GROUP_AT, HEAVIEST - ((packed >> WEIGHT_AT) & _SPAN)
    seen, listed = (packed >> MASK) & LOW, packed & LOW
    first = np.diff(group, prepend=-1) > 0
    groups, owner = group[first], np.cumsum(first) - 1
    total = np.zeros(len(groups), np.int64)
    used_seen, used_listed = np.zeros(len(groups), np.int64), np.zeros(len(groups), np.int64)
    while len(owner):
        heads = np.flatnonzero(np.diff(owner, prepend=-1))
        mine = owner[heads]
        total[mine] += weight[heads]
        used_seen[mine] |= seen[heads]
        used_listed[mine] |= listed[heads]
        free = ((seen & used_seen[owner]) == 0) & ((listed & used_listed[owner]) == 0)
        owner, weight, seen, listed = owner[free], weight[free], seen[free], listed[free]
    return groups, total, np.bitwise_count(used_seen).astype(np.int64), np.bitwise_count(used_listed).astype(np.int64)


def left_over(seen: Ints, listed: Ints, weak: Ints) -> Ints:
    """Steps that the words without a partner, and a weak alias, take away."""
    return -(_SEEN[seen] + _LISTED[listed] + weak.astype(np.int64) * WEAK_NAME)


def explain_name(
    index: Index, name: Name, listed: int, nearby: dict[bytes, Nearby], dates: int, *, alike: bool
) -> list[Evidence]:
    """The pairs taken between a seen name and a listed one, then what was left over. `dates`: a place in `DATES`;
    `alike`: whether `rows` was told so of the two."""
    theirs = index.name(listed)
    numbers = dict(zip(theirs.units, index.words_of(listed), strict=True))
    possible = _possible(index, name, numbers, nearby, alike=alike)
    out, used, taken, total = [], 0, 0, 0
    for weight, mask, other_mask, unit, other in sorted(possible, key=lambda row: row[:3]):
        if not (mask & used or other_mask & taken):
            used, taken, total = used | mask, taken | other_mask, total - weight
            out.append(
                Evidence(
                    "name", -weight / GRID, _written(name, mask), _written(theirs, other_mask),
                    f"name.{why_of(name, theirs, unit, other)}",
                    {"borne": index.vocabulary.bearers(numbers[other]), "persons": index.vocabulary.rarity.persons},
                )
            )  # fmt: skip
    sizes = np.array([len(name.words)]), np.array([len(theirs.words)])
    scripts = np.array([script_between(name, theirs)])
    if excess := int(together(np.array([total]), np.array([dates]), *sizes, scripts)[0]):
        out.append(Evidence("name", -excess / GRID, "", "", "name.together"))
    without = [place for place in range(len(name.words)) if not used >> place & 1]
    for cost, place in zip(UNMATCHED_SEEN.tolist(), without, strict=False):
        out.append(Evidence("name", -cost / GRID, name.shown[place], "", "name.seen_only"))
    without = [place for place in range(len(theirs.words)) if not taken >> place & 1]
    for cost, place in zip(UNMATCHED_LISTED.tolist(), without, strict=False):
        out.append(Evidence("name", -cost / GRID, "", theirs.shown[place], "name.listed_only"))
    if index.name_weak[listed]:
        out.append(Evidence("name", -WEAK_NAME / GRID, "", " ".join(theirs.shown), "name.weak"))
    return out


def _possible(
    index: Index, name: Name, theirs: dict[Unit, int], nearby: dict[bytes, Nearby], *, alike: bool
) -> list[_Pair]:
    """The pairs of units that speak for each other: what `rows` finds for one pair of names. `theirs`: the units of the
    listed name with the numbers of their words."""
    possible: list[_Pair] = []
    for unit in name.units:
        words, weights, _ = nearby[unit.asked]
        for other, number in theirs.items():
            if PLAIN not in {unit.form, other.form}:
                continue
            place = int(np.searchsorted(words, number))
            if place < len(words) and words[place] == number:
                said = int(weights[place])
            elif alike:
                (said,) = index.vocabulary.weigh([unit.asked], np.zeros(1, np.int64), np.array([number])).tolist()
            else:
                continue
            weight = int(said - FORMS[unit.form] - FORMS[other.form])
            if weight >= LEAST:
                possible.append((-min(weight, HEAVIEST), unit.mask, other.mask, unit, other))
    return possible


def script_between(seen: Name, listed: Name) -> int:
    """1 where a name is seen in Arabic letters and listed in others, 0 elsewhere."""
    return int(seen.script == "arabic" and listed.script != "arabic")


def _written(name: Name, mask: int) -> str:
    return " ".join(word for place, word in enumerate(name.shown) if mask >> place & 1)


def why_of(one: Name, two: Name, unit: Unit, other: Unit) -> str:
    """Which spelling rule linked a unit of a name and one of another: a code of `WHYS`, without `name.`."""
    from mithaq.screening.keys import skeleton

    forms = (unit.form, other.form)
    if JOINED in forms:
        return "joined"
    if BARE in forms:
        return "particle"
    if ARTICLE in forms or STRIPPED in forms:
        return "article"
    if unit.code == other.code:
        return "exact"
    if one.script != two.script:
        return "script"
    return "skeleton" if skeleton(unit.code) == skeleton(other.code) else "spelling"
