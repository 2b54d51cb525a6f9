"""What this subject fills in the registry."""

from __future__ import annotations

from mithaq.node.acts.registry import REGISTRY, Persons, Source
from mithaq.node.lists import acts, facts, persons, queues, refresh, search, source
from mithaq.node.lists.importing import VERSION

# The models of this subject that no retention rule ends, each with the reason.
KEPT = {
    "lists.ListVersion": "which edition of a published list took effect when; no person of it",
    "lists.ListEntry": "a published list as its publisher holds it: the next version replaces it whole",
    "lists.ListChange": "what a version changed, by reference; it names no person",
    "lists.ListRefresh": "how the refresh of a list stands",
}


def register() -> None:
    """Acts, the source of screening, what waits for a person, and the refresh, by the clock or asked for."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["list"] = Source("list", source.generation, source.subjects, source.cards)
    REGISTRY.editions.append(source.editions)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.targets[VERSION] = facts.targets
    REGISTRY.persons.append(Persons(persons.find, persons.NAMED))
    REGISTRY.search[VERSION] = search.SOURCE
    REGISTRY.every_minute.append(refresh.every_minute)
    REGISTRY.every_round.append(refresh.every_round)
    REGISTRY.kept.update(KEPT)
