"""Second factors of a person: which there are, who must have one, and a code asked for on the command line.

Rule: a role that must have a second factor does nothing else before there is one; the last one of such a person is not
taken away by himself. Times are real ones here, whatever the node's clock shows: a code is made by a telephone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from django.core.cache import cache
from django.http import HttpRequest

from mithaq.errors import InputError, RefusedError
from mithaq.node.accounts import facts, sessions, wrong_codes
from mithaq.node.accounts.models import User
from mithaq.node.acts import access
from mithaq.node.start import Node

WINDOW = 120  # seconds for which a used code is remembered: longer than it would be taken
REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor for the account page; the moments are real ones."""

    id: int
    kind: str
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What a person has: the app that shows codes, passkeys, and how many recovery codes are left."""

    totp: Factor | None
    passkeys: tuple[Factor, ...]
    codes_left: int


def overview(user: User) -> Overview:
    """The second factors of a person."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = [len(row.wrap().get_unused_codes()) for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    by_kind = {kind: [_factor(row) for row in rows if row.type == kind] for kind in REAL}
    totp, passkeys = by_kind[REAL[0]], by_kind[REAL[1]]
    return Overview(totp[0] if totp else None, tuple(passkeys), sum(codes))


def _factor(row: Authenticator) -> Factor:
    name = row.wrap().name if row.type == Authenticator.Type.WEBAUTHN else ""
    # Shown beside other moments of the page, which are of the node's clock.
    shift = getattr(Node.clock, "shift", None)
    moments = [moment + shift if moment and shift else moment for moment in (row.created_at, row.last_used_at)]
    return Factor(row.pk, str(row.type), name, moments[0], moments[1])


def has(user: User) -> bool:
    """Whether the person has a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=REAL).exists())


def must(user: User) -> bool:
    """Whether a role of the person must have one (`[accounts] second_factor` of the configuration)."""
    return bool(Node.config.accounts.second_factor & facts.actor_of(user).roles)


def is_missing(request: HttpRequest) -> bool:
    """Whether the signed-in person must have a second factor and has none; asked once a session."""
    assert isinstance(request.user, User)
    if request.session.get(sessions.ENROLLED) or not must(request.user):
        return False
    if has(request.user):
        request.session[sessions.ENROLLED] = True
        return False
    return True


def remove(request: HttpRequest, key: int) -> None:
    """Take a second factor away, in the caller's transaction (effects: its row).

    With the last one every other session of the person ends: each remembers that there was one.
    RefusedError `factor.last`, InputError `factor.unknown`.
    """
    assert isinstance(request.user, User)
    row = Authenticator.objects.filter(user=request.user, pk=key, type__in=REAL).first()
    if row is None:
        raise InputError("factor.unknown", "There is no such second factor.", remedy="Look at your account again.")
    if must(request.user) and Authenticator.objects.filter(user=request.user, type__in=REAL).count() == 1:
        raise RefusedError(
            "factor.last",
            "Your role needs a second factor, and this is the last one.",
            remedy="Add another one first.",
        )
    delete_and_cleanup(request, row)
    request.session.pop(sessions.ENROLLED, None)
    if not has(request.user):
        sessions.end(request, "others")


def new_codes(request: HttpRequest) -> list[str]:
    """New recovery codes, shown this once; the old ones are void (effects: the library's row)."""
    return codes_of(generate_recovery_codes(request))


def codes_of(row: Any) -> list[str]:
    """The codes of new recovery codes, marked as shown."""
    wrapped = row.wrap()
    wrapped.mark_as_viewed()
    return list(wrapped.get_unused_codes())


def accept(user: User, code: str) -> Any:
    """The factor (the app, or recovery codes) for which a code is right, None when there is none.

    The code is used up, and a row says that it was (effects: the library's rows, and one of `accounts_usedcode`; of a
    recovery code also a row of the access log); one that is not right is counted.
    """
    code = code.strip().replace(" ", "")
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type")
    found = next((row for row in rows if row.wrap().validate_code(code)), None)
    if found is None or not use_up(user, code):
        wrong_codes.note(user)
        return None
    if found.type == Authenticator.Type.RECOVERY_CODES:
        found.refresh_from_db()  # the library has marked the code in a copy of its own
        left = len(found.wrap().get_unused_codes())
        access.log(facts.actor_of(user), access.CODE, Node.clock.now(), reason=f"left={left}")
    return found


def use_up(user: User, code: str) -> bool:
    """Keep that a code was used; False when it was used before (effects: one row of `accounts_usedcode`).

    The library remembers a code for half a minute, but takes it for a minute and a half, as telephones differ.
    """
    digest = hashlib.sha256(f"{user.pk} {code.strip().replace(' ', '')}".encode()).hexdigest()
    return bool(cache.add(f"mithaq.code.{digest}", "used", timeout=WINDOW))


def reset(user_id: str) -> Any:
    """The rows of every second factor of a person, for the act that takes them away."""
    return Authenticator.objects.filter(user_id=user_id)
