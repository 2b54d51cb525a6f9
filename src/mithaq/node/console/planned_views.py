"""What was confirmed for many records: what becomes of each, and the button that undoes what is not done yet.

Rule: a batch is seen by the person whose it is and by the supervisors of the unit. Design: issue 4, part 4.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mithaq.node.console import people, planned
from mithaq.node.start import Node


@require_safe
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """The acts of a batch, each with what became of it."""
    who = people.actor(request)
    found = people.reads_of(request, "console.planned", key, lambda: planned.batch(key, who))
    waiting = sum(one.state == "waiting" for one in found)
    about = {
        "batch": key,
        "planned": found,
        "waiting": waiting,
        "due": found[0].due,
        "may_undo": bool(waiting) and found[0].actor == who.name,
    }
    return render(request, "console/planned.html", about)


@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Undo what of a batch is not done yet."""
    who = people.actor(request)
    people.reads_of(request, "console.planned", key, lambda: planned.batch(key, who))
    number = planned.undo(key, who, Node.clock.now())
    text = ngettext("%(number)d was undone.", "%(number)d were undone.", number)
    messages.info(request, text % {"number": number})
    return HttpResponseRedirect(f"/planned/{key}")
