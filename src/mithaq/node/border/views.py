"""Pages of manifests, candidates and hits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError
from mithaq.node.acts import road
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import facts
from mithaq.node.border.forms import JudgeForm, ManifestForm, ReportForm
from mithaq.node.border.requests import JudgeCandidate, ReportHit, ScreenManifest
from mithaq.node.console import people


@require_http_methods(["GET", "HEAD", "POST"])
def manifests(request: HttpRequest) -> HttpResponse:
    """The latest manifests, and one more to screen."""
    who = people.reads(request, "border.manifests")
    language = get_language() or "en"
    posts = [(post.id, f"{post.names[language]} ({post.id})") for post in facts.posts() if post.unit == who.unit]
    form = ManifestForm(request.POST or None, request.FILES or None, posts=posts)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["data"]
        asked = ScreenManifest(form.cleaned_data["post"], upload.name or "", upload.read())
        return HttpResponseRedirect(f"/manifests/{perform('screen-manifest@1', asked, who)}")
    about = {"manifests": facts.manifests(), "form": form, "may": bool(posts)}
    return render(request, "border/manifests.html", about, status=400 if request.method == "POST" else 200)


@require_safe
def manifest(request: HttpRequest, key: str) -> HttpResponse:
    """A manifest with its candidates: evidence, portrait beside the document, judgements."""
    who = people.reads(request, "border.manifest", key)
    found = facts.manifest(key)
    rows = []
    for candidate in facts.candidates(key):
        own = candidate.unit == who.unit and candidate.is_open
        may = own and not any(said.officer == who.name for said in candidate.judgements)
        form = JudgeForm(initial={"version": candidate.version}, auto_id=f"{candidate.id}-%s") if may else None
        rows.append((candidate, form, facts.hit_of(candidate.id)))
    return render(request, "border/manifest.html", {"manifest": found, "candidates": rows})


@require_POST
def judge(request: HttpRequest, key: str) -> HttpResponse:
    """One officer's judgement."""
    form = JudgeForm(request.POST)
    if not form.is_valid():
        raise InputError("candidate.form", "The judgement is not complete.", remedy="Go back and choose.")
    asked = JudgeCandidate(candidate=key, **form.cleaned_data)
    found = facts.candidate(key)
    answer = perform("judge-candidate@1", asked, people.actor(request))
    if answer["hit"]:
        messages.info(request, _("The hit is confirmed and the owner of the notice is told."))
        return HttpResponseRedirect(f"/hits/{answer['hit']}")
    return HttpResponseRedirect(f"/manifests/{found.manifest}#{key}")


@require_safe
def hits(request: HttpRequest) -> HttpResponse:
    """Hits found here and hits that the partner reports."""
    people.reads(request, "border.hits")
    found = facts.hits()
    states = road.states("border.Hit", [hit.id for hit in found])
    return render(request, "border/hits.html", {"hits": [(hit, states.get(hit.id, "")) for hit in found]})


@require_safe
def hit(request: HttpRequest, key: str) -> HttpResponse:
    """One hit, as each side sees it."""
    who = people.reads(request, "border.hit", key)
    found = facts.hit(key)
    journeys = road.journeys("border.Hit", found.id)
    untold = found.found_here and bool(found.partner) and all(one.state == "refused" for one in journeys)
    about = {
        "hit": found,
        "card": REGISTRY.by_reference["notice"](found.notice),
        "journeys": journeys,
        "report_form": ReportForm(initial={"version": found.version}) if untold and found.unit == who.unit else None,
    }
    return render(request, "border/hit.html", about)


@require_POST
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Tell the owner again."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    perform("report-hit@1", ReportHit(key, form.cleaned_data["version"]), people.actor(request))
    return HttpResponseRedirect(f"/hits/{key}")
