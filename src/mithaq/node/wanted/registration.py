"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons, Source
from mithaq.node.start import Node
from mithaq.node.wanted import acts, endings, facts, moves, persons

# So long before its review is a notice shown to who may extend it.
AHEAD = timedelta(days=30)


def register() -> None:
    """Acts, the source of screening, and what waits for a person."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["notice"] = Source("notice", facts.generation, facts.subjects, facts.cards)
    REGISTRY.by_reference["notice"] = facts.card_by_reference
    REGISTRY.editions.append(facts.editions)
    REGISTRY.needs.append(needs)
    REGISTRY.targets[moves.NOTICE] = facts.target
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.every_minute.append(endings.expire)
    REGISTRY.persons.append(Persons(persons.find, persons.named))


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Drafts to approve (not one's own), approved notices to publish, and active ones that end soon."""
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
    for notice in filter(lambda one: actor.knows(one.line), facts.ending(actor.unit, now + AHEAD)):
        text = _("Notice that ends: extend it or let it end")
        yield Need("ending", text, notice.reference, f"/notices/{notice.id}", notice.changed, notice.review)
