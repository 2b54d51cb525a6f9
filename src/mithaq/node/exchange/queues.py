"""What of this subject waits: messages on which the partner's word is awaited, dead letters, and refused files whose
time ends.

Rule: a message is its unit's, and a file and a letter too: who asks is told of no other unit's, nor of a letter on
which the person may not act. Design: exchange, "Receipts" and "Delivery"; subjects, safeguard 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import aside, awaited, queue, undelivered
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Few, Need, Queue, Row
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import known, letter_acts
from mithaq.node.exchange.letters import OPENERS
from mithaq.node.exchange.models import Handled, RefusedBytes, RefusedFile

ASIDE = frozenset({"protocol-officer", "event-lead", "administrator", "oversight"})
ENDING = _("Refused file that will be erased")
SENT, FILE = _("A message was refused: look at it"), _("A file was refused: look at it")
RECEIVED = _("A message was put aside: look at it")


def waiting(actor: Actor, now: datetime) -> Iterable[Any]:
    """Messages of the unit that the partner's unit has neither receipted nor refused."""
    if actor.roles - ASIDE:
        yield awaited.rows(known.sent(actor), now)


def _awaited(row: Row) -> Need:
    act = row.more["act"]
    text = REGISTRY.acts[act].title if act in REGISTRY.acts else act
    target = (row.more["model"], row.more["record"])
    url, line = f"/ledger/messages/{row.key}", row.more["line"]
    return Need("message", text, row.key, url, row.since, row.due, row.key, target=target, opens=True, line=line)


def sent(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Messages of the unit that came to nothing, of acts that this person may do, which nobody has dealt with."""
    acts = [act.name for act in REGISTRY.acts.values() if act.roles & actor.roles]
    if actor.roles & letter_acts.EVERYONE and acts:
        found = undelivered.open_of(known.sent(actor), Handled.objects.values("id")).filter(act__in=acts)
        due, more = queue.due_in("ended", _length(actor)), {"model": "model", "line": "line"}
        yield queue.row(found, since="ended", record="record", due=due, more=more)


def _sent(row: Row) -> Need:
    # Named as its record is; its page is the letter's.
    return replace(_letter("sent", SENT, row), target=(row.more["model"], row.record), line=row.more["line"])


def files(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Refused files of the unit that nobody has dealt with."""
    if actor.roles & known.OFFICERS:
        found = RefusedFile.objects.filter(known.files(actor)).exclude(pk__in=Handled.objects.values("id"))
        yield queue.row(found, since="at", record="name", due=queue.due_in("at", _length(actor)))


def _letter(kind: str, text: Any, row: Row) -> Need:
    return Need(f"letter-{kind}", text, row.record, f"/dead-letters/{row.key}", row.since, row.due, row.key)


def _put_aside(actor: Actor, _now: datetime) -> Iterable[Any]:
    # Whose it is stands in the signed envelope alone, so that a page reads all of them: they are few.
    if actor.roles & OPENERS:
        found = aside.rows().filter(known.received(actor)).exclude(message__in=Handled.objects.values("id"))
        due = queue.due_in("at", _length(actor))
        yield queue.row(found, since="at", record="message", key="message", due=due, more={"envelope": aside.ENVELOPE})


def _received(rows: Sequence[Row], actor: Actor, _now: datetime) -> Iterable[Need]:
    for row in rows:
        if aside.unit_of(row.more["envelope"].encode()) == actor.unit:
            yield _letter("received", RECEIVED, row)


def _length(actor: Actor) -> timedelta | None:
    return queue.deadlines("close-dead-letter", actor.unit).get("normal")


def ending(actor: Actor, now: datetime) -> Iterable[Any]:
    """Refused files of the unit that nobody has dealt with, by the moment at which their bytes, or they, are erased."""
    if actor.roles & known.OFFICERS:
        kept = RefusedBytes.objects.filter(pk=OuterRef("pk"), expires__gt=now).values("expires")
        found = RefusedFile.objects.filter(known.files(actor), expires__gt=now)
        found = found.exclude(pk__in=Handled.objects.values("id"))
        yield queue.row(found, since="at", record="name", due=Coalesce(Subquery(kept), F("expires")))


def _ending(row: Row) -> Need:
    return Need("file-ending", ENDING, row.record, f"/dead-letters/{row.key}", row.since, row.due, row.key)


QUEUES = (
    Queue("message", "waiting", _("Messages without a receipt of delivery"), waiting, _awaited),
    Queue("letter-sent", "needs", _("Messages that were refused: look at them"), sent, _sent),
    Queue(
        "letter-file",
        "needs",
        _("Files that were refused: look at them"),
        files,
        lambda row: _letter("file", FILE, row),
    ),
    Queue("file-ending", "expiring", _("Refused files that will be erased"), ending, _ending),
)
FEW = (
    Few("letter-received", {"letter-received": _("Messages that were put aside: look at them")}, _put_aside, _received),
)
