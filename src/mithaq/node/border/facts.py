"""Reads of this subject; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mithaq.errors import InputError
from mithaq.node.acts import envelope, wire
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY, Target
from mithaq.node.border.models import Candidate, Hit, Judgement, Manifest, Post
from mithaq.node.border.requests import HitReport, Travel, TravellerData
from mithaq.node.border.rules import OPEN, Said

TRAVELLER = "traveller"
"""The feed of who was compared alone, at the counter of a post."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post of this authority."""

    id: str
    unit: str
    kind: str
    names: Mapping[str, str]
    version: int


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
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class ManifestFacts:
    """A manifest that was screened."""

    id: str
    post: str
    name: str
    travel: Travel
    travellers: int
    crew: int
    candidates: int
    subjects: int
    warnings: tuple[Mapping[str, Any], ...]
    screened_by: str
    at: datetime
    version: int
    feed: str
    part: str
    sender: str
    interchange: str
    prepared: str
    generation: str
    compared: tuple[Mapping[str, Any], ...]
    threshold: float
    kept_until: datetime | None
    again: int
    last_again: datetime | None
    relation: str
    follows: str
    unit: str
    open: int = 0


@dataclass(frozen=True, slots=True)
class HitFacts:
    """A hit with its row version; `report` is what the owner is told."""

    id: str
    version: int
    reference: str
    found_here: bool
    candidate: str
    notice: str
    owner: str
    owner_unit: str
    partner: str
    plan: str
    line: str
    unit: str
    message: str
    report: HitReport
    state: str
    at: datetime


def posts() -> tuple[PostFacts, ...]:
    """The posts of this authority."""
    return tuple(PostFacts(row.id, row.unit, row.kind, row.names, row.version) for row in Post.objects.order_by("id"))


def post(key: str) -> PostFacts:
    """One post. InputError `post.unknown`."""
    found = next((one for one in posts() if one.id == key), None)
    if found is None:
        raise InputError(
            "post.unknown", "There is no such post here.", remedy="Choose a post of the list.", where="post"
        )
    return found


def manifest(key: str) -> ManifestFacts:
    """One manifest. InputError `manifest.unknown`."""
    row = Manifest.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("manifest.unknown", "There is no such manifest here.")
    waiting = Candidate.objects.filter(manifest=row.pk, state__in=sorted(OPEN)).count()
    return _manifest(row, waiting, _units().get(row.post, ""))


def just_screened(key: str, unit: str) -> ManifestFacts:
    """A manifest that the transaction in course has made for an officer of `unit`: what waits of it is not counted."""
    return _manifest(Manifest.objects.get(pk=key), 0, unit)


def manifests(unit: str | None, limit: int = 50) -> tuple[ManifestFacts, ...]:
    """The latest manifests of a unit's posts (None: of all) with the number of their open candidates."""
    found = Manifest.objects.exclude(feed=TRAVELLER)
    if unit is not None:
        found = found.filter(post__in=[one.id for one in posts() if one.unit == unit])
    rows = list(found.order_by("-at")[:limit])
    waiting = dict(
        Candidate.objects.filter(manifest__in=[row.pk for row in rows], state__in=sorted(OPEN))
        .values_list("manifest")
        .annotate(number=Count("id"))
    )
    units = _units()
    return tuple(_manifest(row, waiting.get(row.pk, 0), units.get(row.post, "")) for row in rows)


def earlier(post_id: str, digest: str, content: str, travel: Travel) -> tuple[ManifestFacts, ...]:
    """The manifests of this post with the same bytes, or of the same flight and departure; latest first."""
    same = Q(digest=digest) | Q(content=content)
    if travel.flight and travel.departs:
        same |= Q(flight=travel.flight, departs=travel.departs)
    rows = Manifest.objects.filter(same, post=post_id).exclude(feed=TRAVELLER).order_by("-at", "-id")[:50]
    units = _units()
    return tuple(_manifest(row, 0, units.get(row.post, "")) for row in rows)


def is_same(earlier_id: str, digest: str, content: str) -> bool:
    """Whether a manifest has these bytes, or says the same in another order or wrapping."""
    return Manifest.objects.filter(Q(digest=digest) | Q(content=content), pk=earlier_id).exists()


def pairs(manifest_id: str) -> frozenset[tuple[TravellerData, str]]:
    """The (traveller, subject) that officers have or had before them on a manifest."""
    rows = Candidate.objects.filter(manifest=manifest_id).values_list("traveller", "subject")
    return frozenset((wire.decode(TravellerData, traveller), subject) for traveller, subject in rows)


def candidate(key: str) -> CandidateFacts:
    """One candidate. InputError `candidate.unknown`."""
    row = Candidate.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("candidate.unknown", "There is no such candidate here; it may have been erased in time.")
    return _candidates([row])[0]


def candidate_or_none(key: str) -> CandidateFacts | None:
    """One candidate, or None when it was erased in time or came from elsewhere."""
    row = Candidate.objects.filter(pk=key).first() if is_uuid(key) else None
    return _candidates([row])[0] if row else None


def candidates(manifest_id: str) -> tuple[CandidateFacts, ...]:
    """The candidates of a manifest, likeliest first."""
    return _candidates(list(Candidate.objects.filter(manifest=manifest_id).order_by("-score", "id")))


def candidates_page(
    unit: str | None, before: UUID | None, limit: int, manifest_id: str = "", state: str = ""
) -> tuple[CandidateFacts, ...]:
    """The candidates of a unit (None: of all) made before one of them (by its id), latest first."""
    rows = Candidate.objects.order_by("-id")
    if unit is not None:
        rows = rows.filter(unit=unit)
    if before is not None:
        rows = rows.filter(id__lt=before)
    if manifest_id:
        rows = rows.filter(manifest=manifest_id) if is_uuid(manifest_id) else rows.none()
    if state:
        rows = rows.filter(state=state)
    return _candidates(list(rows[:limit]))


def open_candidates(units: frozenset[str]) -> tuple[CandidateFacts, ...]:
    """Candidates that wait for a judgement, oldest first."""
    rows = Candidate.objects.filter(state__in=sorted(OPEN), unit__in=sorted(units)).order_by("created", "-score")
    return _candidates(list(rows[:200]))


def expired(now: datetime) -> tuple[str, ...]:
    """Candidates whose clock has ended without a confirmation."""
    rows = Candidate.objects.filter(expires__lte=now).exclude(state="confirmed")
    return tuple(str(key) for key in rows.values_list("id", flat=True)[:1000])


def judgement_ids(candidate_id: str) -> tuple[str, ...]:
    """The ids of what officers said of a candidate."""
    return tuple(str(key) for key in Judgement.objects.filter(candidate=candidate_id).values_list("id", flat=True))


def judgements_of(keys: list[UUID]) -> dict[UUID, list[JudgementFacts]]:
    """What officers have said, by candidate."""
    found: dict[UUID, list[JudgementFacts]] = {}
    for row in Judgement.objects.filter(candidate__in=keys).order_by("at", "id"):
        said = JudgementFacts(row.officer, row.verdict, row.identifier, row.remark, row.at)
        found.setdefault(row.candidate, []).append(said)
    return found


def hit(key: str) -> HitFacts:
    """One hit. InputError `hit.unknown`."""
    row = Hit.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("hit.unknown", "There is no such hit here.")
    return _hit(row)


def hit_target(key: str) -> Target | None:
    """A hit as another subject's page names it."""
    reference = Hit.objects.filter(pk=key).values_list("reference", flat=True).first() if is_uuid(key) else None
    return Target(reference, f"/hits/{key}") if reference else None


def manifest_target(key: str) -> Target | None:
    """A manifest as another subject's page names it, by its file."""
    name = Manifest.objects.filter(pk=key).values_list("name", flat=True).first() if is_uuid(key) else None
    return Target(name, f"/manifests/{key}") if name is not None else None


def hits(unit: str | None, limit: int = 100, lines: Collection[str] | None = None) -> tuple[HitFacts, ...]:
    """The latest hits that concern a unit (None: all): found at its posts, told to it, or on its notices. `lines`: of
    these alone."""
    found = Hit.objects.all() if unit is None else Hit.objects.filter(Q(unit=unit) | Q(owner_unit=unit))
    if lines is not None:
        found = found.filter(line__in=lines)
    return tuple(_hit(row) for row in found.order_by("-at")[:limit])


def hits_told(unit: str, since: datetime, lines: Collection[str] | None = None) -> tuple[HitFacts, ...]:
    """Hits that the partner told a unit of since then, latest first; of some lines or of all."""
    found = Hit.objects.filter(found_here=False, unit=unit, at__gte=since)
    return tuple(map(_hit, (found if lines is None else found.filter(line__in=lines)).order_by("-at")))


def hits_of(notice: str) -> tuple[HitFacts, ...]:
    """The hits on a notice."""
    return tuple(_hit(row) for row in Hit.objects.filter(notice=notice).order_by("-at"))


def hit_of(candidate_id: str) -> HitFacts | None:
    """The hit that a candidate became."""
    row = Hit.objects.filter(candidate=candidate_id).first()
    return _hit(row) if row else None


def hit_known(reference: str) -> bool:
    """Whether a hit with this reference is here."""
    return Hit.objects.filter(reference=reference).exists()


def _units() -> dict[str, str]:
    return dict(Post.objects.values_list("id", "unit"))


def _manifest(row: Manifest, waiting: int, unit: str) -> ManifestFacts:
    travel = Travel(row.flight, row.departure, row.arrival, row.departs, row.arrives, row.post)
    names = (
        "post",
        "name",
        "travellers",
        "crew",
        "candidates",
        "subjects",
        "screened_by",
        "at",
        "version",
        "feed",
        "part",
    )
    more = ("sender", "interchange", "prepared", "generation", "threshold", "kept_until", "again", "last_again")
    plain = {name: getattr(row, name) for name in (*names, *more, "relation")}
    return ManifestFacts(
        id=str(row.id),
        travel=travel,
        warnings=tuple(row.warnings),
        compared=tuple(row.compared),
        follows=str(row.follows or ""),
        unit=unit,
        open=waiting,
        **plain,
    )


def _candidates(rows: list[Candidate]) -> tuple[CandidateFacts, ...]:
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
            card=cards.get(row.subject),
            judgements=tuple(said.get(row.pk, ())),
            rescreened=_rescreened(row),
        )
        for row in rows
    )


def _rescreened(row: Candidate) -> Mapping[str, Any] | None:
    if row.rescreened is None:
        return None
    return {**row.rescreened, "at": envelope.time_of(row.rescreened["at"])}


def _hit(row: Hit) -> HitFacts:
    names = ("version", "reference", "found_here", "notice", "owner", "owner_unit", "partner", "plan", "line", "unit")
    plain = {name: getattr(row, name) for name in (*names, "message", "state", "at")}
    return HitFacts(
        id=str(row.id), candidate=str(row.candidate or ""), report=wire.decode(HitReport, row.report), **plain
    )
