"""Lending roles while away, and the welcome of who was invited.

Rule: a person lends what is his own and nothing else; the welcome says the same to a wrong name and a wrong code.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mithaq.errors import InputError, MithaqError
from mithaq.node.accounts import delegation_acts, entries, entry, own, people_facts, rules, throttle
from mithaq.node.accounts.forms import NewPassword
from mithaq.node.accounts.own_views import proof_needed
from mithaq.node.accounts.people_forms import DelegateForm, VersionForm, WelcomeForm
from mithaq.node.accounts.requests import Delegate, EndDelegation
from mithaq.node.acts.perform import perform
from mithaq.node.console import people as console
from mithaq.node.start import Node

PLACE = "/account/delegations"


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """What one lends and is lent, and roles to lend."""
    own.looks(request, "accounts.delegations")
    # Roles that are lent outlast the session: whoever sits down at it lends nobody, himself least, what is another's.
    if request.method == "POST" and (needed := proof_needed(request, PLACE)):
        return needed
    who, now = console.actor(request), Node.clock.now()
    roles = [role for role in rules.ROLES if role in who.own_roles & delegation_acts.LENDERS]
    colleagues = [
        (one.name, f"{one.full_name} ({one.name})")
        for one in people_facts.people(who.unit)
        if one.is_active and one.name != who.name and not rules.APART.intersection(one.roles)
    ]
    start = {"starts": now, "ends": now + timedelta(days=7)}
    form = (
        DelegateForm(request.POST or None, initial=start, colleagues=colleagues, roles=roles)
        if roles and entry.is_fresh(request)
        else None
    )
    problem: MithaqError | None = None
    if request.method == "POST" and form is not None and form.is_valid():
        data, (starts, ends) = form.cleaned_data, form.moments()
        try:
            asked = Delegate(data["taker"], tuple(data["roles"]), max(starts, now), ends, data["reason"])
            perform("delegate@1", asked, who)
            messages.info(request, _("The roles are lent until that day."))
            return HttpResponseRedirect(PLACE)
        except MithaqError as error:
            problem = error
    loans = [
        (
            loan,
            loan.giver == who.name,
            loan.starts <= now,
            VersionForm(initial={"version": loan.version}, auto_id=False),
        )
        for loan in people_facts.loans(who.name, now)
    ]
    about = {"loans": loans, "form": form, "problem": problem, "may_lend": bool(roles)}
    return render(request, "accounts/delegations.html", about, status=400 if request.method == "POST" else 200)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End a delegation now."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    with own.asks(request, "accounts.delegations", key):
        perform("end-delegation@1", EndDelegation(key, form.cleaned_data["version"]), console.actor(request))
    messages.info(request, _("The delegation has ended."))
    return HttpResponseRedirect(PLACE)


@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Who was invited gives the one-time code and chooses a password."""
    posted = request.POST or None
    form, chosen = WelcomeForm(posted), NewPassword(posted)
    about: dict[str, object] = {"form": form, "chosen": chosen}
    page, status = "accounts/welcome.html", 400 if request.method == "POST" else 200
    if request.method != "POST" or not (form.is_valid() and chosen.is_valid()):
        return render(request, page, about, status=status)
    name = form.cleaned_data["name"]
    try:
        made = entry.attempt(request, name, "welcome")
        own.accept_invitation(name, form.cleaned_data["code"], chosen.cleaned_data["password"])
    except entry.TooFastError as wait:
        return render(request, page, {**about, "wait": wait.seconds}, status=429)
    except MithaqError as error:
        if error.code == "sign_in.invitation":
            entries.failed(request, name, "code")
        return render(request, page, {**about, "problem": error}, status=403)
    throttle.passed(made)
    messages.info(request, _("The password is kept. Sign in with it."))
    return HttpResponseRedirect("/sign-in")
