"""Take the next one: the most pressing row that nobody holds becomes one person's for some minutes.

Rules: what is given is what the person's own queues hold, so that need to know is part of the query; of two who ask at
once the database gives a row to one (its id is the lock's key, and a person is in one row); a lock is no act on a
record and no clause decides on it, but the access log tells who took, gave back or freed what.
Design: issue 4, part 4.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from mithaq.errors import RefusedError, StateError
from mithaq.node.acts import instruments, local
from mithaq.node.acts.definition import Actor, Clearing, Effects, Row
from mithaq.node.acts.need_to_know import of_lines
from mithaq.node.acts.needs import Need, Queue, Slice
from mithaq.node.console import standing
from mithaq.node.console.models import Hold

HOLD = "console.Hold"
OFFICERS = frozenset({"case-officer", "supervisor"})
# A lost race is run again: with each, another person has got something.
TRIES = 20


@dataclass(frozen=True, slots=True)
class HoldFacts:
    """Who works on what until when, with its row version."""

    id: str
    version: int
    reference: str
    url: str
    unit: str
    holder: str
    since: datetime
    until: datetime


def key_of(one: Queue, need: Need) -> str:
    """The id of the lock on a row of a queue."""
    return f"{one.name}/{need.id or need.url}"


def of_person(name: str, now: datetime) -> HoldFacts | None:
    """What a person holds now."""
    row = Hold.objects.filter(holder=name, until__gt=now).first()
    return _facts(row) if row else None


def known_to(who: Actor) -> Q:
    """The locks that a person may know of: those of the own unit, there on what is of the person's lines."""
    return Q(unit=who.unit) & of_lines(who)


def of_unit(who: Actor, now: datetime) -> tuple[HoldFacts, ...]:
    """Everything that people of the person's unit hold now and the person may know of, what is free first at the
    top."""
    return tuple(_facts(row) for row in Hold.objects.filter(known_to(who), until__gt=now).order_by("until"))


def take(actor: Actor, now: datetime, minutes: int) -> HoldFacts | None:
    """Give the person the most pressing free row, or what the person holds and has not done; None when nothing waits.

    Effects: the lock's row and a row of the access log, in one transaction. RefusedError `hold.role`.
    """
    _check(actor)
    for _ in range(TRIES):
        mine = of_person(actor.name, now)
        if mine is not None and _waits(mine, actor, now):
            return mine
        found = _free(actor, now)
        if found is None:
            if mine is not None:
                _clear(actor, mine, now)
            return None
        try:
            return _lock(*found, actor, now, minutes)
        except StateError:
            continue  # somebody was faster, or the person's own second click was
    return None


def release(key: str, actor: Actor, now: datetime) -> HoldFacts | None:
    """Give back what the person holds, or free what a colleague of the unit does (a supervisor); None when it is free.

    RefusedError `hold.other`.
    """
    row = Hold.objects.filter(known_to(actor), pk=key, until__gt=now).first()
    if row is None:
        return None
    found = _facts(row)
    if found.holder != actor.name and "supervisor" not in actor.roles:
        raise RefusedError(
            "hold.other",
            "{holder} works on it until the time is over.",
            remedy="Wait, or ask a supervisor of your unit to free it.",
            holder=found.holder,
        )
    _clear(actor, found, now)
    return found


def _check(actor: Actor) -> None:
    if not actor.roles & OFFICERS:
        raise RefusedError(
            "hold.role",
            "Your role takes nothing from the queue.",
            remedy="Ask a case officer or a supervisor of the unit.",
        )


def _waits(mine: HoldFacts, actor: Actor, now: datetime) -> bool:
    name, _, key = mine.id.partition("/")
    with instruments.snapshot():
        return any(
            one.find(actor, now, Slice(1, only=key)).needs
            for one in standing.queues("needs", actor, now)
            if one.name == name
        )


def _free(actor: Actor, now: datetime) -> tuple[Queue, Need, int] | None:
    """The most pressing row that nobody else holds, and the version of a lock on it that has run out (0: none)."""
    locks = {row.pk: row for row in Hold.objects.filter(unit=actor.unit)}
    held = {key for key, row in locks.items() if row.until > now and row.holder != actor.name}
    with instruments.snapshot():
        found = [
            (one, need)
            for one in standing.queues("needs", actor, now)
            # One row more than others can hold of it: if any is free, it is among them.
            for need in one.find(actor, now, Slice(1 + sum(key.startswith(f"{one.name}/") for key in held))).needs
            if key_of(one, need) not in held
        ]
    if not found:
        return None
    one, need = min(found, key=lambda each: (each[1].due is None, each[1].due or each[1].since, key_of(*each)))
    lock = locks.get(key_of(one, need))
    return one, need, lock.version if lock is not None and lock.holder != actor.name else 0


def _lock(one: Queue, need: Need, version: int, actor: Actor, now: datetime, minutes: int) -> HoldFacts:
    key, until = key_of(one, need), now + timedelta(minutes=minutes)
    fields = {
        "reference": need.record, "url": need.url, "unit": actor.unit, "line": need.line, "holder": actor.name,
        "since": now, "until": until,
    }  # fmt: skip
    # What the person held before and has done, or let run out, makes room.
    effects = Effects(rows=(Row(HOLD, key, version, fields),), clear=(Clearing(HOLD, "holder", actor.name),))
    local.apply_logged(effects, actor, "console.take", key, now)
    return HoldFacts(key, version + 1, need.record, need.url, actor.unit, actor.name, now, until)


def _clear(actor: Actor, found: HoldFacts, now: datetime) -> None:
    what = "console.release" if found.holder == actor.name else "console.free"
    # The row's version says that it is still this holder's: a lock that somebody took over since is not theirs to free.
    effects = Effects(rows=(Row(HOLD, found.id, found.version, {"until": now}),))
    with contextlib.suppress(StateError):
        local.apply_logged(effects, actor, what, found.id, now)


def _facts(row: Hold) -> HoldFacts:
    return HoldFacts(row.pk, row.version, row.reference, row.url, row.unit, row.holder, row.since, row.until)
