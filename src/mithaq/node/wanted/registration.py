"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons, Source
from mithaq.node.start import Node
from mithaq.node.wanted import acts, facts, moves, persons, search


def register() -> None:
    """Acts, the source of screening, and what waits for a person."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["notice"] = Source("notice", facts.generation, facts.subjects, facts.cards)
    REGISTRY.by_reference["notice"] = facts.card_by_reference
    REGISTRY.editions.append(facts.editions)
    REGISTRY.needs.append(needs)
    REGISTRY.targets[moves.NOTICE] = facts.target
    REGISTRY.persons.append(Persons(persons.find, persons.named))
    REGISTRY.search[moves.NOTICE] = search.SOURCE


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Drafts to approve (not one's own) and approved notices to publish."""
    if "supervisor" not in actor.roles:
        return
    for state, text in (("draft", _("Notice to approve")), ("approved", _("Notice to publish"))):
        for notice in facts.in_state(state, Node.config.authority):
            if (
                notice.unit == actor.unit
                and actor.knows(notice.line)
                and not (state == "draft" and notice.drafted_by == actor.name)
            ):
                yield Need(state, text, notice.reference, f"/notices/{notice.id}", notice.changed)
