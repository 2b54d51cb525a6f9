"""Reads of this subject."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import authenticate

from mithaq.errors import RefusedError
from mithaq.node.accounts import throttle
from mithaq.node.accounts.models import User
from mithaq.node.acts.definition import Actor
from mithaq.node.start import Node

ROLES = (
    "case-officer", "supervisor", "liaison-officer", "party-coordinator", "legal-reviewer", "analyst",
    "protocol-officer", "event-lead", "oversight", "administrator",
)  # fmt: skip


def actor_of(user: User) -> Actor:
    """The actor that a signed-in person is."""
    return Actor(user.name, user.unit, frozenset(user.roles))


def prove(name: str, password: str, code: Callable[[], str] = str) -> Actor:
    """The actor of a name and password, for the command line; `code` asks for a second factor where there is one.

    RefusedError `sign_in.failed`, `sign_in.code`, `sign_in.enrol` or `sign_in.wait`.
    """
    made = throttle.Attempt(name, "command line")
    if wait := throttle.count(made, Node.clock.now()):
        detail = "Too many attempts: wait {seconds} seconds, then try again."
        raise RefusedError("sign_in.wait", detail, remedy="Try again.", seconds=wait)
    user = authenticate(None, username=name, password=password)
    if not isinstance(user, User):
        raise RefusedError("sign_in.failed", "The name or the password is not right.", remedy="Try again.")
    _check_factor(user, code)
    throttle.passed(made)
    return actor_of(user)


def _check_factor(user: User, code: Callable[[], str]) -> None:
    from mithaq.node.accounts import factors

    if factors.has(user):
        if factors.accept(user, code()) is None:
            remedy = "Give the code that the app shows now, or a recovery code: MITHAQ_CODE, or at the prompt."
            raise RefusedError("sign_in.code", "The code is not right, or was used already.", remedy=remedy)
    elif factors.must(user):
        remedy = "Sign in to the console and add one under My account."
        raise RefusedError("sign_in.enrol", "Your role needs a second factor, and you have none yet.", remedy=remedy)


def name_taken(name: str) -> bool:
    """Whether a person of that name exists."""
    return User.objects.filter(name=name).exists()


def of_name(name: str) -> Actor | None:
    """The actor of a person who may sign in, for a system that says whose decision it brings; None when nobody is."""
    row = User.objects.filter(name=name, is_active=True).first()
    return actor_of(row) if row else None
