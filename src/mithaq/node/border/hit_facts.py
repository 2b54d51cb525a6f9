"""Reads of hits; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mithaq.errors import InputError
from mithaq.node.acts import wire
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import Target
from mithaq.node.border.models import Hit
from mithaq.node.border.requests import HitReport


@dataclass(frozen=True, slots=True)
class HitFacts:
    """A hit with its row version; `report` is what the owner is told."""

    id: str
    version: int
    reference: str
    found_here: bool
    candidate: str
    notice: str
    owner: str
    owner_unit: str
    partner: str
    plan: str
    line: str
    unit: str
    message: str
    report: HitReport
    state: str
    at: datetime


def hit(key: str) -> HitFacts:
    """One hit. InputError `hit.unknown`."""
    row = Hit.objects.filter(pk=key).first() if is_uuid(key) else None
    if row is None:
        raise InputError("hit.unknown", "There is no such hit here.")
    return _hit(row)


def hit_target(key: str) -> Target | None:
    """A hit as another subject's page names it."""
    reference = Hit.objects.filter(pk=key).values_list("reference", flat=True).first() if is_uuid(key) else None
    return Target(reference, f"/hits/{key}") if reference else None


def hit_targets(keys: Collection[str]) -> dict[str, Target]:
    """Several hits by id."""
    rows = Hit.objects.filter(pk__in=[key for key in keys if is_uuid(key)]).values_list("id", "reference")
    return {str(key): Target(reference, f"/hits/{key}") for key, reference in rows}


def hits(unit: str | None, limit: int = 100, lines: Collection[str] | None = None) -> tuple[HitFacts, ...]:
    """The latest hits that concern a unit (None: all): found at its posts, told to it, or on its notices. `lines`: of
    these alone."""
    found = Hit.objects.all() if unit is None else Hit.objects.filter(Q(unit=unit) | Q(owner_unit=unit))
    if lines is not None:
        found = found.filter(line__in=lines)
    return tuple(_hit(row) for row in found.order_by("-at")[:limit])


def hits_of(notice: str) -> tuple[HitFacts, ...]:
    """The hits on a notice."""
    return tuple(_hit(row) for row in Hit.objects.filter(notice=notice).order_by("-at"))


def hits_by_candidate(keys: Collection[str]) -> dict[str, HitFacts]:
    """The hits that candidates became, by candidate: one look-up."""
    return {str(row.candidate): _hit(row) for row in Hit.objects.filter(candidate__in=list(keys))}


def hit_known(reference: str) -> bool:
    """Whether a hit with this reference is here."""
    return Hit.objects.filter(reference=reference).exists()


def _hit(row: Hit) -> HitFacts:
    names = ("version", "reference", "found_here", "notice", "owner", "owner_unit", "partner", "plan", "line", "unit")
    plain = {name: getattr(row, name) for name in (*names, "message", "state", "at")}
    return HitFacts(
        id=str(row.id), candidate=str(row.candidate or ""), report=wire.decode(HitReport, row.report), **plain
    )
