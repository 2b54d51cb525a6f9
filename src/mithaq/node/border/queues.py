"""What of this subject waits: candidates to judge, hits that the partner reports, candidates that will be erased.

Rule: an officer is shown the candidates of the own unit that the officer has not judged yet. Design: subjects, "Wanted
persons" (Hit) and safeguard 4; architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Queue, Slice
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.border import known
from mithaq.node.border.models import Candidate, Hit, Judgement
from mithaq.node.border.rules import OPEN

OFFICERS = frozenset({"case-officer", "supervisor"})
# So long does the home page show a hit that the partner reports; the page of hits shows them all.
NEWS = timedelta(days=14)
CANDIDATE, HIT, EXPIRING = _("Candidate to judge"), _("The partner reports a hit"), _("Candidate that will be erased")


def candidates(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Open candidates of the unit that this officer has not judged; due as the domestic instrument lays it down."""
    if not actor.roles & OFFICERS:
        return Found()
    mine = Judgement.objects.filter(candidate=OuterRef("pk"), officer=actor.name)
    length = queue.deadlines("judge-candidate", actor.unit).get("normal")
    moment = F("created") + Value(length) if length else F("expires")
    found = _open(actor.unit).exclude(Exists(mine))
    if "supervisor" not in actor.roles:
        found = found.exclude(state="disputed")
    page, total, late = queue.rows(found, "candidate", moment, asked, now)
    return Found(tuple(_needs("candidate", CANDIDATE, page)), total, late)


def expiring(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Open candidates of the unit by the moment at which they are erased, judged or not."""
    if not actor.roles & OFFICERS:
        return Found()
    page, total, late = queue.rows(_open(actor.unit), "candidate-expiring", F("expires"), asked, now)
    return Found(tuple(_needs("candidate-expiring", EXPIRING, page)), total, late)


def hits(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Hits that the partner told the unit of lately, the oldest first."""
    if not actor.roles & OFFICERS:
        return Found()
    found = Hit.objects.filter(known.hits(actor), found_here=False, unit=actor.unit, at__gte=now - NEWS)
    found = found.only("id", "reference", "at", "line")
    page, total, _late = queue.rows(found, "hit", F("at"), asked, now)
    needs = (Need("hit", HIT, row.reference, f"/hits/{row.id}", row.at, None, str(row.id), row.line) for row in page)
    return Found(tuple(needs), total)


def _open(unit: str) -> Any:
    rows = Candidate.objects.filter(state__in=sorted(OPEN), unit=unit)
    return rows.only("id", "manifest", "subject", "created", "expires")


def _needs(kind: str, text: Any, page: list[Any]) -> Iterable[Need]:
    cards = REGISTRY.cards(row.subject for row in page)
    for row in page:
        card = cards.get(row.subject)
        name, url = card.reference if card else row.subject, f"/manifests/{row.manifest}#{row.id}"
        yield Need(kind, text, name, url, row.created, row.pressing, str(row.id))


QUEUES = (
    Queue("candidate", "needs", CANDIDATE, candidates),
    Queue("hit", "needs", HIT, hits, dated=False),
    Queue("candidate-expiring", "expiring", EXPIRING, expiring),
)
