"""Pages of posts: how their feeds do, one traveller at the counter, and questions to the crossings register.

Rule: what is posted becomes a frozen request of an act, or a question that the access log holds with its reason before
the answer leaves; no page needs a script or a pointer. Design: subjects, "Border posts".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError, MithaqError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.border import clause, facts, feeds, kept, known, papers, reading, silence
from mithaq.node.border.forms import CrossingForm, TravellerForm
from mithaq.node.border.requests import CrossingQuery, RescreenCrossings, ScreenTraveller
from mithaq.node.border.views import about_manifest, seen
from mithaq.node.console import people
from mithaq.node.start import Node

OFFICERS = ("case-officer", "supervisor")
_COUNTED = timedelta(days=30)


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """The posts of this authority, and which feeds are silent."""
    who = people.reads(request, "border.posts")
    now, settings = Node.clock.now(), silence.settings()
    found = facts.posts()
    of = feeds.of_posts([post.id for post in found], settings, now - _COUNTED, now)
    rows = [(post, of[post.id] if known.counts(post.unit, who) else ()) for post in found]
    return render(request, "border/posts.html", {"posts": rows})


@require_safe
def post(request: HttpRequest, key: str) -> HttpResponse:
    """A post: its feeds with their counts, and what the domestic instrument lays down for it."""
    who = people.reads(request, "border.post", key)
    found, now, settings = facts.post(key), Node.clock.now(), silence.settings()
    told = known.counts(found.unit, who)
    about = {
        "post": found,
        "told": told,
        "feeds": feeds.of_post(found.id, settings, now - _COUNTED, now) if told else (),
        "clause": clause.post_clause(settings, found.id, ""),
        "formats": sorted(reading.FORMATS),
        "may": found.unit == who.unit and people.may(who, *OFFICERS),
    }
    return render(request, "border/post.html", about)


@require_POST
def rescreen(request: HttpRequest, key: str) -> HttpResponse:
    """Compare the kept crossings of a post again, now."""
    done = perform("rescreen-crossings@1", RescreenCrossings(key), people.actor(request))
    said = ngettext("%(number)d list was compared again.", "%(number)d lists were compared again.", done)
    messages.info(request, said % {"number": done})
    return HttpResponseRedirect(f"/posts/{key}")


@require_http_methods(["GET", "HEAD", "POST"])
def travellers(request: HttpRequest) -> HttpResponse:
    """The form for one traveller; posted, the answer with what was read, which is shown here and not kept."""
    with people.looking(request, "border.travellers") as row:
        who = row.actor
        form = TravellerForm(request.POST or None, posts=_own_posts(who))
        problem: MithaqError | None = None
        if request.method == "POST" and form.is_valid():
            asked = ScreenTraveller(**form.cleaned_data)
            try:
                found = facts.manifest(perform("screen-traveller@1", asked, who), who)
            except InputError as error:
                problem = error
            else:
                shown = about_manifest(found, who)
                # The answer shows whom the traveller is like: they are read here, as on the page that is kept of it.
                row.record, row.also = found.id, tuple(one.candidate.id for one in shown["candidates"])
                read, _warnings = papers.one_traveller(asked, Node.clock.now().date())
                return render(request, "border/traveller.html", {**shown, "traveller": read})
    about = {"form": form, "problem": problem, "may": bool(_own_posts(who)) and people.may(who, *OFFICERS)}
    return render(request, "border/travellers.html", about, status=400 if request.method == "POST" else 200)


@require_safe
def traveller(request: HttpRequest, key: str) -> HttpResponse:
    """What one comparison gave: its candidates, without who it was otherwise."""
    who = people.actor(request)
    return render(request, "border/traveller.html", about_manifest(seen(request, key, "border.traveller"), who))


@require_http_methods(["GET", "HEAD", "POST"])
def crossings(request: HttpRequest) -> HttpResponse:
    """A question to the register, and its answer."""
    form = CrossingForm(request.POST or None, initial=_window())
    asked = CrossingQuery(**form.cleaned_data) if request.method == "POST" and form.is_valid() else None
    who = people.actor(request)
    may = people.may(who, *OFFICERS)
    about: dict[str, object] = {"form": form, "may": may}
    said, why = (kept.reason(asked), asked.reason) if asked else ("", "")
    # The row is written whatever becomes of the question.
    with people.looking(request, "border.crossings", reason=said, why=why) as row:
        if asked and may:
            try:
                about["answer"] = answer = kept.ask(asked, who.unit, Node.clock.now())
                row.also = tuple(one.id for one in answer.crossings)
            except InputError as error:
                about["problem"] = error
    return render(
        request, "border/crossings.html", about, status=200 if not form.is_bound or "answer" in about else 400
    )


def _own_posts(who: Actor) -> Sequence[tuple[str, str]]:
    language = get_language() or "en"
    return [(post.id, f"{post.names[language]} ({post.id})") for post in facts.posts() if post.unit == who.unit]


def _window() -> dict[str, object]:
    today = Node.clock.now().date()
    return {"since": today - timedelta(days=1), "until": today}
