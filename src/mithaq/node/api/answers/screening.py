"""What is told of a manifest or one traveller that was screened: counts and candidates, and no person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mithaq.errors import english
from mithaq.node.api.answers.candidates import CandidateLine, candidate_line
from mithaq.node.border.facts import CandidateFacts, ManifestFacts


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What was compared with: the notices or a list, the moment of its last change, and how many persons it held."""

    name: str
    at: str
    subjects: int


@dataclass(frozen=True, slots=True)
class WarningLine:
    """What the reader tolerated: a stable code, where, and a sentence in English that names no person."""

    code: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class ScreeningAnswer:
    """What came of a manifest or one traveller. No candidate means: nobody scores `threshold` bits or more among the
    persons of `compared`, and nobody's document is listed (it makes a candidate at any score). `again` counts how often
    the same list came again, `silenced` who would be a candidate but for a silence in force."""

    id: str
    post: str
    feed: str
    travellers: int
    crew: int
    subjects: int
    threshold: float
    compared: tuple[SourceLine, ...]
    candidates: tuple[CandidateLine, ...]
    warnings: tuple[WarningLine, ...]
    relation: str
    follows: str
    again: int
    silenced: int
    at: datetime


def screening(found: ManifestFacts, candidates: Iterable[CandidateFacts]) -> ScreeningAnswer:
    """What came of a screening."""
    return ScreeningAnswer(
        id=found.id,
        post=found.post,
        feed=found.feed,
        travellers=found.travellers,
        crew=found.crew,
        subjects=found.subjects,
        threshold=found.threshold,
        compared=tuple(SourceLine(one["name"], one["at"], one["subjects"]) for one in found.compared),
        candidates=tuple(map(candidate_line, candidates)),
        warnings=tuple(map(_warning, found.warnings)),
        relation=found.relation,
        follows=found.follows,
        again=found.again,
        silenced=found.silenced,
        at=found.at,
    )


def _warning(one: Mapping[str, Any]) -> WarningLine:
    return WarningLine(str(one["code"]), str(one["offset"]), english(str(one["detail"]), one.get("params") or {}))
