"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons, Source
from mithaq.node.lists import acts, facts, persons, queues, refresh, search, source
from mithaq.node.lists.importing import VERSION


def register() -> None:
    """Acts, the source of screening, what waits for a person, and the refresh, by the clock or asked for."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["list"] = Source("list", source.generation, source.subjects, source.cards)
    REGISTRY.editions.append(source.editions)
    REGISTRY.needs.append(needs)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.targets[VERSION] = facts.target
    REGISTRY.persons.append(Persons(persons.find, persons.named))
    REGISTRY.search[VERSION] = search.SOURCE
    REGISTRY.every_minute.append(refresh.every_minute)
    REGISTRY.every_round.append(refresh.every_round)


def needs(actor: Actor, _now: datetime) -> Iterable[Need]:
    """Versions of lists that wait to be looked at and confirmed."""
    if not actor.roles & {"case-officer", "supervisor"}:
        return
    length = queue.deadlines("confirm-list", actor.unit).get("normal")
    for version in facts.pending():
        due, url = version.at + length if length else None, f"/lists/{version.id}"
        yield Need("list", _("List to confirm"), version.list, url, version.at, due, version.id)
