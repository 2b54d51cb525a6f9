"""Pages of people: who there is, what is proposed, and what a second person decides.

Rules: a page of people shows no case and no content; reads are logged before the page leaves; the act decides again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import InputError, MithaqError
from mithaq.node.accounts import deciding, own, people_facts, rules
from mithaq.node.accounts.people_forms import ChangeForm, InviteForm, ReasonForm, VersionForm
from mithaq.node.accounts.requests import ChangeRole, DeactivatePerson, InvitePerson, ResetPassword, ResetSecondFactor
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.console import people as console
from mithaq.node.start import Node

NEWS = timedelta(days=30)
T = TypeVar("T", people_facts.PersonFacts, people_facts.ProposalFacts)


def _reader(request: HttpRequest, what: str) -> Actor:
    """Who may look after people: whoever may not leaves a row that says so."""
    who = console.actor(request)
    with console.tried(who, what):
        rules.check_reader(who)
    own.looks(request, what)
    return who


def _one(request: HttpRequest, what: str, key: str, load: Callable[[str], T]) -> tuple[Actor, T]:
    """One record of people and its reader. One row says whether it was shown, refused, or is not there; who looks after
    nobody is told nothing of what is there."""
    who = console.actor(request)
    with console.tried(who, what, key):
        rules.check_reader(who)
        with own.asks(request, what, key):
            found = load(key)
        rules.check_reader(who, found.unit)
    own.looks(request, what, key[:64])
    return who, found


def _administers(who: Actor) -> bool:
    return "administrator" in who.own_roles


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everyone whom the person looks after, what is proposed, and one more to invite."""
    who = _reader(request, "accounts.people")
    unit = None if rules.APART & who.roles else who.unit
    form = InviteForm(request.POST or None) if _administers(who) else None
    problem: MithaqError | None = None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        asked = InvitePerson(
            data["name"], data["full_name"], data["unit"], tuple(data["roles"]), tuple(data["lines"]), data["language"]
        )
        try:
            key = perform("invite-person@1", asked, who)
            messages.info(request, _("The invitation waits for a second person."))
            return HttpResponseRedirect(f"/people/proposals/{key}")
        except MithaqError as error:
            problem = error
    about = {
        "people": people_facts.people(unit),
        "proposals": people_facts.proposals(unit, Node.clock.now() - NEWS),
        "form": form,
        "problem": problem,
    }
    return render(request, "accounts/people.html", about, status=400 if request.method == "POST" else 200)


@require_safe
def person(request: HttpRequest, key: str) -> HttpResponse:
    """One person: unit, roles, lines, what was proposed, and what can be."""
    who, found = _one(request, "accounts.person", key, people_facts.person)
    about: dict[str, Any] = {"person": found, "history": people_facts.history(key), "may": _administers(who)}
    if about["may"]:
        start = {"version": found.version, "unit": found.unit, "roles": found.roles, "lines": found.lines}
        about["change_form"] = ChangeForm(initial=start, prefix="change", auto_id="change_%s")
        for name in ("reset", "password", "deactivate"):
            about[f"{name}_form"] = ReasonForm(initial=start, prefix=name, auto_id=f"{name}_%s")
    return render(request, "accounts/person.html", about)


@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Propose other roles."""
    form = ChangeForm(request.POST, prefix="change")
    if not form.is_valid():
        raise InputError("person.field", "The form is not whole.", remedy="Go back and fill it in.")
    data = form.cleaned_data
    asked = ChangeRole(key, data["version"], data["unit"], tuple(data["roles"]), tuple(data["lines"]), data["reason"])
    with own.asks(request, "accounts.person", key):
        proposed = perform("change-role@1", asked, console.actor(request))
    messages.info(request, _("The change waits for a second person."))
    return HttpResponseRedirect(f"/people/proposals/{proposed}")


@require_POST
def reset(request: HttpRequest, key: str) -> HttpResponse:
    """Propose to take the second factors away."""
    version, reason = _reasoned(request, "reset")
    with own.asks(request, "accounts.person", key):
        proposed = perform("reset-second-factor@1", ResetSecondFactor(key, version, reason), console.actor(request))
    messages.info(request, _("The change waits for a second person."))
    return HttpResponseRedirect(f"/people/proposals/{proposed}")


@require_POST
def password(request: HttpRequest, key: str) -> HttpResponse:
    """Propose that the person chooses a new password."""
    version, reason = _reasoned(request, "password")
    with own.asks(request, "accounts.person", key):
        proposed = perform("reset-password@1", ResetPassword(key, version, reason), console.actor(request))
    messages.info(request, _("The change waits for a second person."))
    return HttpResponseRedirect(f"/people/proposals/{proposed}")


@require_POST
def deactivate(request: HttpRequest, key: str) -> HttpResponse:
    """Shut the person out."""
    version, reason = _reasoned(request, "deactivate")
    with own.asks(request, "accounts.person", key):
        deciding.shut_out("deactivate-person@1", DeactivatePerson(key, version, reason), console.actor(request))
    messages.info(request, _("The person is shut out, and every session has ended."))
    return HttpResponseRedirect(f"/people/{key}")


def _reasoned(request: HttpRequest, prefix: str) -> tuple[int, str]:
    form = ReasonForm(request.POST, prefix=prefix)
    if not form.is_valid():
        raise InputError("person.reason", "A reason is needed: it is kept.", remedy="Write it.", where="reason")
    return form.cleaned_data["version"], form.cleaned_data["reason"]


@require_safe
def proposal(request: HttpRequest, key: str) -> HttpResponse:
    """What is proposed, beside what is, and the decision of who may take it."""
    who, found = _one(request, "accounts.proposal", key, people_facts.proposal)
    waits = found.state == "open" and Node.clock.now() < found.expires
    about = {
        "proposal": found,
        "waits": waits,
        "may": waits and rules.may_decide(who, found.by, found.name, found.unit),
        "confirm_form": VersionForm(initial={"version": found.version}, auto_id="confirm_%s"),
        "refuse_form": ReasonForm(initial={"version": found.version}, prefix="refuse", auto_id="refuse_%s"),
    }
    return render(request, "accounts/proposal.html", about)


@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The second person confirms ("confirm-change@1"); a one-time code to choose a password with is shown once."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    with own.asks(request, "accounts.proposal", key):
        found = people_facts.proposal(key)
    code = deciding.confirm(found, form.cleaned_data["version"], console.actor(request))
    if code:
        return render(request, "accounts/invited.html", {"proposal": found, "code": code})
    messages.info(request, _("The change has taken effect."))
    return HttpResponseRedirect(f"/people/proposals/{key}")


@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """The second person refuses ("refuse-change@1")."""
    version, reason = _reasoned(request, "refuse")
    with own.asks(request, "accounts.proposal", key):
        found = people_facts.proposal(key)
    deciding.refuse(found, version, reason, console.actor(request))
    messages.info(request, _("The change is refused."))
    return HttpResponseRedirect(f"/people/proposals/{key}")
