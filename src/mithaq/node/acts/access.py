"""Who read what, and why: one row a read, chained by hashes.

Rule: a row is written before the page leaves, and its number is its place: one more than the row before it, without a
gap. The head of the chain becomes a ledger leaf once a minute, so that rows cannot be taken out unseen; `chain` checks
it. Design: architecture, "The road"; subjects, safeguard 7. The chain itself: `ledger/access.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from mithaq.ledger.access import EMPTY, SALT_BYTES, AccessRow, commitment
from mithaq.ledger.access import link as linked
from mithaq.node.acts import store
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.models import Access, Leaf

LOCK = 0x6D616363  # "macc": the chain has one writer at a time
REFUSED = "refused:"


def log(
    actor: Actor, what: str, now: datetime, record: str = "", reason: str = "", why: str = "", also: Iterable[str] = ()
) -> None:
    """Add a row: `what` names the page or act ("wanted.notice"), `record` the record's id, `reason` what was asked for,
    `why` the reason that the reader gave, `also` the records about persons that a listing shows."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        # A statement of its own, after the lock: it sees what the writer before has committed.
        number, head = Access.objects.order_by("-id").values_list("id", "chain").first() or (0, EMPTY)
        row = Access(
            id=number + 1,
            at=now,
            actor=actor.name,
            unit=actor.unit,
            what=what,
            record=record,
            reason=reason,
            why=why,
            also=list(also),
            salt=secrets.token_bytes(SALT_BYTES),
        )
        row.chain = link(bytes(head), row)
        row.save(force_insert=True)


def row_of(row: Access) -> AccessRow:
    """A stored row as the value that is hashed."""
    return AccessRow(row.pk, row.at, row.actor, row.unit, row.what, row.record, row.reason, row.why, tuple(row.also))


def link(head: bytes, row: Access) -> bytes:
    """The hash that chains a row to those before it."""
    return linked(head, commitment(bytes(row.salt), row_of(row)))


def seal_head(now: datetime) -> bool:
    """Make the present head a ledger leaf when it has moved since the last one; True when it did."""
    row = Access.objects.order_by("-id").first()
    last = Leaf.objects.filter(rows__isnull=False).order_by("-rows").values_list("rows", flat=True).first()
    if row is None or last == row.pk:
        return False
    with transaction.atomic():
        store.queue_leaf("access", now, {"rows": str(row.pk)}, bytes(row.chain), str(row.pk), rows=row.pk)
    return True
