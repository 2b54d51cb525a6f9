"""Hits: what a confirmed candidate becomes, telling its owner, and a hit that the partner tells us of. Pure.

Rule: a hit rests on a live notice, two officers and an identifier beyond name and birth date, ours and the partner's
alike. Design: subjects, "Wanted persons" (Hit).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import envelope, instruments, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Sending, Terms
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import facts
from mithaq.node.border.candidates import TRAVEL
from mithaq.node.border.facts import CandidateFacts, HitFacts
from mithaq.node.border.requests import HitReport, ReportHit

HIT = "border.Hit"
# A hit is kept so long where neither its line nor the domestic instrument (`hit_days`) says otherwise.
DAYS = 365


def made(
    candidate: CandidateFacts, identifier: str, reference: str, recipients: tuple[str, ...], days: int, context: Context
) -> tuple[Row, tuple[Sending, ...]]:
    """The hit that a second confirmation makes, kept for `days`, and the wishes to tell its owner.

    `identifier` is what the confirming officer compared. Raises StateError `notice.gone`.
    """
    card = candidate.card
    if card is None or not card.live:
        raise StateError("notice.gone", "The notice was withdrawn meanwhile.", remedy="Reject the candidate.")
    identifiers = [one.identifier for one in candidate.judgements if one.identifier] + [identifier]
    report = HitReport(
        hit=reference,
        notice=card.reference,
        traveller=candidate.traveller,
        travel=candidate.travel,
        identifiers=tuple(dict.fromkeys(identifiers)),
        officers=sum(one.verdict == "match" for one in candidate.judgements) + 1,
        confirmed=envelope.text_of(context.now),
        purpose=card.purpose,
        handling=card.handling,
    )
    key = str(context.new_id())
    fields = {
        "reference": reference,
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
        "kept_until": context.now + timedelta(days=days),
    }
    sendings = tuple(_telling(card.plan, card.line, candidate.unit, unit, key, card.message) for unit in recipients)
    return Row(HIT, key, 0, fields), sendings


def _telling(plan: str, line: str, sender: str, recipient: str, hit: str, notice_message: str) -> Sending:
    return Sending("report-hit@1", plan, line, sender, recipient, HIT, hit, "urgent", in_reply_to=UUID(notice_message))


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The hit, and the units that the plan lets hear of it."""

    hit: HitFacts
    recipients: tuple[str, ...]


def load_report(request: ReportHit, actor: Actor) -> ReportFacts:
    """Reads the hit and who may be told."""
    hit = facts.hit(request.hit, actor)
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
    return Terms("", "", TRAVEL, told.purpose, told.language, told.handling, "urgent")


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
    if (told.purpose, told.handling) != (card.purpose, card.handling):
        raise InputError("hit.terms", "The hit states another purpose or handling code than its notice.", where="hit")
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
        "kept_until": context.now + timedelta(days=message.retention_days or DAYS),
    }
    return Effects(rows=(Row(HIT, str(context.new_id()), 0, fields),), leaf={"record": told.hit})


REPORT = Act(
    "report-hit", 1, _("Report a hit"), ReportHit, frozenset({"case-officer", "supervisor"}),
    report_terms, load_report, report,
    body=body, body_type=HitReport, body_terms=body_terms, states_urgency=True,
    load_received=load_received, receive=receive,
    says=(
        "Report a hit to the notice's owner: by itself when a hit is confirmed, and by an officer again after the "
        "plan refused it once."
    ),
    command="border report", page="/hits/KEY/report",
)  # fmt: skip
