"""What of people waits: proposals for whoever may decide them, and all of them for oversight.

Rule: what the rule of a second person says (`rules.may_decide`) is said again inside the query.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mithaq.node.accounts.models import Proposal
from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Need, Queue, Row

NEWS = timedelta(days=7)
DECIDE, WATCH = _("Change of a person to confirm"), _("Change of a person, to look at")


def to_decide(actor: Actor, now: datetime) -> Iterable[Any]:
    """Open proposals that this person may decide: as an administrator, or as a supervisor for the own unit."""
    if actor.via or not actor.own_roles & {"administrator", "supervisor"}:
        return
    found = Proposal.objects.filter(state="open", expires__gt=now).exclude(Q(by=actor.name) | Q(name=actor.name))
    if "administrator" not in actor.own_roles:
        found = found.filter(unit=actor.unit)
    yield queue.row(found, since="at", record="name", due="expires")


def watched(actor: Actor, now: datetime) -> Iterable[Any]:
    """For oversight all that is open, or was decided within a week."""
    if "oversight" in actor.roles:
        found = Proposal.objects.filter(Q(state="open") | Q(decided__gte=now - NEWS))
        yield queue.row(found, since="at", record="name")


def _decide(row: Row) -> Need:
    return Need("person", DECIDE, row.record, f"/people/proposals/{row.key}", row.since, row.due, row.key)


def _watch(row: Row) -> Need:
    return Need("person-watched", WATCH, row.record, f"/people/proposals/{row.key}", row.since, None, row.key)


QUEUES = (
    Queue("person", "needs", _("Changes of persons to confirm"), to_decide, _decide),
    Queue("person-watched", "needs", _("Changes of persons, to look at"), watched, _watch, dated=False),
)
