"""Reads of this subject: how the chain of the access log stands. Returns frozen values and no QuerySet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from mithaq.node.acts import chain
from mithaq.node.acts.models import Access, Alarm, ChainCheck, Leaf


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """The access log as its checks left it: `rows` there are, of which `sealed` are under a ledger leaf; rows up to
    `newest` held when they came, rows up to `place` hold in the present round, a whole round last ended at `whole`.
    `row` is the first that does not hold, and `fault` says how; `at` is null when nothing was checked yet."""

    rows: int
    sealed: int
    sealed_at: datetime | None
    leaf: int | None
    newest: int = 0
    place: int = 0
    at: datetime | None = None
    whole: datetime | None = None
    fault: str = ""
    row: int | None = None


def chain_state() -> ChainFacts:
    """How the chain stands."""
    rows = Access.objects.order_by("-id").values_list("id", flat=True).first() or 0
    seal = Leaf.objects.filter(rows__isnull=False).order_by("-rows").first()
    found = ChainFacts(rows, seal.rows or 0, seal.at, seal.index) if seal else ChainFacts(rows, 0, None, None)
    state = ChainCheck.objects.filter(pk=1).first()
    if state is None:
        return found
    names = ("newest", "place", "at", "whole", "fault", "row")
    return replace(found, **{name: getattr(state, name) for name in names})


def open_alarms() -> QuerySet[Alarm]:
    """The alarms about the chain that nobody has closed."""
    return Alarm.objects.filter(code=chain.ALARM, seen=False)


def row_of(detail: str) -> str:
    """Which row of the log an alarm about the chain is about."""
    return detail.rpartition(" ")[2]


def chain_alarms() -> tuple[tuple[datetime, str], ...]:
    """(When, which row) of those alarms, latest first."""
    found = open_alarms().order_by("-id").values_list("at", "detail")[:20]
    return tuple((at, row_of(detail)) for at, detail in found)
