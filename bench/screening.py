"""`screening`: recall at fixed false-alert rates by kind and script, and speed.

Travellers, lists and known answers are the given half of the shared screening bench; recall is always said with its
rate. References: for recall the simple prototype's published figure (of the sealed half, from the shared README, not
measured here); for speed rapidfuzz by brute force over the same names in the same run. All of the given half is taken;
`SCREENING_SAMPLE` bounds the ordinary and the hard travellers each, for a quick look. Document: issue 2, "Numbers";
issue 3, point 2; design: screening, "What counts".
"""

from __future__ import annotations

import importlib.util
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from bench.record import Figure, Reference, Spread, pairs, seconds
from mithaq.screening import Index, Subject, Traveller, build, screen
from mithaq.screening.files import read_subjects, read_travellers

SHARED = Path(__file__).resolve().parents[2] / "shared/bench/screening"
NAME = "screening"
WHOLE, HARD, TIMED = 10**6, 3_000, 20_000
TIMES = 5
# What the shared README says of the simple prototype, on the sealed half: (rate, kind of positive) -> recall.
PROTOTYPE = {
    "national": {
        ("ordinary@0.001", "variant"): 0.58, ("ordinary@0.001", "script"): 0.56,
        ("ordinary@0.0001", "variant"): 0.44, ("ordinary@0.0001", "script"): 0.40,
        ("homonym@0.01", "variant"): 0.74, ("homonym@0.01", "script"): 0.70,
        ("first", "variant"): 0.96, ("first", "script"): 0.89,
    },
    "public": {
        ("ordinary@0.001", "alias"): 0.59, ("ordinary@0.001", "script"): 0.70,
        ("ordinary@0.0001", "alias"): 0.45, ("ordinary@0.0001", "script"): 0.60,
        ("lookalike@0.01", "alias"): 0.68, ("lookalike@0.01", "script"): 0.82,
        ("first", "alias"): 0.91, ("first", "script"): 0.96,
    },
}  # fmt: skip


def run() -> list[Figure]:
    """All figures: both lists' recall, travellers a second, and a manifest of 300 against 10,000 subjects."""
    scorer, gold, crowd = given()
    figures: list[Figure] = []
    for name in ("national", "public"):
        subjects = list(read_subjects(SHARED / f"{name}.jsonl.gz"))
        most = int(os.environ.get("SCREENING_SAMPLE", WHOLE))
        travellers = sample(crowd, gold, name, most, most)
        index = build(subjects)
        figures += _recall(scorer, gold, name, subjects, index, travellers)
        if name == "national":
            figures += _speed(subjects, [one for one in crowd if gold[one.id]["kind"] == "ordinary"])
    return figures


def given() -> tuple[ModuleType, dict[str, dict[str, str]], list[Traveller]]:
    """The given half: its scorer, the known answers by traveller, the travellers."""
    scorer = _scorer()
    gold = {row["id"]: row for row in scorer.read(SHARED / "gold.jsonl.gz")}
    return scorer, gold, list(read_travellers(SHARED / "travellers.jsonl.gz"))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screening_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sample(
    crowd: Sequence[Traveller], gold: dict[str, dict[str, str]], name: str, most: int, hard_most: int = HARD
) -> list[Traveller]:
    """Every positive of the list, and a seeded sample of the rest: at most so many ordinary and hard ones."""
    mine = [row for row in gold.values() if row["list"] in (name, "both")]
    draw = random.Random(2)
    ordinary = [row["id"] for row in mine if row["kind"] == "ordinary"]
    hard = [row["id"] for row in mine if row["kind"] in ("homonym", "lookalike")]
    wanted = {row["id"] for row in mine if row["person"]} | set(draw.sample(ordinary, min(most, len(ordinary))))
    wanted |= set(draw.sample(hard, min(hard_most, len(hard))))
    return [one for one in crowd if one.id in wanted]


def _recall(
    scorer: ModuleType,
    gold: dict[str, dict[str, str]],
    name: str,
    subjects: list[Subject],
    index: Index,
    travellers: list[Traveller],
) -> list[Figure]:
    told = report(scorer, gold, name, subjects, index, travellers)
    some = travellers[:: max(len(travellers) // TIMED, 1)]
    index = build(subjects)  # remembers no word yet
    took = seconds(lambda: screen(index, some, limit=1, evidence=False), time.process_time)
    return [_rate(name, len(some) / took, subjects, travellers), *shares(name, told)]


def report(
    scorer: ModuleType,
    gold: dict[str, dict[str, str]],
    name: str,
    subjects: Sequence[Subject],
    index: Index,
    travellers: Sequence[Traveller],
) -> dict[str, Any]:
    """What the bench's own scorer says of the answers for `travellers` against the list `name`."""
    person_of = {subject.id: subject.person for subject in subjects}
    best = {
        result.traveller: (result.candidates[0].score, person_of[result.candidates[0].subject])
        for result in screen(index, travellers, limit=1, evidence=False)
        if result.candidates
    }
    mine = {key: row for key, row in gold.items() if row["list"] in (name, "both")}
    told: dict[str, Any] = scorer.report(best, mine, scorer.HARD[name], only={one.id for one in travellers})
    return told


def shares(name: str, told: dict[str, Any]) -> list[Figure]:
    """The recall at each rate of the prototype's table, which is the bound: it was not measured in this run."""
    figures = []
    for (rate, kind), theirs in PROTOTYPE[name].items():
        ours = told["first"][kind] if rate == "first" else told["recall"][rate][kind][0]
        figures.append(Figure(f"{name} {rate} {kind}", ours, "share", least=theirs))
    return figures


def _rate(name: str, ours: float, subjects: list[Subject], travellers: list[Traveller]) -> Figure:
    """Travellers a second of processor time over a part of the sample, beside brute force on 300 of them."""
    some = travellers[:: max(len(travellers) // 300, 1)][:300]
    theirs = len(some) / seconds(lambda: _brute(subjects, some), time.process_time)
    return Figure(f"{name} rate", ours, "travellers/s", Reference("rapidfuzz token_sort_ratio cdist", theirs))


def _speed(subjects: list[Subject], ordinary: list[Traveller]) -> list[Figure]:
    """A manifest of 300 against 10,000 subjects: evidence included, no word seen before. And building the list."""
    built: list[Index] = []
    building = Spread.of([seconds(lambda: built.append(build(subjects))) for _ in range(TIMES + 1)])
    draw = random.Random(3)
    manifests = [draw.sample(ordinary, 300) for _ in built]
    fresh = iter(zip(built, manifests, strict=True))  # an index remembers words: each turn has one that has seen none
    ours, theirs = pairs(lambda: screen(*next(fresh)), lambda: _brute(subjects, manifests[0]), TIMES)
    whole = seconds(lambda: _brute(subjects, manifests[0], fuzz.WRatio))
    quick = Reference("rapidfuzz token_sort_ratio cdist", theirs.median)
    slow = Reference("rapidfuzz WRatio cdist", whole)
    return [
        Figure("300 passengers, 10,000 subjects", ours.median, "s", quick, ours, most=0.3),
        Figure("300 passengers, 10,000 subjects (WRatio)", ours.median, "s", slow, ours, most=0.3),
        Figure("index of 10,000 subjects", building.median, "s", None, building, most=2.0),
    ]


def _brute(
    subjects: list[Subject], travellers: list[Traveller], scorer: Callable[..., float] = fuzz.token_sort_ratio
) -> int:
    """The best listed name for each traveller by brute force, names lowered: what little code gives."""
    listed = [name.lower() for subject in subjects for name in subject.names]
    seen = [one.names[0].lower() for one in travellers]
    return int(process.cdist(seen, listed, scorer=scorer, dtype=np.uint8, workers=1).argmax(axis=1).sum())
