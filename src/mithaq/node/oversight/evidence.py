"""Makes the evidence of what was read of a person's records: it proves offline, with no access to this node.

Rules: rows about other records are there as commitments alone; a row that no signed head holds yet is left out and
counted. Design: exchange, "Ledger"; the file: `ledger/access_evidence.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mithaq.errors import MithaqError, StateError
from mithaq.ledger.access import EMPTY, commitment
from mithaq.ledger.access_evidence import FORMAT
from mithaq.ledger.tree import Read
from mithaq.node.acts import access, instruments, prove
from mithaq.node.acts.models import Access, Checkpoint, KeyList, Leaf
from mithaq.node.acts.sequence import nodes_for
from mithaq.node.oversight.follow import Trail
from mithaq.node.start import Node
from mithaq.seal import canonical

_MOST = 50_000
"""Places of the chain in one file: a minute of a busy node has some hundreds."""


@dataclass(frozen=True, slots=True)
class Made:
    """The file; `left_out` rows are not under a signed head yet."""

    data: bytes
    left_out: int


def make(trail: Trail) -> Made:
    """The evidence of a trail's readings and messages. StateError `ledger.early` when no head is signed yet,
    `oversight.evidence.large`."""
    head = Checkpoint.objects.order_by("-size").first()
    if head is None:
        raise StateError("ledger.early", "The message is not in the ledger yet.", remedy="Try again in a minute.")
    wanted = sorted(event.row for event in trail.events if event.row is not None)
    segments, proved = _segments(wanted, head)
    own = Node.config.authority
    party, root = instruments.root_of(own)
    value = {
        "format": FORMAT,
        "authority": own,
        "party": party,
        "root": root.text,
        "key_lists": [bytes(row.token).decode() for row in KeyList.objects.filter(authority=own).order_by("number")],
        "records": [one.reference for one in trail.held],
        "segments": segments,
        "messages": list(_messages(trail.messages)),
    }
    return Made(canonical.canonical(value), len(wanted) - proved)


def _segments(wanted: Sequence[int], head: Checkpoint) -> tuple[list[dict[str, Any]], int]:
    starts, proved, places, last = [], 0, 0, 0
    shown = frozenset(wanted)
    for number in wanted:
        if number <= last:
            continue
        seal = Leaf.objects.filter(rows__gte=number, index__lt=head.size).order_by("rows").first()
        if seal is None or seal.rows is None:
            break
        last, places = seal.rows, places + seal.rows - number
        if places > _MOST:
            raise StateError(
                "oversight.evidence.large", "This is more of the access log than one file holds.",
                remedy="Ask for one record alone.",
            )  # fmt: skip
        starts.append((number - 1, seal))
        proved += sum(number <= one <= last for one in wanted)
    read = nodes_for([seal.index for _after, seal in starts if seal.index is not None], head.size)
    return [_segment(after, seal, head, shown, read) for after, seal in starts], proved


def _segment(after: int, seal: Leaf, head: Checkpoint, shown: frozenset[int], read: Read) -> dict[str, Any]:
    start = Access.objects.filter(pk=after).values_list("chain", flat=True).first() if after else EMPTY
    rows = Access.objects.filter(pk__gt=after, pk__lte=seal.rows).order_by("id")
    return {
        "after": after,
        "before": canonical.base64url(bytes(start or b"")),
        "rows": [_step(row, shown) for row in rows],
        "seal": prove.leaf_proof(seal, head, [], read),
    }


def _step(row: Access, shown: frozenset[int]) -> dict[str, Any]:
    plain, salt = access.row_of(row), bytes(row.salt)
    if row.pk in shown:
        return {"row": plain.plain(), "salt": canonical.base64url(salt)}
    return {"commitment": canonical.base64url(commitment(salt, plain))}


def _messages(messages: Iterable[str]) -> Iterable[Any]:
    for message in messages:
        try:
            yield json.loads(prove.bundle(message))
        except MithaqError:
            continue  # not in the ledger yet: the trail tells of it all the same
