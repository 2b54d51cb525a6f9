"""Travellers against an index: candidates by name or document, weighed over columns, best first.

Rule: a traveller's answer depends on the traveller and the index alone: not on the batch, its order or its size. One
result a human; ties in the order of subject ids. Implements design: screening, "Shape" and "Batch-independent".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mithaq.screening import forest
from mithaq.screening.bounds import Kind
from mithaq.screening.columns import Ints, Runs
from mithaq.screening.evidence import birth_date, nationality, sex
from mithaq.screening.evidence.beside import weigh
from mithaq.screening.evidence.name import align, explain_name, left_over, rows
from mithaq.screening.explain import explain
from mithaq.screening.index import Index
from mithaq.screening.names import Name, parse
from mithaq.screening.records import Candidate, Evidence, Result, Traveller
from mithaq.screening.weights import GRID, steps, together

FLOOR = 0.0
"""The default floor in bits: even odds against a random pair. Low enough to calibrate on, far below any alert."""

_BATCH = 400  # names, or travellers
_MOST_NAMES = 20  # names of one traveller that are looked at


class _Batch(NamedTuple):
    travellers: Sequence[Traveller]
    names: list[Name]
    owner: Ints  # of each name its traveller
    dates: Ints  # year, last year, month, day by traveller
    alike: Ints  # `evidence.name.rows`: names of a traveller and of who is listed with the same day, or the document


class _Wanted(NamedTuple):
    limit: int
    floor: float
    evidence: bool
    documented: bool
    told_from: float
    learned: bool


def screen(
    index: Index,
    travellers: Sequence[Traveller],
    limit: int = 5,
    floor: float = FLOOR,
    *,
    evidence: bool = True,
    documented: bool = False,
    told_from: float | None = None,
    learned: bool = True,
) -> list[Result]:
    """The best `limit` humans of the list for each traveller, in order, with scores of at least `floor` bits.

    Without `evidence` the scores are the same and are not explained (much faster for millions of travellers). With
    `documented`, the holders of the traveller's document are among them whatever their score and however many.
    `Result.best` is told from `told_from` bits on (default: the floor); under it, it may be that of another. Not
    `learned`: the sum of the weights alone, where names are compared and nobody travels (`forest`).
    """
    told_from = floor if told_from is None else min(floor, told_from)
    wanted = _Wanted(limit, floor, evidence, documented, told_from, learned)
    out: list[Result] = []
    start = names = 0
    for place, one in enumerate(travellers):
        names += min(len(one.names), _MOST_NAMES)
        if names > _BATCH - _MOST_NAMES or place + 1 - start >= _BATCH:
            out.extend(_screen(index, travellers[start : place + 1], wanted))
            start, names = place + 1, 0
    return [*out, *_screen(index, travellers[start:], wanted)]


def _screen(index: Index, travellers: Sequence[Traveller], wanted: _Wanted) -> list[Result]:
    batch = _prepare(index, travellers)
    traveller, listed, seen, score, learned = _by_name(index, batch, steps(wanted.told_from), by_trees=wanted.learned)
    if not len(traveller):  # as most are like nobody of the few who changed
        return [Result(one.id, ()) for one in travellers]
    beside = weigh(index, travellers, traveller, index.name_person[listed].astype(np.int64))
    score = score + beside.total
    record = index.name_record[listed]
    order = np.lexsort((record, -score, traveller))
    highest = np.full(len(travellers), -np.inf)
    np.maximum.at(highest, traveller, score / GRID)
    certain = (beside.document > 0) & wanted.documented
    order = order[(score[order] >= steps(wanted.floor)) | certain[order]]
    bounds = np.searchsorted(traveller[order], np.arange(len(travellers) + 1))

    first = np.arange(len(order)) < bounds[traveller[order]] + max(wanted.limit, 0)
    kept = first | certain[order]
    best = [order[start:end][kept[start:end]].tolist() for start, end in pairwise(bounds)]
    known = frozenset(batch.alike.tolist() if wanted.evidence else ())
    looked = {int(seen[place]) for places in best for place in places}
    asked = {unit.asked for place in looked for unit in batch.names[place].units}
    nearby = index.vocabulary.nearby(sorted(asked)) if wanted.evidence else {}

    def candidate(place: int) -> Candidate:
        why: tuple[Evidence, ...] = ()
        if wanted.evidence:
            dates = int(birth_date.standing(beside.birth_date[1][place]))
            theirs, ours = int(listed[place]), int(seen[place])
            alike = ours * index.size + theirs in known
            name = explain_name(index, batch.names[ours], theirs, nearby, dates, alike=alike)
            more = int(learned[0, place]), int(learned[1, place])
            why = explain(travellers[traveller[place]], name, index, beside, place, more)
        subject, person = index.ids[record[place]], index.persons[index.person_of[record[place]]]
        return Candidate(subject, person, int(score[place]) / GRID, why)

    return [
        Result(one.id, tuple(map(candidate, places)), top)
        for one, places, top in zip(travellers, best, highest.tolist(), strict=True)
    ]


def _prepare(index: Index, travellers: Sequence[Traveller]) -> _Batch:
    # Who comes without a name is asked about as well: the document may be listed.
    asked = ((number, text) for number, one in enumerate(travellers) for text in one.names[:_MOST_NAMES] or ("",))
    parsed = [(number, parse(text)) for number, text in asked]
    names = [name for _, name in parsed]
    owner = np.array([number for number, _ in parsed], np.int64)
    dates = birth_date.columns([one.birth_date for one in travellers])
    traveller, person = index.birth_dates.same_day(dates)
    holders = [(number, who) for number, one in enumerate(travellers) for who in index.documents.held_by(one.document)]
    if holders:
        traveller, person = (
            np.append(*pair) for pair in zip((traveller, person), zip(*holders, strict=True), strict=True)
        )
    if index.gone is not None:
        here = ~index.gone[person]
        traveller, person = traveller[here], person[here]
    return _Batch(travellers, names, owner, dates, _alike(index, owner, traveller, person))


def _alike(index: Index, owner: Ints, traveller: Ints, person: Ints) -> Ints:
    """Every name of a traveller (a column that is sorted) with every name of a person, for pairs of both; in order."""
    which, listed = index.names_of.spread(person)
    pair, seen = Runs.of(owner, int(owner.max(initial=-1)) + 1).spread(traveller[which])
    return np.unique(seen * index.size + listed[pair])


def _by_name(index: Index, batch: _Batch, floor: int, *, by_trees: bool) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """(traveller, listed name, seen name, steps) of the best pair of names of each traveller and human worth a look,
    and the steps among them that the trees gave the name and the date, as two rows."""
    # Who reaches the floor by what the trees add is as much under it without.
    pairs = weighed(index, batch, floor - forest.MOST if by_trees else floor)
    learned = np.zeros((2, len(pairs.groups)), np.int64)
    if by_trees:
        learned = forest.learned(index, batch.names, pairs, floor, batch.alike)
    score = pairs.score + learned.sum(axis=0)
    traveller = batch.owner[pairs.seen]
    order = np.lexsort((pairs.seen, pairs.listed, -score, pairs.person, traveller))
    pair = (traveller * (len(index.persons) + 1) + pairs.person)[order]
    best = order[np.flatnonzero(np.diff(pair, prepend=-1))]
    return traveller[best], pairs.listed[best], pairs.seen[best], score[best], learned[:, best]


def weighed(index: Index, batch: _Batch, floor: int) -> forest.Pairs:
    """All pairs of a name of a traveller and one of a human worth a look, with what their words come to (steps)."""
    dates = np.ascontiguousarray(batch.dates[:, batch.owner].T)
    packed = rows(index, batch.names, _kinds(batch), dates, floor, batch.alike)
    groups, total, used_seen, used_listed = align(packed)
    words = np.array([len(name.words) for name in batch.names], np.int64)
    extra = np.setdiff1d(batch.alike, groups)
    if len(extra):
        nothing = np.zeros(len(extra), np.int64)
        groups = np.append(groups, extra)
        order = np.argsort(groups)
        groups, total, used_seen, used_listed = (
            groups[order], *(np.append(column, nothing)[order] for column in (total, used_seen, used_listed))
        )  # fmt: skip
    size = max(index.size, 1)
    seen, listed = groups // size, groups % size
    person = index.name_person[listed].astype(np.int64)
    bits, why, _ = index.birth_dates.weigh(batch.dates[:, batch.owner[seen]], person)
    theirs = index.name_words[listed].astype(np.int64)
    arabic = np.array([name.script == "arabic" for name in batch.names], bool)
    scripts = (arabic[seen] & ~index.name_arabic[listed]).astype(np.int64)
    seen_left, listed_left, weak = words[seen] - used_seen, theirs - used_listed, index.name_weak[listed]
    score = (
        total
        - together(total, birth_date.standing(why), words[seen], theirs, scripts)
        + left_over(seen_left, listed_left, weak)
    )
    return forest.Pairs(
        groups, packed, seen, listed, person, total, seen_left, listed_left, words[seen], theirs, weak, scripts, score,
        bits, why == birth_date.WHYS.index("missing"),
    )  # fmt: skip


def _kinds(batch: _Batch) -> Ints:
    """What is known of each seen name beside its words."""
    travellers = [batch.travellers[owner] for owner in batch.owner.tolist()]
    return np.array(
        [
            Kind(
                min(max(len(name.words), 1), 3), name.script == "arabic",
                bool(nationality.code(one.nationality)), sex.code(one.sex) > 0,
            ).number
            for name, one in zip(batch.names, travellers, strict=True)
        ],
        np.int64,
    )  # fmt: skip
