"""Home, which is what needs me, and the choice of language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from mithaq.node.acts import road
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import people
from mithaq.node.start import Node


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who has signed in, most pressing first."""
    who = people.actor(request)
    now = Node.clock.now()
    if who.roles & people.READERS:
        people.reads(request, "console.home")
    needs = [need for source in REGISTRY.needs for need in source(who, now)]
    needs.sort(key=lambda need: (need.due is None, need.due or need.since))
    return render(request, "console/home.html", {"needs": needs, "who": who, "waiting": road.waiting()})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; kept in a cookie."""
    code, back = request.POST.get("language", ""), request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if code in Node.config.languages:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86400, samesite="Lax", httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
