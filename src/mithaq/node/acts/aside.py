"""Messages of the partner that were put aside as poison, and a person's word that one is to be tried again.

Rules: RX was given and stands; the sealed bytes stay here until the message's own end, so that after a mended fault it
is opened after all and R2 follows. What the sender has withdrawn, corrected or replaced meanwhile is not opened.
Design: exchange, "Receipts" and "Delivery" (poison; corrections and withdrawals).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts import store
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Inbox, Retry
from mithaq.seal import jws

# The moment and the id of the last letter that was shown: a page begins behind it.
Mark = tuple[datetime, UUID]
GROUND = "inbox.poison"
STATE = "poison"
# The signed envelope as text, for a statement that reads rows of several tables.
ENVELOPE = Func(F("envelope"), Value("UTF8"), function="convert_from", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Aside:
    """A message put aside: envelope facts only. `waits`: somebody has asked to try again, and the worker will."""

    message: UUID
    sender: str
    sender_unit: str
    unit: str
    line: str
    act: str
    at: datetime
    expires: datetime
    waits: bool


def rows() -> QuerySet[Inbox]:
    """The messages that were put aside, of every unit: whose one is stands in its `ENVELOPE` alone (`unit_of`)."""
    return Inbox.objects.filter(state=STATE)


def unit_of(envelope: bytes) -> str:
    """The unit that a message is for."""
    unit: str = jws.peek(envelope)["to"]["unit"]
    return unit


def listing(unit: str, known: Q, handled: QuerySet[Any], before: Mark | None, limit: int) -> tuple[Aside, ...]:
    """The `known` messages to a unit that were put aside and are not among `handled` (ids), the latest first; from a
    mark on, when there is one."""
    asked = set(Retry.objects.filter(taken=None).values_list("sender", "message"))
    found = rows().defer("content").filter(known).exclude(message__in=handled).order_by("-at", "-message")
    if before is not None:
        at, key = before
        found = found.filter(Q(at__lt=at) | Q(at=at, message__lt=key))
    # Whose it is stands in the envelope only: the limit comes after, so that another unit's push none out.
    every = (_aside(row, waits=(row.sender, row.message) in asked) for row in found.iterator(chunk_size=500))
    return tuple(islice((one for one in every if one.unit == unit), limit))


def find(key: str, unit: str = "", known: Q | None = None) -> Aside | None:
    """A message put aside, or None; of the `known` ones to a unit, when a person asks."""
    rows = Inbox.objects.defer("content").filter(known or Q(), state=STATE)
    row = rows.filter(message=key).first() if is_uuid(key) else None
    if row is None or unit not in {"", jws.peek(bytes(row.envelope))["to"]["unit"]}:
        return None
    return _aside(row, waits=Retry.objects.filter(sender=row.sender, message=row.message, taken=None).exists())


def exists(key: str) -> bool:
    """Whether a message of that id was put aside."""
    return Inbox.objects.filter(message=key, state=STATE).exists()


def overtaken(found: Aside) -> bool:
    """Whether the sender has since sent something about this message, or in its place."""
    key, row = str(found.message), Inbox.objects.get(sender=found.sender, message=found.message)
    later = Inbox.objects.filter(sender=found.sender, id__gt=row.pk).values_list("envelope", flat=True)
    payloads = (jws.peek(bytes(token)) for token in later.iterator(chunk_size=500))
    return any(key in {payload["in_reply_to"], payload["supersedes"]} for payload in payloads)


def open_again(now: datetime) -> int:
    """Let what people asked for be opened again, unless it was overtaken; returns how many."""
    return sum(_take(retry, now) for retry in Retry.objects.filter(taken=None).order_by("at")[:100])


def _take(retry: Retry, now: datetime) -> bool:
    found = find(str(retry.message))
    with transaction.atomic():
        if not Retry.objects.filter(pk=retry.pk, taken=None).update(taken=now) or found is None or overtaken(found):
            return False
        rows = Inbox.objects.filter(sender=retry.sender, message=retry.message, state=STATE, content__isnull=False)
        return bool(rows.update(state="accepted", attempts=0, next_attempt=None))


def forget(now: datetime) -> int:
    """Drop the sealed bytes of what was put aside and has reached its own end, with a leaf each; returns how many."""
    done = 0
    for row in Inbox.objects.defer("content").filter(state=STATE, at__lte=now - envelopes.LIFETIME)[:1000]:
        with transaction.atomic():
            if Inbox.objects.filter(pk=row.pk, state=STATE).update(state="rejected", content=None):
                store.queue_leaf("erased", now, {"model": "acts.Inbox"}, str(row.message).encode(), str(row.message))
                done += 1
    return done


def _aside(row: Inbox, *, waits: bool) -> Aside:
    payload = jws.peek(bytes(row.envelope))
    return Aside(
        message=row.message,
        sender=row.sender,
        sender_unit=payload["from"]["unit"],
        unit=payload["to"]["unit"],
        line=row.line,
        act=row.act,
        at=row.at,
        expires=row.at + envelopes.LIFETIME,
        waits=waits,
    )
