"""What waits for a person, and the queues in which it stands.

Rule: frozen values; a queue reads a page at a time, and who may see a row is part of what it asks the database.
Design: architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mithaq.node.acts.definition import Actor

Section = Literal["needs", "waiting", "expiring"]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for a person: `text` is translated, `due` shown as countdown. `id` is its record's; the
    address stands for it where it has none. `line` is the record's, where it has one: what is told of the row besides
    (who holds it) is for who works on that."""

    kind: str
    text: Any
    record: str
    url: str
    since: datetime
    due: datetime | None = None
    id: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of all queues: the moment, the queue's name, the id."""

    moment: datetime
    queue: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """What is asked of a queue: `most` rows after a place, those alone whose moment is not after `until`; or the one
    row of the id `only`."""

    most: int
    after: Place | None = None
    until: datetime | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a queue: the rows, how many there are from its start on, and how many of these are late."""

    needs: tuple[Need, ...] = ()
    total: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows of one kind that wait: for a person of this node (`needs`), for the partner, or for their own end.

    `find` answers a slice in order of moment, then id; the moment is when a row is due, or since when it waits in a
    queue that is not `dated`, and of which nothing is ever overdue.
    """

    name: str
    section: Section
    text: Any
    find: Callable[[Actor, datetime, Slice], Found]
    dated: bool = True
