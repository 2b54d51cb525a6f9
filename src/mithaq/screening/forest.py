"""What a name and a date say together beyond their sum: boosted trees fitted to known answers (`data/forest.json`).

Rule: the trees correct the sum of the weights by at least `LEAST` and at most `MOST` steps and never fall as anything
agrees better, so that a score does not either; what they say is split to the name and the date by the features that
were decided on (each tree's way from root to leaf; Saabas 2014). Nationality, sex and documents are none of it: their
weights are bounded by hand. Fitted by bench/screening_trees.py. Implements design: screening, "Explained".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mithaq.errors import ConfigError
from mithaq.screening.columns import Ints
from mithaq.screening.index import Index
from mithaq.screening.names import PLAIN, Name
from mithaq.screening.shapes import GROUP_AT
from mithaq.screening.symbols import table
from mithaq.screening.weights import GRID, WEIGHTS, steps

FEATURES = {
    "total": 1, "first": 1, "second": 1, "third": 1, "cost": -1, "rarest": 0, "rare": 0, "seen_left": -1,
    "listed_left": -1, "seen_words": 0, "listed_words": 0, "weak": -1, "across": 0, "other": 1, "birth_date": 1,
}  # fmt: skip
"""What is measured of a pair, in steps or counts, and whether more of it agrees (1), disagrees (-1), or is neither. The
sum of the words, the three heaviest, what their spelling costs, the rarest of them, how rare the whole seen name is;
words left over, words; a weak alias; Arabic letters for others; the score of the best other name of the person; the
birth date's weight."""
NO_OTHER = -20 * GRID
"""The score of another name of a person who has none."""
FROM = 4 * GRID
"""So many steps a pair had to come to for the trees to be fitted to it: they know nothing of those under it."""
FINER = 64
"""Values of nodes are whole numbers of 1/64 step."""
_WORDS = 5  # more words than this are as many


class Forest(NamedTuple):
    """Trees as columns of nodes, `roots` first in each: the feature decided on (-1: a leaf), up to which value the
    `low` child is next and else the `high` one, and what the node is worth (1/64 step, the mean of its leaves).
    `bounds`: the least and the most steps that all of it may come to, once `shift` (1/64 step) is added."""

    roots: Ints
    feature: Ints
    threshold: Ints
    low: Ints
    high: Ints
    value: Ints
    shift: int
    bounds: tuple[int, int]


def read(data: Mapping[str, Any]) -> Forest:
    """The forest of a data file. Raises ConfigError `screening.forest` where it is not one: other features than are
    measured, a child that is not further on, a tree that falls where it should rise."""
    try:
        if list(data["features"].items()) != list(FEATURES.items()):
            raise _broken("its features are not those that are measured")
        feature, threshold, low, high, value = (
            np.array(data["nodes"][name], np.int64) for name in ("feature", "threshold", "low", "high", "value")
        )
        roots = np.array(data["roots"], np.int64)
        least, most = (steps(bits) for bits in data["bounds"])
        shift = steps(data["shift"]) * FINER
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise _broken("it has not the form of one") from error
    forest = Forest(roots, feature, threshold, low, high, value, shift, (least, most))
    _check(forest)
    return forest


def _check(forest: Forest) -> None:
    columns, count = forest[1:6], len(forest.feature)
    if any(column.shape != (count,) for column in columns) or forest.roots.ndim != 1 or not len(forest.roots):
        raise _broken("its columns are not of one length")
    inner = np.flatnonzero(forest.feature >= 0)
    ahead = np.minimum(forest.low[inner], forest.high[inner]) > inner
    ends = np.append(forest.roots[1:], count)[np.searchsorted(forest.roots, inner, "right") - 1] if count else inner
    inside = np.maximum(forest.low[inner], forest.high[inner]) < ends
    starts = forest.roots[0] == 0 and bool((np.diff(forest.roots) > 0).all()) and forest.roots[-1] < count
    if not starts or not (ahead & inside).all() or (forest.feature >= len(FEATURES)).any():
        raise _broken("a node leads nowhere")
    if not forest.bounds[0] <= 0 <= forest.bounds[1]:
        raise _broken("its bounds do not hold nothing")
    # Where a feature tells for or against, no leaf on its worse side is above one on its better side.
    least, most = forest.value.copy(), forest.value.copy()
    signs = np.array(list(FEATURES.values()))
    for node in inner[::-1].tolist():
        low, high = int(forest.low[node]), int(forest.high[node])
        sign = signs[forest.feature[node]]
        worse, better = (low, high) if sign > 0 else (high, low)
        if sign and most[worse] > least[better]:
            raise _broken("a tree falls where something agrees better")
        least[node], most[node] = min(least[low], least[high]), max(most[low], most[high])


def _broken(why: str) -> ConfigError:
    return ConfigError(
        "screening.forest", "The data file of the trees cannot be used: {why}.",
        remedy="Install Mithaq anew.", where="data/forest.json", why=why,
    )  # fmt: skip


FOREST = read(table("forest"))
LEAST, MOST = FOREST.bounds
# The most that what is known beside names and dates adds, but for a listed document.
_BESIDE = steps(WEIGHTS["nationality"]["most"]) + steps(WEIGHTS["sex"]["same"])
_DATED = np.array([name == "birth_date" for name in FEATURES])


class Pairs(NamedTuple):
    """Pairs of names, in the order of their groups (`shapes.GROUP_AT`), as `score` has weighed them: of each its
    columns in `FEATURES` that need no words, and the rows `packed` that its words come from."""

    groups: Ints
    packed: Ints
    seen: Ints
    listed: Ints
    person: Ints
    total: Ints
    seen_left: Ints
    listed_left: Ints
    seen_words: Ints
    listed_words: Ints
    weak: NDArray[np.generic]
    across: Ints
    score: Ints
    birth_date: Ints
    missing: NDArray[np.bool_]  # whether there is no date to compare

    def at(self, some: Ints) -> Pairs:
        """The pairs at these places."""
        return Pairs._make(column if column is self.packed else column[some] for column in self)

    @property
    def now(self) -> Ints:
        """Steps of the names and the dates without the trees."""
        return self.score + self.birth_date


def learned(index: Index, names: Sequence[Name], pairs: Pairs, floor: int, alike: Ints) -> Ints:
    """What `correct` gives each pair, as two rows; nothing for pairs whose score could not reach `floor` by it, unless
    they are `alike`: a document may bring those to any score."""
    out = np.zeros((2, len(pairs.groups)), np.int64)
    near = (pairs.now >= floor - MOST - _BESIDE) | np.isin(pairs.groups, alike)
    some = np.flatnonzero(near & (pairs.now >= FROM))
    if len(some):
        out[:, some] = correct(measured(index, names, pairs, some), pairs.now[some], pairs.missing[some])
    return out


def measured(index: Index, names: Sequence[Name], pairs: Pairs, some: Ints) -> Ints:
    """The features of the pairs at the places `some`, a row each, in the order of `FEATURES`."""
    from mithaq.screening.kernel_forest import measure

    other = _other(pairs)[some]
    pairs = pairs.at(some)
    asked, number = np.unique(pairs.seen, return_inverse=True)
    named = [names[one] for one in asked.tolist()]
    units = [unit for name in named for unit in name.units]
    starts = np.zeros(len(named) + 1, np.int64)
    np.cumsum([len(name.units) for name in named], out=starts[1:])
    masks = np.fromiter((unit.mask for unit in units), np.int64, len(units))
    plain = np.fromiter((unit.form == PLAIN for unit in units), np.bool_, len(units))
    chances = index.vocabulary.by_chance([unit.asked for unit in units])
    low, high = (np.searchsorted(pairs.packed, (pairs.groups + more) << GROUP_AT) for more in (0, 1))
    arabic = index.name_arabic[pairs.listed].astype(np.int64)
    words = measure(pairs.packed, low, high, number.astype(np.int64), arabic, starts, masks, plain, chances)
    return np.column_stack(
        (
            pairs.total, words, pairs.seen_left, pairs.listed_left, np.minimum(pairs.seen_words, _WORDS),
            np.minimum(pairs.listed_words, _WORDS), pairs.weak.astype(np.int64), pairs.across, other,
            pairs.birth_date,
        )
    )  # fmt: skip


def _other(pairs: Pairs) -> Ints:
    """The score of the best other name of the person, for the same seen name."""
    order = np.lexsort((pairs.listed, -pairs.score, pairs.person, pairs.seen))
    same = (np.diff(pairs.seen[order]) == 0) & (np.diff(pairs.person[order]) == 0)
    head = np.flatnonzero(np.concatenate(([True], ~same)))[: len(order)]
    which = np.repeat(head, np.diff(np.append(head, len(order))))
    second = np.minimum(head + 1, max(len(order) - 1, 0))
    alone = np.diff(np.append(head, len(order))) == 1
    out = np.empty(len(order), np.int64)
    out[order] = pairs.score[order[which]]
    out[order[head]] = np.where(alone, NO_OTHER, pairs.score[order[second]])
    return out


def correct(rows: Ints, now: Ints, missing: NDArray[np.bool_], forest: Forest = FOREST) -> tuple[Ints, Ints]:
    """Steps by which the sum of a pair's weights is corrected, for the name and for the birth date; `now` is what these
    two come to. Where a date is `missing`, all of it is said of the name; where no words speak for the pair, nothing is
    said for it. Who is under `FROM` is left there, and nobody is brought under it."""
    from mithaq.screening.kernel_forest import walk_down

    found = walk_down(np.ascontiguousarray(rows), *forest[:6], _DATED)
    whole = np.clip((found[:, 0] + forest.shift) // FINER, *forest.bounds)
    whole = np.where(now < FROM, 0, np.maximum(whole, FROM - now))
    name = whole - np.where(missing | (now < FROM), 0, found[:, 1] // FINER)
    unlike = rows[:, 0] <= 0
    whole, name = (np.where(unlike, np.minimum(part, 0), part) for part in (whole, name))
    name = np.where(missing, whole, name)
    return name, whole - name
