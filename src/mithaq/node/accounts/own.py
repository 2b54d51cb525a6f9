"""What a person does to the own account, outside any plan: each look and each change leaves a row in the access log.

Rule: the row is written before the page leaves (safeguard 7); it never holds a secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest

from mithaq.errors import InputError, RefusedError
from mithaq.node.accounts import deciding, factors, facts, people_facts
from mithaq.node.accounts.acts import check_password
from mithaq.node.accounts.models import User
from mithaq.node.acts import access, local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.start import Node


def person(request: HttpRequest) -> User:
    """The person who has signed in."""
    assert isinstance(request.user, User)
    return request.user


def looks(request: HttpRequest, what: str, record: str = "") -> User:
    """The person, after the row that says what was looked at (effects: one row)."""
    found = person(request)
    access.log(facts.actor_of(found), what, Node.clock.now(), record)
    return found


@contextmanager
def asks(request: HttpRequest, what: str, record: str) -> Iterator[None]:
    """What is asked for within and is not there leaves its row, too: who tries ids has tried."""
    try:
        yield
    except InputError as error:
        if error.code.endswith(".unknown"):
            looks(request, what, record[:64])
        raise


@contextmanager
def changing(request: HttpRequest, what: str, about: str = "") -> Iterator[None]:
    """What guards the account is changed within, in one transaction with its row, which is the last: neither is there
    without the other."""
    with transaction.atomic():
        yield
        changed(request, what, about)


def changed(request: HttpRequest, what: str, about: str = "") -> None:
    """Keep that something which guards the account was changed (effects: one row)."""
    access.log(facts.actor_of(person(request)), f"accounts.{what}", Node.clock.now(), reason=about)


def remove_factor(request: HttpRequest, key: int) -> None:
    """Take a second factor away, with the row that says so, which is written last. What `factors.remove` raises."""
    with changing(request, "factor-removed", str(key)):
        factors.remove(request, key)


def change_password(request: HttpRequest, password: str) -> None:
    """A new password, which ends every other session of the person. InputError `person.password`."""
    user = person(request)
    check_password(password, user.name)
    fields = {"password": make_password(password)}
    row = Row("accounts.User", str(user.pk), user.version, fields)
    with changing(request, "password-changed"):
        local.apply("password", Effects(rows=(row,), answer=str(user.pk)), Node.clock.now())
    user.refresh_from_db()
    update_session_auth_hash(request, user)


def accept_invitation(name: str, code: str, password: str) -> None:
    """Who was invited, or has lost the password, chooses one; the code is void then. RefusedError `sign_in.invitation`.

    Effects: the person's row and the proposal's, with a leaf.
    """
    now = Node.clock.now()
    found = people_facts.invitation(name, deciding.digest(code), now)
    if found is None:
        raise RefusedError(
            "sign_in.invitation",
            "This name and this one-time code do not belong together, or the code was used.",
            remedy="Ask who gave it to you.",
        )
    check_password(password, name)
    invited = people_facts.person(found.person)
    rows = (
        Row("accounts.User", invited.id, invited.version, {"password": make_password(password)}),
        Row("accounts.Proposal", found.id, found.version, {"token": ""}),
    )
    local.apply("password", Effects(rows=rows, answer=invited.id), now)
