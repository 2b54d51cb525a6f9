"""Home: what needs me, what is overdue, what waits on the partner, what runs out; and the page of each heading.

Rule: a reading is logged before the page leaves; nothing here needs a script. Design: issue 4, part 4.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.acts import access, road
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.moments import moment
from mithaq.node.acts.needs import Place
from mithaq.node.console import holds, people, standing, tasks
from mithaq.node.start import Node


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person who has signed in, most pressing first."""
    who = people.actor(request)
    now = Node.clock.now()
    with _looking(request, who) as row:
        stands = standing.standing(who, now)
        # Who works on what names records: it is for those who read them.
        held = holds.of_unit(who, now) if who.roles & people.READERS else ()
        row.also = tuple(dict.fromkeys((*(need.record for need in stands.shown), *(one.reference for one in held))))
    about = {
        "standing": stands,
        "who": who,
        "waiting": road.waiting(),
        "held": [(one, may_free(one, who)) for one in held],
        "holders": {one.url: one for one in held},
        "may_take": people.may(who, *holds.OFFICERS),
    }
    return render(request, "console/home.html", about)


def _looking(request: HttpRequest, who: Actor) -> AbstractContextManager[access.Reading]:
    """The row of a look at home, which is everyone's: who reads no content is shown none."""
    if who.roles & people.READERS:
        return people.looked(who, "console.home", why=tasks.reason(request, "console.home", ""))
    return access.reading(access.Reading(who, "console.home"), Node.clock.now)


def may_free(one: holds.HoldFacts, who: Actor) -> bool:
    """Whether a page offers this person to give back or free what is held."""
    return one.holder == who.name or people.may(who, "supervisor")


@require_safe
def needs(request: HttpRequest, name: str) -> HttpResponse:
    """Everything under one heading of the home page, a page at a time."""
    after = place_of(request.GET.get("after", ""))
    now = Node.clock.now()
    with people.looking(request, "console.needs", reason=name) as row:
        found = standing.page(name, who := row.actor, now, after)
        row.also = tuple(dict.fromkeys(need.record for need in found.needs))
    last = found.after
    about = {
        "page": found,
        "first": after is None,
        "following": f"{last.moment.isoformat()}~{last.queue}~{last.id}" if last else "",
        "holders": {one.url: one for one in holds.of_unit(who, now)},
    }
    return render(request, "console/needs_page.html", about)


def place_of(text: str) -> Place | None:
    """The place that an address names; what names none means the beginning."""
    at, _, rest = text.partition("~")
    name, _, key = rest.partition("~")
    try:
        return Place(moment(at), name, key.replace("\0", ""))
    except ValueError:
        return None
