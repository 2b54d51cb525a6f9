"""Reads of dead letters: messages that came to nothing, messages put aside here, files that were refused whole.

Rule: a letter is its unit's: who asks is told of no other unit's. Its reference names a record and no person.
Design: exchange, "Delivery"; subjects, "Every object".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mithaq.errors import InputError
from mithaq.node.acts import aside, undelivered
from mithaq.node.acts.aside import Aside, Mark
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.moments import moment
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.acts.registry import REGISTRY, Target
from mithaq.node.acts.undelivered import Undelivered
from mithaq.node.exchange import files, known
from mithaq.node.exchange.files import FileFacts
from mithaq.node.exchange.models import Handled

OPENERS = frozenset({"supervisor"})
LIMIT = 50


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


@dataclass(frozen=True, slots=True)
class Page:
    """Letters of a listing; `earlier` names the place from which older ones follow, and is empty at the end."""

    letters: tuple[Letter, ...]
    earlier: str = ""


def page(actor: Actor, before: str = "", limit: int = LIMIT) -> Page:
    """At most `limit` open letters of a person's unit, the latest first, from a place that an earlier page named.

    InputError `cursor.unknown` where no page named such a place.
    """
    mark, handled, one_more = _mark(before), Handled.objects.values("id"), limit + 1
    sent = undelivered.listing(known.sent(actor), handled, mark, one_more)
    targets = REGISTRY.targets_of((one.model, one.record) for one in sent)
    found = [_letter(one, targets.get((one.model, one.record))) for one in sent]
    found += map(_received, aside.listing(actor.unit, known.received(actor), handled, mark, one_more))
    refused = files.listing(actor, mark, one_more)
    later = REGISTRY.targets_of((one.later_model, one.later_record) for one in refused if one.later_model)
    found += [_file(one, later.get((one.later_model, one.later_record))) for one in refused]
    found.sort(key=lambda one: (one.since, UUID(one.id)), reverse=True)
    some = tuple(found[:limit])
    return Page(some, f"{some[-1].since.isoformat()}_{some[-1].id}" if len(found) > limit else "")


def _mark(place: str) -> Mark | None:
    if not place:
        return None
    try:
        at, _line, key = place.partition("_")
        return moment(at), UUID(key)
    except ValueError:
        raise InputError(
            "cursor.unknown", "This is no cursor of a listing.", remedy="Begin at the first page.", where="before"
        ) from None


def letter(key: str, who: Actor | None = None) -> Letter:
    """One letter, dealt with or not, of those that `who` may know of. UnknownError `letter.unknown`."""
    row = Handled.objects.filter(pk=key).first() if is_uuid(key) else None
    handled = HandledFacts(row.how, row.reason, row.by, row.at) if row else None
    if (sent := undelivered.find(key, known.sent(who))) is not None:
        return _sent(sent, handled)
    if (received := aside.find(key, who.unit if who else "", known.received(who))) is not None:
        return _received(received, handled)
    if (file := files.find(key, who)) is not None:
        later = REGISTRY.target(file.later_model, file.later_record) if file.later_model else None
        return _file(file, later, handled)
    unknown = UnknownError(
        "letter.unknown",
        "There is no such dead letter here; it may have been delivered, or erased in time.",
        remedy="Look at the list of dead letters.",
    )
    if who is not None and is_uuid(key):
        # As many statements, whatever there is.
        unknown.is_hidden = any([undelivered.exists(key), aside.exists(key), files.exists(key)])
    raise unknown


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
    return Letter(found.id, "file", found.unit, found.act, found.name, found.code, found.at, known.OFFICERS, later,
                  handled, file=found)  # fmt: skip
