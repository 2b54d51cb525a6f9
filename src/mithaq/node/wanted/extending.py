"""The act `extend-notice`: a notice's review is put off, after its judicial basis was checked again.

Rules: nobody extends a notice twice running, nor the one who drafted it first; the warrant is written down again and
compared with the notice's, and must be in force; the new review lies within what the line keeps. An extension is no
duty: where the line does not permit it, the notice ends at its review, here and at the partner.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError, StateError
from mithaq.node.acts import instruments, second
from mithaq.node.acts.definition import Act, Actor, Context, Effects, Incoming, Row, Terms
from mithaq.node.wanted import facts, rules
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.moves import NOTICE, MoveFacts, check_own, load_move, minor_days, sending
from mithaq.node.wanted.requests import ExtendedNotice, ExtendNotice
from mithaq.node.wanted.withdrawing import load_published_by

EXTENSION = "wanted.Extension"
CATEGORIES = frozenset({"identity", "judicial-basis"})


@dataclass(frozen=True, slots=True)
class ExtendFacts:
    """The notice as any move needs it, who set its review last, and how long one about a minor is used."""

    move: MoveFacts
    last: str
    minor_days: int


def load_extend(request: ExtendNotice, actor: Actor) -> ExtendFacts:
    """Reads the notice and who extended it last; at first that is who drafted it."""
    found = load_move(request, actor)
    return ExtendFacts(
        found,
        facts.extended_last_by(found.notice.id) or found.notice.drafted_by,
        minor_days(instruments.domestic_plan()),
    )


def extend_terms(_request: ExtendNotice, found: ExtendFacts) -> Terms:
    """An extension goes under the notice's own line, for its own purpose."""
    notice = found.move.notice
    units = [unit for unit, _wish in found.move.publications]
    content = notice.content
    stated = Terms(notice.plan, notice.line, CATEGORIES, content.purpose, content.language, content.handling)
    return replace(stated, urgency=content.urgency, recipient=units[0] if units else None)


def extend(request: ExtendNotice, found: ExtendFacts, context: Context) -> Effects:
    """The review is put off here at once, and at every unit that the notice was published to."""
    notice, actor = found.move.notice, context.actor
    check_own(notice, context)
    rules.check_unit(notice.unit, actor.unit)
    rules.check_version(notice.version, request.version)
    rules.still_used(notice.state, notice.review, context.now)
    rules.another_person(found.last, actor.name)
    second.check_present(actor)
    if not request.reason.strip():
        raise InputError("extension.reason", "An extension needs its reason.", where="reason")
    rules.check_basis(request.basis, notice.content.basis)
    kept = context.now + rules.kept_for(context.permit.obligations.retention_days)
    most = rules.longest(notice.content.person.birth_dates, context.now, found.minor_days)
    review = rules.extended_review(request.review, notice.review, context.now, min(kept, context.now + most))
    told = _row(notice, actor.name, request.reason, review, context)
    changed = Row(NOTICE, notice.id, notice.version, {"review": review, "kept_until": kept, "changed": context.now})
    return Effects(
        rows=(changed, told),
        sendings=tuple(
            replace(sending("extend-notice@1", notice, unit), follows=wish) for unit, wish in found.move.publications
        ),
        answer=notice.id,
        leaf={"record": notice.reference, "review": review.date().isoformat()},
    )


def _row(notice: NoticeFacts, by: str, reason: str, review: datetime, context: Context) -> Row:
    fields = {
        "notice": notice.id, "by": by, "reason": reason, "at": context.now, "before": notice.review, "after": review,
    }  # fmt: skip
    return Row(EXTENSION, str(context.new_id()), 0, fields)


def extended_body(key: str) -> ExtendedNotice | None:
    """The content of `extend-notice@1`: the latest extension of a notice; None when the notice is used no more."""
    notice, latest = facts.notice(key), facts.extensions(key)
    if notice.state != "active" or not latest:
        return None
    content, one = notice.content, latest[-1]
    basis = content.basis
    return ExtendedNotice(
        reference=notice.reference,
        review=one.after.date().isoformat(),
        reason=one.reason,
        warrant=basis.warrant,
        court=basis.court,
        issued=basis.issued,
        purpose=content.purpose,
        language=content.language,
        urgency=content.urgency,
        handling=content.handling,
    )


def extended_terms(told: ExtendedNotice) -> Terms:
    """The terms that an extension states: those of its notice."""
    return Terms("", "", CATEGORIES, told.purpose, told.language, told.handling, told.urgency)


# what the partner's worker runs


def load_extended(told: ExtendedNotice, message: Incoming) -> NoticeFacts:
    """The notice that the extension names, which must be the unit's own and the one whose message it answers."""
    return load_published_by(told.reference, message)


def receive_extension(told: ExtendedNotice, notice: NoticeFacts, context: Context) -> Effects:
    """The partner's notice is used until its new review, on the basis that it came with and no other.

    One that ended here while the extension was on its way is used again: its owner extended it in time.
    """
    message = context.message
    assert message is not None
    if notice.state == "expired" and message.created > notice.review:
        raise StateError("extension.late", "The notice had ended before it was extended.", where="review")
    state = rules.move(notice.state, "renew")
    rules.check_basis(rules.stated_basis(told.warrant, told.court, told.issued), notice.content.basis)
    kept = context.now + rules.kept_for(message.retention_days)
    review = rules.extended_review(told.review, notice.review, context.now, kept + timedelta(days=1))
    fields = {"state": state, "review": min(review, kept), "kept_until": kept, "changed": context.now}
    row = Row(NOTICE, notice.id, notice.version, fields)
    history = _row(notice, message.sender_unit, told.reason, min(review, kept), context)
    return Effects(rows=(row, history), leaf={"record": notice.reference, "review": told.review})


EXTEND = Act(
    "extend-notice", 1, _("Extend a notice"), ExtendNotice, frozenset({"supervisor"}),
    extend_terms, load_extend, extend,
    body=extended_body, body_type=ExtendedNotice, body_terms=extended_terms, states_urgency=True,
    load_received=load_extended, receive=receive_extension,
    says=(
        "Extend a notice: its review is put off, within what the line keeps and a year at most. The warrant is "
        "written down again and compared with the notice's, and must be in force. Who extended last does not extend "
        "again, nor who drafted at first. It is no duty: where the line does not permit it, the notice ends at its "
        "review, here and at the partner."
    ),
    command="wanted extend", page="/notices/KEY/extend",
)  # fmt: skip
