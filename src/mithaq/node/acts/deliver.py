"""The worker delivers: the same bytes, again and again, until the partner's receipt is here or the message expires.

    8 decide once more at each attempt; full jitter from 1 s to 5 min; the partner's receipt is kept, never waited for

Rule: what is delivered is what was signed and logged; a partner that is down delays a message and loses none.
Design: exchange, "Delivery"; architecture, "The road".
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction

from mithaq.errors import MithaqError, TransportError
from mithaq.node.acts import arrive, instruments, receipts, store
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.definition import Terms
from mithaq.node.acts.models import Alarm, Inbox, Outbox, Receipt
from mithaq.node.start import Node
from mithaq.plan.decide import Refusal
from mithaq.seal import jws

FIRST, LAST = 1.0, 300.0
BATCH = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from a partner's gateway."""

    status: int
    body: bytes


class Link(Protocol):
    """A connection to a partner's gateway; raises TransportError."""

    def post(self, partner: str, path: str, data: bytes) -> Answer: ...


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: full jitter, 1 s to 5 min."""
    return timedelta(seconds=random.uniform(FIRST / 2, min(LAST, FIRST * 2 ** min(attempts, 16))))  # noqa: S311


def deliver_due(link: Link, now: datetime) -> int:
    """Deliver what is due, oldest first on each channel; returns how many messages and receipts got an answer."""
    done = 0
    down: set[str] = set()
    for row in Outbox.objects.filter(state="waiting", next_attempt__lte=now).order_by("partner", "sequence")[:BATCH]:
        if row.partner not in down:
            done += _deliver(row, link, Node.clock.now(), down)
    for given in Receipt.objects.filter(outgoing=True, delivered=False, next_attempt__lte=now).order_by("id")[:BATCH]:
        if given.partner not in down:
            done += _deliver_receipt(given, link, Node.clock.now(), down)
    return done


def next_due() -> datetime | None:
    """When the next attempt is due, or None when nothing waits."""
    waiting = Outbox.objects.filter(state="waiting").order_by("next_attempt").values_list("next_attempt", flat=True)
    given = Receipt.objects.filter(outgoing=True, delivered=False).order_by("next_attempt")
    moments = [*waiting[:1], *given.values_list("next_attempt", flat=True)[:1]]
    return min((moment for moment in moments if moment is not None), default=None)


def _deliver(row: Outbox, link: Link, now: datetime, down: set[str]) -> int:
    with instruments.snapshot():
        return _attempt(row, link, now, down)


def _attempt(row: Outbox, link: Link, now: datetime, down: set[str]) -> int:
    payload = jws.peek(bytes(row.envelope))
    if row.expires <= now:
        return _finish(row, "expired", "envelope.expired", now)
    ground = _still_permitted(payload, now)
    if ground:
        return _finish(row, "withheld", ground, now)
    try:
        answer = link.post(row.partner, "/messages", envelopes.frame(bytes(row.envelope), bytes(row.content or b"")))
        receipt = _receipt(answer, row)
    except MithaqError as error:
        _again(row, now, error.code)
        if isinstance(error, TransportError):
            down.add(row.partner)
        return 0
    ground = receipts.ground_of(receipt)
    if receipt["kind"] == "RX" and receipts.is_passing(ground):
        _again(row, now, ground)
        return 0
    arrive.keep_receipt(receipt, answer.body, row.partner, now)
    return _finish(row, "accepted" if receipt["kind"] == "R0" else "rejected", ground, now)


def _still_permitted(payload: Mapping[str, Any], now: datetime) -> str:
    """The ground that now forbids sending, or nothing; the quota was counted when the message was made."""
    word, version = arrive.act_words(payload)
    terms = arrive.terms_of(payload)
    if payload["in_reply_to"]:
        terms = _as_duty(terms, payload["in_reply_to"])
    answer = instruments.decide_terms(word, version, terms, payload["from"]["unit"], now)
    return answer.ground if isinstance(answer, Refusal) else ""


def _as_duty(terms: Terms, message: str) -> Terms:
    exchanged = (
        Outbox.objects.filter(message=message, state="accepted").exists()
        or Receipt.objects.filter(message=message, outgoing=False, kind__in=("R0", "R2")).exists()
        or Inbox.objects.filter(message=message, accepted=True).exists()
    )
    return replace(terms, duty_for=message if exchanged else None)


def _receipt(answer: Answer, row: Outbox) -> dict[str, Any]:
    if answer.status not in {200, 202, 400, 403, 409}:
        raise TransportError(
            "partner.answer", "The partner's gateway answered with status {status}.", status=answer.status
        )
    payload = receipts.read(answer.body, row.partner)
    answers = payload["kind"] in {"R0", "RX"}
    if not answers or payload["message"] != str(row.message) or payload["envelope"] != row.digest:
        raise TransportError("partner.receipt", "The partner's receipt is for another message.")
    return payload


def _finish(row: Outbox, state: str, ground: str, now: datetime) -> int:
    # Once accepted, the sealed content is the partner's; ours lies in the subject's record.
    with transaction.atomic():
        changes = {"content": None} if state == "accepted" else {}
        if Outbox.objects.filter(pk=row.pk, state="waiting").update(state=state, ground=ground, **changes):
            if state in {"expired", "withheld"}:
                facts = {"message": str(row.message), "ground": ground}
                store.queue_leaf("withheld", now, facts, bytes(row.envelope), str(row.message))
            if ground == "inbox.reused":
                Alarm.objects.create(at=now, code=ground, partner=row.partner, message=row.message)
    return 1


def _again(row: Outbox, now: datetime, ground: str) -> None:
    Outbox.objects.filter(pk=row.pk, state="waiting").update(
        attempts=row.attempts + 1, next_attempt=now + pause(row.attempts), ground=ground
    )


def _deliver_receipt(given: Receipt, link: Link, now: datetime, down: set[str]) -> int:
    try:
        answer = link.post(given.partner, "/receipts", bytes(given.token))
    except TransportError:
        down.add(given.partner)
        answer = Answer(0, b"")
    return _receipt_kept(given) if answer.status == 200 else _receipt_again(given, now)


def _receipt_kept(given: Receipt) -> int:
    Receipt.objects.filter(pk=given.pk).update(delivered=True)
    return 1


def _receipt_again(given: Receipt, now: datetime) -> int:
    Receipt.objects.filter(pk=given.pk).update(attempts=given.attempts + 1, next_attempt=now + pause(given.attempts))
    return 0
