"""Who is asking: the actor of a request, and the row of the access log that a reading leaves.

Rule: the row is written before the page leaves. Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.http import HttpRequest

from mithaq.errors import MithaqError, RefusedError
from mithaq.node.accounts import facts as accounts
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.console import tasks
from mithaq.node.start import Node

T = TypeVar("T")
READERS = frozenset(
    {"case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst", "oversight"}
)


def actor(request: HttpRequest) -> Actor:
    """The person who has signed in."""
    assert isinstance(request.user, User)
    return accounts.actor_of(request.user)


def of_name(name: str) -> Actor | None:
    """A person who may sign in, as of this moment, for what is done later in that name; None when nobody is."""
    return accounts.of_name(name)


def reads(
    request: HttpRequest, what: str, record: str = "", reason: str = "", also: Iterable[str] = (), why: str = ""
) -> Actor:
    """The person who reads personal data, after the row of the access log is written.

    `what` names the page, `record` the record's id, `reason` what was asked for (a search's words are part of who read
    what), `also` the ids of the records about persons that a listing shows, `why` the reason that the page itself asks
    for; else it is that of the task. RefusedError `read.role` for one whose roles see no content (the administrator),
    logged before it is raised; `read.reason` where the plan asks for a reason and none is in force.
    """
    return read(actor(request), what, record, reason, also, why or tasks.reason(request, what, record))


def read(who: Actor, what: str, record: str = "", reason: str = "", also: Iterable[str] = (), why: str = "") -> Actor:
    """The same for whoever reads, by whatever door."""
    _check_reader(who, what, record, reason)
    tasks.check(what, why, record)
    access.log(who, what, Node.clock.now(), record[:64], reason[:200], why[:200], also)
    return who


@contextmanager
def looking(
    request: HttpRequest, what: str, record: str = "", reason: str = "", about: str = "", why: str = ""
) -> Iterator[access.Reading]:
    """A page's reading of what it finds within: the role and the reason are asked for first, and the row is written
    last, with the records that were shown (`also`), whatever happened meanwhile.

    `about` is what a reason is given for, where that is not the record; `why` the reason that the page itself asks for.
    RefusedError as `reads`.
    """
    who, about = actor(request), about or record
    with looked(who, what, record, reason, why or tasks.reason(request, what, about), about) as found:
        yield found


@contextmanager
def looked(
    who: Actor, what: str, record: str = "", reason: str = "", why: str = "", about: str = ""
) -> Iterator[access.Reading]:
    """The same for whoever reads, by whatever door."""
    _check_reader(who, what, record, reason)
    tasks.check(what, why, about or record)
    one = access.Reading(who, what, record[:64], reason[:200], why[:200])
    with access.reading(one, Node.clock.now) as found:
        yield found


@contextmanager
def reading(who: Actor, what: str, record: str = "", reason: str = "") -> Iterator[access.Reading]:
    """The same around an act that writes the row in its own transaction; without one it is written at the end."""
    _check_reader(who, what, record, reason)
    with access.reading(access.Reading(who, what, record[:64], reason[:200]), Node.clock.now) as found:
        yield found


def _check_reader(who: Actor, what: str, record: str, reason: str) -> None:
    if not who.roles & READERS:
        refused(who, what, record, reason)
        raise RefusedError(
            "read.role", "Your role does not read content.", remedy="Ask a colleague of the unit concerned."
        )


def read_of(who: Actor, what: str, record: str, load: Callable[[], T], reason: str = "", why: str = "") -> T:
    """A record that the person may know of: one row, which says whether it was read or refused.

    `load` finds it by its subject's predicate. What is not the person's to know is answered as what is not there is:
    only the row says which it was. RefusedError of a rule of its subject, logged as refused.
    """
    found = _found(who, what, record, load, reason, why)
    read(who, what, record, reason, why=why)
    return found


def _found(who: Actor, what: str, record: str, load: Callable[[], T], reason: str, why: str) -> T:
    """The same; what was found leaves no row yet."""
    _check_reader(who, what, record, reason)
    try:
        return load()
    except UnknownError as error:
        tasks.check(what, why, record)
        row = f"{access.REFUSED}{what}" if error.is_hidden else what
        access.log(who, row, Node.clock.now(), record[:64], reason[:200], why[:200])
        raise
    except RefusedError:
        refused(who, what, record, reason)
        raise
    except MithaqError:
        read(who, what, record, reason, why=why)
        raise


def reads_of(request: HttpRequest, what: str, record: str, load: Callable[[], T]) -> T:
    """The same on a page, for the reason of the task."""
    return read_of(actor(request), what, record, load, why=tasks.reason(request, what, record))


def renews_of(request: HttpRequest, what: str, record: str, load: Callable[[], T]) -> T:
    """The same for a piece of a page that renews itself every few seconds: a row says that it stands for the minute
    after it, and what is renewed meanwhile leaves none. What is refused, asked for by hand or not there leaves its own.
    """
    who, why = actor(request), tasks.reason(request, what, record)
    now = Node.clock.now()
    if request.headers.get("HX-Request") != "true":
        return read_of(who, what, record, load, why=why)
    if not access.is_renewed(who, what, record[:64], now):
        return read_of(who, what, record, load, access.renewing(now), why)
    found = _found(who, what, record, load, "", why)
    tasks.check(what, why, record)
    return found


def refused(who: Actor, what: str, record: str, reason: str = "") -> None:
    """The row of a reading that a rule refuses."""
    access.log(who, f"{access.REFUSED}{what}", Node.clock.now(), record[:64], reason[:200])


@contextmanager
def tried(who: Actor, what: str, record: str = "", reason: str = "") -> Iterator[None]:
    """The row of what a rule refuses within, for what is no reading and no act."""
    try:
        yield
    except RefusedError:
        refused(who, what, record, reason)
        raise


def sees(who: Actor) -> str | None:
    """The unit whose records a listing shows the person; None for oversight, which sees every unit's."""
    return None if "oversight" in who.roles else who.unit


def may(who: Actor, *roles: str) -> bool:
    """Whether the person has one of these roles: a page offers only what its act would let the person do."""
    return bool(who.roles.intersection(roles))
