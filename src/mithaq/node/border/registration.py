"""What this subject fills in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import REGISTRY, Need, Persons
from mithaq.node.border import acts, crossings, endings, facts, persons, silence
from mithaq.node.border.hits import HIT
from mithaq.node.border.manifests import MANIFEST

# So long does the home page show a hit that the partner reports; the page of hits shows them all.
NEWS = timedelta(days=14)


def register() -> None:
    """Acts, what waits for an officer, the retention of candidates and crossings, and the hits of a notice."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.needs.append(needs)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.every_minute.append(crossings.rescreen_changed)
    REGISTRY.related.append(related)
    REGISTRY.persons.append(Persons(persons.find, persons.named))
    REGISTRY.targets.update({HIT: facts.hit_target, MANIFEST: facts.manifest_target})


def needs(actor: Actor, now: datetime) -> Iterable[Need]:
    """Candidates that this officer has not judged, hits that the partner told us of, and feeds that are silent."""
    if not actor.roles & {"case-officer", "supervisor"}:
        return
    for candidate in facts.open_candidates(frozenset({actor.unit})):
        if not any(one.officer == actor.name for one in candidate.judgements):
            name = candidate.card.reference if candidate.card else candidate.subject
            url = f"/manifests/{candidate.manifest}#{candidate.id}"
            yield Need("candidate", _("Candidate to judge"), name, url, candidate.created, candidate.expires)
    for hit in facts.hits_told(actor.unit, now - NEWS, actor.lines):
        yield Need("hit", _("The partner reports a hit"), hit.reference, f"/hits/{hit.id}", hit.at)
    for one in silence.quiet(actor.unit, now):
        text = _("A feed is silent") if one.came else _("A feed never came")
        kind = "feed-silent" if one.came else "feed-never"
        yield Need(kind, text, f"{one.post.id} {one.feed.upper()}", f"/posts/{one.post.id}", one.since)


def related(notice: str) -> Iterable[Need]:
    """The hits of a notice, for its page."""
    for hit in facts.hits_of(notice):
        yield Need("hit", _("Hit"), hit.reference, f"/hits/{hit.id}", hit.at)
