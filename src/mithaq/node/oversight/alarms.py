"""Alarms as oversight reads them: open ones with their age, closed ones with who closed them, when, why.

Rule: an alarm is open until somebody of oversight closes it; nothing closes it by itself. Frozen values, no QuerySet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from mithaq.errors import InputError
from mithaq.node.acts import chain, queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.models import Access, Alarm
from mithaq.node.acts.needs import Need, Queue, Row
from mithaq.node.console import grounds
from mithaq.node.oversight import rules
from mithaq.node.oversight.models import Finding, LogHold

PAGE = 50
HIMSELF, SHUT_OUT, GUESSED = "person.for_himself", "person.overseer", "person.guessed"
UNUSUAL = "reading.unusual"
# Rows of so long before an open alarm stay: what the longest figures of unusual reading count, and a day.
BEFORE = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """What one person said of an alarm, when."""

    kind: str
    finding: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AlarmFacts:
    """An alarm with its row version: `about` is the person whom it is about, `subject` what it is about (a row, a
    record, a plan, a partner), `url` the page where that is looked at, `figures` those that stood out, `history` what
    was said of it, oldest first."""

    id: str
    version: int
    code: str
    at: datetime
    closed: bool
    about: str
    subject: str
    url: str
    figures: tuple[tuple[str, str], ...] = ()
    history: tuple[FindingFacts, ...] = ()

    @property
    def last(self) -> FindingFacts | None:
        """What was said of it last."""
        return self.history[-1] if self.history else None


def listing(*, closed: bool, before: int | None = None, limit: int = PAGE) -> tuple[AlarmFacts, ...]:
    """Alarms that are open, the oldest first (which waits longest); or closed, the latest first."""
    rows = Alarm.objects.filter(closed=closed)
    if before is not None:
        rows = rows.filter(pk__lt=before) if closed else rows.filter(pk__gt=before)
    found = list(rows.order_by("-id" if closed else "id")[:limit])
    said = _history([row.pk for row in found])
    return tuple(_facts(row, said[row.pk]) for row in found)


def alarm(key: str) -> AlarmFacts:
    """One alarm. InputError `alarm.unknown`."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    row = Alarm.objects.filter(pk=number).first()
    if row is None:
        raise InputError("alarm.unknown", "There is no such alarm.", remedy="Look at the list of alarms.")
    return _facts(row, _history([row.pk])[row.pk])


def waiting(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Open alarms on the home page of oversight, since when they wait; of each what it says."""
    if rules.ROLE in actor.roles:
        told = {name: name for name in ("code", "about", "partner", "detail")}
        more = told | {"message": Cast("message", TextField())}
        yield queue.row(Alarm.objects.filter(closed=False), since="at", record="detail", more=more)


def last_of(code: str, about: str, detail: str) -> tuple[Alarm, datetime | None] | None:
    """The latest alarm of a code about a person whose detail begins so, and when it was closed, if it was."""
    row = Alarm.objects.filter(code=code, about=about, detail__startswith=detail).order_by("-id").first()
    if row is None:
        return None
    said = Finding.objects.filter(alarm=row.pk, kind="closed").order_by("-at").values_list("at", flat=True).first()
    return row, said if row.closed else None


def keeps(now: datetime) -> int | None:
    """The first row of the access log that an open alarm or a hold keeps; None when none does."""
    moments = list(Alarm.objects.filter(closed=False).order_by("at").values_list("at", flat=True)[:1])
    since = [moments[0] - BEFORE] if moments else []
    holds = LogHold.objects.filter(until__gt=now, released=None).order_by("since")
    since += list(holds.values_list("since", flat=True)[:1])
    found = [row for moment in since if (row := _first(moment)) is not None]
    broken = Alarm.objects.filter(closed=False, code=chain.ALARM).values_list("detail", flat=True)
    found += [int(number) for detail in broken if (number := detail.rpartition(" ")[2]).isdigit()]
    return min(found, default=None)


def _first(moment: datetime) -> int | None:
    return Access.objects.filter(at__gte=moment).order_by("at", "id").values_list("id", flat=True).first()


def _history(keys: Collection[int]) -> Mapping[int, tuple[FindingFacts, ...]]:
    found: dict[int, tuple[FindingFacts, ...]] = defaultdict(tuple)
    for row in Finding.objects.filter(alarm__in=keys).order_by("at", "id"):
        found[row.alarm] += (FindingFacts(row.kind, row.finding, row.words, row.by, row.at),)
    return found


def _facts(row: Alarm, history: tuple[FindingFacts, ...]) -> AlarmFacts:
    subject, url, figures = _place(row)
    return AlarmFacts(str(row.pk), row.version, row.code, row.at, row.closed, row.about, subject, url, figures, history)


def _place(row: Alarm) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What an alarm is about, the page where it is looked at, and the figures that stood out."""
    if row.code == UNUSUAL:
        days, *said = row.detail.split()
        since = (row.at - timedelta(days=int(days))).date().isoformat()
        pairs = tuple((name, value) for name, _equals, value in (one.partition("=") for one in said))
        return "", f"/oversight/log?{urlencode({'actor': row.about, 'since': since})}", pairs
    if row.code in {HIMSELF, SHUT_OUT}:
        return "", f"/people/proposals/{row.detail}", ()
    if row.code == GUESSED:
        return "", f"/people/{row.detail}", ()
    if row.code == chain.ALARM:
        return row.detail.rpartition(" ")[2], "/oversight/chain", ()
    if row.message is not None:
        return row.partner, f"/ledger/messages/{row.message}", ()
    return row.partner or row.detail, "/plan" if row.code.startswith("plan.") else "/ledger", ()


def _need(row: Row) -> Need:
    told = Alarm(pk=int(row.key), at=row.since, **row.more)
    subject, _url, _figures = _place(told)
    record = told.about or subject or row.key
    return Need("alarm", grounds.ground(told.code), record, f"/oversight/alarms/{row.key}", row.since, id=row.key)


QUEUE = Queue("alarm", "needs", _("Open alarms"), waiting, _need, dated=False)
