"""What is told of candidates: in a line nobody, in the whole both persons and every piece of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mithaq.node.acts.nouns import Person
from mithaq.node.border.facts import CandidateFacts
from mithaq.node.border.requests import Travel, TravellerData


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate, without either person; `score` in bits, `source` and `reference` of the record."""

    id: str
    version: int
    state: str
    score: float
    source: str
    reference: str
    category: str
    purpose: str
    handling: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence; the weights (bits) of all of them add up to the score."""

    kind: str
    weight: float
    why: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """What one officer said."""

    officer: str
    verdict: str
    identifier: str
    remark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CandidateAnswer:
    """A candidate beside the listed person, with everything that made its score; erased at `expires` unless confirmed.

    `person` is null when the person has left the list.
    """

    line: CandidateLine
    manifest: str
    unit: str
    traveller: TravellerData
    travel: Travel
    person: Person | None
    warnings: str
    evidence: tuple[EvidenceLine, ...]
    judgements: tuple[JudgementLine, ...]
    created: datetime


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Candidates of the system's unit, latest first; `next` is the cursor of the next page, empty on the last."""

    items: tuple[CandidateLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What came of a judgement: the candidate's state, and the hit when a second officer confirmed it."""

    candidate: str
    state: str
    hit: str


def candidate_line(one: CandidateFacts) -> CandidateLine:
    """A candidate without the traveller and the listed person."""
    card = one.card
    told = (card.source, card.reference, card.category, card.purpose, card.handling) if card else ("",) * 5
    return CandidateLine(one.id, one.version, one.state, one.score, *told, one.expires)


def candidate(one: CandidateFacts) -> CandidateAnswer:
    """A candidate with all that is known of it."""
    evidence = (
        EvidenceLine(said["kind"], said["weight"], said["why"], str(said["left"] or ""), str(said["right"] or ""))
        for said in one.evidence
    )
    judgements = (
        JudgementLine(said.officer, said.verdict, said.identifier, said.remark, said.at) for said in one.judgements
    )
    return CandidateAnswer(
        line=candidate_line(one),
        manifest=one.manifest,
        unit=one.unit,
        traveller=one.traveller,
        travel=one.travel,
        person=one.card.person if one.card else None,
        warnings=one.card.warnings if one.card else "",
        evidence=tuple(evidence),
        judgements=tuple(judgements),
        created=one.created,
    )
