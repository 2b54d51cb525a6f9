"""What every request passes: security headers, sign-in, errors as pages.

Rules: no page is shown to someone who has not signed in; no script or style but our own files; no page is cached.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from mithaq.errors import InputError, MithaqError
from mithaq.node.console import errors

Get = Callable[[HttpRequest], HttpResponse]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
OPEN = ("/sign-in", "/language", "/static/")


class SecurityHeaders:
    """A strict content security policy, and pages that no cache keeps."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get(request)
        response["Content-Security-Policy"] = POLICY
        response["Referrer-Policy"] = "same-origin"
        response["X-Content-Type-Options"] = "nosniff"
        response["X-Frame-Options"] = "DENY"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        response["Cross-Origin-Opener-Policy"] = "same-origin"
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response


class SignedIn:
    """Sends everyone who has not signed in to the sign-in page."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated and not request.path.startswith(OPEN):
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
        return self.get(request)


class ErrorPages:
    """Turns errors of the tree into pages."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get(request)
        if response.status_code == 404 and not response.has_header("X-Mithaq-Error"):
            missing = InputError("page.unknown", "There is no such page.", remedy="Go back to the home page.")
            return errors.page(request, missing)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error that a view raised; what is no error of the tree is Django's to report."""
        if not isinstance(error, MithaqError):
            return None
        response = errors.page(request, error)
        response["X-Mithaq-Error"] = error.code
        return response
