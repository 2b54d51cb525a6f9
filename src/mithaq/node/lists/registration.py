"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons, Source
from mithaq.node.lists import acts, facts, persons, refresh


def register() -> None:
    """Acts, the source of screening, what waits for a person, and the refresh that runs by the clock."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["list"] = Source("list", facts.generation, facts.subjects, facts.cards)
    REGISTRY.editions.append(facts.editions)
    REGISTRY.needs.append(needs)
    REGISTRY.targets[acts.VERSION] = facts.target
    REGISTRY.persons.append(Persons(persons.find, persons.named))
    REGISTRY.every_minute.append(refresh.every_minute)


def needs(actor: Actor, _now: datetime) -> Iterable[Need]:
    """Versions of lists that wait to be looked at and confirmed."""
    if not actor.roles & {"case-officer", "supervisor"}:
        return
    for version in facts.pending():
        yield Need("list", _("List to confirm"), version.list, f"/lists/{version.id}", version.at)
