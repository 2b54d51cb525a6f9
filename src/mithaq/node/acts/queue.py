"""Queues of what waits: each subject's rows in the order in which they press, a page at a time.

Rule: who may see a row is part of the query, and so is the page: however much waits, a page reads what it shows.
A page goes on after the last row of the one before (its moment, its queue, its id), so that what is done meanwhile
moves nothing out of sight. Design: architecture, "Layout"; subjects, "Every object".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import Cast

from mithaq.errors import StateError
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Place, Queue, Slice


def place(queue: str, need: Need) -> Place:
    """Where a row stands in the order of all queues."""
    return Place(need.due or need.since, queue, need.id or need.url)


def rows(found: Any, name: str, moment: Any, asked: Slice, now: datetime) -> tuple[list[Any], int, int]:
    """The rows of a query that a slice asks for, with `moment` the expression that orders them; all in one query.

    Returns the rows (each with `pressing`, its moment), how many there are, and how many are past their moment.
    """
    found = found.annotate(pressing=moment, key=Cast("pk", CharField()))
    if asked.only:
        found = found.filter(key=asked.only)
    if asked.until is not None:
        found = found.filter(pressing__lte=asked.until)
    if asked.after is not None:
        found = found.filter(_after(name, asked.after))
    found = found.annotate(
        total=Window(Count("*")),
        late=Window(Count(Case(When(pressing__lt=now, then=Value(1))))),
    )
    page = list(found.order_by("pressing", "key")[: asked.most])
    return page, page[0].total if page else 0, page[0].late if page else 0


def _after(name: str, last: Place) -> Q:
    if name == last.queue:
        return Q(pressing__gt=last.moment) | Q(pressing=last.moment, key__gt=last.id)
    return Q(pressing__gte=last.moment) if name > last.queue else Q(pressing__gt=last.moment)


def listed(name: str, needs: Iterable[Need], asked: Slice, now: datetime) -> Found:
    """The same of a few rows that are no query: those that a subject knows by reckoning."""
    kept = [(place(name, need), need) for need in needs]
    kept.sort(key=lambda one: _order(one[0]))
    if asked.only:
        kept = [one for one in kept if one[0].id == asked.only]
    if asked.until is not None:
        kept = [one for one in kept if one[1].due is not None and one[1].due <= asked.until]
    if asked.after is not None:
        last = _order(asked.after)
        kept = [one for one in kept if _order(one[0]) > last]
    late = sum(need.due is not None and need.due < now for _place, need in kept)
    return Found(tuple(need for _place, need in kept[: asked.most]), len(kept), late)


def merged(
    queues: Sequence[Queue], actor: Actor, now: datetime, asked: Slice
) -> tuple[tuple[tuple[Queue, Need], ...], int]:
    """A page of several queues in one order, and how many rows there are in all from its start on."""
    pages = [(queue, queue.find(actor, now, asked)) for queue in queues]
    every = [(queue, need) for queue, found in pages for need in found.needs]
    every.sort(key=lambda one: _order(place(one[0].name, one[1])))
    return tuple(every[: asked.most]), sum(found.total for _queue, found in pages)


def _order(one: Place) -> tuple[datetime, str, str]:
    return one.moment, one.queue, one.id


def deadlines(word: str, unit: str) -> dict[str, timedelta]:
    """How long the domestic instrument gives a unit for an act, by urgency: the shortest of its clauses; empty without
    an instrument."""
    try:
        plan = instruments.domestic_plan()
    except StateError:
        return {}
    found: dict[str, timedelta] = {}
    for line in plan.lines:
        for clause in line.clauses:
            if (
                not clause.permits
                or unit not in clause.senders
                or word not in {act.partition("@")[0] for act in clause.acts}
            ):
                continue
            for urgency, hours in clause.deadlines.items():
                found[urgency] = min(timedelta(hours=hours), found.get(urgency, timedelta.max))
    return found


def due_after(since: str, urgency: str, laid_down: dict[str, timedelta]) -> Any:
    """The expression of a row's deadline: the column `since` and what is laid down for its column `urgency`."""
    whens = [When(**{urgency: name}, then=F(since) + Value(length)) for name, length in sorted(laid_down.items())]
    return Case(*whens, default=F(since)) if whens else F(since)
