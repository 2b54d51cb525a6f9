"""Messages whose delivery the partner has not receipted yet: what waits on the partner.

Rule: that a message waits is derived from the signed receipts, never stored as a flag; a receipt of delivery that comes
late takes it off. Design: exchange, "Receipts" (R0 accepted, R2 delivered, RX rejected).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mithaq.node.acts import envelope, queue
from mithaq.node.acts.models import Outbox, Receipt, Wish
from mithaq.node.acts.needs import Slice


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message on which the partner's word is awaited; `due` is the plan's deadline for it, if it lays one down."""

    message: UUID
    act: str
    partner: str
    model: str
    record: str
    since: datetime
    due: datetime | None


def listing(known: Q, name: str, asked: Slice, now: datetime) -> tuple[tuple[Awaited, ...], int, int]:
    """The messages of `known` wishes that wait, those first whose deadline is nearest; how many in all, how many
    late."""
    wish = Wish.objects.filter(known, message=OuterRef("pk"))
    answered = Receipt.objects.filter(
        outgoing=False, partner=OuterRef("partner"), message=OuterRef("pk"), kind__in=("R2", "RX")
    )
    found = Outbox.objects.filter(state__in=("waiting", "accepted"), created__gt=now - envelope.LIFETIME)
    found = found.filter(Exists(wish)).exclude(Exists(answered)).only("message", "act", "partner", "created", "due")
    found = found.annotate(model=Subquery(wish.values("model")[:1]), record=Subquery(wish.values("record")[:1]))
    # Without a deadline of the plan it presses when its own end does.
    moment: Any = Coalesce(F("due"), F("expires"), output_field=DateTimeField())
    page, total, late = queue.rows(found, name, moment, asked, now)
    return tuple(_awaited(row) for row in page), total, late


def _awaited(row: Any) -> Awaited:
    return Awaited(row.message, row.act, row.partner, row.model, row.record, row.created, row.pressing)
