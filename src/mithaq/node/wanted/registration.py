"""What this subject fills in the registry."""

from __future__ import annotations

from mithaq.node.acts.registry import REGISTRY, Persons, Source
from mithaq.node.wanted import acts, endings, facts, moves, persons, queues, search


def register() -> None:
    """Acts, the source of screening, and what waits for a person."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["notice"] = Source("notice", facts.generation, facts.subjects, facts.cards, facts.portrait)
    REGISTRY.by_reference["notice"] = facts.card_by_reference
    REGISTRY.editions.append(facts.editions)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.targets[moves.NOTICE] = facts.targets
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.every_minute.extend((endings.shorten, endings.expire))
    REGISTRY.persons.append(Persons(persons.find, persons.NAMED))
    REGISTRY.search[moves.NOTICE] = search.SOURCE
