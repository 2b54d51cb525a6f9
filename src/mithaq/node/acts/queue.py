"""Queues of what waits: each subject's rows in the order in which they press, a page at a time.

Rules: who may see a row is part of the query, and so is the page: however much waits, a page reads what it shows.
Whatever is asked of however many queues is one statement: a UNION ALL of one part a query, each by its own index.
A page goes on after the last row of the one before (its moment, its queue, its id), so that what is done meanwhile
moves nothing out of sight. Design: architecture, "Layout"; subjects, "Every object".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
    Window,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce, JSONObject

from mithaq.errors import StateError
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Few, Found, Need, Place, Queue, Row, Slice
from mithaq.node.acts.nouns import Card
from mithaq.node.acts.registry import REGISTRY, Target

FEW = 10_000


def row(
    found: Any, *, since: Any, record: Any, due: Any = None, key: Any = "pk", more: Mapping[str, Any] | None = None
) -> Any:
    """The rows of a query in the columns that all queues have: `since`, `due`, `record` and `key` are columns or
    expressions, `more` what their queue tells besides. A row's moment is when it is due, else since when it waits."""
    since = F(since) if isinstance(since, str) else since
    return found.order_by().annotate(
        row_key=Cast(key, TextField()),
        row_since=Cast(since, DateTimeField()),
        row_due=Cast(Value(None) if due is None else due, DateTimeField()),
        row_moment=Cast(since if due is None else Coalesce(due, since), DateTimeField()),
        row_record=Cast(record, TextField()),
        row_more=JSONObject(**(more or {})),
    )


def read(
    asked: Sequence[tuple[Queue, Slice]], few: Sequence[Few], actor: Actor, now: datetime
) -> tuple[list[Found], list[Need]]:
    """What is asked of each queue, and everything of what is few, in one statement; two or three more name it."""
    found = [_Read(part) for _one, part in asked] + [_Read(Slice(FEW)) for _one in few]
    _fill(found, [one for one, _part in asked] + list(few), actor, now)
    needs = [[one.need(each) for each in part.rows] for (one, _asked), part in zip(asked, found, strict=False)]
    others = [
        need for one, part in zip(few, found[len(asked) :], strict=True) for need in one.needs(part.rows, actor, now)
    ]
    named = iter(_named([*(need for some in needs for need in some), *others]))
    pages = []
    for (one, part), some, read_ in zip(asked, needs, found, strict=False):
        ordered = _ordered(one.name, [next(named) for _ in some])
        totals = read_.counts.values()
        pages.append(Found(ordered[: part.most], sum(one for one, _ in totals), sum(late for _, late in totals)))
    return pages, list(named)


@dataclass(slots=True)
class _Read:
    """What one queue is asked for, its rows, and how many rows each of its queries has, and how many late ones."""

    asked: Slice
    rows: list[Row] = field(default_factory=list)
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)


def _fill(found: Sequence[_Read], queues: Sequence[Queue | Few], actor: Actor, now: datetime) -> None:
    parts = [
        _part(rows, (at, number), one.name, part.asked, now)
        for at, (one, part) in enumerate(zip(queues, found, strict=True))
        for number, rows in enumerate(one.rows(actor, now))
    ]
    if not parts:
        return
    for at, number, total, late, *columns in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        found[at].rows.append(Row(*columns))
        found[at].counts[number] = (total, late)


def _part(rows: Any, of: tuple[int, int], name: str, asked: Slice, now: datetime) -> Any:
    if asked.only:
        rows = rows.filter(row_key=asked.only)
    if asked.until is not None:
        rows = rows.filter(row_due__lte=asked.until)
    if asked.after is not None:
        rows = rows.filter(_after(name, asked.after))
    rows = rows.order_by("row_moment", "row_key").values_list(
        Value(of[0], IntegerField()),
        Value(of[1], IntegerField()),
        Window(Count("*")),
        Window(Count(Case(When(row_due__lt=now, then=Value(1))))),
        "row_key", "row_since", "row_due", "row_record", "row_more",
    )  # fmt: skip
    return rows[: asked.most]


def _after(name: str, last: Place) -> Q:
    if name == last.queue:
        return Q(row_moment__gt=last.moment) | Q(row_moment=last.moment, row_key__gt=last.id)
    return Q(row_moment__gte=last.moment) if name > last.queue else Q(row_moment__gt=last.moment)


def _named(needs: Sequence[Need]) -> list[Need]:
    """The same, each with the reference of what it is about: one look-up a source or model for all of them."""
    cards = REGISTRY.cards(need.subject for need in needs if need.subject)
    targets = REGISTRY.targets_of(need.target for need in needs if need.target)
    return [_as_named(need, cards.get(need.subject), targets.get(need.target or ("", ""))) for need in needs]


def _as_named(need: Need, card: Card | None, target: Target | None) -> Need:
    if target is not None:
        return replace(need, record=target.reference, url=target.url if need.opens else need.url)
    return need if card is None else replace(need, record=card.reference)


def _ordered(name: str, needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(sorted(needs, key=lambda need: _order(place(name, need))))


def place(queue: str, need: Need) -> Place:
    """Where a row stands in the order of all queues."""
    return Place(need.due or need.since, queue, need.id or need.url)


def _order(one: Place) -> tuple[datetime, str, str]:
    return one.moment, one.queue, one.id


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


def merged(pages: Iterable[tuple[str, Found]], most: int) -> tuple[tuple[tuple[str, Need], ...], int]:
    """Pages of several queues, by name, in one order; and how many rows there are in all from their start on."""
    pages = list(pages)
    every = [(name, need) for name, found in pages for need in found.needs]
    every.sort(key=lambda one: _order(place(*one)))
    return tuple(every[:most]), sum(found.total for _name, found in pages)


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


def due_after(since: str, of: str, lengths: Mapping[str, timedelta]) -> Any:
    """The expression of a row's deadline: the column `since` and the length for its column `of`; null where there is
    none. None without lengths."""
    whens = [When(**{of: name}, then=F(since) + Value(length)) for name, length in sorted(lengths.items())]
    return Case(*whens, output_field=DateTimeField()) if whens else None


def due_in(since: str, length: timedelta | None) -> Any:
    """The same where one length holds for all rows."""
    return ExpressionWrapper(F(since) + Value(length), DateTimeField()) if length else None
