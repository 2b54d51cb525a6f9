"""Pages of retention: what ends next and what is overdue, what was erased, and the proof of an erasure.

Rule: no page here shows personal content; who looked is in the access log all the same. Design: subjects, safeguard 6.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.acts import access_end, prove_erasure
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.moments import moment
from mithaq.node.console import people
from mithaq.node.retention import facts
from mithaq.node.start import Node

SIZE = 50
DAYS = (7, 30, 365)


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The kinds of records with their rules, and of one kind what ends next, page by page."""
    asked, days = request.GET.get("kind", ""), request.GET.get("days", "")
    who = people.reads(request, "retention.ending", reason=f"{asked[:50]} {days[:5]}".strip())
    now = Node.clock.now()
    kinds = facts.kinds(who, now)
    within = int(days) if days in {str(one) for one in DAYS} else DAYS[1]
    about: dict[str, Any] = {
        "kinds": kinds,
        "overdue": sum(one.overdue for one in kinds),
        "days": within,
        "choices": DAYS,
        "whole": people.sees(who) is None,
        # Rows of the access log end together and by their number: no query of one kind finds what ends next.
        "log_rule": access_end.RULE,
        "log_days": access_end.days(),
    }
    if asked:
        chosen = facts.rule(asked)
        found = facts.ending(chosen, who, now, within, _after(request.GET.get("after", "")), SIZE + 1)
        about |= {"chosen": chosen, "records": found[:SIZE], "next": _cursor(found) if len(found) > SIZE else ""}
    return render(request, "retention/retention.html", about)


def _cursor(found: tuple[facts.EndingFacts, ...]) -> str:
    last = found[SIZE - 1]
    return f"{last.ends.isoformat()}~{last.id}"


def _after(text: str) -> tuple[datetime, str] | None:
    at, _, key = text.partition("~")
    try:
        return (moment(at), key) if is_uuid(key) else None
    except ValueError:
        return None


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """What was erased, latest first; or what became of one record, asked for by its reference or id."""
    named = request.GET.get("record", "").strip()[: prove_erasure.LONGEST]
    who = people.reads(request, "retention.erased", reason=named)
    if named:
        about = {"named": named, "found": facts.told(list(prove_erasure.tombstones(named, who)))}
        return render(request, "retention/erased.html", about)
    found = facts.erased(who, request.GET.get("before", ""), SIZE + 1)
    following = found[SIZE - 1].id if len(found) > SIZE else ""
    return render(request, "retention/erased.html", {"erased": found[:SIZE], "next": following})


@require_safe
def proof(request: HttpRequest, key: str) -> HttpResponse:
    """The proof of an erasure, to download; it names the record as who asks names it."""
    # `key` is the id of a tombstone whose record is named, or of the record itself.
    named = request.GET.get("record", "")
    who = people.reads(request, "retention.proof", key, reason=named)
    data = prove_erasure.proof(named, key, who) if named else prove_erasure.proof(key, who=who)
    response = HttpResponse(data, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="mithaq-erasure-{key if is_uuid(key) else "record"}.json"'
    return response
