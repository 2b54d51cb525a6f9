"""Pages of the ledger, of a message with its proof, and of the plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.acts import access, prove
from mithaq.node.console import people
from mithaq.node.exchange import facts
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
    return render(request, "exchange/plan.html", {"instruments": facts.plans()})
