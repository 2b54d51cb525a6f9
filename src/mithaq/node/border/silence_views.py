"""Pages of silences: what is asked for, in force and ended; asking on a rejected candidate, deciding, ending, telling.

Rules: what is posted becomes a frozen request of an act; who decides has the candidate before him; reads are logged
before the page leaves. Design: subjects, "Wanted persons" (Hit) and safeguard 8.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mithaq.errors import InputError
from mithaq.node.acts import road
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import known, silence_facts, silence_rules
from mithaq.node.border.forms import AskSilenceForm, DecideSilenceForm, EndSilenceForm, ReportForm
from mithaq.node.border.requests import AskSilence, DecideSilence, EndSilence, TellSilence
from mithaq.node.border.silence_facts import SilenceFacts
from mithaq.node.border.views import Shown, agreement
from mithaq.node.console import people
from mithaq.node.start import Node

OFFICERS = ("case-officer", "supervisor")
Form = TypeVar("Form", bound=forms.Form)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The latest silences that the person may know of, with what each has silenced."""
    with people.looking(request, "border.silences") as row:
        found = silence_facts.silences(row.actor)
        row.also = tuple(one.id for one in found)
    now, uses = Node.clock.now(), silence_facts.uses([one.id for one in found])
    shown = [(one, one.standing(now), uses.get(one.id)) for one in found]
    return render(request, "border/silences.html", {"silences": shown})


@require_safe
def silence(request: HttpRequest, key: str) -> HttpResponse:
    """One silence: what it is bound to, who asked and decided, what it did, and what the person can do."""
    who = people.actor(request)
    found = people.reads_of(request, "border.silence", key, lambda: silence_facts.silence(key, who))
    return render(request, "border/silence.html", _about(found, who))


def _about(found: SilenceFacts, who: Actor) -> dict[str, Any]:
    now = Node.clock.now()
    standing = found.standing(now)
    candidate = silence_facts.candidate_of(found, who)
    rows = [Shown(candidate, agreement(candidate.evidence), None, None, "")] if candidate else []
    journeys = road.journeys("border.Silence", found.id) if found.found_here else ()
    is_officer, version = people.may(who, *OFFICERS), {"version": found.version}
    decides = standing == "asked" and known.decides(who) and found.unit != who.unit and bool(rows)
    concerned = found.found_here and who.unit in {found.unit, found.decided_unit, found.owner_unit}
    untold = bool(found.partner) and all(one.state == "refused" for one in journeys) and found.since is not None
    return {
        "silence": found,
        "standing": standing,
        "candidates": rows,
        "paper": silence_rules.paper_of(candidate.traveller) if candidate else None,
        "use": silence_facts.uses([found.id]).get(found.id),
        "journeys": journeys,
        "decide_form": DecideSilenceForm(initial=version) if decides else None,
        "end_form": EndSilenceForm(initial=version) if is_officer and concerned and standing == "in-force" else None,
        "tell_form": ReportForm(initial=version) if is_officer and untold and found.unit == who.unit else None,
    }


@require_safe
def portrait(request: HttpRequest, key: str) -> HttpResponse:
    """The portrait of the listed person, for who may see the candidate that a silence was asked on."""
    who = people.actor(request)
    found = people.reads_of(request, "border.silence-portrait", key, lambda: silence_facts.silence(key, who))
    data = REGISTRY.portrait(found.subject) if silence_facts.candidate_of(found, who) else None
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg")


@require_safe
def road_of(request: HttpRequest, key: str) -> HttpResponse:
    """What became of the telling on the road: a piece of the page that renews itself."""
    who = people.actor(request)
    found = people.renews_of(request, "border.silence-road", key, lambda: silence_facts.silence(key, who))
    about = {"journeys": road.journeys("border.Silence", found.id), "address": request.path}
    return render(request, "console/journeys.html", about)


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a silence on a rejected candidate."""
    given = _checked(AskSilenceForm(request.POST))
    made = perform("ask-silence@1", AskSilence(candidate=key, **given), people.actor(request))
    messages.info(request, _("The silence is asked for. Nothing is silenced until a person of another unit agrees."))
    return HttpResponseRedirect(f"/silences/{made}")


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Agree to a silence, or decline it."""
    given = _checked(DecideSilenceForm(request.POST))
    perform("decide-silence@1", DecideSilence(silence=key, **given), people.actor(request))
    if given["verdict"] == "agree":
        messages.info(request, _("The silence is in force from now on."))
    else:
        messages.info(request, _("The silence is declined."))
    return HttpResponseRedirect(f"/silences/{key}")


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End a silence by hand."""
    given = _checked(EndSilenceForm(request.POST))
    perform("end-silence@1", EndSilence(silence=key, **given), people.actor(request))
    messages.info(request, _("The silence has ended: from now on the document makes candidates again."))
    return HttpResponseRedirect(f"/silences/{key}")


@require_POST
def tell(request: HttpRequest, key: str) -> HttpResponse:
    """Tell the owner again."""
    given = _checked(ReportForm(request.POST))
    perform("tell-silence@1", TellSilence(key, given["version"]), people.actor(request))
    messages.info(request, _("The owner of the notice is told again."))
    return HttpResponseRedirect(f"/silences/{key}")


def _checked(form: Form) -> dict[str, Any]:
    """The values of a whole form. InputError `silence.form` that names the field."""
    if not form.is_valid():
        raise InputError(
            "silence.form", "The form is not whole.", remedy="Go back and fill it in.", where=next(iter(form.errors))
        )
    return dict(form.cleaned_data)
