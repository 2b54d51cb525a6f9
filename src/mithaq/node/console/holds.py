"""Take the next one: the most pressing row that nobody holds becomes one person's for some minutes.

Rules: what is given is what the person's own queues hold, so that need to know is part of the query; of two who ask at
once the database gives a row to one (its id is the lock's key, and a person is in one row); a lock is no act on a
record and no clause decides on it, but the access log tells who took, gave back or freed what.
Design: issue 4, part 4.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mithaq.errors import RefusedError, StateError
from mithaq.node.acts import instruments, local, queue
from mithaq.node.acts.definition import Actor, Clearing, Effects, Row
from mithaq.node.acts.needs import Found, Need, Slice
from mithaq.node.acts.registry import REGISTRY
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


def key_of(queue_name: str, need: Need) -> str:
    """The id of the lock on a row of a queue."""
    return f"{queue_name}/{need.id or need.url}"


def of_person(name: str, now: datetime) -> HoldFacts | None:
    """What a person holds now."""
    row = Hold.objects.filter(holder=name, until__gt=now).first()
    return _facts(row) if row else None


def of_unit(unit: str, now: datetime) -> tuple[HoldFacts, ...]:
    """Everything that people of a unit hold now, what is free first at the top."""
    return tuple(_facts(row) for row in Hold.objects.filter(unit=unit, until__gt=now).order_by("until"))


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
    row = Hold.objects.filter(pk=key, unit=actor.unit, until__gt=now).first()
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
    return any(found.needs for _name, found in _read(actor, now, {name: Slice(1, only=key)}, Slice(0)))


def _read(actor: Actor, now: datetime, asked: Mapping[str, Slice], other: Slice) -> list[tuple[str, Found]]:
    """The person's queues by name, each as it is asked for; of the others what `other` says (nothing: they are not
    read)."""
    chosen = [one for one in standing.of_section("needs") if one.name in asked or other.most]
    few = [] if {one.name for one in chosen} >= set(asked) and not other.most else REGISTRY.few
    with instruments.snapshot():
        found, needs = queue.read([(one, asked.get(one.name, other)) for one in chosen], few, actor, now)
    pages = [(one.name, part) for one, part in zip(chosen, found, strict=True)]
    for kind in {need.kind for need in needs}:
        some = [need for need in needs if need.kind == kind]
        pages.append((kind, queue.listed(kind, some, asked.get(kind, other), now)))
    return pages


def _free(actor: Actor, now: datetime) -> tuple[str, Need, int] | None:
    """The most pressing row that nobody else holds, with the name of its queue, and the version of a lock on it that
    has run out (0: none)."""
    locks = {row.pk: row for row in Hold.objects.filter(unit=actor.unit)}
    held = {key for key, row in locks.items() if row.until > now and row.holder != actor.name}
    # One row more than others can hold of a queue: if any is free, it is among them.
    most = {name: Slice(1 + number) for name, number in Counter(key.partition("/")[0] for key in held).items()}
    found = [
        (name, need)
        for name, part in _read(actor, now, most, Slice(1))
        for need in part.needs
        if key_of(name, need) not in held
    ]
    if not found:
        return None
    name, need = min(found, key=lambda each: (each[1].due is None, each[1].due or each[1].since, key_of(*each)))
    lock = locks.get(key_of(name, need))
    return name, need, lock.version if lock is not None and lock.holder != actor.name else 0


def _lock(name: str, need: Need, version: int, actor: Actor, now: datetime, minutes: int) -> HoldFacts:
    key, until = key_of(name, need), now + timedelta(minutes=minutes)
    fields = {
        "reference": need.record, "url": need.url, "unit": actor.unit, "holder": actor.name, "since": now,
        "until": until,
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
