"""Many acts that a person has confirmed together: each waits half a minute and is then done by the worker.

Rules: until an act is done the person can undo it, and not after; an act is done in one transaction with its row, so
that a death between two loses none and does none twice; it is the person's act, with the roles that the person had and
still has, own or lent, and rules and plan decide when it is done. Design: issue 4, part 4.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import Q

from mithaq.errors import MithaqError, StateError
from mithaq.node.acts import local, wire
from mithaq.node.acts.definition import Actor, Effects, Row
from mithaq.node.acts.ids import is_uuid, uuid7
from mithaq.node.acts.need_to_know import UnknownError, of_lines
from mithaq.node.acts.perform import perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import people
from mithaq.node.console.models import Planned

LOG = logging.getLogger("mithaq.worker")
PLANNED = "console.Planned"
HOLD = timedelta(seconds=30)
# What became of an act is shown for a day; its request goes with it.
KEPT = timedelta(days=1)
MOST = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One act to be done: its request, the record that it changes (`candidate/...`) with its line, and how a page names
    it."""

    request: Any
    record: str
    reference: str
    url: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class PlannedFacts:
    """A planned act with its row version; `state` is waiting, done, undone or failed, `told` what went wrong."""

    id: str
    version: int
    act: str
    reference: str
    url: str
    actor: str
    unit: str
    due: datetime
    state: str
    told: Mapping[str, Any]


def plan(act: str, items: Sequence[Item], actor: Actor, now: datetime) -> str:
    """Let the worker do an act for each item after the hold; returns the id of the batch.

    Effects: a row an item and a row of the access log. StateError `record.exists` when one of them waits already.
    """
    batch = uuid7(now)
    rows = tuple(
        Row(PLANNED, str(uuid7(now)), 0, {
            "batch": batch, "act": act, "request": wire.encode(one.request), "record": one.record,
            "reference": one.reference, "url": one.url, "actor": actor.name, "unit": actor.unit,
            "roles": sorted(actor.roles), "lines": sorted(actor.lines) if actor.lines is not None else None,
            "line": one.line, "at": now, "due": now + HOLD, "expires": now + HOLD + KEPT,
        })
        for one in items
    )  # fmt: skip
    local.apply_logged(Effects(rows=rows), actor, "console.plan", str(batch), now)
    return str(batch)


def known_to(who: Actor | None) -> Q:
    """The planned acts that a person may know of: the own ones, and a supervisor those of the unit, on his lines; all
    for the software itself (None)."""
    if who is None:
        return Q()
    own = Q(actor=who.name)
    return (own | Q(unit=who.unit) if "supervisor" in who.roles else own) & of_lines(who)


def batch(key: str, who: Actor | None = None) -> tuple[PlannedFacts, ...]:
    """The acts of a batch that `who` may know of, in their order. UnknownError `planned.unknown`."""
    rows = Planned.objects.filter(known_to(who), batch=key).order_by("id") if is_uuid(key) else ()
    found = tuple(map(_facts, rows))
    if not found:
        raise UnknownError(
            "planned.unknown",
            "There is nothing planned here; what was done is kept for a day.",
            remedy="Look at the records themselves.",
        )
    return found


def undo(key: str, actor: Actor, now: datetime) -> int:
    """Undo what of a batch is not done yet: the person's own. Returns how many."""
    undone = 0
    for one in batch(key, actor):
        if one.state == "waiting" and one.actor == actor.name:
            row = Row(PLANNED, one.id, one.version, {"state": "undone"})
            with contextlib.suppress(StateError):  # the worker was faster
                local.apply_logged(Effects(rows=(row,)), actor, "console.undo", one.id, now)
                undone += 1
    return undone


def every_round(now: datetime) -> None:
    """Do what has become due, in the order in which it was confirmed."""
    for row in Planned.objects.filter(state="waiting", due__lte=now).order_by("due", "id")[:MOST]:
        _do(row, now)


def _do(row: Planned, now: datetime) -> None:
    done = Effects(rows=(Row(PLANNED, str(row.pk), row.version, {"state": "done"}),))
    try:
        request = wire.decode(REGISTRY.act(row.act).request, row.request)
        perform(row.act, request, _actor(row), beside=lambda _effects: done, logged=False)
    except DatabaseError:
        raise  # the worker connects again
    except MithaqError as error:
        _failed(row, error, now)
    except Exception:
        LOG.exception("a planned act failed: %s", row.act)
        _failed(row, StateError("planned.fault", "A fault of the node kept this from being done."), now)


def _failed(row: Planned, error: MithaqError, now: datetime) -> None:
    told = {"code": error.code, "detail": error.sentence, "params": dict(error.params)}
    failed = Row(PLANNED, str(row.pk), row.version, {"state": "failed", "told": told})
    # An act that was undone in this very moment has not failed.
    with contextlib.suppress(StateError):
        local.apply("planned", Effects(rows=(failed,), leaf={"act": row.act, "ground": error.code}), now)


def _actor(row: Planned) -> Actor:
    """The person as of now, with no role that was not confirmed with. StateError `planned.person`."""
    found = people.of_name(row.actor)
    if found is None or found.unit != row.unit:
        raise StateError(
            "planned.person", "Who confirmed this may not sign in any more, or has left the unit.",
            remedy="Have a colleague do it.",
        )  # fmt: skip
    lines = [frozenset(held) for held in (found.lines, row.lines) if held is not None]
    return replace(found.cut_to(row.roles), lines=frozenset.intersection(*lines) if lines else None)


def _facts(row: Planned) -> PlannedFacts:
    return PlannedFacts(
        str(row.pk), row.version, row.act, row.reference, row.url, row.actor, row.unit, row.due, row.state, row.told
    )
