"""The act `withdraw-notice`: a notice stops being used, here at once and at the partner as soon as it hears. Pure.

Rule: the withdrawal of what went out is a duty; a partner withdraws what it has published itself, and nothing else.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts import wire
from mithaq.node.acts.definition import Act, Context, Effects, Incoming, Terms
from mithaq.node.wanted import facts, rules
from mithaq.node.wanted.facts import NoticeFacts
from mithaq.node.wanted.moves import MoveFacts, check_own, load_move, moved, own_terms, sending
from mithaq.node.wanted.requests import Withdrawal, WithdrawNotice


def withdraw_terms(_request: WithdrawNotice, found: MoveFacts) -> Terms:
    """A withdrawal of what went out, or is about to, is a duty: no suspension and no expiry holds it up."""
    stated = own_terms(found, frozenset({"identity"}))
    out = found.notice.state == "active" and found.publications
    return replace(stated, duty_for=str(found.publications[0][1]) if out else None)


def withdraw(request: WithdrawNotice, found: MoveFacts, context: Context) -> Effects:
    """A notice is withdrawn here at once and, where it was published, at the partner."""
    notice = found.notice
    check_own(notice, context)
    rules.check_version(notice.version, request.version)
    if not request.reason.strip():
        raise InputError("notice.reason", "A withdrawal needs its reason.", where="reason")
    stored = wire.encode(replace(notice.content, portrait=None))
    content = {**stored, "withdrawn": request.reason, "has_portrait": notice.content.portrait is not None}
    effects = moved(notice, "withdraw", context, content=content)
    if notice.state != "active":
        return effects
    return replace(
        effects,
        sendings=tuple(
            replace(sending("withdraw-notice@1", notice, unit), follows=wish) for unit, wish in found.publications
        ),
    )


def withdrawal_body(key: str) -> Withdrawal:
    """The content of `withdraw-notice@1` for a notice."""
    notice = facts.notice(key)
    return Withdrawal(notice.reference, facts.withdrawal_reason(key), notice.content.language)


def withdrawal_terms(withdrawal: Withdrawal) -> Terms:
    """A withdrawal identifies the person by reference only."""
    return Terms("", "", frozenset({"identity"}), "information", withdrawal.language)


# what the partner's worker runs


def load_withdrawn(withdrawal: Withdrawal, message: Incoming) -> NoticeFacts:
    """The notice that the withdrawal names, which must be the unit's own and the one whose message it answers."""
    return load_published_by(withdrawal.reference, message)


def load_published_by(reference: str, message: Incoming) -> NoticeFacts:
    """The notice of a reference that the sender of `message` published by the message that it answers.

    InputError `notice.unknown`.
    """
    found = facts.by_reference(reference)
    published = found is not None and found.message == str(message.in_reply_to)
    if found is None or not published or (found.authority, found.unit) != (message.sender, message.sender_unit):
        raise InputError("notice.unknown", "The message names no notice of its sender.")
    return found


def receive_withdrawal(withdrawal: Withdrawal, notice: NoticeFacts, context: Context) -> Effects:
    """The partner's notice stops being used here at once; a second withdrawal changes nothing."""
    if notice.state == "withdrawn":
        return Effects(leaf={"record": notice.reference, "state": "withdrawn"})
    return moved(notice, "withdraw", context)


WITHDRAW = Act(
    "withdraw-notice", 1, _("Withdraw a notice"), WithdrawNotice, frozenset({"supervisor"}),
    withdraw_terms,
    load_move, withdraw,
    body=withdrawal_body, body_type=Withdrawal, body_terms=withdrawal_terms,
    load_received=load_withdrawn, receive=receive_withdrawal,
    says=(
        "Withdraw a notice, here at once and wherever it was published. For a notice that was exchanged it is a duty: "
        "no suspension and no expiry refuses it."
    ),
    command="wanted withdraw", page="/notices/KEY/withdraw",
)  # fmt: skip
