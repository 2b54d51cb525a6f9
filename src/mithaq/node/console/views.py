"""The choice of language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mithaq.node.console.middleware import LANGUAGE_KEY
from mithaq.node.start import Node


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages: kept in the session, and in a cookie for the sign-in page."""
    code, back = request.POST.get("language", ""), request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if code in Node.config.languages:
        request.session[LANGUAGE_KEY] = code
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
