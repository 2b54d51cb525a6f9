"""Judging a candidate, one officer at a time.

Rule: a second confirmation makes the hit and the wish to tell the notice's owner in the same transaction.
Design: subjects, "Wanted persons" (Hit) and safeguard 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.errors import StateError
from mithaq.node.acts import instruments, second, store
from mithaq.node.acts.definition import Act, Actor, Context, Counted, Effects, Row
from mithaq.node.border import clause, counted, facts, hits, rules
from mithaq.node.border.candidates import CANDIDATE, LINE, domestic_terms
from mithaq.node.border.counted import Rejected
from mithaq.node.border.facts import CandidateFacts
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.start import Node


@dataclass(frozen=True, slots=True)
class JudgeFacts:
    """The candidate, and where a confirmed one must be told."""

    candidate: CandidateFacts
    domestic: str
    reference: str
    recipients: tuple[str, ...]
    handling: str
    hit_days: int
    counted: tuple[Rejected, int] | None


def load_judge(request: JudgeCandidate, actor: Actor) -> JudgeFacts:
    """Reads the candidate; takes a number for the hit only when this judgement may make one."""
    candidate = facts.whole(request.candidate, actor)
    card, reference = candidate.card, ""
    recipients: tuple[str, ...] = ()
    if request.verdict == "match" and candidate.judgements:
        series = f"{Node.config.authority}/{Node.clock.now().year}/HIT"
        reference = f"{series}/{store.next_number(series):05d}"
    if card is not None and card.message:
        allowed = instruments.recipients(card.plan, card.line, "report-hit", candidate.unit)
        recipients = tuple(unit for unit in allowed if unit == card.owner_unit)
    handling = card.handling if card else "H1"
    domestic = instruments.domestic_plan()
    settings = instruments.settings(domestic, LINE, "judge-candidate")
    days = instruments.retention_days(card.plan, card.line, "report-hit") if card and card.plan else None
    # Who turns out not to be listed is a false alert, and counts as one for the thresholds of the post.
    closes = counted.rejected(candidate.id) if request.verdict == "no-match" else None
    screening = instruments.settings(domestic, LINE, "screen-manifest")
    return JudgeFacts(
        candidate, domestic.id, reference, recipients, handling, days or settings.get("hit_days", hits.DAYS),
        (closes, clause.post_clause(screening, closes.post, closes.feed).score_days) if closes else None,
    )  # fmt: skip


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
    if state == "confirmed":
        second.check_present(actor)
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
        counts = _counted(found.counted, context) if state == "rejected" else ()
        return Effects(rows=rows, answer={"state": state, "hit": ""}, leaf=leaf, counts=counts)
    hit, sendings = hits.made(candidate, request.identifier, found.reference, found.recipients, found.hit_days, context)
    return Effects(
        rows=(*rows, hit),
        sendings=sendings,
        answer={"state": state, "hit": hit.id},
        leaf={**leaf, "hit": found.reference},
    )


def _counted(closed: tuple[Rejected, int] | None, context: Context) -> tuple[Counted, ...]:
    if closed is None:
        return ()
    one, days = closed
    return counted.counts(one.post, one.feed, [one.scored], days, context.now)


JUDGE = Act(
    "judge-candidate", 1, _("Judge a candidate"), JudgeCandidate, frozenset({"case-officer", "supervisor"}),
    lambda _request, found: domestic_terms(found.domestic, found.handling), load_judge, judge,
    says=(
        "Judge a candidate. One rejection closes this crossing; a second officer's confirmation, with an identifier "
        "beyond name and birth date, makes the hit and the wish to tell the notice's owner in the same transaction."
    ),
    command="border judge", page="/candidates/KEY/judge",
)  # fmt: skip
