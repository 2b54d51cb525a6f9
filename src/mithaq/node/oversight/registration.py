"""What this subject fills in the registry. It has no acts: oversight changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Few, Need, Queue, Row
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.oversight import facts, rules, unusual

CHAIN, UNUSUAL = _("The access log was changed"), _("Unusual reading")


def register() -> None:
    """What oversight must look at, and the figures that are made by the clock."""
    REGISTRY.add_queues(Queue("access-chain", "needs", CHAIN, alarms, _alarm, dated=False))
    REGISTRY.few.append(Few("unusual", figures, stand_out))
    REGISTRY.every_minute.append(unusual.make)


def alarms(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Alarms of the access log's chain that nobody has closed."""
    if rules.ROLE in actor.roles:
        yield queue.row(facts.open_alarms(), since="at", record="detail")


def _alarm(row: Row) -> Need:
    return Need("access-chain", CHAIN, facts.row_of(row.record), "/oversight/chain", row.since, None, row.key)


def figures(actor: Actor, _now: datetime) -> Iterable[Any]:
    """The figures of every reader: who stands out is reckoned beside all the others."""
    if rules.ROLE in actor.roles:
        yield unusual.rows()


def stand_out(rows: Sequence[Row], _actor: Actor, _now: datetime) -> Iterable[Need]:
    """Readers who stand out, in each window."""
    for days in unusual.WINDOWS:
        made = [row for row in rows if row.more["days"] == days]
        for one in unusual.readers_of([unusual.figure_of(row) for row in made], days):
            if one.stands_out:
                yield Need("unusual", UNUSUAL, one.actor, f"/oversight/unusual?days={days}#{one.actor}", made[0].since)
