"""What of this subject runs out: a list whose source has not been read for too long.

Rule: stale is what has missed a whole turn of its refresh; a list without a source is never stale by the clock.
Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Queue, Slice
from mithaq.node.lists.models import ListRefresh
from mithaq.node.start import Node

STALE = _("List that grows stale")


def stale(actor: Actor, now: datetime, asked: Slice) -> Found:
    """The lists of which the last good reading is two turns old, or soon will be."""
    if not actor.roles & {"case-officer", "supervisor"} or not Node.config.lists:
        return Found()
    return queue.listed("list-stale", _stale(), asked, now)


def _stale() -> Iterable[Need]:
    for row in ListRefresh.objects.filter(list__in=sorted(Node.config.lists)).exclude(worked=None):
        if row.worked is not None:
            due = row.worked + 2 * Node.config.lists[row.list].every
            yield Need("list-stale", STALE, row.list, "/lists", row.worked, due, row.list)


QUEUES = (Queue("list-stale", "expiring", STALE, stale),)
