"""Makes the evidence of what was read of a person's records: it proves offline, with no access to this node.

Rules: rows about other records are there as commitments alone; a row that no signed head holds yet is left out and
counted. Design: exchange, "Ledger"; the file: `ledger/access_evidence.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from mithaq.errors import StateError
from mithaq.ledger.access import EMPTY, commitment
from mithaq.ledger.access_evidence import FORMAT
from mithaq.node.acts import access, instruments, prove
from mithaq.node.acts.models import Access, Checkpoint, KeyList, Leaf
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
        # What is not in the ledger yet is left out: the trail tells of it all the same.
        "messages": [json.loads(data) for data in prove.bundles(trail.messages).values()],
    }
    return Made(canonical.canonical(value), len(wanted) - proved)


def _segments(wanted: Sequence[int], head: Checkpoint) -> tuple[list[dict[str, Any]], int]:
    seals = _seals(wanted, head)
    segments, proved, places, last = [], 0, 0, 0
    spans: list[tuple[int, Leaf]] = []
    for number in wanted:
        if number <= last:
            continue
        seal = next((one for one in seals if (one.rows or 0) >= number), None)
        if seal is None or seal.rows is None:
            break
        last, places = seal.rows, places + seal.rows - number
        if places > _MOST:
            raise StateError(
                "oversight.evidence.large", "This is more of the access log than one file holds.",
                remedy="Ask for one record alone.",
            )  # fmt: skip
        spans.append((number - 1, seal))
        proved += sum(number <= one <= last for one in wanted)
    shown, rows, paths = frozenset(wanted), _rows(spans), prove.paths_of((seal for _after, seal in spans), head)
    for after, seal in spans:
        within = [rows[number] for number in range(after + 1, (seal.rows or 0) + 1) if number in rows]
        segments.append({
            "after": after,
            "before": canonical.base64url(bytes(rows[after].chain) if after in rows else EMPTY if not after else b""),
            "rows": [_step(row, shown) for row in within],
            "seal": prove.leaf_proof(seal, head, paths, []),
        })  # fmt: skip
    return segments, proved


def _seals(wanted: Sequence[int], head: Checkpoint) -> list[Leaf]:
    """The leaves that seal these rows, in order: of each row the first that holds it, by the index of their rows."""
    if not wanted:
        return []
    own = Leaf.objects.filter(rows__gte=OuterRef("id"), index__lt=head.size).order_by("rows")
    sealing = Access.objects.filter(pk__in=wanted).annotate(seal=Subquery(own.values("pk")[:1])).values("seal")
    return list(Leaf.objects.filter(pk__in=sealing).order_by("rows"))


def _rows(spans: Sequence[tuple[int, Leaf]]) -> dict[int, Access]:
    """The rows of each span, and the one before it, by number."""
    asked = [Q(pk__gte=after, pk__lte=seal.rows) for after, seal in spans]
    return {row.pk: row for row in Access.objects.filter(reduce(or_, asked))} if asked else {}


def _step(row: Access, shown: frozenset[int]) -> dict[str, Any]:
    plain, salt = access.row_of(row), bytes(row.salt)
    if row.pk in shown:
        return {"row": plain.plain(), "salt": canonical.base64url(salt)}
    return {"commitment": canonical.base64url(commitment(salt, plain))}
