"""Rows of the access log about signing in and out: who came, how, and who could not; who left, and whose session ended.

    reason: by=password+code network=inside browser=known

Rules: no address and no text that was typed is kept: of where somebody came from the class alone (this machine, a
private network, elsewhere) and whether the person has used the browser before. A name is kept when it is a person's
here; else the row names nobody, since what is typed in a hurry may be a password. Rows of nobody are bounded by the
count that slows guessing, so that no stranger fills the log. Design: issue 4, parts 1 and 2.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from mithaq.node.accounts import facts, sessions, throttle
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.start import Node

NOBODY = Actor("", "")
_FACTORS = {"totp": "code", "recovery_codes": "recovery-code", "webauthn": "passkey"}
_WAYS = {"password": "password", "socialaccount": "provider"}


def came(request: HttpRequest, user: User) -> None:
    """Somebody has signed in."""
    ways = dict.fromkeys(map(_way, get_authentication_records(request, user)))
    access.log(facts.actor_of(user), access.SIGN_IN, Node.clock.now(), reason=_said(ways, request, user.name))


def failed(request: HttpRequest, name: str, way: str) -> None:
    """Somebody could not sign in, by a way: password, code, passkey or provider."""
    user = User.objects.filter(name=name).first() if name else None
    if user is None and not name and _is_flood(request):
        return
    who = Actor(user.name, user.unit) if user else NOBODY
    said = _said((way,), request, user.name if user else "")
    access.log(who, f"{access.REFUSED}{access.SIGN_IN}", Node.clock.now(), reason=said)


def left(request: HttpRequest) -> None:
    """Somebody signs out."""
    if isinstance(request.user, User):
        said = _said((), request, request.user.name)
        access.log(facts.actor_of(request.user), access.SIGN_OUT, Node.clock.now(), reason=said)


def over(request: HttpRequest, why: str) -> None:
    """A session has ended by its rules: idle, age, clock, or another browser than the one that signed in."""
    if isinstance(request.user, User):
        said = f"why={why} {_said((), request, request.user.name)}"
        access.log(facts.actor_of(request.user), access.ENDED, Node.clock.now(), reason=said)


def ending(who: Actor, person: str, act: str) -> access.Reading:
    """The row of an act by which one person ends the sessions of another, to be written with it."""
    from allauth.usersessions.models import UserSession

    count = UserSession.objects.filter(user_id=person).count()
    return access.Reading(who, access.ENDED, person, f"by={act} sessions={count}")


def _way(record: Mapping[str, Any]) -> str:
    method = str(record.get("method", ""))
    return _FACTORS.get(str(record.get("type", "")), method) if method == "mfa" else _WAYS.get(method, method)


def _said(ways: Iterable[str], request: HttpRequest, name: str) -> str:
    known = "known" if name and sessions.device(request, name) else "new"
    by = "+".join(ways)
    return " ".join(filter(None, (f"by={by}" if by else "", f"network={network(request)}", f"browser={known}")))


def network(request: HttpRequest) -> str:
    """The class of the address that the server saw: own (this machine), inside (a private network) or outside."""
    try:
        seen = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return "outside"
    return "own" if seen.is_loopback else "inside" if seen.is_private else "outside"


def _is_flood(request: HttpRequest) -> bool:
    made = throttle.Attempt("a row of nobody", request.META.get("REMOTE_ADDR", ""))
    return throttle.count(made, Node.clock.now()) > 0
