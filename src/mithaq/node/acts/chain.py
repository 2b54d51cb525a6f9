"""Checks the chain of the access log: each row's link, and the heads that stand in the ledger.

    1 numbers have no gap       2 each link is the hash of its row       3 a sealed head is the chain at its row
    4 a sealing leaf is what the tree holds       5 the tree is the one whose head this node signed
    6 a log whose oldest rows ended begins with a cut at a sealed head, which a leaf of the erasure tells of

Rules: the first row that does not hold is named, and an alarm tells of it; what was found broken is looked at again
each time, so that a log put right is told as right. A change that also mends chain, leaves and tree does not get past
a head that was signed, nor past the partner who holds it. Design: subjects, safeguard 7; exchange, "Ledger".
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from mithaq.errors import MithaqError
from mithaq.ledger import tree
from mithaq.ledger.checkpoint import origin_of, read_checkpoint
from mithaq.ledger.leaf import commit, read_leaf
from mithaq.ledger.proof import verify_inclusion
from mithaq.node.acts import access, erase, instruments
from mithaq.node.acts.models import Access, AccessCut, Alarm, ChainCheck, Checkpoint, Leaf, TreeNode
from mithaq.node.acts.sequence import read_node
from mithaq.node.start import Node

ALARM = "access.chain"
BATCH = 10_000
"""Rows that are checked in one go: so many of the new ones a minute; of the older ones, in turn, again and again while
`SHARE` lasts."""

SHARE = 2.0
"""Seconds of a minute that the older rows get: a message that is to be sent waits no longer for them."""

LEAST_DAYS = 365
"""No row ends sooner, whatever an instrument says: a cut of younger rows is a fault."""

Kind = Literal["missing", "changed", "head", "leaf", "tree", "cut"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that does not hold: it is missing, was changed, or its sealed head, leaf or tree says otherwise; or
    the last row of a cut that no rule made."""

    row: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a check came: rows up to `place` hold, of `total`; `fault` is what stopped it."""

    place: int
    total: int
    fault: Fault | None = None

    @property
    def done(self) -> bool:
        return self.fault is not None or self.place >= self.total


def check(after: int, limit: int = BATCH) -> Checked:
    """Check up to `limit` rows that follow row `after`, which is taken to hold."""
    began = access.base()
    found = _check(began, after, limit)
    if found.fault and access.base() != began:
        # Rows have ended while they were looked at.
        return _check(access.base(), after, limit)
    return found


def _check(began: AccessCut | None, after: int, limit: int) -> Checked:
    total = Access.objects.order_by("-id").values_list("id", flat=True).first() or (began.number if began else 0)
    if began is not None and after <= began.number:
        if fault := _cut(began):
            return Checked(0, total, fault)
        after, start = began.number, bytes(began.chain)
    else:
        start = access.chain_at(after) or b""
    if not start:
        return Checked(after - 1, total, Fault(after, "missing"))
    seals = {leaf.rows: leaf for leaf in Leaf.objects.filter(rows__gt=after, rows__lte=after + limit)}
    place, fault = _links(after, start, limit, seals)
    if fault is None and place >= total and _last_seal() > place:
        fault = Fault(place + 1, "missing")
    return Checked(place, total, fault or _in_tree(seals))


def _cut(began: AccessCut) -> Fault | None:
    """What is wrong with a cut: its head has to be sealed, its erasure told in the ledger, and its rows old enough by
    the moments that the two leaves were given when they were signed."""
    fault = Fault(began.number, "cut")
    seal, told = Leaf.objects.filter(pk=began.seal).first(), erasure_of(began.number)
    if seal is None or told is None or Access.objects.filter(pk__lte=began.number).exists():
        return fault
    if not _seals(seal, began.number, bytes(began.chain)):
        return fault
    sealed, ended = read_leaf(bytes(seal.data)), read_leaf(bytes(told.data))
    if ended.facts.get("rows") != str(began.number) or ended.at - sealed.at < timedelta(days=LEAST_DAYS):
        return fault
    return _in_tree({began.number: seal}) or _in_tree({began.number: told})


def erasure_of(number: int) -> Leaf | None:
    """The leaf that tells that the rows up to `number` ended."""
    return Leaf.objects.filter(subject=erase.tombstone(name_of(number)), kind="erased").first()


def name_of(number: int) -> str:
    """What the rows up to `number` are called where a proof of their erasure names them."""
    return f"access-log/{number}"


def _last_seal(before: int | None = None) -> int:
    """How many rows the last head in the ledger seals; of those that seal fewer than `before`, when it is given."""
    seals = Leaf.objects.filter(rows__isnull=False) if before is None else Leaf.objects.filter(rows__lt=before)
    return seals.order_by("-rows").values_list("rows", flat=True).first() or 0


def _links(after: int, head: bytes, limit: int, seals: Mapping[int | None, Leaf]) -> tuple[int, Fault | None]:
    place = after
    for row in Access.objects.filter(pk__gt=after).order_by("id")[:limit].iterator(chunk_size=2000):
        if row.pk != place + 1:
            return place, Fault(place + 1, "missing")
        if access.link(head, row) != bytes(row.chain):
            return place, Fault(row.pk, "changed")
        head = bytes(row.chain)
        if row.pk in seals and not _seals(seals[row.pk], row.pk, head):
            # Links hold, so that nothing says which row since the head before is the false one.
            sealed = _last_seal(row.pk)
            return sealed, Fault(sealed + 1, "head")
        place = row.pk
    return place, None


def _seals(leaf: Leaf, rows: int, head: bytes) -> bool:
    said = json.loads(bytes(leaf.data))
    return bool(said["subject"].get("rows") == str(rows) and said["commitment"] == commit(bytes(leaf.salt), head))


def _in_tree(leaves: Mapping[int | None, Leaf]) -> Fault | None:
    """The first of the leaves, by the number of their row, that is not what the signed tree holds; what is still
    queued is in no tree."""
    placed = sorted((row or 0, leaf) for row, leaf in leaves.items() if leaf.index is not None)
    rows = TreeNode.objects.filter(level=0, index__in=[leaf.index for _row, leaf in placed])
    held = {index: bytes(value) for index, value in rows.values_list("index", "hash")}
    for row, leaf in placed:
        if held.get(leaf.index or 0) != tree.leaf_hash(bytes(leaf.data)):
            return Fault(row, "leaf")
    return None if not placed or _signed(placed[-1][1]) else Fault(placed[-1][0], "tree")


def _signed(leaf: Leaf) -> bool:
    """Whether the head that this node signed last holds the leaf."""
    latest, index = Checkpoint.objects.order_by("-size").first(), leaf.index
    if latest is None or index is None:
        return False
    try:
        own = Node.config.authority
        head = read_checkpoint(latest.note, origin_of(own), instruments.keys_of(own).ledger)
        path = tree.inclusion_path(read_node, index, head.size)
        verify_inclusion(tree.leaf_hash(bytes(leaf.data)), index, head.size, path, head.root)
    except (MithaqError, TreeNode.DoesNotExist):
        return False
    return True


def sweep(batch: int = BATCH) -> Iterator[Checked]:
    """Check the whole log from its first row, a batch at a time; the last value is the outcome."""
    found = check(0, batch)
    yield found
    while not found.done:
        found = check(found.place, batch)
        yield found


def check_minute(now: datetime) -> bool:
    """The worker's turn: rows that are new since the last one, and some of all others in turn. False when one is bad.

    A fault is kept where pages see it, with an alarm once for each row; it goes when the rows hold again.
    """
    state = ChainCheck.objects.filter(pk=1).first() or ChainCheck(pk=1, began=now, at=now)
    fresh = check(state.newest)
    older = fresh if fresh.fault else _older(state.place)
    fault = fresh.fault or older.fault
    with transaction.atomic():
        if fault and _is_news(state, fault):
            Alarm.objects.create(at=now, code=ALARM, detail=_detail(fault), about=_about(fault))
        _advance(state, fresh, older, now)
        state.fault, state.row, state.at = (fault.kind, fault.row, now) if fault else ("", None, now)
        state.save()
    return fault is None


def _older(place: int) -> Checked:
    end = time.monotonic() + SHARE
    found = check(place)
    while not found.done and time.monotonic() < end:
        found = check(found.place)
    return found


def _advance(state: ChainCheck, fresh: Checked, older: Checked, now: datetime) -> None:
    if not fresh.fault:
        state.newest = fresh.place
    if fresh.fault or older.fault:
        return
    state.place = older.place
    if older.done:
        state.place, state.whole, state.began = 0, now, now


def _is_news(state: ChainCheck, fault: Fault) -> bool:
    """Whether nobody has been told: what oversight has closed is not told again while it stays as it was."""
    told = Alarm.objects.filter(code=ALARM, detail=_detail(fault))
    same = (state.fault, state.row) == (fault.kind, fault.row)
    return not (told if same else told.filter(closed=False)).exists()


def _about(fault: Fault) -> str:
    # As the row says it now: whose row it is does not close the alarm about it.
    return Access.objects.filter(pk=fault.row).values_list("actor", flat=True).first() or ""


def _detail(fault: Fault) -> str:
    return f"{fault.kind} {fault.row}"
