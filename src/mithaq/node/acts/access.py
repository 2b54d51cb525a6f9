"""Who read what, and why: one row a read, chained by hashes.

Rules: a row is written before the page leaves, by itself or in the transaction of the act that reads, and then last:
who holds the chain waits for nothing but the commit. The head of the chain becomes a ledger leaf once a minute, so that
rows cannot be taken out unseen. Design: architecture, "The road"; subjects, safeguard 7.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mithaq.node.acts import store
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.models import Access, Leaf
from mithaq.seal import canonical

LOCK = 0x6D616363  # "macc": the chain has one writer at a time
EMPTY = bytes(32)
# The lock is a statement before: one statement would read the head as it was before it waited. The hash is `link`'s.
_ADD = """
INSERT INTO acts_access (at, actor, unit, what, record, reason, chain)
SELECT %s, %s, %s, %s, %s, %s,
    sha256(coalesce((SELECT chain FROM acts_access ORDER BY id DESC LIMIT 1), %s::bytea) || %s::bytea)
"""


@dataclass(slots=True)
class Reading:
    """A read whose row is to be written before its answer leaves; `is_written` once it is committed."""

    actor: Actor
    what: str
    record: str = ""
    reason: str = ""
    is_written: bool = False


@contextmanager
def reading(one: Reading, now: Callable[[], datetime]) -> Iterator[Reading]:
    """Within it an act may write the row in its own transaction. When none did, whatever happened, it is written at
    the end by itself: who asked in vain has asked."""
    try:
        yield one
    finally:
        if not one.is_written:
            log(one.actor, one.what, now(), one.record, one.reason)


def log(actor: Actor, what: str, now: datetime, record: str = "", reason: str = "") -> None:
    """Add a row: `what` names the page or act ("wanted.notice"), `record` the record's id."""
    with transaction.atomic(), store.together():
        add(Reading(actor, what, record, reason), now)


def add(one: Reading, now: datetime) -> None:
    """The same in the caller's transaction, as the last that it writes."""
    row = Access(at=now, actor=one.actor.name, unit=one.actor.unit, what=one.what, record=one.record, reason=one.reason)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        cursor.execute(_ADD, (now, row.actor, row.unit, row.what, row.record, row.reason, EMPTY, content(row)))


def link(head: bytes, row: Access) -> bytes:
    """The hash that chains a row to those before it."""
    return hashlib.sha256(head + content(row)).digest()


def content(row: Access) -> bytes:
    """What a row says, as the chain holds it."""
    fields = {
        "at": row.at.isoformat(),
        "actor": row.actor,
        "unit": row.unit,
        "what": row.what,
        "record": row.record,
        "reason": row.reason,
    }
    return canonical.canonical(fields)


def seal_head(now: datetime) -> bool:
    """Make the present head a ledger leaf when it has moved since the last one; True when it did."""
    row = Access.objects.order_by("-id").first()
    last = Leaf.objects.filter(kind="access").order_by("-id").values_list("subject", flat=True).first()
    if row is None or last == str(row.pk):
        return False
    with transaction.atomic():
        store.queue_leaf("access", now, {"rows": str(row.pk)}, bytes(row.chain), str(row.pk))
    return True
