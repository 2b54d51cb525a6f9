"""Sessions that end: by idling, by age, by a browser that is not the one that signed in, or because one ends them.

Rules: times are of the node's clock throughout, which a demo shifts but which runs like the real one; what a page does
by itself (it looks whether a receipt has come) is no sign of life. A change of password, unit, roles or lines ends
every session of the person by the hash that Django compares (`models.User`). Design: issue "Accounts".
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from mithaq.node.accounts.models import User
from mithaq.node.acts.session_store import SessionStore
from mithaq.node.start import Node

BEGAN, SEEN, AGENT, ENROLLED = "began", "seen", "agent", "enrolled"
# A sign of life is written once a minute at most: it costs a row.
STEP = timedelta(minutes=1)
DEVICE_DAYS = 90
DEVICE_SALT = "mithaq.device"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session of a person, for the list on the account page; moments are of the node's clock."""

    id: int
    began: datetime
    seen: datetime
    address: str
    browser: str
    is_this: bool


def listen() -> None:
    """Have every sign-in, by whatever way, begin a session (called once, at start)."""
    user_logged_in.connect(_began, dispatch_uid="mithaq.sessions")


def _began(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:
    from mithaq.node.accounts import entries, wrong_codes

    entries.came(request, user)
    wrong_codes.tell(request, user)
    now = Node.clock.now().isoformat()
    request.session.update({BEGAN: now, SEEN: now, AGENT: _agent(request)})
    request.session.pop(ENROLLED, None)
    request.mithaq_began = True  # type: ignore[attr-defined]
    # What has ended goes when someone comes: sessions of nobody, begun by half a sign-in, would else pile up.
    SessionStore.clear_expired()


def why_over(request: HttpRequest) -> str:
    """Why the session of a signed-in person has ended: idle, age, clock or browser; else empty, and a sign of life is
    kept."""
    session, now = request.session, Node.clock.now()
    began, seen = _moment(session.get(BEGAN)), _moment(session.get(SEEN))
    assert isinstance(request.user, User)
    if began is None or seen is None or session.get(AGENT) != _agent(request):
        return "browser"
    if why := _ended(began, seen, request.user.unit, now):
        return why
    if now - seen >= STEP and not request.headers.get("HX-Request"):
        session[SEEN] = now.isoformat()
    return ""


def _ended(began: datetime, seen: datetime, unit: str, now: datetime) -> str:
    """Why a session has ended, or nothing: the clock went back, nobody used it, or it is too old."""
    rules = Node.config.accounts
    # A clock that was set back ends a session, too: it would otherwise live for as long as the clock was set back.
    if now < seen or now < began:
        return "clock"
    if now - seen >= timedelta(minutes=rules.idle_of(unit)):
        return "idle"
    return "age" if now - began >= timedelta(hours=rules.session_hours) else ""


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def _agent(request: HttpRequest) -> str:
    return hashlib.sha256(request.headers.get("User-Agent", "").encode()).hexdigest()


def open_sessions(request: HttpRequest) -> tuple[OpenSession, ...]:
    """The sessions of the person that are open, this one first, then the last used; one that would end at its next
    request is open no more (effects: rows of those that have ended go)."""
    assert isinstance(request.user, User)
    rows = list(UserSession.objects.filter(user=request.user))
    held = _held(request.user, [row.session_key for row in rows])
    found = []
    for row in rows:
        kept = held.get(row.session_key, {})
        began, seen = _moment(kept.get(BEGAN)), _moment(kept.get(SEEN))
        if began and seen and not _ended(began, seen, request.user.unit, Node.clock.now()):
            this = row.session_key == request.session.session_key
            found.append(OpenSession(row.pk, began, seen, row.ip, _browser(row.user_agent), this))
    for row in rows:
        if row.session_key not in held:
            row.end()
    return tuple(sorted(found, key=lambda one: (one.is_this, one.seen), reverse=True))


def _held(user: User, keys: Collection[str]) -> dict[str, dict[str, Any]]:
    """What the sessions of these keys hold, read together; those that have ended, or would at the next look, are left
    out."""
    stored = SessionStore.get_model_class().objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    held = {row.session_key: SessionStore().decode(row.session_data) for row in stored}
    own = user.get_session_auth_hash()
    return {key: one for key, one in held.items() if constant_time_compare(one.get(HASH_SESSION_KEY, ""), own)}


def _browser(agent: str) -> str:
    names = ("Edg", "Firefox", "Chrome", "Safari")
    systems = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
    found = [next((name for name in group if name in agent), "") for group in (names, systems)]
    return ", ".join(part.replace("Edg", "Edge") for part in found if part) or agent[:40]


def end(request: HttpRequest, which: str) -> int:
    """End one session of the person by its number, or all `others`; how many ended (effects: rows of the library)."""
    ended = 0
    for row in UserSession.objects.filter(user=request.user):
        this = row.session_key == request.session.session_key
        if str(row.pk) == which or (which == "others" and not this):
            row.end()
            ended += 1
    return ended


def device(request: HttpRequest, name: str) -> str:
    """The mark of this browser, when the person of that name has signed in with it before; else empty."""
    try:
        kept = signing.loads(
            request.COOKIES.get(device_cookie(), ""), salt=DEVICE_SALT, max_age=timedelta(days=DEVICE_DAYS)
        )
    except signing.BadSignature:
        return ""
    return str(kept["mark"]) if isinstance(kept, dict) and kept.get("name") == name else ""


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser of who has just signed in its mark, which opens nothing."""
    if getattr(request, "mithaq_began", False) and isinstance(request.user, User):
        value = signing.dumps({"name": request.user.name, "mark": secrets.token_hex(16)}, salt=DEVICE_SALT)
        response.set_cookie(
            device_cookie(), value, max_age=timedelta(days=DEVICE_DAYS), httponly=True, samesite="Strict",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )  # fmt: skip


def device_cookie() -> str:
    """The cookie's name, which holds it to this host under https as the session's does."""
    return f"{settings.SESSION_COOKIE_NAME}-device"
