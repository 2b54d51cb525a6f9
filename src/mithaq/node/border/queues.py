"""What of this subject waits: candidates to judge, silences to decide on, hits that the partner reports,
candidates that will be erased, and feeds that are silent.

Rule: an officer is shown the candidates of the own unit that the officer has not judged yet. Design: subjects, "Wanted
persons" (Hit) and safeguard 4; architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Few, Need, Queue, Row
from mithaq.node.border import known, silence
from mithaq.node.border.models import Candidate, Hit, Judgement, Silence
from mithaq.node.border.rules import OPEN

OFFICERS = frozenset({"case-officer", "supervisor"})
# So long does the home page show a hit that the partner reports; the page of hits shows them all.
NEWS = timedelta(days=14)
CANDIDATE, HIT, EXPIRING = _("Candidate to judge"), _("The partner reports a hit"), _("Candidate that will be erased")
SILENCE = _("Silence to decide on")
SILENT = {"feed-silent": _("A feed is silent"), "feed-never": _("A feed never came")}
MUTE = {"feed-silent": _("Feeds that are silent"), "feed-never": _("Feeds that never came")}


def candidates(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Open candidates of the unit that this officer has not judged; due as the domestic instrument lays it down."""
    if not actor.roles & OFFICERS:
        return
    mine = Judgement.objects.filter(candidate=OuterRef("pk"), officer=actor.name)
    found = _open(actor.unit).exclude(Exists(mine))
    if "supervisor" not in actor.roles:
        found = found.exclude(state="disputed")
    length = queue.deadlines("judge-candidate", actor.unit).get("normal")
    yield _row(found, queue.due_in("created", length) or "expires")


def expiring(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Open candidates of the unit by the moment at which they are erased, judged or not."""
    if actor.roles & OFFICERS:
        yield _row(_open(actor.unit), "expires")


def hits(actor: Actor, now: datetime) -> Iterable[Any]:
    """Hits that the partner told the unit of lately."""
    if not actor.roles & OFFICERS:
        return
    found = Hit.objects.filter(known.hits(actor), found_here=False, unit=actor.unit, at__gte=now - NEWS)
    yield queue.row(found, since="at", record="reference", more={"line": "line"})


def _open(unit: str) -> Any:
    return Candidate.objects.filter(state__in=sorted(OPEN), unit=unit)


def _row(found: Any, due: Any) -> Any:
    return queue.row(found, since="created", record="subject", due=due, more={"manifest": "manifest"})


def _need(kind: str, text: Any) -> Callable[[Row], Need]:
    def need(row: Row) -> Need:
        url = f"/manifests/{row.more['manifest']}#{row.key}"
        return Need(kind, text, row.record, url, row.since, row.due, row.key, subject=row.record)

    return need


def _hit(row: Row) -> Need:
    return Need("hit", HIT, row.record, f"/hits/{row.key}", row.since, None, row.key, line=row.more["line"])


def _feeds(actor: Actor, now: datetime) -> Iterable[Any]:
    if actor.roles & OFFICERS:
        yield silence.rows(actor.unit, now)


def _silent(rows: Sequence[Row], _actor: Actor, now: datetime) -> Iterable[Need]:
    for one in silence.quiet_of(rows, now):
        kind = "feed-silent" if one.came else "feed-never"
        yield Need(kind, SILENT[kind], f"{one.post} {one.feed.upper()}", f"/posts/{one.post}", one.since)


def silences(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Silences that another unit asks for, for who may decide on them; due as the domestic instrument lays it down."""
    if not known.decides(actor):
        return
    found = Silence.objects.filter(known.silences(actor), state="asked", found_here=True).exclude(unit=actor.unit)
    length = queue.deadlines("decide-silence", actor.unit).get("normal")
    due = queue.due_in("at", length) or "expires"
    yield queue.row(found, since="at", record="reference", due=due, more={"line": "line"})


def _silence(row: Row) -> Need:
    return Need(
        "silence", SILENCE, row.record, f"/silences/{row.key}", row.since, row.due, row.key, line=row.more["line"]
    )


QUEUES = (
    Queue("silence", "needs", _("Silences to decide on"), silences, _silence),
    Queue("candidate", "needs", _("Candidates to judge"), candidates, _need("candidate", CANDIDATE)),
    Queue("hit", "needs", _("Hits that the partner reports"), hits, _hit, dated=False),
    Queue(
        "candidate-expiring",
        "expiring",
        _("Candidates that will be erased"),
        expiring,
        _need("candidate-expiring", EXPIRING),
    ),
)
FEW = (Few("feed", MUTE, _feeds, _silent),)
