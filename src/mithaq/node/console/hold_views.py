"""Taking the next one, and giving it back.

Rule: what is posted names a lock and nothing of its record; the lock's rules decide. Design: issue 4, part 4.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mithaq.node.console import holds, people
from mithaq.node.start import Node


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Give the person the most pressing row that nobody holds, and go to it."""
    who = people.actor(request)
    with people.tried(who, "console.take"):
        found = holds.take(who, Node.clock.now(), Node.config.hold_minutes)
    if found is None:
        messages.info(request, _("Nothing is free: colleagues have it in hand, or nothing waits."))
        return HttpResponseRedirect("/")
    messages.info(request, _("You work on this now; colleagues see it. Give it back at the home page."))
    return HttpResponseRedirect(found.url)


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Give back what one holds, or free what a colleague of the unit does."""
    who, key = people.actor(request), request.POST.get("hold", "").replace("\0", "")[:200]
    with people.tried(who, "console.free", key):
        found = holds.release(key, who, Node.clock.now())
    messages.info(request, _("It is free for everyone of the unit.") if found else _("Nobody holds it any more."))
    return HttpResponseRedirect("/")
