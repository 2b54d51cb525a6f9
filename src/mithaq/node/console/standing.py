"""What stands before a person: the queues of all subjects, cut into what needs me, what is overdue, what waits on the
partner and what runs out.

Rule: a page reads what it shows, whatever waits behind it; what a person may not see is in no count. Design:
architecture, "Layout" (needs-me); issue 4, part 4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts import instruments, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Place, Queue, Slice
from mithaq.node.acts.registry import REGISTRY

SHOWN, PAGE = 12, 50
SOON = timedelta(hours=72)
HEADINGS = {
    "overdue": _("Overdue"),
    "waiting": _("Waiting on the partner"),
    "expiring": _("Ends within 72 hours"),
}


@dataclass(frozen=True, slots=True)
class Pile:
    """Rows under one heading: the first ones, how many there are in all, and the name of the page that has the rest."""

    name: str
    text: Any
    needs: tuple[Need, ...]
    total: int

    @property
    def rest(self) -> int:
        """How many rows the heading has that are not shown."""
        return self.total - len(self.needs)


@dataclass(frozen=True, slots=True)
class Standing:
    """The home page of a person: needs by kind with the most pressing kind first, and three piles across kinds."""

    needs: tuple[Pile, ...]
    overdue: Pile
    waiting: Pile
    expiring: Pile

    @property
    def shown(self) -> tuple[Need, ...]:
        """Every row that the page shows."""
        return tuple(need for pile in (*self.needs, self.overdue, self.waiting, self.expiring) for need in pile.needs)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one heading; `after` is the place where the next one goes on, or None at the end."""

    text: Any
    needs: tuple[Need, ...]
    total: int
    after: Place | None


def standing(actor: Actor, now: datetime) -> Standing:
    """Everything that the home page shows, each queue read once."""
    asked, soon = Slice(SHOWN), Slice(SHOWN, until=now + SOON)
    with instruments.snapshot():
        mine = [(one, one.find(actor, now, asked)) for one in queues("needs", actor, now)]
        theirs = [(one, one.find(actor, now, asked)) for one in queues("waiting", actor, now)]
        ending = [(one, one.find(actor, now, soon)) for one in queues("expiring", actor, now)]
    piles = [Pile(one.name, one.text, found.needs, found.total) for one, found in mine if found.needs]
    piles.sort(key=lambda pile: _pressing(pile.needs[0]))
    return Standing(
        tuple(piles),
        _overdue([*mine, *theirs], now),
        _across("waiting", theirs),
        _across("expiring", ending),
    )


def page(name: str, actor: Actor, now: datetime, after: Place | None, most: int = PAGE) -> Page:
    """A page of a heading or of one queue. InputError `page.unknown`."""
    with instruments.snapshot():
        chosen, text, until = _chosen(name, actor, now)
        rows, total = queue.merged(chosen, actor, now, Slice(most, after, until))
    last = queue.place(rows[-1][0].name, rows[-1][1]) if total > len(rows) else None
    return Page(text, tuple(need for _queue, need in rows), total, last)


def queues(section: str, actor: Actor, now: datetime) -> list[Queue]:
    """The queues of a section; those needs that are few by nature make one a kind."""
    found = [one for one in REGISTRY.queues.values() if one.section == section]
    return found + (_few(actor, now) if section == "needs" else [])


def _few(actor: Actor, now: datetime) -> list[Queue]:
    kinds: dict[str, list[Need]] = {}
    for source in REGISTRY.needs:
        for need in source(actor, now):
            kinds.setdefault(need.kind, []).append(need)
    return [_of_kind(kind, needs) for kind, needs in kinds.items()]


def _of_kind(kind: str, needs: list[Need]) -> Queue:
    def find(_actor: Actor, moment: datetime, asked: Slice) -> Found:
        return queue.listed(kind, needs, asked, moment)

    return Queue(kind, "needs", needs[0].text, find)


def _chosen(name: str, actor: Actor, now: datetime) -> tuple[list[Queue], Any, datetime | None]:
    mine = queues("needs", actor, now)
    if name == "overdue":
        return [one for one in (*mine, *queues("waiting", actor, now)) if one.dated], HEADINGS[name], now
    if name in HEADINGS:
        return queues(name, actor, now), HEADINGS[name], now + SOON if name == "expiring" else None
    for one in mine:
        if one.name == name:
            return [one], one.text, None
    raise InputError("page.unknown", "There is no such page.", remedy="Go back to the home page.")


def _overdue(found: list[tuple[Queue, Found]], now: datetime) -> Pile:
    late = [need for one, part in found if one.dated for need in part.needs if need.due is not None and need.due < now]
    late.sort(key=_pressing)
    return Pile("overdue", HEADINGS["overdue"], tuple(late[:SHOWN]), sum(part.late for one, part in found if one.dated))


def _across(name: str, found: list[tuple[Queue, Found]]) -> Pile:
    every = sorted((need for _queue, part in found for need in part.needs), key=_pressing)
    return Pile(name, HEADINGS[name], tuple(every[:SHOWN]), sum(part.total for _queue, part in found))


def _pressing(need: Need) -> tuple[bool, datetime]:
    return need.due is None, need.due or need.since
