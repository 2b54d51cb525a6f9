"""Reads of dead letters: messages that came to nothing, messages put aside here, files that were refused whole.

Rule: a letter is its unit's: who asks is told of no other unit's. Its reference names a record and no person.
Design: exchange, "Delivery"; subjects, "Every object".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mithaq.errors import InputError
from mithaq.node.acts import aside, undelivered
from mithaq.node.acts.aside import Aside
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.registry import REGISTRY, Target
from mithaq.node.acts.undelivered import Undelivered
from mithaq.node.exchange import files
from mithaq.node.exchange.files import FileFacts
from mithaq.node.exchange.models import Handled

OFFICERS = frozenset({"case-officer", "supervisor"})
OPENERS = frozenset({"supervisor"})


@dataclass(frozen=True, slots=True)
class HandledFacts:
    """How a letter was dealt with: `how` is sent-again or closed."""

    how: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter: `kind` is sent, received or file, and the field of that name holds it. `roles` may act on it."""

    id: str
    kind: str
    unit: str
    act: str
    reference: str
    ground: str
    since: datetime
    roles: frozenset[str]
    target: Target | None = None
    handled: HandledFacts | None = None
    sent: Undelivered | None = field(default=None)
    received: Aside | None = field(default=None)
    file: FileFacts | None = field(default=None)


def listing(actor: Actor, limit: int = 100) -> tuple[Letter, ...]:
    """The open letters of a person's unit, the latest first; at most `limit` of each kind."""
    sent = undelivered.listing(actor.unit, Handled.objects.values("id"), limit)
    targets = REGISTRY.targets_of((one.model, one.record) for one in sent)
    found = [_letter(one, targets.get((one.model, one.record))) for one in sent]
    put_aside = aside.listing(actor.unit)
    done = set(Handled.objects.filter(pk__in=[one.message for one in put_aside]).values_list("id", flat=True))
    found += [_received(one) for one in put_aside if one.message not in done]
    refused = files.listing(actor.unit, limit)
    later = REGISTRY.targets_of((one.later_model, one.later_record) for one in refused if one.later_model)
    found += [_file(one, later.get((one.later_model, one.later_record))) for one in refused]
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def letter(key: str) -> Letter:
    """One letter, dealt with or not. InputError `letter.unknown`."""
    row = Handled.objects.filter(pk=key).first() if is_uuid(key) else None
    handled = HandledFacts(row.how, row.reason, row.by, row.at) if row else None
    if (sent := undelivered.find(key)) is not None:
        return _sent(sent, handled)
    if (received := aside.find(key)) is not None:
        return _received(received, handled)
    if (file := files.find(key)) is not None:
        later = REGISTRY.target(file.later_model, file.later_record) if file.later_model else None
        return _file(file, later, handled)
    raise InputError(
        "letter.unknown",
        "There is no such dead letter here; it may have been delivered, or erased in time.",
        remedy="Look at the list of dead letters.",
    )


def _sent(found: Undelivered, handled: HandledFacts | None = None) -> Letter:
    return _letter(found, REGISTRY.target(found.model, found.record), handled)


def _letter(found: Undelivered, target: Target | None, handled: HandledFacts | None = None) -> Letter:
    return Letter(
        id=str(found.wish),
        kind="sent",
        unit=found.sender,
        act=found.act,
        reference=target.reference if target else found.record,
        ground=found.journey.ground,
        since=found.ended,
        # What a person may not do, he may not do again.
        roles=REGISTRY.act(found.act).roles,
        target=target,
        handled=handled,
        sent=found,
    )


def _received(found: Aside, handled: HandledFacts | None = None) -> Letter:
    key = str(found.message)
    return Letter(key, "received", found.unit, found.act, key, aside.GROUND, found.at, OPENERS, None, handled,
                  received=found)  # fmt: skip


def _file(found: FileFacts, later: Target | None, handled: HandledFacts | None = None) -> Letter:
    return Letter(found.id, "file", found.unit, found.act, found.name, found.code, found.at, OFFICERS, later, handled,
                  file=found)  # fmt: skip
