"""Fits the trees that correct the sum of the weights (`data/forest.json`) on the given half of the bench.

    python -m bench.screening_trees            # the table held out by fold, both lists, and who bears the false alerts
    python -m bench.screening_trees --write    # the same, then fits to all of it and writes the data file

Gradient boosted trees (LightGBM) over the best pair of names of every traveller and person who reaches `LOW` bits, with
today's score as what is given: the trees say what is left. Monotone in all that agrees (`forest.FEATURES`). Folds share
no listed person. The unlisted travellers of both lists, ordinary or alike by name, are who it is not.

Kept from the trees on purpose, since the bench tells there what life does not: how many names a person has and whether
one is Arabic (nobody listed in Arabic letters is sought in Arabic letters, by how the bench was drawn: pairs of two
Arabic names are left out), and that an exact spelling speaks against a person (whoever is sought is spelt otherwise:
hence no feature may count against agreement). Nationality is given and not fitted, as in `bench.screening_tune`. Sought
persons in Arabic letters are one in six and travellers one in twenty: each of them counts half.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from bench.screening import PROTOTYPE, SHARED, given
from bench.screening_tune import recalls
from mithaq.screening import Index, Traveller, build, forest, score
from mithaq.screening.evidence.beside import weigh
from mithaq.screening.files import read_subjects
from mithaq.screening.names import parse
from mithaq.screening.weights import GRID, steps

FOLDS, TREES, SEED = 4, 60, 3
LOW = forest.FROM / GRID
GIVEN = {"national": 16.0, "public": 12.0}
"""Bits of today's score that are even odds on each list, as far as its travellers are drawn: lists have one forest."""
COUNTS, ARABIC = {"national": 1.0, "public": 2.0}, 0.5
BOUNDS, SHIFT = (-3.0, 1.0), -0.5
"""The least and the most bits that the trees may come to, and what is added: whoever may gain must be looked at, which
costs time, and thresholds stay near where they are."""
FITTED: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 16, "min_data_in_leaf": 20, "lambda_l2": 5.0,
    "feature_fraction": 0.8, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": SEED, "deterministic": True,
    "force_row_wise": True, "num_threads": 1, "verbose": -1, "monotone_constraints": list(forest.FEATURES.values()),
}  # fmt: skip
ABOUT = (
    "Trees that correct the sum of a pair's weights. features: more of it agrees (1), disagrees (-1), neither (0); "
    "values and thresholds in steps of 1/64 bit and counts, values of nodes in 1/64 step; bounds and shift in bits. "
    "Fitted by bench/screening_trees.py (LightGBM, monotone) to the given half of the screening bench: invented "
    "travellers, and persons of public lists by numbers alone. No name or person is in this file."
)
DATA = Path(forest.__file__).parent / "data/forest.json"
Columns = dict[str, np.ndarray]


def take_apart(index: Index, travellers: list[Traveller]) -> Columns:
    """The pairs of names of each traveller and his best candidates, one a row: features, today's score, whose."""
    parts = []
    for start in range(0, len(travellers), 300):
        some = travellers[start : start + 300]
        batch = score._prepare(index, some)
        pairs = score.weighed(index, batch, steps(LOW))
        owner = batch.owner[pairs.seen]
        now = (pairs.score + weigh(index, some, owner, pairs.person).total) / GRID
        arabic = np.array([name.script == "arabic" for name in batch.names], bool)[pairs.seen]
        rows = forest.measured(index, batch.names, pairs, np.arange(len(now)))
        part = {
            "owner": owner + start, "person": pairs.person, "now": now, "arabic": arabic,
            "sums": pairs.now, "both": arabic & (pairs.across == 0), "rows": rows,
        }  # fmt: skip
        order = np.lexsort((-now, pairs.person, owner))
        first = np.flatnonzero(np.diff((owner * (len(index.persons) + 1) + pairs.person)[order], prepend=-1))
        part["best"] = np.zeros(len(now), bool)
        part["best"][order[first]] = True
        kept = now >= LOW
        parts.append({name: column[kept] for name, column in part.items()})
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def corrected(rows: np.ndarray, sums: np.ndarray, model: lightgbm.Booster) -> np.ndarray:
    """Bits of a model as the engine reads it."""
    found = forest.correct(rows, sums, np.zeros(len(rows), bool), forest.read(written(model)))
    return sum(found) / GRID


def fit(lists: dict[str, Columns], right: dict[str, np.ndarray], kept: dict[str, np.ndarray]) -> lightgbm.Booster:
    """The trees for the rows that are kept."""
    use = {name: kept[name] & data["best"] & ~data["both"] for name, data in lists.items()}
    told = {
        "data": [data["rows"][use[name]] for name, data in lists.items()],
        "label": [right[name][use[name]] for name in lists],
        "weight": [
            np.where(right[name] & data["arabic"], ARABIC, 1.0)[use[name]] * COUNTS[name]
            for name, data in lists.items()
        ],
        "init_score": [(data["now"][use[name]] - GIVEN[name]) * np.log(2) for name, data in lists.items()],
    }
    columns = {name: np.concatenate(parts).astype(float) for name, parts in told.items()}
    return lightgbm.train(FITTED, lightgbm.Dataset(**columns, free_raw_data=False), TREES)


def written(model: lightgbm.Booster) -> dict[str, Any]:
    """The data file of a model: whole numbers; a node stands before those that it leads to."""
    scale = GRID * forest.FINER / np.log(2)
    nodes: dict[str, list[int]] = {name: [] for name in ("feature", "threshold", "low", "high", "value")}
    roots = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes["feature"])
        is_leaf = "leaf_index" in node or "split_feature" not in node
        value = node["leaf_value" if is_leaf else "internal_value"]
        row = (-1, 0) if is_leaf else (node["split_feature"], int(np.floor(node["threshold"])))
        for name, number in zip(nodes, (*row, 0, 0, round(value * scale)), strict=True):
            nodes[name].append(number)
        if not is_leaf:
            nodes["low"][place], nodes["high"][place] = add(node["left_child"]), add(node["right_child"])
        return place

    for tree in model.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"]))
    head = {"about": ABOUT, "features": forest.FEATURES, "bounds": BOUNDS, "shift": SHIFT}
    return {**head, "roots": roots, "nodes": nodes}


def bearers(data: Columns, bits: np.ndarray, kinds: np.ndarray, groups: np.ndarray) -> str:
    """Of groups of ordinary travellers, how many times the rate of all they bear at 1 in 1,000."""
    best = np.full(len(kinds), -1e9)
    np.maximum.at(best, data["owner"], bits)
    ordinary = kinds == "ordinary"
    alerts = best > np.sort(best[ordinary])[::-1][int(0.001 * ordinary.sum())]
    told = []
    for group in np.unique(groups):
        mine = ordinary & (groups == group)
        if mine.sum() >= 3000:
            told.append(f"{group} {alerts[mine].mean() / alerts[ordinary].mean():.2f} ({mine.sum()})")
    return ", ".join(told)


def main() -> None:
    """Held out by fold beside what is in force without trees; with --write the data file of all."""
    _, gold, crowd = given()
    lists: dict[str, Columns] = {}
    truths, kinds, people, right, folds, held = ({name: np.zeros(0) for name in PROTOTYPE} for _ in range(6))
    for name in PROTOTYPE:
        index = build(read_subjects(SHARED / f"{name}.jsonl.gz"))
        some = [one for one in crowd if gold[one.id]["list"] in (name, "both")]
        number = {person: place for place, person in enumerate(index.persons)}
        truths[name] = np.array([number.get(gold[one.id]["person"] or "", -1) for one in some])
        kinds[name] = np.array([gold[one.id]["kind"] for one in some])
        people[name] = np.array([[one.nationality or "unknown", _script(one)] for one in some])
        data = lists[name] = take_apart(index, some)
        right[name] = truths[name][data["owner"]] == data["person"]
        folds[name] = data["person"] * 7919 % 1009 % FOLDS
        held[name] = data["now"].copy()
    for fold in range(FOLDS):
        model = fit(lists, right, {name: folds[name] != fold for name in lists})
        for name, data in lists.items():
            out = folds[name] == fold
            held[name][out] += corrected(data["rows"][out], data["sums"][out], model)
    model = fit(lists, right, {name: folds[name] >= 0 for name in lists})
    for name, data in lists.items():
        print(name, [f"{rate} {kind}" for rate, kind in PROTOTYPE[name]])
        scores = {"without ": data["now"], "held out": held[name]}
        for what, bits in (scores | {"fitted  ": data["now"] + corrected(data["rows"], data["sums"], model)}).items():
            print(" ", what, recalls(data, bits, truths[name], kinds[name], name))
        for what, bits in scores.items():
            for column in range(2):
                print("  borne,", what, bearers(data, bits, kinds[name], people[name][:, column]))
    if "--write" in sys.argv:
        DATA.write_text(_text(written(model)), encoding="utf8")


def _script(one: Traveller) -> str:
    return f"script {parse(one.names[0]).script}" if one.names else "no name"


def _text(data: dict[str, Any]) -> str:
    nodes = ",\n".join(f" {json.dumps(name)}: {json.dumps(column)}" for name, column in data["nodes"].items())
    rows = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in data.items() if name != "nodes"]
    return "{\n" + ",\n".join(rows) + ',\n"nodes": {\n' + nodes + "\n}\n}\n"


if __name__ == "__main__":
    main()
