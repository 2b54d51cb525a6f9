"""What of this subject waits: messages on which the partner's word is awaited, and refused files whose time ends.

Rule: a message is its unit's, and a file too: who asks is told of no other unit's. Design: exchange, "Receipts" and
"Delivery"; subjects, safeguard 6.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import awaited, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Queue, Slice
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import known
from mithaq.node.exchange.models import Handled, RefusedBytes, RefusedFile

OFFICERS = frozenset({"case-officer", "supervisor"})
ASIDE = frozenset({"protocol-officer", "event-lead", "administrator", "oversight"})
WAITING, ENDING = _("Message without a receipt of delivery"), _("Refused file that will be erased")


def waiting(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Messages of the unit that the partner's unit has neither receipted nor refused."""
    if not actor.roles - ASIDE:
        return Found()
    page, total, late = awaited.listing(known.sent(actor), "message", asked, now)
    return Found(tuple(_needs(page)), total, late)


def _needs(page: tuple[awaited.Awaited, ...]) -> Iterable[Need]:
    named = REGISTRY.targets_of((one.model, one.record) for one in page)
    for one in page:
        target = named.get((one.model, one.record))
        key = str(one.message)
        url = target.url if target else f"/ledger/messages/{key}"
        text = REGISTRY.acts[one.act].title if one.act in REGISTRY.acts else one.act
        yield Need("message", text, target.reference if target else key, url, one.since, one.due, key)


def ending(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Refused files of the unit that nobody has dealt with, by the moment at which their bytes, or they, are erased."""
    if not actor.roles & OFFICERS:
        return Found()
    kept = RefusedBytes.objects.filter(pk=OuterRef("pk"), expires__gt=now).values("expires")
    rows = RefusedFile.objects.filter(known.files(actor), expires__gt=now).exclude(pk__in=Handled.objects.values("id"))
    moment = Coalesce(Subquery(kept), F("expires"))
    page, total, late = queue.rows(rows.only("id", "name", "at"), "file-ending", moment, asked, now)
    needs = (
        Need("file-ending", ENDING, row.name, f"/dead-letters/{row.id}", row.at, row.pressing, str(row.id))
        for row in page
    )
    return Found(tuple(needs), total, late)


QUEUES = (
    Queue("message", "waiting", WAITING, waiting),
    Queue("file-ending", "expiring", ENDING, ending),
)
