"""Reads of this subject."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import authenticate
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from mithaq.errors import RefusedError
from mithaq.node.accounts import rules, throttle
from mithaq.node.accounts.models import Delegation, User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.start import Node

ROLES = rules.ROLES
LOANS = "loans"
_OF_AN_ACTOR = ("name", "unit", "roles", "lines")


def actor_of(user: User) -> Actor:
    """The actor that a signed-in person is, with the roles that colleagues lend at this moment."""
    if not hasattr(user, LOANS):
        # Asked once, for whom `with_loans` did not read.
        setattr(user, LOANS, with_loans(User.objects.filter(pk=user.pk)).values_list(LOANS, flat=True).get())
    lent = _lent(user)
    roles = frozenset(user.roles) | {role for role, _delegation in lent}
    lines = frozenset(user.lines) if user.lines is not None else None
    used = {delegation for _role, delegation in lent}
    loans = [one for one in getattr(user, LOANS) if one["key"] in used and one["lines"] is not None]
    bounds = tuple((one["key"], frozenset(one["lines"])) for one in loans)
    # Who reads by a loan alone reads no more than who lends; `perform` bounds each act in the same way.
    return Actor(user.name, user.unit, roles, lent=lent, lines=lines, bounds=bounds).acting(rules.READING)


def with_loans(people: QuerySet[User]) -> QuerySet[User]:
    """The people with what is lent to each now, read with them: a list of delegation, roles lent, roles and lines of
    the giver.

    A giver who was shut out, or has left the unit, lends nothing: the roles of the giver are null then.
    """
    now = Node.clock.now()
    giver = User.objects.filter(name=OuterRef("giver"), is_active=True, unit=OuterRef("unit")).order_by()
    loans = Delegation.objects.filter(taker=OuterRef("name"), unit=OuterRef("unit"), starts__lte=now, ends__gt=now)
    one = JSONObject(
        key=Cast("pk", TextField()), roles="roles", held=Subquery(giver.values("roles")[:1]),
        lines=Subquery(giver.values("lines")[:1]),
    )  # fmt: skip
    return people.annotate(**{LOANS: ArraySubquery(loans.order_by("pk").values_list(one))})


def _lent(user: User) -> tuple[tuple[str, str], ...]:
    # Who has come to administer or oversee since is lent nothing any more: it would be a way to content.
    if rules.APART.intersection(user.roles):
        return ()
    # A giver who has lost a role lends it no more.
    return tuple(
        (role, loan["key"])
        for loan in getattr(user, LOANS)
        for role in loan["roles"]
        if role in (loan["held"] or ()) and role not in user.roles
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
    """The actor of a person who may sign in, as of this moment; None when nobody is.

    For who brings a person's decision: an own system, and the worker, which may read these columns and no other.
    """
    row = with_loans(User.objects.filter(name=name, is_active=True)).only(*_OF_AN_ACTOR).first()
    return actor_of(row) if row else None
