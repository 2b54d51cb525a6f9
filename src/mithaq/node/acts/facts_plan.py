"""Reads of the plans in force, for pages and for the acts that change them."""

from __future__ import annotations

from collections.abc import Collection

from mithaq.errors import InputError
from mithaq.node.acts import instruments
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Suspension
from mithaq.plan.decide import Instrument


def instrument(plan: str) -> Instrument:
    """The instrument of a plan. InputError `plan.unknown`."""
    for one in instruments.in_force():
        if one.plan.id == plan:
            return one
    raise InputError("plan.unknown", "No such plan is enacted here.", where="plan")


def has_line(plan: str, line: str) -> bool:
    """Whether the plan has that line."""
    return any(one.id == line for one in instrument(plan).plan.lines)


def party_of(plan: str, unit: str) -> str:
    """The party that a unit belongs to."""
    authority = instruments.authority_of(unit)
    return next((one.party for one in instrument(plan).plan.authorities if one.id == authority), "")


def is_suspended(plan: str, line: str, by: str = "") -> bool:
    """Whether a line is suspended (by that party)."""
    rows = Suspension.objects.filter(plan=plan, line=line, until=None)
    return (rows.filter(by=by) if by else rows).exists()


def suspensions(keys: Collection[str]) -> dict[str, Suspension]:
    """Suspensions by id."""
    rows = Suspension.objects.filter(pk__in=[key for key in keys if is_uuid(key)])
    return {str(row.pk): row for row in rows}


def suspension(key: str) -> tuple[str, str, str]:
    """Plan, line and reason of a suspension."""
    row = Suspension.objects.get(pk=key)
    return row.plan, row.line, row.reason
