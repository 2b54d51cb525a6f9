"""Answers of several indices that no person stands in two of, made one: as one index of them all would answer.

Rule: to the last bit, ties and order included; for that the indices are built with one rarity (`rarity`). Who is
answered for the document alone is answered whatever the number. Implements design: screening, "Shape" (base and delta)
and "Batch-independent" (any number of workers).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from mithaq.screening.index import Index
from mithaq.screening.records import Candidate, Result, Traveller
from mithaq.screening.score import FLOOR, screen


@dataclass(frozen=True, slots=True)
class Asked:
    """What `score.screen` is asked beside the travellers: the best `limit` of each, from `floor` bits on, and so on."""

    limit: int = 5
    floor: float = FLOOR
    evidence: bool = True
    documented: bool = False
    told_from: float | None = None


class Found(NamedTuple):
    """An index's answer for one traveller, and which persons are answered because they hold the document."""

    result: Result
    holders: frozenset[str]


def find(index: Index, travellers: Sequence[Traveller], asked: Asked) -> list[Found]:
    """The answer of one of several indices for each traveller: what `merge` takes."""
    results = screen(
        index, travellers, asked.limit, asked.floor, evidence=asked.evidence, documented=asked.documented,
        told_from=asked.told_from,
    )  # fmt: skip
    return [
        Found(result, _holders(index, one) if asked.documented else frozenset())
        for result, one in zip(results, travellers, strict=True)
    ]


def merge(found: Sequence[Sequence[Found]], limit: int) -> list[Result]:
    """One result a traveller from the answers of each index (shape: indices, travellers), which were asked for `limit`
    or more. `Result.best` is told from the bits on that each was told from."""
    return [_one(several, limit) for several in zip(*found, strict=True)]


def _one(several: Sequence[Found], limit: int) -> Result:
    holders = frozenset[str]().union(*(one.holders for one in several))
    everyone = sorted((one for found in several for one in found.result.candidates), key=_place)
    kept = (one for place, one in enumerate(everyone) if place < limit or one.person in holders)
    best = max((found.result.best for found in several), default=-inf)
    return Result(several[0].result.traveller, tuple(kept), best)


def _place(one: Candidate) -> tuple[float, str]:
    return -one.score, one.subject


def _holders(index: Index, traveller: Traveller) -> frozenset[str]:
    holders = index.documents.held_by(traveller.document)
    return frozenset(index.persons[who] for who in holders if index.gone is None or not index.gone[who])
