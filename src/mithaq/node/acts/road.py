"""Reads of the road for pages and subjects: what became of a record's wishes, and what the partner answered.

Rule: what is shown as delivered is derived from signed receipts, never stored as a flag. Design: exchange, "Receipts".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from mithaq.node.acts import aside
from mithaq.node.acts.models import Outbox, Receipt, Wish

_WAITING = """SELECT (SELECT count(*) FROM acts_wish WHERE state = 'open'),
    (SELECT count(*) FROM acts_outbox WHERE state = 'waiting'),
    (SELECT count(*) FROM acts_inbox WHERE state = 'accepted'), (SELECT count(*) FROM acts_leaf WHERE index IS NULL)"""

# What stands in the outbox for a wish: annotations of `Wish`.
_IN_OUTBOX = Outbox.objects.filter(message=OuterRef("message"))
SENT = {
    "sent_at": Subquery(_IN_OUTBOX.values("created")),
    "sent_due": Subquery(_IN_OUTBOX.values("due")),
    "sent_state": Subquery(_IN_OUTBOX.values("state")),
    "sent_ground": Subquery(_IN_OUTBOX.values("ground")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a message: `kind` is wished, refused, sent, R0, R2, RX, received, delivered, withheld or expired."""

    kind: str
    at: datetime
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """A record's message with its steps in order; `state` is the last word on it."""

    act: str
    recipient: str
    message: str
    state: str
    ground: str
    due: datetime | None
    steps: tuple[Step, ...]


def wishes_of(model: str, record: str, act: str) -> tuple[tuple[str, UUID], ...]:
    """The (recipient unit, wish) of every wish of that act for a record that was refused by no plan and no partner."""
    # A message that its recipient put aside may still be opened there.
    rejected = Receipt.objects.filter(outgoing=False, kind="RX").exclude(ground=aside.GROUND)
    rows = Wish.objects.filter(model=model, record=record, act=act).exclude(state="refused")
    rows = rows.exclude(message__in=rejected.values("message"))
    return tuple(rows.order_by("created").values_list("recipient", "id"))


def journeys(model: str, record: str) -> tuple[Journey, ...]:
    """What became of everything that a record was to be sent by."""
    return journeys_of(list(Wish.objects.filter(model=model, record=record).annotate(**SENT).order_by("created")))


def journeys_of(wishes: Sequence[Wish], receipts: Sequence[Receipt] | None = None) -> tuple[Journey, ...]:
    """What became of wishes annotated with `SENT`, in their order; `receipts` of their messages, if known."""
    if receipts is None:
        messages = [wish.message for wish in wishes if wish.message]
        receipts = list(Receipt.objects.filter(outgoing=False, message__in=messages).order_by("at", "id"))
    answers: dict[UUID, list[Receipt]] = {}
    for receipt in receipts:
        if not receipt.outgoing:
            answers.setdefault(receipt.message, []).append(receipt)
    return tuple(_journey(wish, answers) for wish in wishes)


def _journey(wish: Any, answers: Mapping[UUID, list[Receipt]]) -> Journey:
    steps, state, ground = [Step("wished", wish.created)], wish.state, wish.ground
    if wish.sent_at is not None:
        steps.append(Step("sent", wish.sent_at))
        state, ground = wish.sent_state, wish.sent_ground
        for receipt in answers.get(wish.message, ()):
            steps.append(Step(receipt.kind, receipt.at, receipt.ground))
            if receipt.kind in {"R2", "RX"}:
                state, ground = {"R2": "delivered", "RX": "rejected"}[receipt.kind], receipt.ground
    elif wish.state == "refused":
        steps.append(Step("refused", wish.created, wish.ground))
    return Journey(wish.act, wish.recipient, str(wish.message or ""), state, ground, wish.sent_due, tuple(steps))


def states(model: str, records: list[str]) -> dict[str, str]:
    """The state of the latest message of each record, for listings: one query a table."""
    wishes = list(Wish.objects.filter(model=model, record__in=records).order_by("created"))
    messages = [wish.message for wish in wishes if wish.message]
    answers = Receipt.objects.filter(outgoing=False, message__in=messages).order_by("at", "id")
    kinds = dict(answers.values_list("message", "kind"))
    words = {"R0": "accepted", "R2": "delivered", "RX": "rejected"}
    return {
        wish.record: words.get(
            kinds.get(wish.message, "") if wish.message else "",
            "waiting" if wish.state in {"open", "sent"} else wish.state,
        )
        for wish in wishes
    }


def waiting() -> dict[str, Any]:
    """What waits on the road: open wishes, messages not accepted, messages not opened, leaves not in the tree."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return dict(zip(("wishes", "outbox", "inbox", "leaves"), cursor.fetchone(), strict=True))
