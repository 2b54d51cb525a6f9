"""Reads of manifests that were screened; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from mithaq.node.acts.definition import Actor, Row
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.need_to_know import UnknownError, one
from mithaq.node.acts.registry import Target
from mithaq.node.border import known, post_facts
from mithaq.node.border.models import Candidate, Manifest
from mithaq.node.border.requests import Travel
from mithaq.node.border.rules import OPEN

TRAVELLER = "traveller"
"""The feed of who was compared alone, at the counter of a post."""


@dataclass(frozen=True, slots=True)
class ManifestFacts:
    """A manifest that was screened."""

    id: str
    post: str
    name: str
    travel: Travel
    travellers: int
    crew: int
    candidates: int
    subjects: int
    warnings: tuple[Mapping[str, Any], ...]
    screened_by: str
    at: datetime
    version: int
    feed: str
    part: str
    sender: str
    interchange: str
    prepared: str
    generation: str
    compared: tuple[Mapping[str, Any], ...]
    threshold: float
    kept_until: datetime | None
    again: int
    last_again: datetime | None
    relation: str
    follows: str
    unit: str
    open: int = 0
    silenced: int = 0


def manifest(key: str, who: Actor | None = None) -> ManifestFacts:
    """One manifest, of those that `who` may know of. UnknownError `manifest.unknown`."""
    unknown = UnknownError("manifest.unknown", "There is no such manifest here.")
    row = one(Manifest.objects.all(), known.manifests(who), key, unknown)
    waiting = Candidate.objects.filter(manifest=row.pk, state__in=sorted(OPEN)).count()
    return _manifest(row, waiting, post_facts.units().get(row.post, ""))


def just_screened(row: Row, unit: str) -> ManifestFacts:
    """A manifest as the act in course makes it for an officer of `unit`: what waits of it is not counted."""
    return _manifest(Manifest(pk=row.id, version=1, **row.fields), 0, unit)


def screened_again(key: str, unit: str) -> ManifestFacts:
    """The same of one that was here, and came again in the transaction in course."""
    return _manifest(Manifest.objects.get(pk=key), 0, unit)


def manifests(who: Actor | None, limit: int = 50) -> tuple[ManifestFacts, ...]:
    """The latest manifests that `who` may know of (None: all), with the number of their open candidates."""
    found = Manifest.objects.filter(known.manifests(who)).exclude(feed=TRAVELLER)
    return _several(list(found.order_by("-at")[:limit]))


def manifests_by_id(keys: Iterable[str]) -> dict[str, ManifestFacts]:
    """Manifests by their ids, read together; those that are not here are left out."""
    return {one.id: one for one in _several(list(Manifest.objects.filter(pk__in=list(keys))))}


def earlier(post_id: str, digest: str, content: str, travel: Travel) -> tuple[ManifestFacts, ...]:
    """The manifests of this post with the same bytes, or of the same flight and departure; latest first."""
    same = Q(digest=digest) | Q(content=content)
    if travel.flight and travel.departs:
        same |= Q(flight=travel.flight, departs=travel.departs)
    rows = Manifest.objects.filter(same, post=post_id).exclude(feed=TRAVELLER).order_by("-at", "-id")[:50]
    units = post_facts.units()
    return tuple(_manifest(row, 0, units.get(row.post, "")) for row in rows)


def is_same(earlier_id: str, digest: str, content: str) -> bool:
    """Whether a manifest has these bytes, or says the same in another order or wrapping."""
    return Manifest.objects.filter(Q(digest=digest) | Q(content=content), pk=earlier_id).exists()


def manifest_targets(keys: Collection[str]) -> dict[str, Target]:
    """Manifests by id, as another subject's page names them: by their files."""
    rows = Manifest.objects.filter(pk__in=[key for key in keys if is_uuid(key)]).values_list("id", "name")
    return {str(key): Target(name, f"/manifests/{key}") for key, name in rows}


def _several(rows: list[Manifest]) -> tuple[ManifestFacts, ...]:
    waiting = dict(
        Candidate.objects.filter(manifest__in=[row.pk for row in rows], state__in=sorted(OPEN))
        .values_list("manifest")
        .annotate(number=Count("id"))
    )
    units = post_facts.units()
    return tuple(_manifest(row, waiting.get(row.pk, 0), units.get(row.post, "")) for row in rows)


def _manifest(row: Manifest, waiting: int, unit: str) -> ManifestFacts:
    travel = Travel(row.flight, row.departure, row.arrival, row.departs, row.arrives, row.post)
    names = (
        "post",
        "name",
        "travellers",
        "crew",
        "candidates",
        "subjects",
        "screened_by",
        "at",
        "version",
        "feed",
        "part",
    )
    more = ("sender", "interchange", "prepared", "generation", "threshold", "kept_until", "again", "last_again")
    plain = {name: getattr(row, name) for name in (*names, *more, "relation", "silenced")}
    return ManifestFacts(
        id=str(row.id),
        travel=travel,
        warnings=tuple(row.warnings),
        compared=tuple(row.compared),
        follows=str(row.follows or ""),
        unit=unit,
        open=waiting,
        **plain,
    )
