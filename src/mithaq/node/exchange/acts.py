"""The act of this subject: suspend a line of the plan.

Rule: a suspension binds its author at once and the partner when received; the word of it is never stopped by it.
Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import facts_plan, instruments
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Sending, Terms
from mithaq.node.exchange.requests import SuspendLine

SUSPENSION = "acts.Suspension"
WORD = "suspend-line"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """The line, who may hear of its suspension, and whether it is suspended."""

    party: str
    recipients: tuple[str, ...]
    suspended: bool


def load(request: SuspendLine, actor: Actor) -> LineFacts:
    """Reads the plan's line. InputError `plan.line`."""
    if not facts_plan.has_line(request.plan, request.line):
        raise InputError("plan.line", "The plan has no such line.", remedy="mithaq plan show lists them.", where="line")
    return LineFacts(
        facts_plan.party_of(request.plan, actor.unit),
        instruments.recipients(request.plan, request.line, WORD, actor.unit),
        facts_plan.is_suspended(request.plan, request.line),
    )


def terms(request: SuspendLine, found: LineFacts) -> Terms:
    """What the plan decides on."""
    return Terms(
        request.plan,
        request.line,
        frozenset({"organisational"}),
        "information",
        request.language,
        "H0",
        recipient=found.recipients[0] if found.recipients else None,
    )


def suspend(request: SuspendLine, found: LineFacts, context: Context) -> Effects:
    """The line is suspended here at once, and the partner is told."""
    if found.suspended:
        raise StateError("plan.suspended", "This line is suspended already.")
    if not request.reason.strip():
        raise InputError("plan.reason", "A suspension needs its reason.", where="reason")
    key = str(context.new_id())
    sendings = tuple(
        Sending("suspend-line@1", request.plan, request.line, context.actor.unit, unit, SUSPENSION, key, "urgent")
        for unit in found.recipients
    )
    return Effects(
        rows=(_row(key, request, found.party, context),), sendings=sendings, answer=key, leaf={"record": request.line}
    )


def _row(key: str, request: SuspendLine, party: str, context: Context) -> Row:
    fields = {
        "plan": request.plan,
        "line": request.line,
        "by": party,
        "since": context.now,
        "reason": request.reason,
    }
    return Row(SUSPENSION, key, 0, fields)


def body(key: str) -> SuspendLine:
    """The content of `suspend-line@1`."""
    return SuspendLine(*facts_plan.suspension(key))


def body_terms(request: SuspendLine) -> Terms:
    """A suspension holds nothing of persons."""
    return Terms("", "", frozenset({"organisational"}), "information", request.language, "H0")


def load_received(request: SuspendLine, message: Incoming) -> LineFacts:
    """The line as the partner names it, which must be the line that its message runs under."""
    if (request.plan, request.line) != (message.plan, message.line):
        raise InputError("plan.line", "The suspension names another line than its envelope.", where="line")
    party = facts_plan.party_of(request.plan, message.sender_unit)
    return LineFacts(party, (), facts_plan.is_suspended(request.plan, request.line, party))


def receive(request: SuspendLine, found: LineFacts, context: Context) -> Effects:
    """The partner's suspension binds this side from now on."""
    if found.suspended:
        return Effects(leaf={"record": request.line})
    row = _row(str(context.new_id()), request, found.party, context)
    return Effects(rows=(row,), leaf={"record": request.line})


SUSPEND = Act(
    WORD, 1, _("Suspend a line"), SuspendLine, frozenset({"party-coordinator"}), terms, load, suspend,
    body=body, body_type=SuspendLine, body_terms=body_terms, load_received=load_received, receive=receive,
    says=(
        "Suspend a line: it binds its author at once, and the partner when received. The word of it is never stopped "
        "by it, and duties still pass."
    ),
    command="plan suspend", page="/plan/suspend",
)  # fmt: skip
ACTS = (SUSPEND,)
