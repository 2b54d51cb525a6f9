"""Reads of candidates and of what officers have said of them; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from mithaq.node.acts import envelope, wire
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.need_to_know import UnknownError, one
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import known
from mithaq.node.border.clause import is_documented
from mithaq.node.border.models import Candidate, Judgement
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.node.border.rules import OPEN, Said


@dataclass(frozen=True, slots=True)
class JudgementFacts:
    """What one officer said."""

    officer: str
    verdict: str
    identifier: str
    remark: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A candidate with its row version, its card and what officers have said."""

    id: str
    version: int
    manifest: str
    unit: str
    subject: str
    traveller: TravellerData
    travel: Travel
    score: float
    evidence: tuple[Mapping[str, Any], ...]
    state: str
    created: datetime
    expires: datetime
    card: Card | None
    judgements: tuple[JudgementFacts, ...]
    rescreened: Mapping[str, Any] | None = None

    @property
    def said(self) -> tuple[Said, ...]:
        return tuple(Said(one.officer, one.verdict, one.identifier) for one in self.judgements)

    @property
    def documented(self) -> bool:
        """Whether the document is the listed one: a candidate whatever its score."""
        return is_documented(one["why"] for one in self.evidence)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def pairs(manifest_id: str) -> frozenset[tuple[TravellerData, str]]:
    """The (traveller, subject) that officers have or had before them on a manifest."""
    rows = Candidate.objects.filter(manifest=manifest_id).values_list("traveller", "subject")
    return frozenset((wire.decode(TravellerData, traveller), subject) for traveller, subject in rows)


def candidate(key: str, who: Actor | None = None) -> CandidateFacts:
    """One candidate, as `who` may see it. UnknownError `candidate.unknown`."""
    unknown = UnknownError("candidate.unknown", "There is no such candidate here; it may have been erased in time.")
    return _candidates([one(Candidate.objects.all(), known.candidates(who), key, unknown)], who)[0]


def whole(key: str, who: Actor) -> CandidateFacts:
    """The same with the whole card, for an act of `who`: what becomes of a candidate is for its line, too."""
    return replace(found := candidate(key, who), card=REGISTRY.cards([found.subject]).get(found.subject))


def manifest_of(candidate_id: str, who: Actor) -> str:
    """The manifest on which a candidate stood; empty when it was erased in time, or is not for `who` to know of."""
    rows = Candidate.objects.filter(known.candidates(who), pk=candidate_id) if is_uuid(candidate_id) else None
    found = rows.values_list("manifest", flat=True).first() if rows is not None else None
    return str(found or "")


def candidates(manifest_id: str, who: Actor | None = None) -> tuple[CandidateFacts, ...]:
    """The candidates of a manifest as `who` may see them, likeliest first."""
    rows = Candidate.objects.filter(known.candidates(who), manifest=manifest_id)
    return _candidates(list(rows.order_by("-score", "id")), who)


def candidates_page(
    who: Actor, before: UUID | None, limit: int, manifest_id: str = "", state: str = ""
) -> tuple[CandidateFacts, ...]:
    """The candidates that `who` may know of, made before one of them (by its id), latest first."""
    rows = Candidate.objects.filter(known.candidates(who)).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    if manifest_id:
        rows = rows.filter(manifest=manifest_id) if is_uuid(manifest_id) else rows.none()
    if state:
        rows = rows.filter(state=state)
    return _candidates(list(rows[:limit]), who)


def open_candidates(units: frozenset[str]) -> tuple[CandidateFacts, ...]:
    """Candidates that wait for a judgement, oldest first."""
    rows = Candidate.objects.filter(state__in=sorted(OPEN), unit__in=sorted(units)).order_by("created", "-score")
    return _candidates(list(rows[:200]))


def judgements_of(keys: list[UUID]) -> dict[UUID, list[JudgementFacts]]:
    """What officers have said, by candidate."""
    found: dict[UUID, list[JudgementFacts]] = {}
    for row in Judgement.objects.filter(candidate__in=keys).order_by("at", "id"):
        said = JudgementFacts(row.officer, row.verdict, row.identifier, row.remark, row.at)
        found.setdefault(row.candidate, []).append(said)
    return found


def _candidates(rows: list[Candidate], who: Actor | None = None) -> tuple[CandidateFacts, ...]:
    said = judgements_of([row.pk for row in rows])
    cards = REGISTRY.cards(row.subject for row in rows)
    return tuple(
        CandidateFacts(
            id=str(row.id),
            version=row.version,
            manifest=str(row.manifest),
            unit=row.unit,
            subject=row.subject,
            traveller=wire.decode(TravellerData, row.traveller),
            travel=wire.decode(Travel, row.travel),
            score=row.score,
            evidence=tuple(row.evidence),
            state=row.state,
            created=row.created,
            expires=row.expires,
            card=known.at_post(card, row.pk, who) if (card := cards.get(row.subject)) else None,
            judgements=tuple(said.get(row.pk, ())),
            rescreened=_rescreened(row),
        )
        for row in rows
    )


def _rescreened(row: Candidate) -> Mapping[str, Any] | None:
    if row.rescreened is None:
        return None
    return {**row.rescreened, "at": envelope.time_of(row.rescreened["at"])}
