"""Signing in at the authority's own identity provider, linking an identity there, and coming back.

Rules: an answer that we did not ask for is not taken (state, PKCE and the issuer are checked by the library); the
session's cookie is not sent along by a browser that comes from another site, so that the first coming back is answered
by a page of our own that goes on to itself.
"""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.socialaccount.providers.openid_connect import views as library
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mithaq.node.accounts import entry, identities, own_views
from mithaq.node.start import PROVIDER, Node

ACCOUNT = "/account"

# The library has a page of its own for that, in no language of ours: so marked, it does not show it.
ONCE = "_redir"


def _is_set_up(provider_id: str) -> bool:
    return Node.config.accounts.provider is not None and provider_id == PROVIDER


@require_safe
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider."""
    if not _is_set_up(provider_id):
        return HttpResponseRedirect(settings.LOGIN_URL)
    return _to_provider(request, {})


def _to_provider(request: HttpRequest, given: dict[str, str]) -> HttpResponse:
    # The library would take what to do from the address: an address that someone else made never links anything.
    only = QueryDict(mutable=True)
    only.update({"next": entry.destination(request), **given})
    request.GET = only  # type: ignore[assignment]
    request.POST = QueryDict()
    answer: HttpResponse = library.login(request, provider_id=PROVIDER)
    return answer


@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Go to the provider, to link an identity there to the person who has just proved himself here."""
    if Node.config.accounts.provider is None:
        return HttpResponseRedirect(ACCOUNT)
    if needed := own_views.proof_needed(request):
        return needed
    # Whoever has signed in at the provider with this browser before is asked anew: it may have been someone else.
    given = {"next": ACCOUNT, "process": identities.CONNECT, "auth_params": "prompt=login"}
    answer = _to_provider(request, given)
    if not answer.has_header("Location"):
        return answer
    # A browser follows no form to another site (`form-action`): a page of our own goes on.
    return render(request, "accounts/back.html", {"onward": answer["Location"]})


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Remove the link to the identity at the provider."""
    if needed := own_views.proof_needed(request):
        return needed
    if identities.unlink(request):
        messages.info(request, _("The link is removed, and your other sessions have ended."))
    return HttpResponseRedirect(ACCOUNT)


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
