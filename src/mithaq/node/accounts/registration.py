"""What this subject fills in the registry: the acts on people, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mithaq.node.accounts import delegation_acts, people_acts, people_facts, rules
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need

NEWS = timedelta(days=7)


def register() -> None:
    """Acts and needs."""
    REGISTRY.add(*people_acts.ACTS, *delegation_acts.ACTS)
    REGISTRY.needs.append(needs)


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Proposals for whoever may decide them; for oversight all that is open, or was decided within a week."""
    if not rules.WATCHERS & actor.roles:
        return
    watches = "oversight" in actor.roles
    for one in people_facts.proposals(None, now - NEWS if watches else None):
        url = f"/people/proposals/{one.id}"
        if watches:
            yield Need("person-watched", _("Change of a person, to look at"), one.name, url, one.at)
        elif now < one.expires and rules.may_decide(actor, one.by, one.name, one.unit):
            yield Need("person", _("Change of a person to confirm"), one.name, url, one.at, one.expires)
