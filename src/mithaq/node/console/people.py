"""Who is asking: the actor of a request, and the row of the access log that a reading leaves.

Rule: the row is written before the page leaves. Design: subjects, safeguards 7 and 8.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from mithaq.errors import RefusedError
from mithaq.node.accounts import facts as accounts
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import check_line
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
    allowed = bool(who.roles & READERS)
    access.log(who, what if allowed else f"refused:{what}", Node.clock.now(), record[:64], reason[:200])
    if not allowed:
        raise RefusedError(
            "read.role", "Your role does not read content.", remedy="Ask a colleague of the unit concerned."
        )
    return who


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


def checks_line(who: Actor, what: str, record: str, line: str) -> None:
    """Need to know by line: a record of a line on which the person does not work is refused, and that is logged."""
    checks(who, what, record, check_line, line)


def may(who: Actor, *roles: str) -> bool:
    """Whether the person has one of these roles: a page offers only what its act would let the person do."""
    return bool(who.roles.intersection(roles))
