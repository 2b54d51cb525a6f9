"""Messages whose delivery the partner has not receipted yet: what waits on the partner.

Rule: that a message waits is derived from the signed receipts, never stored as a flag; a receipt of delivery that comes
late takes it off. Design: exchange, "Receipts" (R0 accepted, R2 delivered, RX rejected).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from mithaq.node.acts import envelope, queue
from mithaq.node.acts.models import Outbox, Receipt, Wish


def rows(unit: str, now: datetime) -> Any:
    """The messages of a unit that wait, as rows of a queue: each tells its act, and the model and record that it is of.

    One is due when the plan's deadline for it is over; without one it presses when its own end does.
    """
    wish = Wish.objects.filter(message=OuterRef("pk"), sender=unit)
    answered = Receipt.objects.filter(
        outgoing=False, partner=OuterRef("partner"), message=OuterRef("pk"), kind__in=("R2", "RX")
    )
    found = Outbox.objects.filter(state__in=("waiting", "accepted"), created__gt=now - envelope.LIFETIME)
    found = found.filter(Exists(wish)).exclude(Exists(answered))
    about: dict[str, Any] = {name: Subquery(wish.values(name)[:1]) for name in ("model", "record")} | {"act": "act"}
    return queue.row(found, since="created", record="message", due=Coalesce(F("due"), F("expires")), more=about)
