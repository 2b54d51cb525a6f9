"""Home, which is what needs me, and the choice of language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from mithaq.node.acts import road
from mithaq.node.acts.registry import REGISTRY, Need
from mithaq.node.console import people
from mithaq.node.console.middleware import LANGUAGE_KEY
from mithaq.node.start import Node

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Pile:
    """The needs of one kind: the most pressing ones, and those folded away behind them."""

    kind: str
    text: Any
    count: int
    first: tuple[Need, ...]
    rest: tuple[Need, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who has signed in, most pressing first."""
    who = people.actor(request)
    now = Node.clock.now()
    needs = [need for source in REGISTRY.needs for need in source(who, now)]
    if who.roles & people.READERS:
        people.reads(request, "console.home", also=dict.fromkeys(need.record for need in needs))
    about = {"piles": piles(needs), "count": len(needs), "who": who, "waiting": road.waiting()}
    return render(request, "console/home.html", about)


def piles(needs: Iterable[Need]) -> tuple[Pile, ...]:
    """Needs by kind: the pile with the nearest deadline first, then the longest wait."""
    ordered = sorted(needs, key=lambda need: (need.due is None, need.due or need.since))
    kinds: dict[str, list[Need]] = {}
    for need in ordered:
        kinds.setdefault(need.kind, []).append(need)
    return tuple(
        Pile(kind, group[0].text, len(group), tuple(group[:SHOWN]), tuple(group[SHOWN:]))
        for kind, group in kinds.items()
    )


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
