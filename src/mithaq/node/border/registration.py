"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons
from mithaq.node.border import acts, crossings, endings, facts, persons, queues, search, silence
from mithaq.node.border.candidates import CANDIDATE
from mithaq.node.border.hits import HIT
from mithaq.node.border.manifests import MANIFEST


def register() -> None:
    """Acts, what waits for an officer, the retention of candidates and crossings, and the hits of a notice."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.needs.append(needs)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.every_minute.append(crossings.rescreen_changed)
    REGISTRY.related.append(related)
    REGISTRY.persons.append(Persons(persons.find, persons.named))
    REGISTRY.targets.update({HIT: facts.hit_target, MANIFEST: facts.manifest_target})
    REGISTRY.search.update({HIT: search.HITS, CANDIDATE: search.CANDIDATES, MANIFEST: search.MANIFESTS})
    REGISTRY.together[HIT] = facts.hit_targets


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Feeds of the unit's posts that are silent."""
    if not actor.roles & {"case-officer", "supervisor"}:
        return
    for one in silence.quiet(actor.unit, now):
        text = _("A feed is silent") if one.came else _("A feed never came")
        kind = "feed-silent" if one.came else "feed-never"
        yield Need(kind, text, f"{one.post.id} {one.feed.upper()}", f"/posts/{one.post.id}", one.since)


def related(notice: str, who: Actor) -> Iterable[Need]:
    """The hits of a notice that `who` may know of, for its page."""
    for hit in facts.hits_of(notice, who):
        yield Need("hit", _("Hit"), hit.reference, f"/hits/{hit.id}", hit.at)
