"""Reads of this subject: the ledger, a message with its receipts, the plan as people read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from mithaq.errors import InputError
from mithaq.ledger.leaf import read_leaf
from mithaq.node.acts import chain, instruments, receipts
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Alarm, Checkpoint, Inbox, Leaf, Outbox, Receipt
from mithaq.plan.decide import Instrument
from mithaq.seal import jws


@dataclass(frozen=True, slots=True)
class LeafFacts:
    """A leaf: its index when it is in the tree, its kind and its public facts."""

    index: int | None
    kind: str
    at: datetime
    facts: Mapping[str, str]
    subject: str


@dataclass(frozen=True, slots=True)
class Head:
    """The latest checkpoint."""

    size: int
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """A message: its envelope's payload, which way it went, and the receipts in order."""

    id: str
    outgoing: bool
    payload: Mapping[str, Any]
    receipts: tuple[Mapping[str, Any], ...]
    leaves: tuple[LeafFacts, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a listing: `direction` is sent or received, `receipts` are the kinds in order, each once."""

    message: str
    direction: str
    partner: str
    act: str
    plan: str
    line: str
    state: str
    at: datetime
    receipts: tuple[str, ...]


def messages(limit: int) -> tuple[Line, ...]:
    """At most `limit` messages each way, the latest first. Envelope facts only, no content."""
    columns = ("message", "act", "plan", "line", "state")
    rows = [
        (direction, row)
        for direction, found in (
            ("sent", Outbox.objects.order_by("-created").values("partner", *columns, at=F("created"))[:limit]),
            ("received", Inbox.objects.order_by("-at").values("at", *columns, partner=F("sender"))[:limit]),
        )
        for row in found
    ]
    kinds = _receipt_kinds([row["message"] for _, row in rows])
    listed = [
        Line(**row | {"message": str(row["message"])}, direction=direction, receipts=kinds.get(str(row["message"]), ()))
        for direction, row in rows
    ]
    return tuple(sorted(listed, key=lambda one: one.at, reverse=True))


def _receipt_kinds(keys: list[Any]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for key, kind in Receipt.objects.filter(message__in=keys).order_by("at", "id").values_list("message", "kind"):
        kinds[str(key)][kind] = None
    return {key: tuple(found) for key, found in kinds.items()}


def leaves(limit: int = 100) -> tuple[LeafFacts, ...]:
    """The latest leaves, newest first."""
    return tuple(_leaf(row) for row in Leaf.objects.order_by("-id")[:limit])


def head() -> Head | None:
    """The latest checkpoint, or None before the first."""
    row = Checkpoint.objects.order_by("-size").first()
    return Head(row.size, row.note, row.at) if row else None


def alarms(limit: int = 20) -> tuple[tuple[datetime, str, str], ...]:
    """The latest open alarms: when, which code, which partner or plan. Those about a person here are oversight's."""
    found = Alarm.objects.filter(Q(about="") | Q(code=chain.ALARM), closed=False)
    rows = found.order_by("-at", "-id").values_list("at", "code", "partner", "detail")[:limit]
    return tuple((at, code, partner or detail) for at, code, partner, detail in rows)


def message(key: str) -> MessageFacts:
    """A message that this node sent or received. InputError `message.unknown`."""
    sent = Outbox.objects.filter(message=key).defer("content").first() if is_uuid(key) else None
    got = Inbox.objects.filter(message=key).defer("content").first() if is_uuid(key) and sent is None else None
    row = sent or got
    if row is None:
        raise InputError("message.unknown", "This node has neither sent nor received such a message.")
    tokens = [bytes(got.receipt)] if got else []
    tokens += [bytes(one.token) for one in Receipt.objects.filter(message=key).order_by("at", "id")]
    return MessageFacts(
        id=key,
        outgoing=sent is not None,
        payload=jws.peek(bytes(row.envelope)),
        receipts=tuple(_receipt(jws.peek(token)) for token in dict.fromkeys(tokens)),
        leaves=tuple(_leaf(one) for one in Leaf.objects.filter(subject=key).order_by("id")),
    )


def _receipt(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**payload, "ground": receipts.ground_of(payload)}


def plans() -> tuple[Instrument, ...]:
    """The instruments in force here, joint plans first."""
    return tuple(sorted(instruments.in_force(), key=lambda one: one.plan.kind != "joint"))


def _leaf(row: Leaf) -> LeafFacts:
    return LeafFacts(row.index, row.kind, row.at, read_leaf(bytes(row.data)).facts, row.subject)
