"""Fits what names, dates and words left over count together (`data/weights.json`) on the given half of the bench.

    python -m bench.screening_tune      # prints recall, held out and fitted, and the weights for a person to write down

Logistic regression over the best candidates of every traveller of both lists: bent lines of the sum of a name's words,
one for each way in which the dates may stand (`weights.DATES`), the reason of the date, the words left over, the number
of words. Nationality is given and not fitted (the bench knows no dual nationals). Folds share no person: the recall
`held out` is that of scores from weights fitted on the other folds. Candidates are found and taken apart with the
weights in force, so repeat it after a large change. What is seldom in the bench (a shared month, 1 January on the list)
and what `assumed` names is set by hand; the weights written are rounded and never fall as a name agrees better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bench.screening import PROTOTYPE, SHARED, given, sample
from mithaq.screening import Index, Traveller, build, score
from mithaq.screening.evidence.beside import weigh
from mithaq.screening.evidence.birth_date import WHYS, standing
from mithaq.screening.evidence.name import align, rows
from mithaq.screening.files import read_subjects
from mithaq.screening.weights import DATES, GRID

KEPT, FOLDS, ORDINARY, SHRINK = 3, 3, 60_000, 1.0
KNOTS, KNOTS_BY_DATE = (4, 8, 12, 16, 20, 26), (10, 18)
SHOWN = (-12, -4, 0, 4, 8, 10, 12, 16, 18, 20, 26, 32, 44)
Columns = dict[str, np.ndarray]


def take_apart(index: Index, travellers: Sequence[Traveller]) -> Columns:
    """The best candidates of each traveller, one a row, as columns."""
    parts = []
    for start in range(0, len(travellers), 300):
        some = travellers[start : start + 300]
        batch = score._prepare(index, some)
        groups, total, used, taken = align(rows(index, batch.names, batch.nearby, batch.alike))
        owner, listed, seen, steps = score._by_name(index, batch)
        person = index.name_person[listed]
        beside = weigh(index, some, owner, person)
        place = np.searchsorted(groups, seen * index.size + listed)
        words = np.array([len(name.words) for name in batch.names])[seen]
        part = {
            "owner": owner + start, "person": person, "total": total[place] / GRID, "words": words,
            "listed_words": index.name_words[listed], "seen_left": words - used[place],
            "listed_left": index.name_words[listed] - taken[place], "weak": index.name_weak[listed],
            "why": beside.birth_date[1], "nation": beside.nationality[0] / GRID, "worst": -(steps + beside.total),
        }  # fmt: skip
        order = np.lexsort((part["worst"], owner))
        rank = np.arange(len(order)) - np.searchsorted(owner[order], owner[order])
        parts.append({name: column[order[rank < KEPT]] for name, column in part.items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def bent(values: np.ndarray, knots: Sequence[int]) -> list[np.ndarray]:
    """A line and what it turns by at each knot."""
    return [values, *(np.maximum(values - knot, 0) for knot in knots)]


def features(data: Columns) -> dict[str, np.ndarray]:
    """What is fitted, by name."""
    total, dates = np.clip(data["total"], SHOWN[0], SHOWN[-1]), standing(data["why"])
    out = {f"name {place}": column for place, column in enumerate(bent(total, KNOTS))}
    for number, name in enumerate(DATES[1:], 1):
        for place, column in enumerate(bent(total, KNOTS_BY_DATE)):
            out[f"{name} {place}"] = column * (dates == number)
    out |= {f"date {why}": data["why"] == number for number, why in enumerate(WHYS) if why != "missing"}
    out |= {f"{side} {k}": data[side] >= k for side in ("seen_left", "listed_left") for k in (1, 2, 3)}
    out |= {f"{side} one": data[side] == 1 for side in ("words", "listed_words")}
    out |= {f"{side} many": data[side] >= 3 for side in ("words", "listed_words")}
    return {name: np.asarray(column, float) for name, column in (out | {"weak": data["weak"]}).items()}


def fit(inputs: np.ndarray, right: np.ndarray, offset: np.ndarray) -> tuple[float, np.ndarray]:
    """Constant and weights in bits of a logistic regression with a given part `offset` (bits).

    Newton's steps, halved until they help: whole ones run away where few answers lie between right and wrong.
    """
    middle, spread = inputs.mean(0), inputs.std(0)
    told = spread > 1e-6
    columns = np.c_[np.ones(len(inputs)), (inputs[:, told] - middle[told]) / spread[told]]
    found, given_part = np.zeros(columns.shape[1]), offset * np.log(2)
    found[0] = -3.0
    held = np.r_[0.0, np.full(columns.shape[1] - 1, SHRINK)]

    def loss(weights: np.ndarray) -> float:
        bits = columns @ weights + given_part
        return float(np.sum(np.logaddexp(0, bits) - right * bits) + 0.5 * np.sum(held * weights**2))

    least = loss(found)
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(columns @ found + given_part, -30, 30)))
        curve = (columns * (chance * (1 - chance) + 1e-9)[:, None]).T @ columns + np.diag(held + 1e-6)
        step = np.linalg.solve(curve, columns.T @ (right - chance) - held * found)
        share = 1.0
        while share > 1e-4 and loss(found + share * step) > least:
            share /= 2
        found, before, least = found + share * step, least, loss(found + share * step)
        if before - least < 1e-4:
            break
    weights = np.zeros(inputs.shape[1])
    weights[told] = found[1:] / spread[told]
    return float((found[0] - (weights * middle).sum()) / np.log(2)), weights / np.log(2)


def recalls(data: Columns, bits: np.ndarray, truth: np.ndarray, kinds: np.ndarray, name: str) -> list[float]:
    """The recall at every rate of the bench under scores `bits`."""
    owner = data["owner"]
    order = np.lexsort((-bits, owner))
    heads = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    best, who = np.full(len(truth), -1e9), np.full(len(truth), -2)
    best[owner[heads]], who[owner[heads]] = bits[heads], data["person"][heads]
    out = []
    for rate, kind in PROTOTYPE[name]:
        asked, bar = kinds == kind, -np.inf
        if rate != "first":
            crowd, _, share = rate.partition("@")
            ranked = np.sort(best[kinds == crowd])[::-1]
            bar = ranked[int(float(share) * len(ranked))]
        out.append(round(float(((who[asked] == truth[asked]) & (best[asked] > bar)).mean()), 4))
    return out


def main() -> None:
    _, gold, crowd = given()
    lists: list[tuple[str, Columns, np.ndarray, np.ndarray]] = []
    for name in PROTOTYPE:
        index, some = build(read_subjects(SHARED / f"{name}.jsonl.gz")), sample(crowd, gold, name, ORDINARY)
        number = {person: place for place, person in enumerate(index.persons)}
        answers: list[dict[str, Any]] = [gold[one.id] for one in some]
        truth = np.array([number.get(row["person"], -1) for row in answers])
        lists.append((name, take_apart(index, some), truth, np.array([row["kind"] for row in answers])))
    names = list(features(lists[0][1]))
    inputs = [np.stack(list(features(data).values()), 1) for _, data, _, _ in lists]
    right = [(data["person"] == truth[data["owner"]]).astype(float) for _, data, truth, _ in lists]
    offset = [data["nation"] for _, data, _, _ in lists]
    draw = np.random.default_rng(0)
    folds = []
    for _, data, truth, _ in lists:
        of_person, of_other = draw.integers(0, FOLDS, truth.max() + 1), draw.integers(0, FOLDS, len(truth))
        folds.append(np.where(truth >= 0, of_person[truth], of_other)[data["owner"]])
    held = [np.zeros(len(column)) for column in right]
    for fold in range(FOLDS + 1):
        rest = [column != fold for column in folds]  # the last round leaves nobody out
        constant, weights = fit(*(
            np.concatenate([c[r] for c, r in zip(columns, rest, strict=True)]) for columns in (inputs, right, offset)
        ))  # fmt: skip
        for scores, column, nation, kept in zip(held, inputs, offset, rest, strict=True):
            scores[~kept] = (constant + column @ weights + nation)[~kept]
    for (name, data, truth, kinds), scores, column, nation in zip(lists, held, inputs, offset, strict=True):
        print(name, [f"{rate} {kind}" for rate, kind in PROTOTYPE[name]])
        print("  held out", recalls(data, scores, truth, kinds, name))
        print("  fitted  ", recalls(data, constant + column @ weights + nation, truth, kinds, name))
        print("  in force", recalls(data, -data["worst"].astype(float), truth, kinds, name))
    show(dict(zip(names, weights.tolist(), strict=True)))


def show(weights: dict[str, float]) -> None:
    """The bent lines by date at `SHOWN`, and the other weights, in bits."""
    lines = {}
    for number, name in enumerate(DATES):
        parts = [(weights[f"name {k}"], column) for k, column in enumerate(bent(np.array(SHOWN), KNOTS))]
        if number:
            more = enumerate(bent(np.array(SHOWN), KNOTS_BY_DATE))
            parts += [(weights[f"{name} {k}"], column) for k, column in more]
        lines[name] = sum(weight * column for weight, column in parts)
        print(f"{name:12}", np.round(lines[name], 2).tolist())
    print({name: round(bits, 2) for name, bits in weights.items() if not name.startswith(("name ", *DATES))})


if __name__ == "__main__":
    main()
