"""The acts of the border: screen a manifest, judge a candidate, report a hit. Each function is pure.

Rules: a screening is one act and keeps nothing of those who are no candidates; a second confirmation makes the hit and
the wish to tell the notice's owner in the same transaction. Design: subjects, "Wanted persons" (Hit).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import envelope, instruments, store, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Sending, Terms
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import facts, matcher, reading, rules
from mithaq.node.border.facts import CandidateFacts, HitFacts, PostFacts
from mithaq.node.border.reading import Reading
from mithaq.node.border.requests import HitReport, JudgeCandidate, ReportHit, ScreenManifest
from mithaq.node.start import Node
from mithaq.screening import Result, screen
from mithaq.seal import canonical

CANDIDATE, HIT = "border.Candidate", "border.Hit"
LINE = "domestic"
TRAVEL = frozenset({"identity", "document", "travel"})


def domestic_terms(plan: str) -> Terms:
    """The terms of a local act on travellers' data."""
    return Terms(plan, LINE, TRAVEL, "domestic", "en")


# screen-manifest


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """The manifest as read, and what screening said of it."""

    domestic: str
    post: PostFacts
    read: Reading
    results: tuple[Result, ...]
    cards: Mapping[str, Card]
    subjects: int
    candidate_hours: int
    digest: str


def load_screen(request: ScreenManifest, _actor: Actor) -> ScreenFacts:
    """Reads the bytes and screens every traveller against one index over all sources."""
    post = facts.post(request.post)
    read = reading.read(request.data, post.id)
    plan = instruments.domestic_plan()
    settings = instruments.settings(plan, LINE, "screen-manifest")
    live = matcher.live()
    travellers = [reading.for_screening(position, one) for position, one in enumerate(read.travellers)]
    floor = settings["threshold_centibits"] / 100
    results = tuple(result for result in screen(live.index, travellers, floor=floor) if result.candidates)
    cards = {
        found.subject: card
        for result in results
        for found in result.candidates
        if (card := REGISTRY.card(found.subject)) is not None
    }
    digest = canonical.digest(request.data)
    return ScreenFacts(plan.id, post, read, results, cards, live.size, settings["candidate_hours"], digest)


def screen_manifest(request: ScreenManifest, found: ScreenFacts, context: Context) -> Effects:
    """A manifest with its counts, and a row for each traveller who may be a listed person."""
    key = str(context.new_id())
    rows = tuple(
        _candidate(result, place, key, found, context)
        for result in found.results
        for place in range(len(result.candidates))
        if result.candidates[place].subject in found.cards
    )
    travel = found.read.travel
    record = {
        "post": found.post.id,
        "name": request.name[:200],
        "digest": found.digest,
        "flight": travel.flight,
        "departure": travel.departure,
        "arrival": travel.arrival,
        "departs": travel.departs,
        "arrives": travel.arrives,
        "travellers": len(found.read.travellers),
        "crew": found.read.crew,
        "candidates": len(rows),
        "subjects": found.subjects,
        "warnings": list(found.read.warnings[:200]),
        "screened_by": context.actor.name,
        "at": context.now,
    }
    return Effects(
        rows=(Row("border.Manifest", key, 0, record), *rows),
        answer=key,
        leaf={"record": f"manifest/{key}", "travellers": str(record["travellers"]), "candidates": str(len(rows))},
    )


def _candidate(result: Result, place: int, manifest: str, found: ScreenFacts, context: Context) -> Row:
    candidate = result.candidates[place]
    fields = {
        "manifest": manifest,
        "post": found.post.id,
        "unit": found.post.unit,
        "subject": candidate.subject,
        "traveller": wire.encode(found.read.travellers[int(result.traveller)]),
        "travel": wire.encode(found.read.travel),
        "score": candidate.score,
        "evidence": [
            {
                "kind": one.kind,
                "weight": one.weight,
                "left": one.left,
                "right": one.right,
                "why": one.why,
                "params": dict(one.params),
            }
            for one in candidate.evidence
        ],
        "state": "candidate",
        "created": context.now,
        "expires": context.now + timedelta(hours=found.candidate_hours),
    }
    return Row(CANDIDATE, str(context.new_id()), 0, fields)


# judge-candidate


@dataclass(frozen=True, slots=True)
class JudgeFacts:
    """The candidate, and where a confirmed one must be told."""

    candidate: CandidateFacts
    domestic: str
    reference: str
    recipients: tuple[str, ...]


def load_judge(request: JudgeCandidate, _actor: Actor) -> JudgeFacts:
    """Reads the candidate; takes a number for the hit only when this judgement may make one."""
    candidate = facts.candidate(request.candidate)
    card, reference = candidate.card, ""
    recipients: tuple[str, ...] = ()
    if request.verdict == "match" and candidate.judgements:
        series = f"{Node.config.authority}/{Node.clock.now().year}/HIT"
        reference = f"{series}/{store.next_number(series):05d}"
    if card is not None and card.message:
        allowed = instruments.recipients(card.plan, card.line, "report-hit", candidate.unit)
        recipients = tuple(unit for unit in allowed if unit == card.owner_unit)
    return JudgeFacts(candidate, instruments.domestic_plan().id, reference, recipients)


def judge(request: JudgeCandidate, found: JudgeFacts, context: Context) -> Effects:
    """One officer's judgement; a second confirmation makes the hit and the wish to tell the owner."""
    candidate = found.candidate
    if candidate.version != request.version:
        raise StateError(
            "record.stale",
            "Someone else has changed this record since you opened it.",
            remedy="Open it again and look at what changed.",
        )
    actor = context.actor
    rules.check_unit(candidate.unit, actor.unit)
    state = rules.judged(candidate.state, candidate.said, request, actor.name, supervisor="supervisor" in actor.roles)
    said = {
        "candidate": candidate.id,
        "officer": actor.name,
        "verdict": request.verdict,
        "identifier": request.identifier,
        "remark": request.remark,
        "at": context.now,
    }
    rows = (
        Row("border.Judgement", str(context.new_id()), 0, said),
        Row(CANDIDATE, candidate.id, candidate.version, {"state": state}),
    )
    leaf = {"record": f"candidate/{candidate.id}", "state": state}
    if state != "confirmed":
        return Effects(rows=rows, answer={"state": state, "hit": ""}, leaf=leaf)
    hit, sendings = _hit(request, found, context)
    return Effects(
        rows=(*rows, hit),
        sendings=sendings,
        answer={"state": state, "hit": hit.id},
        leaf={**leaf, "hit": found.reference},
    )


def _hit(request: JudgeCandidate, found: JudgeFacts, context: Context) -> tuple[Row, tuple[Sending, ...]]:
    candidate, card = found.candidate, found.candidate.card
    if card is None or not card.live:
        raise StateError("notice.gone", "The notice was withdrawn meanwhile.", remedy="Reject the candidate.")
    identifiers = [one.identifier for one in candidate.judgements if one.identifier] + [request.identifier]
    report = HitReport(
        hit=found.reference,
        notice=card.reference,
        traveller=candidate.traveller,
        travel=candidate.travel,
        identifiers=tuple(dict.fromkeys(identifiers)),
        officers=sum(one.verdict == "match" for one in candidate.judgements) + 1,
        confirmed=envelope.text_of(context.now),
    )
    key = str(context.new_id())
    fields = {
        "reference": found.reference,
        "found_here": True,
        "candidate": candidate.id,
        "notice": card.reference,
        "owner": card.owner,
        "owner_unit": card.owner_unit,
        "partner": card.owner if card.message else "",
        "plan": card.plan,
        "line": card.line,
        "unit": candidate.unit,
        "message": card.message,
        "report": wire.encode(report),
        "state": "confirmed",
        "at": context.now,
    }
    sendings = tuple(
        _telling(card.plan, card.line, candidate.unit, unit, key, card.message) for unit in found.recipients
    )
    return Row(HIT, key, 0, fields), sendings


def _telling(plan: str, line: str, sender: str, recipient: str, hit: str, notice_message: str) -> Sending:
    return Sending("report-hit@1", plan, line, sender, recipient, HIT, hit, "urgent", in_reply_to=UUID(notice_message))


# report-hit


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The hit, and the units that the plan lets hear of it."""

    hit: HitFacts
    recipients: tuple[str, ...]


def load_report(request: ReportHit, _actor: Actor) -> ReportFacts:
    """Reads the hit and who may be told."""
    hit = facts.hit(request.hit)
    allowed = instruments.recipients(hit.plan, hit.line, "report-hit", hit.unit)
    return ReportFacts(hit, tuple(unit for unit in allowed if unit == hit.owner_unit))


def report_terms(_request: ReportHit, found: ReportFacts) -> Terms:
    """What the plan decides on when a hit is told again."""
    stated = body_terms(found.hit.report)
    recipient = found.recipients[0] if found.recipients else None
    return replace(stated, plan=found.hit.plan, line=found.hit.line, urgency="urgent", recipient=recipient)


def report(request: ReportHit, found: ReportFacts, context: Context) -> Effects:
    """Tell the owner (again): a new wish, for a hit whose telling was refused."""
    hit = found.hit
    if not hit.found_here or hit.version != request.version:
        raise StateError("record.stale", "Someone else has changed this record since you opened it.")
    row = Row(HIT, hit.id, hit.version, {"state": hit.state})
    sendings = tuple(_telling(hit.plan, hit.line, hit.unit, unit, hit.id, hit.message) for unit in found.recipients)
    return Effects(rows=(row,), sendings=sendings, answer=hit.id, leaf={"record": hit.reference})


def body(key: str) -> HitReport:
    """The content of `report-hit@1`."""
    return facts.hit(key).report


def body_terms(told: HitReport) -> Terms:
    """The terms of a hit's report."""
    return Terms("", "", TRAVEL, "locate", told.language, "H1", "urgent")


def load_received(told: HitReport, message: Incoming) -> Card | None:
    """The notice of ours that the partner names."""
    if facts.hit_known(told.hit):
        raise StateError("hit.known", "A hit with this reference is here already.")
    return REGISTRY.by_reference["notice"](told.notice)


def receive(told: HitReport, card: Card | None, context: Context) -> Effects:
    """A partner's hit on a notice of ours."""
    message = context.message
    assert message is not None
    if card is None or card.owner != context.authority:
        raise InputError("hit.notice", "The hit names no notice of this authority.", where="notice")
    if not told.hit.startswith(f"{message.sender}/") or told.officers < 2 or not told.identifiers:
        raise InputError("hit.evidence", "A hit needs its own reference, two officers and an identifier.", where="hit")
    fields: dict[str, Any] = {
        "reference": told.hit,
        "found_here": False,
        "notice": told.notice,
        "owner": context.authority,
        "owner_unit": message.recipient_unit,
        "partner": message.sender,
        "plan": message.plan,
        "line": message.line,
        "unit": message.recipient_unit,
        "message": str(message.id),
        "report": wire.encode(told),
        "state": "told",
        "at": context.now,
    }
    return Effects(rows=(Row(HIT, str(context.new_id()), 0, fields),), leaf={"record": told.hit})


SCREEN = Act(
    "screen-manifest", 1, _("Screen a manifest"), ScreenManifest, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load_screen, screen_manifest, takes_file=True,
)  # fmt: skip
JUDGE = Act(
    "judge-candidate", 1, _("Judge a candidate"), JudgeCandidate, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic), load_judge, judge,
)  # fmt: skip
REPORT = Act(
    "report-hit", 1, _("Report a hit"), ReportHit, frozenset({"case-officer", "supervisor"}),
    report_terms, load_report, report,
    body=body, body_type=HitReport, body_terms=body_terms, load_received=load_received, receive=receive,
)  # fmt: skip
ACTS = (SCREEN, JUDGE, REPORT)
