"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need
from mithaq.node.retention import exempt, facts


def register() -> None:
    """The alarm of records whose time is over and that are still here, and what no rule ends."""
    REGISTRY.needs.append(needs)
    REGISTRY.kept.update(exempt.KEPT)


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Kinds of records that were not erased in time: the job did not run, or one of them does not go."""
    if not actor.roles & {"supervisor", "oversight"}:
        return
    for rule in REGISTRY.retention:
        since = facts.overdue_since(rule, actor, now)
        if since is not None:
            text = _("Records were not erased in time")
            yield Need("overdue", text, rule.name, f"/retention?kind={rule.name}", since)
