"""What of this subject waits: versions to confirm, and lists whose source has not been read for too long.

Rule: stale is what has missed a whole turn of its refresh; a list without a source is never stale by the clock.
Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Need, Queue, Row
from mithaq.node.lists.models import ListRefresh, ListVersion
from mithaq.node.start import Node

OFFICERS = frozenset({"case-officer", "supervisor"})
CONFIRM, STALE = _("List to confirm"), _("List that grows stale")


def pending(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Versions of lists that wait to be looked at and confirmed."""
    if actor.roles & OFFICERS:
        due = queue.due_in("at", queue.deadlines("confirm-list", actor.unit).get("normal"))
        yield queue.row(ListVersion.objects.filter(state="pending"), since="at", record="list", due=due)


def stale(actor: Actor, _now: datetime) -> Iterable[Any]:
    """The lists of which the last good reading is two turns old, or soon will be."""
    turns = {name: 2 * source.every for name, source in Node.config.lists.items()}
    if actor.roles & OFFICERS and turns:
        found = ListRefresh.objects.filter(list__in=sorted(turns), worked__isnull=False)
        yield queue.row(found, since="worked", record="list", key="list", due=queue.due_after("worked", "list", turns))


def _to_confirm(row: Row) -> Need:
    return Need("list", CONFIRM, row.record, f"/lists/{row.key}", row.since, row.due, row.key)


def _stale(row: Row) -> Need:
    return Need("list-stale", STALE, row.record, "/lists", row.since, row.due, row.key)


QUEUES = (
    Queue("list", "needs", _("Lists to confirm"), pending, _to_confirm),
    Queue("list-stale", "expiring", _("Lists that grow stale"), stale, _stale),
)
