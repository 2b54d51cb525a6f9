"""What waits for a person, and the queues in which it stands.

Rule: frozen values; a queue says which rows of the database are its own, with who may see a row inside the query, and
how a row is told; `acts/queue.py` reads them. Design: architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet

from mithaq.node.acts.definition import Actor

Section = Literal["needs", "waiting", "expiring"]
# Which rows wait, made uniform by `queue.row`; several queries where several tables hold them.
Rows = Callable[[Actor, datetime], Iterable[QuerySet[Any]]]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for a person: `text` is translated, `due` shown as countdown. `id` is its record's; the
    address stands for it where it has none.

    `subject` is one of screening whose card names it, `target` a record (model, id) whose reference does, and whose
    page it `opens`: these are looked up for all rows together, and `record` and `url` stay when they are gone.

    `line` is the record's, where it has one: what is told of the row besides (who holds it) is for who works on that.
    """

    kind: str
    text: Any
    record: str
    url: str
    since: datetime
    due: datetime | None = None
    id: str = ""
    subject: str = ""
    target: tuple[str, str] | None = None
    opens: bool = False
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
class Row:
    """A row as the database gives it: its id, since when it waits, when it is due (None: it is never late), what it is
    called there, and whatever else its queue asked for."""

    key: str
    since: datetime
    due: datetime | None
    record: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows of one kind that wait: for a person of this node (`needs`), for the partner, or for their own end.

    They stand in the order of their moments, then ids; the moment is when a row is due, or since when it waits in a
    queue that is not `dated`, and of which nothing is ever overdue. `heading` stands over them: what `Need.text` says
    of one row, it says of many.
    """

    name: str
    section: Section
    heading: Any
    rows: Rows
    need: Callable[[Row], Need]
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Few:
    """What is few by its nature (a feed of a post, a reader who stands out), and is reckoned from rows rather than
    counted by the database: `needs` makes of all rows what waits, of whichever kinds, each with
    its heading. At most ten thousand rows are read."""

    name: str
    headings: Mapping[str, Any]
    rows: Rows
    needs: Callable[[Sequence[Row], Actor, datetime], Iterable[Need]]
