"""What an act is: one frozen definition from which wire body, CLI, pages, plan words and documents derive.

Rule: an act's function is pure. It gets the request, the facts and the permit, and returns `Effects`; it touches no
database, key or clock. Design: architecture, "The road" and "One definition".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from mithaq.plan.decide import Permit

OPEN_LINES = frozenset({"", "domestic"})
"""What is of no line of a joint plan (a published list, the authority's own instrument) is everybody's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person of a unit with roles, or a unit of the partner (roles empty).

    `via` is the own system that brings the person's decision, when the person has not signed in at this node. `lent`
    are the roles that a colleague lends while away, each with its delegation; `roles` holds them, too. `lines` are the
    lines of plans that the person works on, None for all of the unit; `bounds` are those of who lends, by delegation,
    where who lends does not work on all.
    """

    name: str
    unit: str
    roles: frozenset[str] = frozenset()
    via: str = ""
    lent: tuple[tuple[str, str], ...] = ()
    lines: frozenset[str] | None = None
    bounds: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def own_roles(self) -> frozenset[str]:
        """The roles that are not lent by a colleague who is away."""
        return self.roles - {role for role, _delegation in self.lent}

    def knows(self, line: str) -> bool:
        """Whether the person works on a line of a plan (need to know); the authority's own line is everybody's."""
        return self.bound_to is None or line in self.bound_to | OPEN_LINES

    @property
    def bound_to(self) -> frozenset[str] | None:
        """The lines that the person is bound to; None for all. Who oversees is bound to none: he acts on nothing."""
        return None if "oversight" in self.roles else self.lines

    def cut_to(self, roles: Collection[str]) -> Actor:
        """The same person with no other roles than these; what is lent stays lent, and the lines stay."""
        lent = tuple((role, delegation) for role, delegation in self.lent if role in roles)
        return replace(self, roles=self.roles.intersection(roles), lent=lent)

    def acting(self, roles: Collection[str]) -> Actor:
        """The person as far as these roles reach: what only lent roles let one do is bound to the lines on which both,
        who lends and who is lent to, work."""
        if self.own_roles.intersection(roles):
            return self
        bounds = dict(self.bounds)
        reached = [bounds.get(delegation) for role, delegation in self.lent if role in roles]
        if not reached or None in reached:
            return self
        lines = frozenset[str]().union(*filter(None, reached))
        return replace(self, lines=lines if self.lines is None else self.lines & lines)

    def under(self, roles: frozenset[str]) -> tuple[str, ...]:
        """The delegations under which an act of these roles is done; none when a role of one's own lets it."""
        if not roles or roles & self.own_roles:
            return ()
        return tuple(sorted({delegation for role, delegation in self.lent if role in roles}))


@dataclass(frozen=True, slots=True)
class Row:
    """A record to save. `version` 0 inserts; n updates the row that still has version n, and makes it n + 1."""

    model: str
    id: str
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sending:
    """A wish to send the record of `model` and `record` under a line to a unit; it holds no content.

    `follows` is an earlier wish that this one is about (a withdrawal follows its notice): the message will answer the
    message of that wish, and is a duty for it. `supersedes` is an earlier wish for the same record that came to
    nothing.
    """

    act: str
    plan: str
    line: str
    sender: str
    recipient: str
    model: str
    record: str
    urgency: str = "normal"
    follows: UUID | None = None
    in_reply_to: UUID | None = None
    supersedes: UUID | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """New records of a model in their thousands, written by COPY: `columns` of its table, a value for each in `rows`.

    Their ids come from the database, so that nothing refers to one of them; JSON columns are given as text.
    """

    model: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """So many more in a record of a model that holds a `number`: the record with this id, made with `fields` when there
    is none. It has no version: what two acts count adds up in either order."""

    model: str
    id: str
    number: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Clearing:
    """Every record of a model whose `field` has this value is erased."""

    model: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm that an act raises: its code, the id of the record that it is about, and the name of the person whom it
    is about, who then does not close it."""

    code: str
    record: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Effects:
    """What an act does, as values: records to save, records to erase, wishes to send, and the answer to the door."""

    rows: tuple[Row, ...] = ()
    erase: tuple[tuple[str, str], ...] = ()
    sendings: tuple[Sending, ...] = ()
    answer: Any = None
    leaf: Mapping[str, str] = field(default_factory=dict)
    clear: tuple[Clearing, ...] = ()
    bulk: tuple[Bulk, ...] = ()
    alarms: tuple[Raised, ...] = ()
    counts: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What the world adds to a request: the moment, the actor, the permit and fresh ids."""

    now: datetime
    actor: Actor
    permit: Permit
    new_id: Callable[[], UUID]
    authority: str
    message: Incoming | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """The envelope facts of a message that is being opened."""

    id: UUID
    plan: str
    line: str
    sender: str
    sender_unit: str
    recipient_unit: str
    thread: UUID
    in_reply_to: UUID | None
    created: datetime
    retention_days: int
    handling: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The dimensions of an act that the plan decides on, as the act itself states them from its request."""

    plan: str
    line: str
    categories: frozenset[str]
    purpose: str
    language: str
    handling: str = "H1"
    urgency: str = "normal"
    recipient: str | None = None
    duty_for: str | None = None


@dataclass(frozen=True)
class Act:
    """The definition of one act.

    `word` is the plan's word ("publish-notice"); `request` the frozen type; `roles` who may do it (empty: the
    software itself). `load` reads facts for a request (effects: database reads only). `run` is the pure function.
    An exchanged act also has `body`, which loads the content of a record when the worker seals it, and `receive`,
    the pure function that a message of this act runs at the partner. `states_urgency`: the body itself says how urgent
    it is, so that the envelope must say the same. `takes_file`: the request has the `name` and the `data` of a file;
    what is refused whole is kept for its unit to look at (`acts/refused_files.py`). `leads_to` names an act that this
    one is for, with its terms: the plan that will judge it is asked before anything is written. `says` is what people
    should know of it beyond its types, `command` the words after `mithaq` and `page` the address (KEY for a record's
    id) that do it: docs/acts holds a page of each act, made of this (`acts/document.py`). `about` is the id of the
    record that a refusal is about, where the request does not name it itself.
    """

    word: str
    version: int
    title: Any
    request: type[Any]
    roles: frozenset[str]
    terms: Callable[[Any, Any], Terms]
    load: Callable[[Any, Actor], Any]
    run: Callable[[Any, Any, Context], Effects]
    body: Callable[[str], Any] | None = None
    body_type: type[Any] | None = None
    body_terms: Callable[[Any], Terms] | None = None
    load_received: Callable[[Any, Incoming], Any] | None = None
    receive: Callable[[Any, Any, Context], Effects] | None = None
    states_urgency: bool = False
    takes_file: bool = False
    leads_to: Callable[[Any, Any], tuple[str, int, Terms] | None] | None = None
    says: str = ""
    command: str = ""
    page: str = ""
    about: Callable[[Any, Any], str] | None = None

    @property
    def name(self) -> str:
        """The act as an envelope and a clause write it: `publish-notice@1`."""
        return f"{self.word}@{self.version}"

    @property
    def exchanged(self) -> bool:
        return self.receive is not None
