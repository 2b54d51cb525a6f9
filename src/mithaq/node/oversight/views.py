"""Pages of oversight: where it stands, and the chain of the access log.

Rules: only the role of oversight reads them; its own reading leaves rows, too; nothing on them changes a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.console import people, tasks
from mithaq.node.oversight import alarms, facts, holds, log, rules, unusual
from mithaq.node.start import Node

SHOWN = 10


def reads(request: HttpRequest, what: str, record: str = "", reason: str = "", also: Iterable[str] = ()) -> Actor:
    """Oversight, after the row of its own reading; a refusal to anyone else is logged, too."""
    who = _overseer(request, what, record, reason)
    return people.read(who, what, record, reason, also, tasks.reason(request, what, record))


@contextmanager
def looking(
    request: HttpRequest, what: str, record: str = "", reason: str = "", about: str = ""
) -> Iterator[access.Reading]:
    """Oversight's look at what it finds within: the role is asked for before anything is looked up, and the row is
    written last, whatever was found. `about` is what a reason is given for, where that is not the record."""
    who = _overseer(request, what, record, reason)
    why = tasks.reason(request, what, about or record)
    with people.looked(who, what, record, reason, why, about) as found:
        yield found


def _overseer(request: HttpRequest, what: str, record: str, reason: str) -> Actor:
    who = people.actor(request)
    with people.tried(who, what, record, reason):
        rules.check_role(who)
    return who


def number(text: str) -> int | None:
    """The number that an address names, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin: how the log stands, and the alarms that have waited longest."""
    reads(request, "oversight.home")
    about = {"chain": facts.chain_state(), "alarms": alarms.listing(closed=False, limit=SHOWN)}
    return render(request, "oversight/home.html", about)


@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """How the chain of the access log stands."""
    reads(request, "oversight.chain")
    return render(request, "oversight/chain.html", {"chain": facts.chain_state(), "begins": holds.begins()})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Figures of each reader beside those of the unit."""
    days = 7 if request.GET.get("days") == "7" else 1
    reads(request, "oversight.unusual", reason=f"days={days}")
    at = unusual.made_at()
    since = log.day_of((at or Node.clock.now()) - timedelta(days=days))
    about = {
        "readers": [_with_rows(one, since) for one in unusual.readers(days)[: unusual.SHOWN]],
        "days": days,
        "windows": unusual.WINDOWS,
        "names": tuple(unusual.FLOORS),
        "at": at,
        "opens": f"{unusual.OPENS:02}:00",
        "closes": f"{unusual.CLOSES:02}:00",
    }
    return render(request, "oversight/unusual.html", about)


def _with_rows(one: unusual.Reader, since: date) -> tuple[unusual.Reader, str, list[tuple[unusual.Compared, str]]]:
    """A reader with the address of the rows, and each figure with that of the rows that it was counted among."""
    rows = f"/oversight/log?{urlencode({'actor': one.actor, 'unit': one.unit, 'since': since})}"
    return one, rows, [(figure, rows + ("&refused=on" if figure.name == "refused" else "")) for figure in one.figures]
