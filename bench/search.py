"""Search with 100,000 notices and 1,000,000 candidates: the 95th percentile of one question, need to know included.

On the prepared node (`bench/scale.py`), with what else it holds: hits and manifests are searched, too. The questions
are what officers type: two words of a name in either script and any order, a family name, a given name that one in
eleven bears, a reference, a document, a flight; each asked by an officer of two units, and by oversight, who reads
every unit's. The page of search, asked over HTTP, is among the pages (`bench/pages.py`). The floor stands in the same
rounds: a row of the same table, fetched by its id.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import quantiles
from typing import Any

from tests.node.nodes import RunningNode

from bench import scale
from bench.pages import inside
from bench.record import Figure, Reference, Spread

NAME = "search"
ROUNDS, QUESTIONS = 3, 20
UNITS = ("BE-POLICE/BORDER", "BE-POLICE/RAIL")
ASKERS = (*(("officer", unit, "case-officer") for unit in UNITS), ("overseer", "BE-POLICE/OVERSIGHT", "oversight"))


def run() -> list[Figure]:
    """The 95th percentile of each kind of question and of all, in milliseconds."""
    took: dict[str, list[float]] = {}
    with scale.node() as node:
        records = node.sql("SELECT (SELECT count(*) FROM wanted_notice) + (SELECT count(*) FROM border_candidate)")
        asked = [
            (kind, {"name": name, "unit": unit, "roles": [role], "words": words})
            for turn in range(ROUNDS)
            for kind, several in _questions(node, random.Random(turn)).items()
            for words in several
            for name, unit, role in ASKERS
        ]
        told = inside(node, "search", [one for _kind, one in asked])
    for (kind, _one), milliseconds in zip(asked, told["asked"], strict=True):
        took.setdefault(kind, []).append(milliseconds)
    every = _p95(told["asked"])
    reference = Reference("a row by its id, 95th percentile", _p95(told["floor"]).median)
    return [
        Figure(f"every question, {records[0][0]:,} records, 95th percentile", every.median, "ms", reference, every,
               most=200),
        *(Figure(f"{kind}, 95th percentile", _p95(several).median, "ms", reference, _p95(several))
          for kind, several in took.items()),
    ]  # fmt: skip


def _p95(times: Sequence[float]) -> Spread:
    """The extremes beside it are the median and the slowest."""
    several = sorted(times)
    return Spread(quantiles(several, n=20)[-1], several[len(several) // 2], several[-1])


def _questions(node: RunningNode, dice: random.Random) -> dict[str, list[str]]:
    def some(query: str) -> list[Any]:
        return [row[0] for row in node.sql(f"{query} OFFSET %s LIMIT %s", dice.randrange(500), QUESTIONS)]

    listed = some("SELECT content->'person'->'names'->>0 FROM wanted_notice WHERE category = 'wanted' ORDER BY id")
    other = some("SELECT content->'person'->'names'->>1 FROM wanted_notice WHERE category = 'wanted'"
                 " AND content->'person'->'names'->>1 IS NOT NULL ORDER BY id DESC")  # fmt: skip
    travelled = some("SELECT traveller->'names'->>0 FROM border_candidate ORDER BY id DESC")
    return {
        "a listed person's name": listed,
        "a listed person's name in another script": other,
        "a traveller's name, turned round": [" ".join(reversed(name.split())) for name in travelled],
        "a family name": [name.split()[-1] for name in listed],
        "a given name that many bear": ["Mohamed", "Ahmed", "محمد", "Fatima", "Ali"] * (QUESTIONS // 5),
        "a reference": some("SELECT reference FROM wanted_notice ORDER BY id"),
        "a document": some("SELECT traveller->'documents'->0->>'number' FROM border_candidate ORDER BY id"),
        "a flight": some("SELECT flight FROM border_manifest ORDER BY id"),
    }
