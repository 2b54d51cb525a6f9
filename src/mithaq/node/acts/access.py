"""Who read what, and why: one row a read, chained by hashes.

Rule: a row is written before the page leaves; the head of the chain becomes a ledger leaf once a minute, so that rows
cannot be taken out unseen. Design: architecture, "The road"; subjects, safeguard 7.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection, transaction

from mithaq.node.acts import store
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.models import Access, Leaf
from mithaq.seal import canonical

LOCK = 0x6D616363  # "macc": the chain has one writer at a time
EMPTY = bytes(32)


def log(actor: Actor, what: str, now: datetime, record: str = "", reason: str = "") -> None:
    """Add a row: `what` names the page or act ("wanted.notice"), `record` the record's id."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        head = Access.objects.order_by("-id").values_list("chain", flat=True).first()
        row = Access(at=now, actor=actor.name, unit=actor.unit, what=what, record=record, reason=reason)
        row.chain = link(bytes(head) if head else EMPTY, row)
        row.save()


def link(head: bytes, row: Access) -> bytes:
    """The hash that chains a row to those before it."""
    fields = {
        "at": row.at.isoformat(),
        "actor": row.actor,
        "unit": row.unit,
        "what": row.what,
        "record": row.record,
        "reason": row.reason,
    }
    return hashlib.sha256(head + canonical.canonical(fields)).digest()


def seal_head(now: datetime) -> bool:
    """Make the present head a ledger leaf when it has moved since the last one; True when it did."""
    row = Access.objects.order_by("-id").first()
    last = Leaf.objects.filter(kind="access").order_by("-id").values_list("subject", flat=True).first()
    if row is None or last == str(row.pk):
        return False
    with transaction.atomic():
        store.queue_leaf("access", now, {"rows": str(row.pk)}, bytes(row.chain), str(row.pk))
    return True
