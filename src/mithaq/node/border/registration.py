"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons
from mithaq.node.border import (
    acts,
    crossings,
    endings,
    facts,
    persons,
    queues,
    search,
    silence_ends,
    silence_facts,
    silences,
)  # fmt: skip
from mithaq.node.border.candidates import CANDIDATE
from mithaq.node.border.hits import HIT
from mithaq.node.border.manifests import MANIFEST


def register() -> None:
    """Acts, what waits for an officer, the retention of candidates and crossings, and the hits of a notice."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.few.extend(queues.FEW)
    REGISTRY.add_queues(*queues.QUEUES)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.every_minute.extend((silence_ends.end_over, crossings.rescreen_changed))
    REGISTRY.related.append(related)
    REGISTRY.persons.append(Persons(persons.find, persons.NAMED, persons.beside))
    REGISTRY.targets.update({HIT: facts.hit_targets, MANIFEST: facts.manifest_targets})
    REGISTRY.targets[silences.SILENCE] = silence_facts.targets
    REGISTRY.search.update({HIT: search.HITS, CANDIDATE: search.CANDIDATES, MANIFEST: search.MANIFESTS})


def related(notice: str, who: Actor) -> Iterable[Need]:
    """The hits of a notice, and the silences against it, that `who` may know of, for its page."""
    for hit in facts.hits_of(notice, who):
        yield Need("hit", _("Hit"), hit.reference, f"/hits/{hit.id}", hit.at)
    for one in silence_facts.of_notice(notice, who):
        yield Need("silence", _("Silence"), one.reference, f"/silences/{one.id}", one.since or one.at)
