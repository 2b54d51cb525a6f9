"""What the acts on a notice share: the facts of a move, its row and its wish. Pure but for `load_move`.

Rule: only its owner moves a notice. Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from mithaq.errors import StateError
from mithaq.node.acts import instruments, wire
from mithaq.node.acts.definition import Actor, Context, Effects, Row, Sending, Terms
from mithaq.node.wanted import facts, minors, rules
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.requests import ApproveNotice, ExtendNotice, NoticeContent, PublishNotice, WithdrawNotice
from mithaq.plan.document import Plan

NOTICE = "wanted.Notice"
DOMESTIC_LINE = "domestic"


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """What moving a notice needs: the notice, the domestic instrument, who may receive it and who has."""

    notice: NoticeFacts
    domestic: str
    recipients: tuple[str, ...]
    publications: tuple[tuple[str, UUID], ...]


def load_move(request: ApproveNotice | PublishNotice | ExtendNotice | WithdrawNotice, actor: Actor) -> MoveFacts:
    """Reads the notice and, from the plan, the units that may receive it."""
    notice = facts.notice(request.notice, actor)
    recipients = instruments.recipients(notice.plan, notice.line, "publish-notice", notice.unit)
    return MoveFacts(notice, instruments.domestic_plan().id, recipients, facts.publications(notice.id))


def minor_days(domestic: Plan) -> int:
    """For how many days a notice about a minor is used before it is looked at again, by the domestic instrument."""
    return instruments.settings(domestic, DOMESTIC_LINE, "draft-notice")[minors.SETTING]


def domestic_terms(plan: str, categories: frozenset[str], language: str = "en", handling: str = "H1") -> Terms:
    """The terms of a local act under the node's domestic instrument."""
    return Terms(plan, DOMESTIC_LINE, categories, "domestic", language, handling)


def own_terms(found: MoveFacts, categories: frozenset[str]) -> Terms:
    """The terms of a domestic act on a notice of these categories."""
    content = found.notice.content
    return domestic_terms(found.domestic, categories, content.language, content.handling)


def content_fields(content: NoticeContent, portrait: bytes | None) -> dict[str, Any]:
    """What a notice's row holds of its content."""
    stored = wire.encode(replace(content, portrait=None))
    return {
        "category": content.category,
        "purpose": content.purpose,
        "urgency": content.urgency,
        "handling": content.handling,
        "language": content.language,
        "minor_until": minors.minor_until(content.person.birth_dates),
        "content": {**stored, "has_portrait": portrait is not None},
        "portrait": portrait,
    }


def check_own(notice: NoticeFacts, context: Context) -> None:
    """StateError `notice.foreign` for a notice of the partner."""
    if notice.authority != context.authority:
        raise StateError("notice.foreign", "This notice belongs to the partner; only its owner moves it.")


def moved(notice: NoticeFacts, verb: str, context: Context, **fields: Any) -> Effects:
    """The notice after the step `verb`, with other fields that change."""
    state = rules.move(notice.state, verb)
    row = Row(NOTICE, notice.id, notice.version, {"state": state, "changed": context.now, **fields})
    return Effects(rows=(row,), answer=notice.id, leaf={"record": notice.reference, "state": state})


def sending(act: str, notice: NoticeFacts, unit: str) -> Sending:
    """The wish to send a notice to a unit."""
    return Sending(act, notice.plan, notice.line, notice.unit, unit, NOTICE, notice.id, notice.content.urgency)
