"""Reads of what ends next, of what is overdue and of what was erased; frozen values, no personal content.

Rules: a person sees what concerns the own unit, oversight all (need to know); of a record that is still here a list
shows its reference at most, of one that is gone its kind, its rule and its leaf.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Model, Q, QuerySet, Value

from mithaq.errors import InputError
from mithaq.ledger.leaf import read_leaf
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Leaf, Tombstone
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.retention import RetentionRule
from mithaq.node.start import Node

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
# The job runs once a minute; what is still here so long after its end is overdue.
GRACE = timedelta(minutes=10)
# No record of this node ends later: what is asked of a rule is "by then".
_EVER = timedelta(days=200 * 365)


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind of record with how many of them are here, end within a week, within a month, and are overdue."""

    rule: RetentionRule
    here: int
    week: int
    month: int
    overdue: int


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """A record that ends: its reference (or a piece of its id, for one without), its unit, when, and its page."""

    id: str
    reference: str
    unit: str
    ends: datetime
    url: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class TombstoneFacts:
    """What is left of an erased record; `index` is its leaf's place in the log, None while the leaf is queued."""

    id: str
    rule: str
    title: Any
    source: str
    ended: datetime
    at: datetime
    records: int
    index: int | None


def rule(name: str) -> RetentionRule:
    """A rule by its name. InputError `retention.kind`."""
    found = next((one for one in REGISTRY.retention if one.name == name), None)
    if found is None:
        raise InputError("retention.kind", "There is no retention rule {kind}.", where="kind", kind=name[:80])
    return found


def _rows(found: RetentionRule, who: Actor, by: datetime) -> QuerySet[Model]:
    rows = found.until(by)
    if "oversight" in who.roles:
        return rows
    if found.whose is None:
        return rows.none()
    rows = rows.filter(found.whose(who.unit))
    if found.line and who.lines is not None:
        rows = rows.filter(**{f"{found.line}__in": [*who.lines, "domestic"]})
    return rows


def kinds(who: Actor, now: datetime) -> tuple[KindFacts, ...]:
    """Every kind of record, one look at each, all in one statement."""
    parts = [_counts(at, one, who, now) for at, one in enumerate(REGISTRY.retention)]
    counted = {at: counts for at, *counts in parts[0].union(*parts[1:], all=True)} if parts else {}
    return tuple(KindFacts(one, *counted.get(at, (0, 0, 0, 0))) for at, one in enumerate(REGISTRY.retention))


def _counts(at: int, found: RetentionRule, who: Actor, now: datetime) -> Any:
    def by(moment: datetime) -> Count:
        return Count("pk", filter=Q(**{f"{found.moment}__lte": moment}))

    rows = _rows(found, who, now + _EVER).order_by().annotate(kind=Value(at, IntegerField())).values("kind")
    return rows.annotate(
        here=Count("pk"), in_week=by(now + WEEK), in_month=by(now + MONTH), late=by(now - GRACE)
    ).values_list("kind", "here", "in_week", "in_month", "late")


def first_overdue(found: RetentionRule, who: Actor, now: datetime) -> QuerySet[Model]:
    """The record of a kind that should be gone for longest; none when none is overdue."""
    late = _rows(found, who, now - GRACE)
    return late.model._default_manager.filter(pk__in=late.values("pk")[:1])


def ending(
    found: RetentionRule, who: Actor, now: datetime, days: int, after: tuple[datetime, str] | None, limit: int
) -> tuple[EndingFacts, ...]:
    """Records of a kind that end within `days`, soonest first, after the one with this (end, id)."""
    rows = _rows(found, who, now + timedelta(days=days))
    if after is not None:
        moment, key = after
        rows = rows.filter(Q(**{f"{found.moment}__gt": moment}) | Q(**{found.moment: moment, "pk__gt": key}))
    names = dict.fromkeys(name for name in ("pk", found.moment, found.unit, found.reference) if name)
    return tuple(
        EndingFacts(
            id=str(row["pk"]),
            reference=str(row[found.reference]) if found.reference else f"…{str(row['pk'])[-12:]}",
            unit=str(row[found.unit]) if found.unit else "",
            ends=row[found.moment],
            url=found.url.format(row["pk"]) if found.url else "",
            overdue=row[found.moment] <= now - GRACE,
        )
        for row in rows.values(*names)[:limit]
    )


def erased(who: Actor, before: str, limit: int) -> tuple[TombstoneFacts, ...]:
    """What was erased, latest first, before the tombstone with this id."""
    rows = Tombstone.objects.order_by("-id")
    if "oversight" not in who.roles:
        # A partner's record concerned every unit here; what names no unit is told by its kind alone.
        rows = rows.filter(Q(unit=who.unit) | ~Q(unit__startswith=f"{Node.config.authority}/"))
    if is_uuid(before):
        rows = rows.filter(id__lt=before)
    return told(list(rows[:limit]))


def told(rows: list[Tombstone]) -> tuple[TombstoneFacts, ...]:
    """Tombstones with their leaves and the words of their rules."""
    titles = {one.name: one.title for one in REGISTRY.retention}
    leaves = Leaf.objects.filter(subject__in=[row.leaf for row in rows], kind="erased")
    # A file and its bytes have one id: the subject alone does not tell their leaves apart, the model does.
    found = leaves.values_list("subject", "data", "index")
    places = {(subject, read_leaf(bytes(data)).facts["model"]): index for subject, data, index in found}
    return tuple(
        TombstoneFacts(
            id=str(row.id),
            rule=row.rule,
            title=titles.get(row.rule, row.rule),
            source=row.source,
            ended=row.ended,
            at=row.at,
            records=row.records,
            index=places.get((row.leaf, row.model)),
        )
        for row in rows
    )
