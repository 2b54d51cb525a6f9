"""What was to be sent and came to nothing: refused by the plan, rejected by the partner, held back, or expired.

Rule: that a message is final is derived from the road's own rows and the partner's signed receipts, never stored as a
flag: a receipt of delivery that comes late takes its message off again. Design: exchange, "Receipts" and "Delivery".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mithaq.node.acts import dispatch, road
from mithaq.node.acts.aside import Mark
from mithaq.node.acts.definition import Terms
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Outbox, Receipt, Wish
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.acts.road import Journey

FINAL = frozenset({"refused", "rejected", "withheld", "expired"})
# A record that was withdrawn before it left: that nothing was sent is what its owner wanted.
WANTED = "record.gone"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A wish that came to nothing, with what became of it. `replaced`: its record has gone to its recipient by another
    wish since."""

    wish: UUID
    act: str
    plan: str
    line: str
    sender: str
    recipient: str
    model: str
    record: str
    urgency: str
    follows: UUID | None
    in_reply_to: UUID | None
    supersedes: UUID | None
    replaced: bool
    journey: Journey

    @property
    def ended(self) -> datetime:
        """When the last word on it was spoken."""
        return self.journey.steps[-1].at


def listing(known: Q, handled: QuerySet[Any], before: Mark | None, limit: int) -> tuple[Undelivered, ...]:
    """What of the `known` wishes came to nothing, was not replaced and is not among `handled`, the latest end first;
    from a mark on, when there is one."""
    rows = open_of(known, handled).order_by("-ended", "-pk")
    if before is not None:
        at, key = before
        rows = rows.filter(Q(ended__lt=at) | Q(ended=at, pk__lt=key))
    return _final(list(rows[:limit]))


def open_of(known: Q, handled: QuerySet[Any]) -> QuerySet[Any]:
    """The wishes of that listing, however many; `ended` is when the last word on each was spoken.

    The same as `Journey` says of one: the last receipt counts, then the state of the message, then that of the wish.
    """
    receipts = Receipt.objects.filter(outgoing=False, message=OuterRef("message")).order_by("-at", "-id")
    answers = receipts.filter(kind__in=("R2", "RX"))
    rows = Wish.objects.filter(known, pk__in=_stopped()).exclude(ground=WANTED)
    rows = rows.exclude(pk__in=handled).exclude(_replacing())
    rows = rows.annotate(
        answer=Subquery(answers.values("kind")[:1]),
        answer_ground=Subquery(answers.values("ground")[:1]),
        ended=Coalesce(
            Subquery(receipts.values("at")[:1]), road.SENT["sent_at"], F("created"), output_field=DateTimeField()
        ),
        **road.SENT,
    )  # fmt: skip
    refused = Q(state="refused", sent_state=None)
    rejected = Q(answer="RX") & ~Q(answer_ground=WANTED)
    stopped = Q(answer=None, sent_state__in=sorted(FINAL)) & ~Q(sent_ground=WANTED)
    return rows.filter(refused | rejected | stopped)


def find(key: str, known: Q) -> Undelivered | None:
    """A `known` wish that came to nothing, or None when there is no such wish, or nothing is wrong with it."""
    return (
        next(iter(_final(list(Wish.objects.filter(known, pk=key).annotate(**road.SENT)))), None)
        if is_uuid(key)
        else None
    )


def exists(key: str) -> bool:
    """Whether there is a wish of that id, whatever became of it."""
    return Wish.objects.filter(pk=key).exists()


def successor(key: str) -> Journey | None:
    """What became of the wish that took this one up again."""
    return next(iter(road.journeys_of(list(Wish.objects.filter(supersedes=key).annotate(**road.SENT)[:1]))), None)


def terms_now(found: Undelivered) -> tuple[str, int, Terms] | None:
    """The act and terms that it would be sent under now, or None when what was to be sent is no longer in force."""
    act = REGISTRY.act(found.act)
    body: Any = act.body(found.record) if act.body else None
    about = dispatch.message_of(found.follows) if found.follows else None
    if body is None or (found.follows and about is None):
        return None
    wish = Wish.objects.get(pk=found.wish)
    return act.word, act.version, dispatch.stated_terms(wish, act, body, str(about) if about else None)


def _stopped() -> QuerySet[Any]:
    """The ids of wishes that the plan refused, whose message stopped here, or that the partner rejected: each
    by an index of its own, whatever came through besides."""
    out = Outbox.objects.filter(state__in=sorted(FINAL - {"refused"})).values("message")
    rejected = Receipt.objects.filter(outgoing=False, kind="RX").values("message")
    every = (Q(state="refused"), Q(message__in=out), Q(message__in=rejected))
    first, *others = (Wish.objects.filter(one).values("pk") for one in every)
    return first.union(*others)


def _replacing() -> Exists:
    same = {name: OuterRef(name) for name in ("act", "model", "record", "recipient")}
    later = Q(created__gt=OuterRef("created")) | Q(supersedes=OuterRef("pk"))
    return Exists(Wish.objects.filter(later, **same))


def _final(wishes: list[Wish]) -> tuple[Undelivered, ...]:
    replaced = set(Wish.objects.filter(_replacing(), pk__in=[wish.pk for wish in wishes]).values_list("pk", flat=True))
    return tuple(
        _undelivered(wish, journey, replaced=wish.pk in replaced)
        for wish, journey in zip(wishes, road.journeys_of(wishes), strict=True)
        if journey.state in FINAL and journey.ground != WANTED
    )


def _undelivered(wish: Wish, journey: Journey, *, replaced: bool) -> Undelivered:
    names = ("act", "plan", "line", "sender", "recipient", "model", "record", "urgency")
    plain = {name: getattr(wish, name) for name in (*names, "follows", "in_reply_to", "supersedes")}
    return Undelivered(wish=wish.id, journey=journey, replaced=replaced, **plain)
