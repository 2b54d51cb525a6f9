"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import aside, facts_plan, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Target
from mithaq.node.exchange import acts, endings, files, letter_acts, letters, queues, rules, search

NEEDS = {
    "sent": _("A message was refused: look at it"),
    "received": _("A message was put aside: look at it"),
    "file": _("A file was refused: look at it"),
}


def register() -> None:
    """Acts on lines and on dead letters, what waits for a person, and the keeping of refused files."""
    REGISTRY.add(*acts.ACTS, *letter_acts.ACTS)
    REGISTRY.needs.append(needs)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.every_minute.extend((aside.forget, endings.forget_reasons))
    REGISTRY.refused = files.refused
    REGISTRY.mended = files.mended
    REGISTRY.targets[acts.SUSPENSION] = _line
    REGISTRY.search[files.FILE] = search.SOURCE


def needs(actor: Actor, _now: datetime) -> Iterable[Need]:
    """Open dead letters of this person's unit on which the person may act."""
    if not actor.roles & letter_acts.EVERYONE:
        return
    length = queue.deadlines("close-dead-letter", actor.unit).get("normal")
    for one in letters.listing(actor):
        if rules.may_act(one, actor):
            due, url = one.since + length if length else None, f"/dead-letters/{one.id}"
            line = one.sent.line if one.sent else one.received.line if one.received else ""
            yield Need(f"letter-{one.kind}", NEEDS[one.kind], one.reference, url, one.since, due, one.id, line)


def _line(key: str) -> Target:
    _plan, line, _reason = facts_plan.suspension(key)
    return Target(line, f"/plan#{line}")
