"""The steps of signing in: name and password, or a passkey, or the authority's own provider; then a second factor.

Rule: nobody is signed in before the last step; what is stashed between two steps is the session of nobody, and is
dropped after a quarter of an hour. The library keeps the steps (decision 15); pages and wording are ours.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from mithaq.node.accounts import entries, factors, sessions, throttle
from mithaq.node.accounts.models import User
from mithaq.node.start import Node

FRESH = 300


class TooFastError(Exception):
    """An attempt that must wait so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def destination(request: HttpRequest) -> str:
    """Where to go on to: a page of this host, or home."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    is_own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_own and not target.startswith("/sign-") else "/"


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has proved himself again within the last five minutes of the real clock.

    Having signed in is such a proof only for who must add a first second factor: a session of minutes ago may be in
    other hands, and what they add to the account opens it for ever.
    """
    assert isinstance(request.user, User)
    counts = factors.is_missing(request)
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if counts or record.get("reauthenticated")]
    return bool(moments) and 0 <= time.time() - max(moments) < FRESH


def attempt(request: HttpRequest, name: str, step: str = "") -> throttle.Attempt:
    """The attempt that a request makes for a name, at a step. Raises TooFastError (effects: it is counted)."""
    device = sessions.device(request, name)
    made = throttle.Attempt(f"{step} {name}", request.META.get("REMOTE_ADDR", ""), device and f"{step} {device}")
    if wait := throttle.count(made, Node.clock.now()):
        raise TooFastError(wait)
    return made


def by_password(request: HttpRequest, name: str, password: str) -> HttpResponse | None:
    """The next step, or None when the name or the password is not right. Raises TooFastError."""
    made = attempt(request, name)
    found = authenticate(request, username=name, password=password)
    if not isinstance(found, User):
        entries.failed(request, name, "password")
        return None
    throttle.passed(made)
    login = Login(user=found, redirect_url=destination(request))
    answer: HttpResponse = perform_password_login(request, {"username": name}, login)
    return answer


def proved(request: HttpRequest, user: User, password: str, code: str | None) -> bool:
    """Whether who has signed in proves himself once more, by password and, where `code` is asked for, by a code of the
    app or a recovery code. Raises TooFastError."""
    made = attempt(request, user.name)
    if not user.check_password(password):
        entries.failed(request, user.name, "password")
        return False
    throttle.passed(made)
    if code is not None:
        made = attempt(request, user.name, "code")
        if factors.accept(user, code) is None:
            entries.failed(request, user.name, "code")
            return False
        throttle.passed(made)
    reauthenticate_by_password(request)
    return True


def proved_by_passkey(request: HttpRequest, user: User) -> bool:
    """Whether who has signed in proves himself once more by a passkey."""
    form = AuthenticateWebAuthnForm(request.POST, user=user)
    if not form.is_valid():
        entries.failed(request, user.name, "passkey")
        return False
    post_authentication(request, form.cleaned_data["credential"], reauthenticated=True)
    return True


def waiting(request: HttpRequest) -> User | None:
    """The person whose second factor is waited for, whose password was right; None when there is nobody."""
    stage = _stage(request)
    return stage.login.user if stage and factors.has(stage.login.user) else None


def _stage(request: HttpRequest) -> Any:
    return None if request.user.is_authenticated else LoginStageController.enter(request, AuthenticateStage.key)


def by_code(request: HttpRequest, code: str) -> HttpResponse | None:
    """Go on with a code of the app or a recovery code; None when it is not right. Raises TooFastError."""
    stage = _stage(request)
    user: User = stage.login.user
    made = attempt(request, user.name, "code")
    row = factors.accept(user, code)
    if row is None:
        entries.failed(request, user.name, "code")
        return None
    throttle.passed(made)
    post_authentication(request, row)
    answer: HttpResponse = stage.exit()
    return answer


def passkey_options(user: User | None) -> dict[str, Any]:
    """What the browser needs to ask for a passkey: of a person, or of whoever it belongs to."""
    return dict(webauthn.begin_authentication(user))


def by_second_passkey(request: HttpRequest) -> HttpResponse | None:
    """Go on with a passkey after the password; None when it does not hold."""
    stage = _stage(request)
    form = AuthenticateWebAuthnForm(request.POST, user=stage.login.user)
    if not form.is_valid():
        entries.failed(request, stage.login.user.name, "passkey")
        return None
    post_authentication(request, form.cleaned_data["credential"])
    answer: HttpResponse = stage.exit()
    return answer


def by_passkey(request: HttpRequest) -> HttpResponse | None:
    """Sign in by a passkey alone, which proves the person by itself; None when it does not hold."""
    form = LoginWebAuthnForm(request.POST)
    if not form.is_valid():
        entries.failed(request, "", "passkey")
        return None
    row = form.cleaned_data["credential"]
    login = Login(user=row.user, redirect_url=destination(request))
    answer: HttpResponse = perform_passwordless_login(request, row, login)
    return answer
