"""Pages of manifests, candidates and hits.

Rule: what is posted becomes a frozen request of an act; reads are logged before the page leaves; a page of a candidate
shows every piece of evidence that made its score. Design: subjects, "Wanted persons" (Hit) and safeguard 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError, MithaqError
from mithaq.node.acts import road
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import facts, silence_facts
from mithaq.node.border.forms import AskSilenceForm, JudgeForm, ManifestForm, ReportForm
from mithaq.node.border.requests import JudgeCandidate, ReportHit, ScreenManifest
from mithaq.node.border.silence_facts import SilenceFacts
from mithaq.node.console import file_outcome, people, uploads


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate as its page shows it: what agrees by kind of evidence, the form of this reader, the hit."""

    candidate: facts.CandidateFacts
    agrees: Mapping[str, str]
    form: JudgeForm | None
    hit: facts.HitFacts | None
    mine: str
    silence: SilenceFacts | None = None
    ask_form: AskSilenceForm | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def manifests(request: HttpRequest) -> HttpResponse:
    """The latest manifests, and one more to screen."""
    who = people.reads(request, "border.manifests")
    language = get_language() or "en"
    posts = [(post.id, f"{post.names[language]} ({post.id})") for post in facts.posts() if post.unit == who.unit]
    form = ManifestForm(request.POST or None, request.FILES or None, posts=posts)
    problem: MithaqError | None = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["data"]
        asked = ScreenManifest(post=form.cleaned_data["post"], name=upload.name or "", data=upload.read())
        try:
            if "whole" not in request.POST:
                raise uploads.cut()
            return HttpResponseRedirect(f"/manifests/{perform('screen-manifest@1', asked, who)}")
        except InputError as error:
            problem = error
    may = bool(posts) and people.may(who, "case-officer", "supervisor")
    about = {"manifests": facts.manifests(who), "form": form, "may": may, "problem": problem}
    return render(request, "border/manifests.html", about, status=400 if request.method == "POST" else 200)


@require_safe
def manifest(request: HttpRequest, key: str) -> HttpResponse:
    """A manifest with its candidates: evidence, portrait beside the document, judgements."""
    who = people.actor(request)
    about = about_manifest(seen(request, key, "border.manifest"), who)
    # A list of what waits leads here, whether a traveller came alone or on a list.
    alone = about["manifest"].feed == facts.TRAVELLER
    return render(request, f"border/{'traveller' if alone else 'manifest'}.html", about)


def seen(request: HttpRequest, key: str, what: str) -> facts.ManifestFacts:
    """A manifest that this person may know of, and the row of it. UnknownError, logged."""
    who = people.actor(request)
    return people.reads_of(request, what, key, lambda: facts.manifest(key, who))


def about_manifest(found: facts.ManifestFacts, who: Actor) -> dict[str, Any]:
    """What the pages of a manifest and of one traveller show alike."""
    candidates = facts.candidates(found.id, who)
    hits = facts.hits_by_candidate([one.id for one in candidates], who)
    rejected = [one.id for one in candidates if one.state == "rejected"]
    silences = silence_facts.by_candidate(rejected, who) if rejected else {}
    rows = [_shown(one, who, hits.get(one.id), silences.get(one.id)) for one in candidates]
    told = file_outcome.stored(found.warnings)
    return {
        "manifest": found,
        "outcomes": told,
        "verdict": file_outcome.verdict(told),
        "candidates": rows,
        # A page is marked as the strictest record on it.
        "marking": max((row.candidate.card.handling for row in rows if row.candidate.card), default="H1"),
        "next": next((row.candidate.id for row in rows if row.form), ""),
        "waiting": sum(row.form is not None for row in rows),
        "may": people.may(who, "case-officer", "supervisor"),
        "silenced": silence_facts.on_manifest(found.id, who) if found.silenced else (),
    }


def _shown(
    candidate: facts.CandidateFacts, who: Actor, hit: facts.HitFacts | None, silence: SilenceFacts | None
) -> Shown:
    mine = next((said.verdict for said in candidate.judgements if said.officer == who.name), "")
    may = (
        candidate.is_open and candidate.unit == who.unit and not mine and people.may(who, "case-officer", "supervisor")
    )
    if candidate.state == "disputed" and not people.may(who, "supervisor"):
        may = False
    form = JudgeForm(initial={"version": candidate.version}, auto_id=f"j-{candidate.id}-%s") if may else None
    # A silence that was declined, or has ended, may be asked for once more.
    asks = (
        candidate.state == "rejected"
        and candidate.unit == who.unit
        and not candidate.documented
        and candidate.card is not None
        and candidate.card.live
        and (silence is None or silence.state in {"declined", "ended"})
        and people.may(who, "case-officer", "supervisor")
    )
    ask = AskSilenceForm(initial={"version": candidate.version}, auto_id=f"s-{candidate.id}-%s") if asks else None
    return Shown(candidate, agreement(candidate.evidence), form, hit, mine, silence, ask)


def agreement(evidence: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By kind of evidence, for the column beside the comparison: `same`, `near`, `differs`, `missing`, or `other` for a
    difference that weighs nothing."""
    found: dict[str, str] = {}
    for kind in ("birth_date", "nationality", "sex", "document"):
        one = next((one for one in evidence if one["kind"] == kind), None)
        why = str(one["why"]).partition(".")[2] if one else "missing"
        if why == "differs" and not (one and one["weight"] < 0):
            found[kind] = "other"
        elif why in {"missing", "same", "differs"}:
            found[kind] = why
        elif why.startswith("exact"):
            found[kind] = "same"
        else:
            found[kind] = "differs" if why == "contradicts" else "near"
    return found


@require_safe
def portrait(request: HttpRequest, key: str) -> HttpResponse:
    """The portrait of the person who a candidate may be, for who may know of the candidate."""
    who = people.actor(request)
    found = people.reads_of(request, "border.portrait", key, lambda: facts.candidate(key, who))
    data = REGISTRY.portrait(found.subject)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")


@require_POST
def judge(request: HttpRequest, key: str) -> HttpResponse:
    """One officer's judgement."""
    form = JudgeForm(request.POST)
    if not form.is_valid():
        raise InputError("candidate.form", "The judgement is not complete.", remedy="Go back and choose.")
    who = people.actor(request)
    answer = perform("judge-candidate@1", JudgeCandidate(candidate=key, **form.cleaned_data), who)
    found = facts.candidate(key, who)
    if answer["hit"]:
        messages.info(request, _("The hit is confirmed, and the owner of the notice is told."))
        # The page of a hit is its line's; what the officer at the post needs stays on the candidate's.
        if (hit := facts.hits_by_candidate([key], who).get(key)) is not None:
            return HttpResponseRedirect(f"/hits/{hit.id}")
    elif answer["state"] == "verifying":
        messages.info(request, _("Your judgement is kept. A second officer confirms."))
    else:
        messages.info(request, _("Your judgement is kept."))
    alone = facts.manifest(found.manifest, who).feed == facts.TRAVELLER
    return HttpResponseRedirect(f"/{'travellers' if alone else 'manifests'}/{found.manifest}#{key}")


@require_safe
def hits(request: HttpRequest) -> HttpResponse:
    """Hits found here and hits that the partner reports."""
    with people.looking(request, "border.hits") as row:
        who = row.actor
        found = facts.hits(who)
        row.also = tuple(hit.id for hit in found)
    states = road.states("border.Hit", [hit.id for hit in found])
    return render(request, "border/hits.html", {"hits": [(hit, states.get(hit.id, "")) for hit in found]})


@require_safe
def hit(request: HttpRequest, key: str) -> HttpResponse:
    """One hit, as each side sees it."""
    who = people.actor(request)
    found = people.reads_of(request, "border.hit", key, lambda: facts.hit(key, who))
    journeys = road.journeys("border.Hit", found.id)
    untold = found.found_here and bool(found.partner) and all(one.state == "refused" for one in journeys)
    may = untold and found.unit == who.unit and people.may(who, "case-officer", "supervisor")
    about = {
        "hit": found,
        "card": REGISTRY.by_reference["notice"](found.notice),
        "journeys": journeys,
        "manifest": facts.manifest_of(found.candidate, who),
        "report_form": ReportForm(initial={"version": found.version}) if may else None,
    }
    return render(request, "border/hit.html", about)


@require_safe
def road_of(request: HttpRequest, key: str) -> HttpResponse:
    """What became of a hit on the road: a piece of its page that renews itself, and holds nothing of the person."""
    who = people.actor(request)
    found = people.renews_of(request, "border.hit-road", key, lambda: facts.hit(key, who))
    about = {"journeys": road.journeys("border.Hit", found.id), "address": request.path}
    return render(request, "console/journeys.html", about)


@require_POST
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Tell the owner again."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    perform("report-hit@1", ReportHit(key, form.cleaned_data["version"]), people.actor(request))
    messages.info(request, _("The owner of the notice is told again."))
    return HttpResponseRedirect(f"/hits/{key}")
