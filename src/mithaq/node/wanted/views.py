"""Pages of notices: the list, one notice, drafting, and what moves a notice.

Rule: what is posted becomes a frozen request of an act; a page shows only what its reader may do, and the act decides
again. Reads are logged before the page leaves.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError, MithaqError
from mithaq.node.acts import road
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import check_role, perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import people
from mithaq.node.start import Node
from mithaq.node.wanted import facts, many
from mithaq.node.wanted.forms import ExtendForm, MoveForm, NoticeForm, WithdrawForm
from mithaq.node.wanted.requests import DraftNotice, WithdrawNotice

SIZES = (50, 200)
MOST_AT_ONCE = 500
STATES = ("draft", "approved", "active", "expired", "withdrawn")
MOVES = {"draft": ("approve", "withdraw"), "approved": ("publish", "withdraw"), "active": ("extend", "withdraw")}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The list, by state and owner. By names and references the search finds, whose words stand in no address."""
    asked = _asked(request.GET)
    page, size = asked["page"], asked["size"]
    words = urlencode({name: asked[name] for name in asked if asked[name]})
    with people.looking(request, "wanted.list", reason=words) as row:
        who = row.actor
        found, total = facts.listing(who, asked["state"], asked["authority"], (page - 1) * size, size)
        row.also = tuple(notice.id for notice in found)
    counts = facts.counts(who)
    about = {
        **asked,
        "notices": found,
        "total": total,
        "pages": max(1, -(-total // size)),
        "states": [
            (state, sum(number for (_owner, one), number in counts.items() if one == state)) for state in STATES
        ],
        "authorities": sorted({name for name, _state in counts}),
        "sizes": SIZES,
        "roads": road.states("wanted.Notice", [notice.id for notice in found]),
        "bulk": next((verb for verb in many.BULK if many.BULK[verb][0] == asked["state"]), "")
        if people.may(who, "supervisor")
        else "",
        "may_draft": people.may(who, "case-officer", "supervisor"),
        "chosen": request.GET.get("choose") == "all",
    }
    return render(request, "wanted/list.html", about)


def _asked(query: QueryDict) -> dict[str, Any]:
    state, size = query.get("state", ""), query.get("size", "")
    return {
        "state": state if state in STATES else "",
        "authority": query.get("authority", ""),
        "size": int(size) if size in {str(one) for one in SIZES} else SIZES[0],
        "page": _number(query.get("page", "1")),
    }


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft a notice."""
    who = people.reads(request, "wanted.new")
    form = NoticeForm(request.POST or None, request.FILES or None, initial={"language": get_language()})
    problem: MithaqError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            key = perform("draft-notice@1", DraftNotice(form.content()), who)
            messages.info(request, _("The draft is kept. A second person approves it."))
            return HttpResponseRedirect(f"/notices/{key}")
        except InputError as error:
            problem = error
    bad = request.method == "POST"
    return render(request, "wanted/new.html", {"form": form, "problem": problem}, status=400 if bad else 200)


@require_safe
def notice(request: HttpRequest, key: str) -> HttpResponse:
    """One notice: who, why, what is asked, and what became of it on the road."""
    who, found = people.actor(request), _read(request, "wanted.notice", key)
    about = {
        "notice": found,
        "own": found.authority == Node.config.authority,
        "portrait": found.content.portrait is not None,
        "withdrawn": facts.withdrawal_reason(key) if found.state == "withdrawn" else "",
        "journeys": road.journeys("wanted.Notice", found.id),
        "related": [item for source in REGISTRY.related for item in source(found.reference, who)],
        "moves": moves(found, who),
        "extensions": facts.extensions(key),
        "waits_for_another": found.state == "draft" and found.drafted_by == who.name,
        "move_form": MoveForm(initial={"version": found.version}),
        "withdraw_form": WithdrawForm(initial={"version": found.version}),
    }
    return render(request, "wanted/notice.html", about)


def moves(found: facts.NoticeFacts, who: Actor) -> tuple[str, ...]:
    """What this person may do to a notice: a supervisor of its unit, and never the drafter's own approval, nor the
    extension of who set the review last."""
    if found.authority != Node.config.authority or found.unit != who.unit or not people.may(who, "supervisor"):
        return ()
    own_draft = found.drafted_by == who.name
    own_review = found.state == "active" and (facts.extended_last_by(found.id) or found.drafted_by) == who.name
    barred = {"approve"} if own_draft else set()
    barred |= {"extend"} if own_review else set()
    return tuple(verb for verb in MOVES.get(found.state, ()) if verb not in barred)


@require_safe
def road_of(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a notice on the road: a piece of its page that renews itself, and holds nothing of the person.

    Who awaits an answer tells that the notice is there: this is a reading like that of the page.
    """
    who = people.actor(request)
    read = people.renews_of(request, "wanted.notice-road", key, lambda: facts.notice(key, who))
    about = {"journeys": road.journeys("wanted.Notice", read.id), "address": request.path}
    return render(request, "console/journeys.html", about)


@require_safe
def portrait(request: HttpRequest, key: str) -> HttpResponse:
    """The portrait of a notice."""
    _read(request, "wanted.portrait", key)
    data = facts.portrait(key)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")


def _read(request: HttpRequest, what: str, key: str) -> facts.NoticeFacts:
    who = people.actor(request)
    return people.reads_of(request, what, key, lambda: facts.notice(key, who))


@require_POST
def move(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Approve or publish."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    _start, act, kind = many.BULK[verb]
    perform(act, kind(key, form.cleaned_data["version"]), people.actor(request))
    done = {"approve": _("The notice is approved."), "publish": _("The notice is on its way to the partner.")}
    messages.info(request, done[verb])
    return HttpResponseRedirect(f"/notices/{key}")


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, key: str) -> HttpResponse:
    """Put off the review of a notice, after its judicial basis was checked again."""
    who, found = people.actor(request), _read(request, "wanted.extend", key)
    form = ExtendForm(request.POST or None, initial={"version": found.version})
    problem: MithaqError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            perform("extend-notice@1", form.asked(key), who)
            messages.info(request, _("The notice is extended; the partner is told."))
            return HttpResponseRedirect(f"/notices/{key}")
        except MithaqError as error:
            problem = error
    fields = [form[name] for name in form.fields if name != "version"]
    about = {"notice": found, "form": form, "fields": fields, "problem": problem}
    return render(request, "wanted/extend.html", about, status=400 if request.method == "POST" else 200)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Withdraw, here and at the partner."""
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise InputError("notice.reason", "A withdrawal needs its reason.", remedy="Go back and write it.")
    data = form.cleaned_data
    perform("withdraw-notice@1", WithdrawNotice(key, data["version"], data["reason"]), people.actor(request))
    messages.info(request, _("The notice is withdrawn."))
    return HttpResponseRedirect(f"/notices/{key}")


@require_POST
def bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """Approve or publish the chosen notices, after a page that shows them; each is an act of its own.

    The page is for those who may do it, for a reason where a notice's own page asks for one.
    """
    _start, act, kind = many.BULK[verb]
    who = people.actor(request)
    with people.tried(who, f"wanted.bulk.{verb}"):
        check_role(REGISTRY.act(act), who)
    people.reads(request, f"wanted.bulk.{verb}", reason=f"{len(request.POST.getlist('notice'))} chosen")
    # What is shown of each person is in the access log by its record, as if it had been opened by itself.
    chosen = [_read(request, f"wanted.bulk.{verb}", key) for key in request.POST.getlist("notice")[:MOST_AT_ONCE]]
    if request.POST.get("sure") != "yes":
        return render(request, "wanted/bulk.html", {"verb": verb, "rows": many.foreseen(verb, chosen, who)})
    if verb == "publish":
        return _publish_later(request, chosen, who)
    done, failed = 0, []
    for found in chosen:
        try:
            # The version that the preview showed: a notice that has changed since is not moved unseen.
            perform(act, kind(found.id, _number(request.POST.get(f"version-{found.id}", "0"))), who)
            done += 1
        except MithaqError as error:
            failed.append((found, error))
    if failed:
        return render(request, "wanted/bulk.html", {"verb": verb, "done": done, "failed": failed}, status=409)
    text = ngettext("%(number)d notice is approved.", "%(number)d notices are approved.", done)
    messages.info(request, text % {"number": done})
    return HttpResponseRedirect("/notices")


def _publish_later(request: HttpRequest, chosen: list[facts.NoticeFacts], who: Actor) -> HttpResponse:
    """What leaves for the partner cannot be called back: it waits half a minute, and can be undone until then."""
    # The version that the preview showed: a notice that has changed since is not moved unseen.
    versions = {one.id: _number(request.POST.get(f"version-{one.id}", "0")) for one in chosen}
    batch = many.publish_later(chosen, versions, who)
    return HttpResponseRedirect(f"/planned/{batch}" if batch else "/notices")
