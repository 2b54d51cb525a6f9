"""Who is asking: the actor of a request, and the row of the access log that a reading leaves.

Rule: the row is written before the page leaves. Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from mithaq.errors import RefusedError
from mithaq.node.accounts import facts as accounts
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.start import Node

READERS = frozenset(
    {"case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst", "oversight"}
)


def actor(request: HttpRequest) -> Actor:
    """The person who has signed in."""
    assert isinstance(request.user, User)
    return accounts.actor_of(request.user)


def reads(request: HttpRequest, what: str, record: str = "", reason: str = "") -> Actor:
    """The person who reads personal data, after the row of the access log is written.

    `what` names the page, `record` the record's id, `reason` what was asked for (a search's words are part of who read
    what). RefusedError `read.role` for one whose roles see no content (the administrator), logged before it is raised.
    """
    return read(actor(request), what, record, reason)


def read(who: Actor, what: str, record: str = "", reason: str = "") -> Actor:
    """The same for whoever reads, by whatever door."""
    _check_reader(who, what, record, reason)
    access.log(who, what, Node.clock.now(), record[:64], reason[:200])
    return who


@contextmanager
def reading(who: Actor, what: str, record: str = "", reason: str = "") -> Iterator[access.Reading]:
    """The same around an act that writes the row in its own transaction; without one it is written at the end."""
    _check_reader(who, what, record, reason)
    with access.reading(access.Reading(who, what, record[:64], reason[:200]), Node.clock.now) as found:
        yield found


def _check_reader(who: Actor, what: str, record: str, reason: str) -> None:
    if not who.roles & READERS:
        access.log(who, f"refused:{what}", Node.clock.now(), record[:64], reason[:200])
        raise RefusedError(
            "read.role", "Your role does not read content.", remedy="Ask a colleague of the unit concerned."
        )


def checks(who: Actor, what: str, record: str, check: Callable[..., None], *about: str) -> None:
    """Ask a rule of a subject whether the person may read a record; a refusal is logged before it is raised."""
    try:
        check(who, *about)
    except RefusedError:
        access.log(who, f"refused:{what}", Node.clock.now(), record[:64])
        raise


def sees(who: Actor) -> str | None:
    """The unit whose records a listing shows the person; None for oversight, which sees every unit's."""
    return None if "oversight" in who.roles else who.unit


def may(who: Actor, *roles: str) -> bool:
    """Whether the person has one of these roles: a page offers only what its act would let the person do."""
    return bool(who.roles.intersection(roles))
