"""Fits the weights beside the edit costs (`data/weights.json`) on the given half of the screening bench.

    python -m bench.screening_tune      # prints the weights it would choose; a person writes them into weights.json

Coordinate search on the recall at the rates of the bench, both lists and both scripts together. Candidates are found
and taken apart once with the weights in force, so repeat it after a large change. What `assumed` names in
weights.json, the forms, the crowd and the costs of unseen words are not searched here. The share kept beyond the knee
was then set a little above what the search likes: a rare name alone must be able to alert, and the homonyms of the
bench vote against that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np

from bench.screening import PROTOTYPE, SHARED, given, sample
from mithaq.screening import Index, Traveller, build, score
from mithaq.screening.evidence.beside import weigh
from mithaq.screening.evidence.birth_date import WHYS
from mithaq.screening.evidence.name import align, rows
from mithaq.screening.files import read_subjects
from mithaq.screening.symbols import table
from mithaq.screening.weights import GRID

KEPT, STEPS = 8, (1.0, 0.5, 0.25)
NAME = ("knee", "share", "unmatched_seen", "unmatched_listed", "weak_name")


def take_apart(index: Index, travellers: Sequence[Traveller]) -> np.ndarray:
    """The best candidates of each traveller one a row, in the order that `recalls` reads."""
    out = []
    for start in range(0, len(travellers), 300):
        some = travellers[start : start + 300]
        batch = score._prepare(index, some)
        groups, total, used, taken = align(rows(index, batch.names, batch.nearby))
        owner, listed, seen, steps = score._by_name(index, batch)
        person = index.name_person[listed]
        beside = weigh(index, some, owner, person)
        place = np.searchsorted(groups, seen * len(index.names) + listed)
        words = np.array([len(name.words) for name in batch.names])
        rest = beside.total - beside.birth_date[0]
        table_ = np.stack(
            [
                owner + start, person, total[place] / GRID, words[seen] - used[place],
                index.name_words[listed] - taken[place], index.name_weak[listed], beside.birth_date[1],
                beside.birth_date[0] / GRID, rest / GRID, -(steps + beside.total),
            ],
            axis=1,
        )  # fmt: skip
        table_ = table_[np.lexsort((table_[:, -1], owner))]
        rank = np.arange(len(table_)) - np.searchsorted(table_[:, 0], table_[:, 0])
        out.append(table_[rank < KEPT, :-1])
    return np.concatenate(out)


def recalls(apart: np.ndarray, truth: np.ndarray, kinds: np.ndarray, name: str, w: Mapping[str, float]) -> list[float]:
    """The recall at every rate of the bench under the weights `w`."""
    owner, person, total, seen, listed, weak, why, date, rest = apart.T
    known = np.array([w.get(code, np.nan) for code in WHYS])[why.astype(int)]
    bits = total - np.maximum(total - w["knee"], 0) * (1 - w["share"]) + rest + np.where(np.isnan(known), date, known)
    bits -= seen * w["unmatched_seen"] + listed * w["unmatched_listed"] + weak * w["weak_name"]
    order = np.lexsort((-bits, owner))
    heads = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    best, who = np.full(len(truth), -1e9), np.full(len(truth), -2.0)
    best[owner[heads].astype(int)], who[owner[heads].astype(int)] = bits[heads], person[heads]
    out = []
    for rate, kind in PROTOTYPE[name]:
        asked, bar = kinds == kind, -np.inf
        if rate != "first":
            crowd, _, share = rate.partition("@")
            ranked = np.sort(best[kinds == crowd])[::-1]
            bar = ranked[int(float(share) * len(ranked))]
        out.append(float(((who[asked] == truth[asked]) & (best[asked] > bar)).mean()))
    return out


def main() -> None:
    (_, gold, crowd), force = given(), table("weights")
    data = []
    for name in PROTOTYPE:
        index, some = build(read_subjects(SHARED / f"{name}.jsonl.gz")), sample(crowd, gold, name, 60_000)
        number = {person: place for place, person in enumerate(index.persons)}
        answers = [gold[one.id] for one in some]
        truth = np.array([number.get(row["person"], -1) for row in answers])
        data.append((take_apart(index, some), truth, np.array([row["kind"] for row in answers]), name))

    def worth(w: Mapping[str, float]) -> float:
        return sum(sum(recalls(*one, w)) for one in data)

    best = {**force["together"], **{name: force[name] for name in NAME[2:]}, **force["birth_date"]}
    reached = worth(best)
    for step in STEPS:
        for name in [*best, *best]:
            for change in (step, -step):
                tried = {**best, name: best[name] + change * (0.1 if name == "share" else 1.5)}
                if 0 <= tried["share"] <= 1 and (now := worth(tried)) > reached + 1e-4:
                    best, reached = tried, now
                    break
    print(json.dumps({name: round(value, 3) for name, value in best.items()}, indent=1))
    for one in data:
        print(one[-1], [round(value, 3) for value in recalls(*one, best)])


if __name__ == "__main__":
    main()
