"""One person's data, followed through every subject: the records, and what was done with each, by whom, why.

Rules: records are found through the registry alone, from one to the next by keys that lead to the same person; what is
told comes from the road's rows, the ledger's leaves and the access log, each with its number there, so that every line
can be proved. Design: architecture, "Layout" (person look-up); subjects, safeguards 7 and 12.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from mithaq.node.acts import erase, persons, road
from mithaq.node.acts.models import Access, Leaf, Receipt, Wish
from mithaq.node.acts.registry import Asked, Held, Target
from mithaq.node.oversight import log

LIMIT = 200
# So many readings does a page list, so that a first page stays small, and LIMIT a file; who has seen it is told of all.
LISTED = 20
_LEAVES = 500

# The latest readings, by record and by what listings showed: two look-ups, each in its own index, put together by
# number. The records are looked up one by one, and OFFSET 0 keeps the order apart from the search: else ten million
# rows would be read from the last one back, until enough of them are about a person of whom there are few.
# Everyone who has seen any of it, of all rows there are: each key by the two indexes, one key after another, since an
# overlap with many keys at once would be looked for in every row.
# Beside both, the last row that a signed head holds.
_LOG = """
SELECT (SELECT json_agg(one) FROM (
  SELECT id, at, actor, unit, what, record, reason, why, also FROM acts_access WHERE id IN (SELECT id FROM (
    (SELECT one.id FROM unnest(%(keys)s::text[]) AS key, LATERAL (
      SELECT id FROM acts_access WHERE record = key AND id < %(end)s::bigint ORDER BY id DESC LIMIT %(most)s) AS one)
    UNION
    (SELECT id FROM (
      SELECT id FROM acts_access WHERE also && %(keys)s::text[] AND id < %(end)s::bigint OFFSET 0) AS listed
      ORDER BY id DESC LIMIT %(most)s)
  ) AS either ORDER BY id DESC LIMIT %(most)s) ORDER BY id DESC
) AS one), (SELECT json_agg(one) FROM (
  SELECT actor, unit, count(*) AS reads, count(*) FILTER (WHERE refused) AS refused, min(at) AS first, max(at) AS last
  FROM (
    SELECT one.* FROM unnest(%(keys)s::text[]) AS key, LATERAL (
      SELECT id, actor, unit, refused, at FROM acts_access WHERE record = key OFFSET 0) AS one
    UNION
    SELECT one.* FROM unnest(%(keys)s::text[]) AS key, LATERAL (
      SELECT id, actor, unit, refused, at FROM acts_access WHERE also && ARRAY[key] OFFSET 0) AS one
  ) AS seen GROUP BY actor, unit ORDER BY max(at) DESC, actor
) AS one), (
  SELECT rows FROM acts_leaf WHERE rows IS NOT NULL AND index < (SELECT max(size) FROM acts_checkpoint)
  ORDER BY rows DESC LIMIT 1)
"""
_END = 2**63 - 1
# What the ledger and the road tell of it.
_TOLD = """
SELECT (SELECT json_agg(one) FROM (
  SELECT at, subject, index, actor, convert_from(data, 'utf8')::json AS said FROM acts_leaf
  WHERE subject = ANY(%s::text[]) ORDER BY id DESC LIMIT %s) AS one), (SELECT json_agg(one) FROM (
  SELECT outgoing, partner, message, kind, at, ground FROM acts_receipt WHERE message = ANY(%s::uuid[])
  ORDER BY at, id) AS one)
"""

# Leaves that tell of a message, or of an erasure; other words are steps of a message's road.
LEAVES = frozenset({"sent", "received", "delivered", "rejected", "withheld", "erased"})
Kind = Literal["act", "read", "message", "receipt", "erased"]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done with a person's data. `ground` is why it was refused or rejected; `leaf` is its number in
    the ledger, `row` in the access log; `clauses` are those that permitted it."""

    at: datetime
    kind: Kind
    what: str
    refused: bool = False
    who: str = ""
    unit: str = ""
    record: str = ""
    why: str = ""
    asked: str = ""
    plan: str = ""
    line: str = ""
    clauses: str = ""
    ground: str = ""
    message: str = ""
    leaf: int | None = None
    row: int | None = None

    @property
    def vocabulary(self) -> str:
        """The kind of words that `what` is one of."""
        if self.kind in {"act", "read"}:
            return self.kind
        return "leaf" if self.what in LEAVES else "step"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who has read: how often, how often refused, first and last, of all readings there are."""

    who: str
    unit: str
    reads: int
    refused: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Trail:
    """What is held about a person and what was done with it, oldest first; `readers` are all who have seen any of it.
    `cut` are the models of which there are more records than are told, and `acts`, `messages` when there are more
    entries of the ledger or messages: the newest are there.
    Of the access log the latest rows are there; `earlier` is the number before which more of them lie, or None. `part`
    are the numbers of the rows that one file holds, `unsealed` says how many of them no signed head holds yet, and
    `further` is the number before which the next file goes on."""

    held: tuple[Held, ...]
    events: tuple[Event, ...]
    readers: tuple[Reader, ...]
    earlier: int | None
    messages: tuple[str, ...] = field(default=())
    part: tuple[int, ...] = field(default=())
    unsealed: int = 0
    further: int | None = None
    cut: tuple[str, ...] = ()


def trail(asked: Asked, before: int | None = None, most: int = LIMIT) -> Trail:
    """The records about a person, and what was done with them: of readings the latest `most` are listed."""
    found = persons.held(asked)
    records = found.held
    shown = frozenset({asked.reference} - {""}).union(*(one.shown for one in records))
    reads, further, readers, sealed = _log(shown, before)
    listed = reads[:most]
    earlier = listed[-1].pk if len(listed) < len(reads) else further
    part = tuple(row.pk for row in reads)
    unsealed = sum(number > sealed for number in part)
    events, messages, more = _road(records, shown)
    names = {key: target for one in records for key, target in one.places}
    names |= {one.record: Target(one.reference, one.url) for one in records}
    ordered = sorted((*events, *_read_events(listed, names)), key=lambda one: (one.at, one.leaf or 0, one.row or 0))
    cut = tuple(sorted(found.cut | more))
    return Trail(records, tuple(ordered), readers, earlier, messages, part, unsealed, further, cut)


def _log(shown: Collection[str], before: int | None) -> tuple[list[Access], int | None, tuple[Reader, ...], int]:
    """The latest readings before a number and the number to go on from, everyone who has seen any of it, and the last
    row that a signed head holds."""
    if not shown:
        return [], None, (), 0
    asked: dict[str, Any] = {"keys": sorted(shown), "end": _END if before is None else before, "most": LIMIT + 1}
    with connection.cursor() as cursor:
        cursor.execute(_LOG, asked)
        reads, seen, sealed = cursor.fetchone()
    rows = [Access(**one | {"at": _moment(one["at"])}) for one in reads or ()]
    readers = tuple(
        Reader(one["actor"], one["unit"], one["reads"], one["refused"], _moment(one["first"]), _moment(one["last"]))
        for one in seen or ()
    )
    return rows[:LIMIT], rows[LIMIT - 1].pk if len(rows) > LIMIT else None, readers, sealed or 0


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _read_events(rows: Sequence[Access], names: Mapping[str, Target]) -> Iterable[Event]:
    for one in log.readings(rows, names):
        record = one.target.reference if one.target else one.record
        yield Event(
            one.at, "read", one.what, one.refused, one.actor, one.unit, record, one.why, one.reason, row=one.number
        )


def _road(records: Sequence[Held], shown: Collection[str]) -> tuple[list[Event], tuple[str, ...], frozenset[str]]:
    newest = _wishes(records)
    wishes = newest[:LIMIT][::-1]
    brought = {message: one for one in records for message in one.messages}
    messages = tuple(dict.fromkeys((*(str(wish.message) for wish in wishes if wish.message), *brought)))
    newest_leaves, receipts = _told(records, shown, messages)
    leaves = newest_leaves[:_LEAVES][::-1]
    cut = frozenset({"messages"} if len(newest) > LIMIT else ()) | ({"acts"} if len(newest_leaves) > _LEAVES else set())
    called = {key: one.reference for one in records for key in (one.record, one.reference)}
    events = [_of_leaf(leaf, said, called) for leaf, said in leaves if said["kind"] != "receipt"]
    numbers = {(said["subject"].get("message", ""), said["subject"].get("kind", "")): leaf.index
               for leaf, said in leaves if said["kind"] == "receipt"}  # fmt: skip
    names = {(one.model, one.record): one.reference for one in records}
    for wish, journey in zip(wishes, road.journeys_of(wishes, receipts), strict=True):
        name = names[wish.model, wish.record]
        events += [_of_step(step, journey, name, numbers) for step in journey.steps if step.kind != "sent"]
    return [*events, *_given(brought, receipts)], messages, cut


def _wishes(records: Sequence[Held]) -> list[Wish]:
    if not records:
        return []
    same = Q(pk__in=())
    for model in {one.model for one in records}:
        same |= Q(model=model, record__in=[one.record for one in records if one.model == model])
    return list(Wish.objects.filter(same).annotate(**road.SENT).order_by("-created")[: LIMIT + 1])


def _told(
    records: Sequence[Held], shown: Collection[str], messages: Collection[str]
) -> tuple[list[tuple[Leaf, Mapping[str, Any]]], list[Receipt]]:
    """Leaves, each with what it says, and receipts."""
    # What was erased is found by the hash of its id, which is all that an erasure leaves.
    gone = {erase.tombstone(key) for key in shown}
    subjects = gone.union(messages, shown, *(one.leaves for one in records))
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, [sorted(subjects), _LEAVES + 1, list(messages)])
        leaves, receipts = ([one | {"at": _moment(one["at"])} for one in found or ()]
                            for found in cursor.fetchone())  # fmt: skip
    said = [one.pop("said") for one in leaves]
    return [(Leaf(**one), about) for one, about in zip(leaves, said, strict=True)], [
        Receipt(**one | {"message": UUID(one["message"])}) for one in receipts
    ]


def _of_leaf(leaf: Leaf, said: Mapping[str, Any], called: Mapping[str, str]) -> Event:
    facts, kind = said["subject"], said["kind"]
    acted = kind in {"act", "refusal"}
    form: Kind = "erased" if kind == "erased" else "act" if acted else "message"
    return Event(
        leaf.at,
        form,
        facts.get("act", "") if acted else kind,
        refused=kind in {"refusal", "rejected", "withheld"},
        who=leaf.actor,
        unit=facts.get("unit", ""),
        # The leaf of a refusal names no record; the row beside it says which one it was about.
        record=facts.get("record") or facts.get("model") or called.get(leaf.subject, ""),
        plan=facts.get("plan", ""),
        line=facts.get("line", ""),
        clauses=facts.get("clauses", ""),
        ground=facts.get("ground", ""),
        message=facts.get("message", ""),
        leaf=leaf.index,
    )


def _of_step(step: road.Step, journey: road.Journey, name: str, numbers: Mapping[tuple[str, str], int | None]) -> Event:
    return Event(
        step.at,
        "receipt" if step.kind.startswith("R") else "message",
        step.kind,
        refused=step.kind in {"RX", "refused"},
        unit=journey.recipient,
        record=name,
        ground=step.ground,
        message=journey.message,
        leaf=numbers.get((journey.message, step.kind)),
    )


def _given(brought: Mapping[str, Held], receipts: Iterable[Receipt]) -> Iterable[Event]:
    """What this node told the partner of a message that brought a record here."""
    for one in receipts:
        held = brought.get(str(one.message))
        if one.outgoing and held is not None:
            yield Event(
                one.at,
                "receipt",
                one.kind,
                refused=one.kind == "RX",
                unit=one.partner,
                record=held.reference,
                ground=one.ground,
                message=str(one.message),
            )
