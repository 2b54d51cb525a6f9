"""Pages of the ledger, of a message with its proof, and of the plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from mithaq.node.acts import access, prove
from mithaq.node.acts.perform import perform
from mithaq.node.console import people
from mithaq.node.exchange import facts
from mithaq.node.exchange.forms import SuspendForm
from mithaq.node.exchange.requests import SuspendLine
from mithaq.node.start import Node


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """The latest leaves and the signed head."""
    access.log(people.actor(request), "exchange.ledger", Node.clock.now())
    about = {"leaves": facts.leaves(), "head": facts.head(), "alarms": facts.alarms()}
    return render(request, "exchange/ledger.html", about)


@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    """A message's envelope, receipts and leaves."""
    access.log(people.actor(request), "exchange.message", Node.clock.now(), key)
    return render(request, "exchange/message.html", {"message": facts.message(key)})


@require_safe
def bundle(request: HttpRequest, key: str) -> HttpResponse:
    """The evidence bundle of a message, to download."""
    access.log(people.actor(request), "exchange.bundle", Node.clock.now(), key)
    response = HttpResponse(prove.bundle(key), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="mithaq-{key}.json"'
    return response


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plans in force: lines, clauses, suspensions."""
    access.log(people.actor(request), "exchange.plan", Node.clock.now())
    who = people.actor(request)
    about = {"instruments": facts.plans(), "coordinator": people.may(who, "party-coordinator")}
    return render(request, "exchange/plan.html", about)


@require_http_methods(["GET", "HEAD", "POST"])
def suspend(request: HttpRequest) -> HttpResponse:
    """Suspend a line of a plan: a page that says what it stops, then the act."""
    who = people.actor(request)
    access.log(who, "exchange.suspend", Node.clock.now(), request.GET.get("line", "")[:64])
    start = {"plan": request.GET.get("plan", ""), "line": request.GET.get("line", ""), "language": get_language()}
    form = SuspendForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        asked = SuspendLine(**form.cleaned_data)
        perform("suspend-line@1", asked, who)
        return HttpResponseRedirect(f"/plan#{asked.line}")
    about = {"form": form, "line": form["line"].value(), "plan": form["plan"].value()}
    return render(request, "exchange/suspend.html", about, status=400 if request.method == "POST" else 200)
