"""What the API answers: frozen shapes, and how they are made of what the subjects read.

Rules: an answer to a POST, which is kept for a repeated request, names records and no person; a person stands only in
answers to a GET, which the access log holds. Times are RFC 3339 in UTC. Design: architecture, "One definition".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from mithaq.errors import filled
from mithaq.node.acts.nouns import Person
from mithaq.node.acts.searching import Result
from mithaq.node.border.facts import CandidateFacts, ManifestFacts
from mithaq.node.border.requests import Travel, TravellerData
from mithaq.node.lists.facts import VersionFacts
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.requests import NoticeContent


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """An access token (RFC 6749, section 5.1); `expires_in` in seconds."""

    access_token: str
    token_type: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """Why there is no token: the standard's word and sentence (section 5.2), and ours as in every error."""

    error: str
    error_description: str
    code: str
    detail: str
    remedy: str
    where: str


@dataclass(frozen=True, slots=True)
class ClientAnswer:
    """Who the node takes the system for; `pace` is how many requests it may make in ten seconds."""

    name: str
    unit: str
    roles: tuple[str, ...]
    pace: int
    now: datetime


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
class ScreeningAnswer:
    """What came of a manifest or one traveller. No candidate means: nobody scores `threshold` bits or more among the
    persons of `compared`. `again` counts how often the same list came again."""

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
    at: datetime


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


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in a listing."""

    id: str
    version: int
    reference: str
    authority: str
    unit: str
    state: str
    category: str
    purpose: str
    names: tuple[str, ...]
    birth_dates: tuple[str, ...]
    changed: datetime


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Notices, latest first; `next` is the cursor of the next page, empty on the last."""

    items: tuple[NoticeLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A record that a search found: `name` is the spelling that meets the words best, `url` its page at the node."""

    kind: str
    reference: str
    name: str
    state: str
    unit: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found, best first; `total` counts all pages and no further than 1,000, of which `more` tells;
    `next` is the cursor of the next page, empty on the last."""

    items: tuple[SearchLine, ...]
    total: int
    more: bool
    next: str


@dataclass(frozen=True, slots=True)
class NoticeAnswer:
    """One notice with its content."""

    id: str
    version: int
    authority: str
    unit: str
    plan: str
    line: str
    state: str
    content: NoticeContent
    created: datetime
    changed: datetime
    review: datetime


@dataclass(frozen=True, slots=True)
class MovedAnswer:
    """A record that was made or moved: its id, its version now, its state."""

    id: str
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a list: `elements` of the file are those used and those reported; against the version that was live
    then, so many entries are added, changed and removed. `older` says in what it seems older than that one: `date` (by
    its own date), `seen` (the file was replaced or discarded before) or nothing."""

    id: str
    list: str
    state: str
    file: str
    digest: str
    generated: str
    at: datetime
    imported_by: str
    elements: int
    used: int
    reported: int
    added: int
    changed: int
    removed: int
    older: str
    confirmed: datetime | None
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list, with the version that is live and the one that waits; null where there is none."""

    list: str
    live: VersionLine | None
    pending: VersionLine | None


@dataclass(frozen=True, slots=True)
class ListsAnswer:
    """Every list that the node knows."""

    items: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Versions of a list, latest first; `next` is the cursor of the next page, empty on the last."""

    items: tuple[VersionLine, ...]
    next: str


@dataclass(frozen=True, slots=True)
class VersionMoved:
    """A version that was made or moved, and its state."""

    version: str
    state: str


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
        at=found.at,
    )


def _warning(one: Mapping[str, Any]) -> WarningLine:
    return WarningLine(str(one["code"]), str(one["offset"]), filled(str(one["detail"]), one.get("params") or {}))


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


def notice_line(one: NoticeFacts) -> NoticeLine:
    """A notice as a listing shows it."""
    person, content = one.content.person, one.content
    return NoticeLine(
        one.id, one.version, one.reference, one.authority, one.unit, one.state, content.category, content.purpose,
        person.names, person.birth_dates, one.changed,
    )  # fmt: skip


def search_line(one: Result) -> SearchLine:
    """A record as a search shows it."""
    line = one.line
    return SearchLine(one.kind, line.reference, one.name, line.state, line.unit, line.at, line.url)


def notice(one: NoticeFacts) -> NoticeAnswer:
    """A notice with its content."""
    return NoticeAnswer(
        one.id, one.version, one.authority, one.unit, one.plan, one.line, one.state, one.content, one.created,
        one.changed, one.review,
    )  # fmt: skip


def version_line(one: VersionFacts) -> VersionLine:
    """A version of a list as the API shows it."""
    return VersionLine(**{part.name: getattr(one, part.name) for part in fields(VersionLine)})


def list_line(name: str, live: VersionFacts | None, pending: VersionFacts | None) -> ListLine:
    """A list with its two versions."""
    return ListLine(name, version_line(live) if live else None, version_line(pending) if pending else None)
