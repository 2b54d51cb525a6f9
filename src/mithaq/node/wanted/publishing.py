"""The act `publish-notice`: an approved notice goes to the partner's units, and theirs becomes active here. Pure.

Rules: it goes out under a line of the joint plan; a partner's reference is of its own series, and taken once.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import portraits
from mithaq.node.acts.definition import Act, Context, Effects, Incoming, Row, Terms
from mithaq.node.wanted import facts, rules
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.moves import NOTICE, MoveFacts, check_own, content_fields, load_move, moved, sending
from mithaq.node.wanted.requests import NoticeContent, PublishNotice


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
    check_own(notice, context)
    rules.check_version(notice.version, request.version)
    kept = context.now + rules.kept_for(context.permit.obligations.retention_days)
    effects = moved(notice, "publish", context, review=min(notice.review, kept), kept_until=kept)
    return replace(
        effects,
        sendings=tuple(sending("publish-notice@1", notice, unit) for unit in found.recipients),
    )


def published_body(key: str) -> NoticeContent | None:
    """The content of `publish-notice@1`, or None when the notice is no longer active."""
    notice = facts.notice(key)
    return notice.content if notice.state == "active" else None


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
    kept = context.now + rules.kept_for(message.retention_days)
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
        "review": min(rules.review_of(content.review, context.now), kept),
        "kept_until": kept,
        **content_fields(content, portrait),
    }
    row = Row(NOTICE, str(context.new_id()), 0, fields)
    return Effects(rows=(row,), leaf={"record": content.reference})


PUBLISH = Act(
    "publish-notice", 1, _("Publish a notice"), PublishNotice, frozenset({"supervisor"}),
    publish_terms, load_move, publish,
    body=published_body,
    body_type=NoticeContent, body_terms=content_terms, states_urgency=True,
    load_received=load_published, receive=receive_notice,
    says=(
        "Publish a notice: it becomes active and goes to every unit that the line lets receive it. At the partner it "
        "is active at once, and screening uses it."
    ),
    command="wanted publish", page="/notices/KEY/publish",
)  # fmt: skip
