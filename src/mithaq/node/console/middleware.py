"""What every request passes: security headers, sign-in, the person's language, errors as pages.

Rules: no page is shown to someone who has not signed in; no script or style but our own files; no page is cached; an
upload that is too large is answered before it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from mithaq.errors import MithaqError, RefusedError
from mithaq.node.accounts import entries, factors, sessions
from mithaq.node.accounts.models import User
from mithaq.node.acts import instruments
from mithaq.node.console import errors, reason_views, uploads
from mithaq.node.start import Node

Get = Callable[[HttpRequest], HttpResponse]
# `data:` in images is for the arrows that Bootstrap draws in its own stylesheet.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN = ("/sign-in", "/language")
ENTRY = "/sign-in/"
# What a person whose role needs a second factor may open before there is one: what it takes to add one, and no more.
ENROLMENT = frozenset({
    "/account", "/account/app", "/account/app.svg", "/account/passkeys", "/account/confirm", "/sign-out", "/language",
})  # fmt: skip
STATIC = "/static/"
API = "/api/"
LANGUAGE_KEY = "language"


class SecurityHeaders:
    """A strict content security policy, and pages that no cache keeps."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not request.path.startswith(STATIC):
            response["Cache-Control"] = "no-store"
        return response


class SignedIn:
    """Sends everyone who has not signed in to the sign-in page, and speaks the language of who has."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            # The API asks for its own token: a session is no way in there, and is not looked at.
            return self.get(request)
        if request.user.is_authenticated and (why := sessions.why_over(request)):
            entries.over(request, why)
            logout(request)
        if request.user.is_authenticated:
            _speak(request)
            if not _is_own(request.path) and factors.is_missing(request):
                return HttpResponseRedirect("/account")
        elif request.path not in OPEN and not request.path.startswith((STATIC, ENTRY)):
            # The place to go on to holds no search words: what was asked for stays out of addresses.
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(request.path)}")
        response = self.get(request)
        sessions.remember(request, response)
        return response


def _is_own(path: str) -> bool:
    return path in ENROLMENT or path.startswith(STATIC)


def _speak(request: HttpRequest) -> None:
    # What was chosen in this session, then what the person is set up with, then what the browser asks for.
    own = request.user.language if isinstance(request.user, User) else ""
    for language in (request.session.get(LANGUAGE_KEY, ""), own):
        if language in Node.config.languages:
            translation.activate(language)
            request.LANGUAGE_CODE = language
            return


class OneState:
    """What is only read is read under one state of the plans: a page asks once which it is. An act asks anew."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return self.get(request)
        with instruments.snapshot():
            return self.get(request)


class ErrorPages:
    """Turns errors of the tree into pages."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            return self.get(request)
        if uploads.is_oversize(request.META.get("CONTENT_LENGTH")):
            return errors.page(request, uploads.too_large())
        response = self.get(request)
        if response.status_code in errors.BARE and not response.has_header(errors.HEADER):
            return errors.bare(request, response)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """An upload that was cut off while it arrived (its length was not said) is told here."""
        return errors.page(request, uploads.too_large()) if uploads.was_cut(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error that a view raised; what is no error of the tree is a fault of ours."""
        if isinstance(error, RefusedError) and error.code == "read.reason":
            return reason_views.ask(request, error)
        return errors.page(request, error) if isinstance(error, MithaqError) else None
