"""Signing in at the authority's own identity provider, and coming back.

Rules: an answer that we did not ask for is not taken (state, PKCE and the issuer are checked by the library); the
session's cookie is not sent along by a browser that comes from another site, so that the first coming back is answered
by a page of our own that goes on to itself.
"""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.socialaccount.providers.openid_connect import views as library
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.start import PROVIDER, Node

# The library has a page of its own for that, in no language of ours: so marked, it does not show it.
ONCE = "_redir"


def _is_set_up(provider_id: str) -> bool:
    return Node.config.accounts.provider is not None and provider_id == PROVIDER


@require_safe
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider."""
    if not _is_set_up(provider_id):
        return HttpResponseRedirect(settings.LOGIN_URL)
    answer: HttpResponse = library.login(request, provider_id=provider_id)
    return answer


@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    if not _is_set_up(provider_id):
        return HttpResponseRedirect(settings.LOGIN_URL)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and ONCE not in request.GET:
        onward = f"{request.path}?{urlencode([*request.GET.items(), (ONCE, '1')])}"
        return render(request, "accounts/back.html", {"onward": onward})
    given = request.GET.copy()
    given[ONCE] = "1"
    request.GET = given  # type: ignore[assignment]
    answer: HttpResponse = library.callback(request, provider_id=provider_id)
    return answer
