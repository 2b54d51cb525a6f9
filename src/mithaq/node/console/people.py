"""Who is asking: the actor of a request, and the row of the access log that a reading leaves."""

from __future__ import annotations

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


def reads(request: HttpRequest, what: str, record: str = "") -> Actor:
    """The person who reads personal data, after the row of the access log is written.

    RefusedError `read.role` for one whose roles see no content (the administrator), written before it is raised.
    """
    who = actor(request)
    allowed = bool(who.roles & READERS)
    access.log(who, what if allowed else f"refused:{what}", Node.clock.now(), record)
    if not allowed:
        raise RefusedError(
            "read.role", "Your role does not read content.", remedy="Ask a colleague of the unit concerned."
        )
    return who
