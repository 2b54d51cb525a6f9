"""Pages of oversight: where it stands, and the chain of the access log.

Rules: only the role of oversight reads them; its own reading leaves rows, too; nothing on them changes anything.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.acts.definition import Actor
from mithaq.node.console import people
from mithaq.node.oversight import facts, rules


def reads(request: HttpRequest, what: str, record: str = "", reason: str = "") -> Actor:
    """Oversight, after the row of its own reading; a refusal to anyone else is logged, too."""
    who = people.actor(request)
    people.checks(who, what, record, rules.check_role)
    return people.reads(request, what, record, reason)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    reads(request, "oversight.home")
    return render(request, "oversight/home.html", {"chain": facts.chain_state()})


@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """How the chain of the access log stands, and its alarms."""
    reads(request, "oversight.chain")
    return render(request, "oversight/chain.html", {"chain": facts.chain_state(), "alarms": facts.chain_alarms()})
