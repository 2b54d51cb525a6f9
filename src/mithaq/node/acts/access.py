"""Who read what, and why: one row a read, chained by hashes.

Rules: a row is written before the page leaves, by itself or in the transaction of the act that reads, and then last:
who holds the chain waits for nothing but the commit. A row's number is its place: one more than the row before it,
without a gap. The head of the chain becomes a ledger leaf once a minute, so that rows cannot be taken out unseen;
`chain` checks it. Design: architecture, "The road"; subjects, safeguard 7. The chain itself: `ledger/access.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from mithaq.ledger.access import EMPTY, SALT_BYTES, AccessRow, commitment
from mithaq.ledger.access import link as linked
from mithaq.node.acts import store
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.models import Access, Leaf

LOCK = 0x6D616363  # "macc": the chain has one writer at a time
REFUSED = "refused:"
# Takes the lock, reads the head and adds the row, whose number and hash are those of `link` (migration 0006).
_ADD = "SELECT acts_read(%s, %s, %s, %s, %s, %s, %s, %s::text[], %s, %s::bytea, %s::bytea)"


@dataclass(slots=True)
class Reading:
    """A read whose row is to be written before its answer leaves; `is_written` once it is committed. `what` names the
    page or act ("wanted.notice"), `record` the record's id, `reason` what was asked for, `why` the reason that the
    reader gave, `also` the records about persons that a listing shows."""

    actor: Actor
    what: str
    record: str = ""
    reason: str = ""
    why: str = ""
    also: tuple[str, ...] = ()
    is_written: bool = False


@contextmanager
def reading(one: Reading, now: Callable[[], datetime]) -> Iterator[Reading]:
    """Within it an act may write the row in its own transaction. When none did, whatever happened, it is written at
    the end by itself: who asked in vain has asked."""
    try:
        yield one
    finally:
        if not one.is_written:
            log(one.actor, one.what, now(), one.record, one.reason, one.why, one.also)


def log(
    actor: Actor, what: str, now: datetime, record: str = "", reason: str = "", why: str = "", also: Iterable[str] = ()
) -> None:
    """Add a row, of what a `Reading` says: one statement, which commits by itself."""
    add(Reading(actor, what, record, reason, why, tuple(also)), now)


def add(one: Reading, now: datetime) -> None:
    """The same in the caller's transaction, as the last that it writes."""
    salt, who = secrets.token_bytes(SALT_BYTES), one.actor
    # The number is given by the statement, and hashed by it beside what the row says.
    row = AccessRow(0, now, who.name, who.unit, one.what, one.record, one.reason, one.why, one.also)
    values = (now, who.name, who.unit, one.what, one.record, one.reason, one.why, list(one.also), salt)
    with connection.cursor() as cursor:
        cursor.execute(_ADD, (*values, commitment(salt, row), EMPTY))


def row_of(row: Access) -> AccessRow:
    """A stored row as the value that is hashed."""
    return AccessRow(row.pk, row.at, row.actor, row.unit, row.what, row.record, row.reason, row.why, tuple(row.also))


def link(head: bytes, row: Access) -> bytes:
    """The hash that chains a row to those before it."""
    return linked(head, row.pk, commitment(bytes(row.salt), row_of(row)))


def seal_head(now: datetime) -> bool:
    """Make the present head a ledger leaf when it has moved since the last one; True when it did."""
    row = Access.objects.order_by("-id").first()
    last = Leaf.objects.filter(rows__isnull=False).order_by("-rows").values_list("rows", flat=True).first()
    if row is None or last == row.pk:
        return False
    with transaction.atomic():
        store.queue_leaf("access", now, {"rows": str(row.pk)}, bytes(row.chain), str(row.pk), rows=row.pk)
    return True
