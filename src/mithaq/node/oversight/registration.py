"""What this subject fills in the registry. It has no acts: oversight changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need
from mithaq.node.oversight import facts, rules, unusual


def register() -> None:
    """What oversight must look at, and the figures that are made by the clock."""
    REGISTRY.needs.append(needs)
    REGISTRY.every_minute.append(unusual.make)


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Alarms of the access log's chain, and readers who stand out."""
    if rules.ROLE not in actor.roles:
        return
    for at, row in facts.chain_alarms():
        yield Need("access-chain", _("The access log was changed"), row, "/oversight/chain", at)
    for days in unusual.WINDOWS:
        for one in unusual.readers(days):
            if one.stands_out:
                url = f"/oversight/unusual?days={days}#{one.actor}"
                yield Need("unusual", _("Unusual reading"), one.actor, url, unusual.made_at() or now)
