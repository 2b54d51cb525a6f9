"""The acts of notices: draft, approve, publish, withdraw. Each function is pure.

Rule: `publish-notice` and `withdraw-notice` go out under a line of the joint plan; the others are domestic.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import instruments, portraits, second, store, wire
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Sending, SubjectsChanged, Terms
from mithaq.node.acts.need_to_know import check_line
from mithaq.node.acts.nouns import MATCHED
from mithaq.node.start import Node
from mithaq.node.wanted import facts, rules
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.requests import (
    ApproveNotice,
    DraftNotice,
    NoticeContent,
    PublishNotice,
    Withdrawal,
    WithdrawNotice,
)

NOTICE = "wanted.Notice"
DOMESTIC_LINE = "domestic"


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What drafting needs: the joint plan's id and the next reference."""

    plan: str
    domestic: str
    reference: str


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What moving a notice needs: the notice, the domestic instrument, who may receive it and who has."""

    notice: NoticeFacts
    domestic: str
    recipients: tuple[str, ...]
    publications: tuple[tuple[str, UUID], ...]


def domestic_terms(plan: str, categories: frozenset[str], language: str = "en", handling: str = "H1") -> Terms:
    """The terms of a local act under the node's domestic instrument."""
    return Terms(plan, DOMESTIC_LINE, categories, "domestic", language, handling)


# draft-notice


def load_draft(request: DraftNotice, _actor: Actor) -> DraftFacts:
    """Reads the plans and takes the next reference: `MA-BE/2026/WP/00042`, by the authority's own series."""
    joint, domestic, year = instruments.joint_plan(), instruments.domestic_plan(), Node.clock.now().year
    series = f"{Node.config.authority}/{year}/WP"
    return DraftFacts(joint.id, domestic.id, f"{series}/{store.next_number(series):05d}")


def draft(request: DraftNotice, found: DraftFacts, context: Context) -> Effects:
    """A new draft; its portrait is decoded and encoded anew, so that nothing else hides in the file."""
    content = replace(request.content, reference=found.reference)
    rules.check_content(content, context.now)
    portrait = portraits.reencode(content.portrait) if content.portrait else None
    key = str(context.new_id())
    fields = {
        "reference": found.reference,
        "authority": context.authority,
        "unit": context.actor.unit,
        "plan": found.plan,
        "line": request.line,
        "state": "draft",
        "drafted_by": context.actor.name,
        "created": context.now,
        "changed": context.now,
        "review": rules.review_of(content.review, context.now),
        **_content_fields(content, portrait),
    }
    return Effects(rows=(Row(NOTICE, key, 0, fields),), answer=key, leaf={"record": found.reference})


def _content_fields(content: NoticeContent, portrait: bytes | None) -> dict[str, Any]:
    stored = wire.encode(replace(content, portrait=None))
    return {
        "category": content.category,
        "purpose": content.purpose,
        "urgency": content.urgency,
        "handling": content.handling,
        "language": content.language,
        "content": {**stored, "has_portrait": portrait is not None},
        "portrait": portrait,
    }


# approve, publish, withdraw


def load_move(request: ApproveNotice | PublishNotice | WithdrawNotice, actor: Actor) -> MoveFacts:
    """Reads the notice and, from the plan, the units that may receive it."""
    notice = facts.notice(request.notice)
    check_line(actor, notice.line)
    recipients = instruments.recipients(notice.plan, notice.line, "publish-notice", notice.unit)
    return MoveFacts(notice, instruments.domestic_plan().id, recipients, facts.publications(notice.id))


def approve(request: ApproveNotice, found: MoveFacts, context: Context) -> Effects:
    """The second person approves what she has read."""
    notice = found.notice
    _own(notice, context)
    rules.check_version(notice.version, request.version)
    rules.second_person(notice.drafted_by, context.actor.name)
    second.check_present(context.actor)
    return _moved(notice, "approve", context, approved_by=context.actor.name)


def publish_terms(_request: PublishNotice, found: MoveFacts) -> Terms:
    """What the plan decides on: the notice's own line, purpose, categories, language and handling code."""
    notice = found.notice
    if not found.recipients:
        return Terms(notice.plan, notice.line, frozenset(), notice.content.purpose, notice.content.language)
    stated = content_terms(notice.content)
    return replace(
        stated, plan=notice.plan, line=notice.line, urgency=notice.content.urgency, recipient=found.recipients[0]
    )


def content_terms(content: NoticeContent) -> Terms:
    """The terms that a notice's content states."""
    return Terms(
        "", "", rules.categories(content), content.purpose, content.language, content.handling, content.urgency
    )


def publish(request: PublishNotice, found: MoveFacts, context: Context) -> Effects:
    """An approved notice becomes active, and goes to every unit that the plan lets receive it."""
    notice = found.notice
    _own(notice, context)
    rules.check_version(notice.version, request.version)
    effects = _moved(notice, "publish", context)
    return replace(
        effects,
        sendings=tuple(_sending("publish-notice@1", notice, unit) for unit in found.recipients),
        subjects=_entered(notice.id, notice.content),
    )


def _entered(key: str, content: NoticeContent) -> tuple[SubjectsChanged, ...]:
    """A notice is looked for from now on, unless its person never reaches matching (safeguard 2)."""
    return (SubjectsChanged("notice", key, entered=(f"notice:{key}",)),) if content.category in MATCHED else ()


def published_body(key: str) -> NoticeContent | None:
    """The content of `publish-notice@1`, or None when the notice is no longer active."""
    notice = facts.notice(key)
    return notice.content if notice.state == "active" else None


def withdraw_terms(_request: WithdrawNotice, found: MoveFacts) -> Terms:
    """A withdrawal of what went out, or is about to, is a duty: no suspension and no expiry holds it up."""
    stated = _own_terms(found, frozenset({"identity"}))
    out = found.notice.state == "active" and found.publications
    return replace(stated, duty_for=str(found.publications[0][1]) if out else None)


def _own_terms(found: MoveFacts, categories: frozenset[str]) -> Terms:
    content = found.notice.content
    return domestic_terms(found.domestic, categories, content.language, content.handling)


def withdraw(request: WithdrawNotice, found: MoveFacts, context: Context) -> Effects:
    """A notice is withdrawn here at once and, where it was published, at the partner."""
    notice = found.notice
    _own(notice, context)
    rules.check_version(notice.version, request.version)
    if not request.reason.strip():
        raise InputError("notice.reason", "A withdrawal needs its reason.", where="reason")
    stored = wire.encode(replace(notice.content, portrait=None))
    content = {**stored, "withdrawn": request.reason, "has_portrait": notice.content.portrait is not None}
    effects = _moved(notice, "withdraw", context, content=content)
    if notice.state != "active":
        return effects
    return replace(
        effects,
        sendings=tuple(
            replace(_sending("withdraw-notice@1", notice, unit), follows=wish) for unit, wish in found.publications
        ),
    )


def _own(notice: NoticeFacts, context: Context) -> None:
    if notice.authority != context.authority:
        raise StateError("notice.foreign", "This notice belongs to the partner; only its owner moves it.")


def _moved(notice: NoticeFacts, verb: str, context: Context, **fields: Any) -> Effects:
    state = rules.move(notice.state, verb)
    row = Row(NOTICE, notice.id, notice.version, {"state": state, "changed": context.now, **fields})
    left = notice.state == "active" and state != "active" and notice.content.category in MATCHED
    return Effects(
        rows=(row,),
        answer=notice.id,
        leaf={"record": notice.reference, "state": state},
        subjects=(SubjectsChanged("notice", notice.id, left=(f"notice:{notice.id}",)),) if left else (),
    )


def _sending(act: str, notice: NoticeFacts, unit: str) -> Sending:
    return Sending(act, notice.plan, notice.line, notice.unit, unit, NOTICE, notice.id, notice.content.urgency)


# what the partner's worker runs


def load_published(content: NoticeContent, message: Incoming) -> NoticeFacts | None:
    """The notice with this reference, when it is here already (a newer version of it supersedes)."""
    return facts.by_reference(content.reference)


def receive_notice(content: NoticeContent, known: NoticeFacts | None, context: Context) -> Effects:
    """A partner's notice becomes active here; its reference must be of the sender's own series."""
    message = context.message
    assert message is not None
    if not content.reference.startswith(f"{message.sender}/"):
        raise InputError("notice.reference", "The reference is not of the sender's own series.", where="reference")
    if known is not None:
        raise StateError("notice.known", "A notice with this reference is here already.")
    rules.check_content(content, context.now)
    portrait = portraits.reencode(content.portrait) if content.portrait else None
    fields = {
        "reference": content.reference,
        "authority": message.sender,
        "unit": message.sender_unit,
        "plan": message.plan,
        "line": message.line,
        "state": "active",
        "message": str(message.id),
        "created": context.now,
        "changed": context.now,
        "review": rules.review_of(content.review, context.now),
        **_content_fields(content, portrait),
    }
    row = Row(NOTICE, str(context.new_id()), 0, fields)
    return Effects(rows=(row,), leaf={"record": content.reference}, subjects=_entered(row.id, content))


def load_withdrawn(withdrawal: Withdrawal, message: Incoming) -> NoticeFacts:
    """The notice that the withdrawal names, which must be the unit's own and the one whose message it answers."""
    found = facts.by_reference(withdrawal.reference)
    published = found is not None and found.message == str(message.in_reply_to)
    if found is None or not published or (found.authority, found.unit) != (message.sender, message.sender_unit):
        raise InputError("notice.unknown", "The withdrawal names no notice of its sender.")
    return found


def receive_withdrawal(withdrawal: Withdrawal, notice: NoticeFacts, context: Context) -> Effects:
    """The partner's notice stops being used here at once; a second withdrawal changes nothing."""
    if notice.state == "withdrawn":
        return Effects(leaf={"record": notice.reference, "state": "withdrawn"})
    return _moved(notice, "withdraw", context)


def withdrawal_body(key: str) -> Withdrawal:
    """The content of `withdraw-notice@1` for a notice."""
    notice = facts.notice(key)
    return Withdrawal(notice.reference, facts.withdrawal_reason(key), notice.content.language)


def withdrawal_terms(withdrawal: Withdrawal) -> Terms:
    """A withdrawal identifies the person by reference only."""
    return Terms("", "", frozenset({"identity"}), "information", withdrawal.language)


DRAFT = Act(
    "draft-notice", 1, _("Draft a notice"), DraftNotice, frozenset({"case-officer", "supervisor"}),
    lambda request, found: domestic_terms(
        found.domestic, rules.categories(request.content), request.content.language, request.content.handling
    ),
    load_draft, draft,
)  # fmt: skip
APPROVE = Act(
    "approve-notice", 1, _("Approve a notice"), ApproveNotice, frozenset({"supervisor"}),
    lambda _request, found: _own_terms(found, rules.categories(found.notice.content)),
    load_move, approve,
)  # fmt: skip
PUBLISH = Act(
    "publish-notice", 1, _("Publish a notice"), PublishNotice, frozenset({"supervisor"}),
    publish_terms, load_move, publish,
    body=published_body,
    body_type=NoticeContent, body_terms=content_terms, states_urgency=True,
    load_received=load_published, receive=receive_notice,
)  # fmt: skip
WITHDRAW = Act(
    "withdraw-notice", 1, _("Withdraw a notice"), WithdrawNotice, frozenset({"supervisor"}),
    withdraw_terms,
    load_move, withdraw,
    body=withdrawal_body, body_type=Withdrawal, body_terms=withdrawal_terms,
    load_received=load_withdrawn, receive=receive_withdrawal,
)  # fmt: skip
ACTS = (DRAFT, APPROVE, PUBLISH, WITHDRAW)
