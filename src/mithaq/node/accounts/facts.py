"""Reads of this subject."""

from __future__ import annotations

from django.contrib.auth import authenticate

from mithaq.errors import RefusedError
from mithaq.node.accounts.models import User
from mithaq.node.acts.definition import Actor

ROLES = (
    "case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst",
    "protocol-officer", "event-lead", "oversight", "administrator",
)  # fmt: skip


def actor_of(user: User) -> Actor:
    """The actor that a signed-in person is."""
    return Actor(user.name, user.unit, frozenset(user.roles))


def prove(name: str, password: str) -> Actor:
    """The actor of a name and password, for the command line. RefusedError `sign_in.failed`."""
    user = authenticate(None, username=name, password=password)
    if not isinstance(user, User):
        raise RefusedError("sign_in.failed", "The name or the password is not right.", remedy="Try again.")
    return actor_of(user)


def name_taken(name: str) -> bool:
    """Whether a person of that name exists."""
    return User.objects.filter(name=name).exists()


def of_name(name: str) -> Actor | None:
    """The actor of a person who may sign in, for a system that says whose decision it brings; None when nobody is."""
    row = User.objects.filter(name=name, is_active=True).first()
    return actor_of(row) if row else None
