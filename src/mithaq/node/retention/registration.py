"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Need, Queue, Row
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.retention import exempt, facts

TEXT = _("Records were not erased in time")


def register() -> None:
    """The alarm of records whose time is over and that are still here, and what no rule ends."""
    REGISTRY.add_queues(Queue("not-erased", "needs", TEXT, late, _need, dated=False))
    REGISTRY.kept.update(exempt.KEPT)


def late(actor: Actor, now: datetime) -> Iterable[Any]:
    """Kinds of records that were not erased in time (the job did not run, or one of them does not go): of each the
    record that should be gone for longest."""
    if actor.roles & {"supervisor", "oversight"}:
        for rule in REGISTRY.retention:
            name = Value(rule.name)
            yield queue.row(facts.first_overdue(rule, actor, now), since=rule.moment, record=name, key=name)


def _need(row: Row) -> Need:
    return Need("not-erased", TEXT, row.record, f"/retention?kind={row.record}", row.since, None, row.key)
