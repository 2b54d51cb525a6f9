"""Pages of notices."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError, MithaqError
from mithaq.node.acts import road
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import people
from mithaq.node.start import Node
from mithaq.node.wanted import facts
from mithaq.node.wanted.forms import MoveForm, NoticeForm, WithdrawForm
from mithaq.node.wanted.requests import ApproveNotice, DraftNotice, PublishNotice, WithdrawNotice

PAGE = 50
STATES = ("draft", "approved", "active", "withdrawn")
# What can be done to many notices at once: the state it starts from, its act and its request.
BULK = {
    "approve": ("draft", "approve-notice@1", ApproveNotice),
    "publish": ("approved", "publish-notice@1", PublishNotice),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list, by state, authority and words."""
    who = people.reads(request, "wanted.list")
    state = request.GET.get("state", "")
    words, authority = request.GET.get("q", "").strip(), request.GET.get("authority", "")
    number = request.GET.get("page", "1")
    at = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    found, total = facts.listing(state if state in STATES else "", authority, words, (at - 1) * PAGE, PAGE)
    asked = urlencode({"state": state, "q": words, "authority": authority})
    about = {
        "notices": found,
        "total": total,
        "page": at,
        "pages": max(1, -(-total // PAGE)),
        "state": state,
        "states": STATES,
        "words": words,
        "authority": authority,
        "authorities": sorted({name for name, _state in facts.counts()}),
        "asked": asked,
        "roads": road.states("wanted.Notice", [notice.id for notice in found]),
        "who": who,
        "bulk": next((verb for verb, (start, _a, _r) in BULK.items() if start == state), ""),
    }
    return render(request, "wanted/list.html", about)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a notice."""
    who = people.reads(request, "wanted.new")
    form = NoticeForm(request.POST or None, request.FILES or None, initial={"language": "fr"})
    problem: MithaqError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            key = perform("draft-notice@1", DraftNotice(form.content()), who)
            return HttpResponseRedirect(f"/notices/{key}")
        except InputError as error:
            problem = error
    bad = request.method == "POST"
    return render(request, "wanted/new.html", {"form": form, "problem": problem}, status=400 if bad else 200)


@require_safe
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """One notice: who, why, what is asked, and what became of it on the road."""
    who = people.reads(request, "wanted.notice", key)
    found = facts.notice(key)
    own = found.authority == Node.config.authority and found.unit == who.unit
    about = {
        "notice": found,
        "portrait": found.content.portrait is not None,
        "journeys": road.journeys("wanted.Notice", found.id),
        "related": [item for source in REGISTRY.related for item in source(found.reference)],
        "moves": _moves(found, own=own, supervisor="supervisor" in who.roles, drafter=found.drafted_by == who.name),
        "move_form": MoveForm(initial={"version": found.version}),
        "withdraw_form": WithdrawForm(initial={"version": found.version}),
    }
    return render(request, "wanted/notice.html", about)


def _moves(found: facts.NoticeFacts, *, own: bool, supervisor: bool, drafter: bool) -> tuple[str, ...]:
    if not own or not supervisor:
        return ()
    possible = {"draft": ("approve", "withdraw"), "approved": ("publish", "withdraw"), "active": ("withdraw",)}
    return tuple(verb for verb in possible.get(found.state, ()) if not (verb == "approve" and drafter))


@require_safe
def portrait(request: HttpRequest, key: str) -> HttpResponse:
    """The portrait of a notice."""
    people.reads(request, "wanted.portrait", key)
    data = facts.portrait(key)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")


@require_POST
def move(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Approve or publish."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    _start, act, kind = BULK[verb]
    perform(act, kind(key, form.cleaned_data["version"]), people.actor(request))
    return HttpResponseRedirect(f"/notices/{key}")


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw, here and at the partner."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise InputError("notice.reason", "A withdrawal needs its reason.", remedy="Go back and write it.")
    data = form.cleaned_data
    perform("withdraw-notice@1", WithdrawNotice(key, data["version"], data["reason"]), people.actor(request))
    return HttpResponseRedirect(f"/notices/{key}")


@require_POST
def bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """Approve or publish the chosen notices, after a page that shows them; each is an act of its own."""
    who = people.reads(request, f"wanted.bulk.{verb}")
    _start, act, kind = BULK[verb]
    chosen = [facts.notice(key) for key in request.POST.getlist("notice")[:500]]
    if request.POST.get("sure") != "yes":
        return render(request, "wanted/bulk.html", {"verb": verb, "notices": chosen})
    done, failed = 0, []
    for found in chosen:
        try:
            perform(act, kind(found.id, int(request.POST.get(f"version-{found.id}", found.version))), who)
            done += 1
        except MithaqError as error:
            failed.append((found, error))
    if failed:
        return render(request, "wanted/bulk.html", {"verb": verb, "done": done, "failed": failed}, status=409)
    messages.info(request, ngettext("%(number)d notice done.", "%(number)d notices done.", done) % {"number": done})
    return HttpResponseRedirect("/notices")
