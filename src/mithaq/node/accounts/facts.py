"""Reads of this subject."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import authenticate

from mithaq.errors import RefusedError
from mithaq.node.accounts import rules, throttle
from mithaq.node.accounts.models import Delegation, User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.start import Node

ROLES = rules.ROLES


def actor_of(user: User) -> Actor:
    """The actor that a signed-in person is, with the roles that colleagues lend at this moment."""
    lent = getattr(user, "_lent", None)
    if lent is None:
        # Asked once a request, for whom the request is made of.
        lent = user._lent = _lent(user)  # type: ignore[attr-defined]
    roles = frozenset(user.roles) | {role for role, _delegation in lent}
    lines = frozenset(user.lines) if user.lines is not None else None
    return Actor(user.name, user.unit, roles, lent=lent, lines=lines)


def _lent(user: User) -> tuple[tuple[str, str], ...]:
    # Who has come to administer or oversee since is lent nothing any more: it would be a way to content.
    if rules.APART.intersection(user.roles):
        return ()
    now = Node.clock.now()
    rows = Delegation.objects.filter(taker=user.name, unit=user.unit, starts__lte=now, ends__gt=now)
    loans = [(row.giver, str(row.pk), row.roles) for row in rows.order_by("pk")]
    if not loans:
        return ()
    # A giver who has lost a role, or was shut out, lends it no more.
    givers = User.objects.filter(name__in=[giver for giver, _key, _roles in loans], is_active=True, unit=user.unit)
    held = {row.name: row.roles for row in givers}
    return tuple(
        (role, key)
        for giver, key, roles in loans
        for role in roles
        if role in held.get(giver, ()) and role not in user.roles
    )


def prove(name: str, password: str, code: Callable[[], str] = str) -> Actor:
    """The actor of a name and password, for the command line; `code` asks for a second factor where there is one.

    RefusedError `sign_in.failed`, `sign_in.code`, `sign_in.enrol` or `sign_in.wait`. Effects: a row of the access log.
    """
    made = throttle.Attempt(name, "command line")
    if wait := throttle.left(made, Node.clock.now()):
        detail = "Too many attempts: wait {seconds} seconds, then try again."
        raise RefusedError("sign_in.wait", detail, remedy="Try again.", seconds=wait)
    user = authenticate(None, username=name, password=password)
    if not isinstance(user, User):
        throttle.count(made, Node.clock.now())
        _log_failed(name, "password")
        raise RefusedError("sign_in.failed", "The name or the password is not right.", remedy="Try again.")
    try:
        _check_factor(user, code)
    except RefusedError:
        throttle.count(made, Node.clock.now())
        _log_failed(name, "code")
        raise
    throttle.passed(made, counted=False)
    actor = actor_of(user)
    access.log(actor, access.SIGN_IN, Node.clock.now(), reason="by=password command line")
    return actor


def _log_failed(name: str, way: str) -> None:
    # As at the console's door: a name that is nobody's here is not kept.
    user = User.objects.filter(name=name).first()
    who = Actor(user.name, user.unit) if user else Actor("", "")
    access.log(who, f"{access.REFUSED}{access.SIGN_IN}", Node.clock.now(), reason=f"by={way} command line")


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
