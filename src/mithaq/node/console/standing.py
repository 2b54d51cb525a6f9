"""What stands before a person: the queues of all subjects, cut into what needs me, what is overdue, what waits on the
partner and what runs out.

Rule: a page reads what it shows, whatever waits behind it; what a person may not see is in no count. Design:
architecture, "Layout" (needs-me); issue 4, part 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts import instruments, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Few, Found, Need, Place, Queue, Slice
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
    heading: Any
    needs: tuple[Need, ...]
    total: int

    @property
    def rest(self) -> int:
        """How many rows the heading has that are not shown."""
        return self.total - len(self.needs)


@dataclass(frozen=True, slots=True)
class Read:
    """A queue as it was read."""

    name: str
    section: str
    heading: Any
    found: Found
    is_dated: bool


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

    heading: Any
    needs: tuple[Need, ...]
    total: int
    after: Place | None


def standing(actor: Actor, now: datetime) -> Standing:
    """Everything that the home page shows, each queue read once and all in one statement."""
    asked = {"expiring": Slice(SHOWN, until=now + SOON)}
    queues = [one for section in ("needs", "waiting", "expiring") for one in of_section(section)]
    with instruments.snapshot():
        found, few = queue.read(
            [(one, asked.get(one.section, Slice(SHOWN))) for one in queues], REGISTRY.few, actor, now
        )
    read = [Read(one.name, one.section, one.heading, part, one.dated) for one, part in zip(queues, found, strict=True)]
    mine = [one for one in read if one.section == "needs"] + kinds(few, Slice(SHOWN), now)
    theirs, ending = ([one for one in read if one.section == section] for section in ("waiting", "expiring"))
    piles = [Pile(one.name, one.heading, one.found.needs, one.found.total) for one in mine if one.found.needs]
    piles.sort(key=lambda pile: _pressing(pile.needs[0]))
    return Standing(
        tuple(piles),
        _overdue([*mine, *theirs], now),
        _across("waiting", theirs),
        _across("expiring", ending),
    )


def page(name: str, actor: Actor, now: datetime, after: Place | None, most: int = PAGE) -> Page:
    """A page of a heading or of one queue. InputError `page.unknown`."""
    until = {"overdue": now, "expiring": now + SOON}.get(name)
    asked = Slice(most, after, until)
    chosen, few = _chosen(name)
    with instruments.snapshot():
        found, needs = queue.read([(one, asked) for one in chosen], few, actor, now)
    pages = [(one.name, part) for one, part in zip(chosen, found, strict=True)]
    others = [one for one in kinds(needs, asked, now) if name in {"overdue", one.name}]
    offered = [HEADINGS.get(name), *(one.heading for one in chosen), *(one.heading for one in others)]
    heading = next(filter(None, offered), None)
    if heading is None:
        raise InputError("page.unknown", "There is no such page.", remedy="Go back to the home page.")
    rows, total = queue.merged([*pages, *((one.name, one.found) for one in others)], most)
    last = queue.place(*rows[-1]) if total > len(rows) else None
    return Page(heading, tuple(need for _queue, need in rows), total, last)


def of_section(section: str) -> list[Queue]:
    """The queues of a section."""
    return [one for one in REGISTRY.queues.values() if one.section == section]


def kinds(needs: Iterable[Need], asked: Slice, now: datetime) -> list[Read]:
    """Needs that are few by nature as queues: each kind is one."""
    by_kind: dict[str, list[Need]] = {}
    for need in needs:
        by_kind.setdefault(need.kind, []).append(need)
    headings = {kind: heading for few in REGISTRY.few for kind, heading in few.headings.items()}
    return [
        Read(kind, "needs", headings[kind], queue.listed(kind, some, asked, now), is_dated=True)
        for kind, some in by_kind.items()
    ]


def _chosen(name: str) -> tuple[list[Queue], Sequence[Few]]:
    """The queues that a page reads, and what is few by nature where the page may hold it."""
    if name == "overdue":
        return [one for one in (*of_section("needs"), *of_section("waiting")) if one.dated], REGISTRY.few
    if name in HEADINGS:
        return of_section(name), ()
    own = [one for one in of_section("needs") if one.name == name]
    return own, () if own else REGISTRY.few


def _overdue(read: Sequence[Read], now: datetime) -> Pile:
    dated = [one for one in read if one.is_dated]
    late = [need for one in dated for need in one.found.needs if need.due is not None and need.due < now]
    late.sort(key=_pressing)
    return Pile("overdue", HEADINGS["overdue"], tuple(late[:SHOWN]), sum(one.found.late for one in dated))


def _across(name: str, read: Sequence[Read]) -> Pile:
    every = sorted((need for one in read for need in one.found.needs), key=_pressing)
    return Pile(name, HEADINGS[name], tuple(every[:SHOWN]), sum(one.found.total for one in read))


def _pressing(need: Need) -> tuple[bool, datetime]:
    return need.due is None, need.due or need.since
