"""What this subject fills in the registry. It has no acts: oversight changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need
from mithaq.node.oversight import facts, rules


def register() -> None:
    """What oversight must look at."""
    REGISTRY.needs.append(needs)


def needs(actor: Actor, _now: datetime) -> Iterable[Need]:
    """Alarms of the access log's chain."""
    if rules.ROLE in actor.roles:
        for at, row in facts.chain_alarms():
            yield Need("access-chain", _("The access log was changed"), row, "/oversight/chain", at)
