"""Answers whether a record was erased, by its id or reference, and makes the proof that holds offline.

Rule: a tombstone is found by a hash alone; a proof names the record in the words of whoever asked, and gives away the
salt of that one tombstone. Design: subjects, safeguard 6; exchange, "Ledger" (`mithaq ledger verify`).
"""

from __future__ import annotations

import json

from django.db.models import Q

from mithaq.errors import InputError, StateError
from mithaq.ledger.erasure import Erasure, write_erasure
from mithaq.ledger.evidence import BundledLeaf
from mithaq.ledger.leaf import commit, read_leaf
from mithaq.node.acts import instruments
from mithaq.node.acts.audit_paths import inclusion_paths
from mithaq.node.acts.models import Checkpoint, Instrument, KeyList, Leaf, Tombstone
from mithaq.node.start import Node

LONGEST = 200


def tombstones(named: str) -> tuple[Tombstone, ...]:
    """The tombstones of a record that had this id or this reference, oldest first."""
    asked = named.strip()[:LONGEST].encode()
    salts = Tombstone.objects.order_by().values_list("salt", flat=True).distinct()
    hashes = [commit(bytes(salt), asked) for salt in salts]
    rows = Tombstone.objects.filter(Q(record__in=hashes) | Q(reference__in=hashes))
    return tuple(rows.order_by("at", "id"))


def proof(named: str, tombstone: str = "") -> bytes:
    """The proof that the record `named` (by id or reference) was erased; of several erasures the one of `tombstone`,
    or the latest.

    Raises InputError `erasure.unknown`, StateError `ledger.early`.
    """
    found = [one for one in tombstones(named) if tombstone in ("", str(one.id))]
    if not found:
        raise InputError(
            "erasure.unknown",
            "No record of this reference was erased here.",
            remedy="Write the reference or the id as it was; what was never here leaves no proof.",
        )
    row = found[-1]
    instrument = Instrument.objects.get(plan=instruments.joint_plan().id)
    lists = KeyList.objects.filter(authority=Node.config.authority).order_by("number")
    return write_erasure(
        Erasure(
            document=json.loads(bytes(instrument.document)),
            signatures=tuple(instrument.signatures[party] for party in sorted(instrument.signatures)),
            key_lists=tuple(bytes(one.token).decode() for one in lists),
            named=named.strip()[:LONGEST],
            opening=bytes(row.opening),
            leaf=_bundled(row),
        )
    )


def leaf_of(row: Tombstone) -> Leaf | None:
    """The leaf of an erasure. A file and its bytes have one id, so that their leaves have one subject."""
    for leaf in Leaf.objects.filter(subject=row.leaf, kind="erased"):
        if read_leaf(bytes(leaf.data)).commitment == commit(bytes(leaf.salt), str(row.id).encode()):
            return leaf
    return None


def _bundled(row: Tombstone) -> BundledLeaf:
    head, leaf = Checkpoint.objects.order_by("-size").first(), leaf_of(row)
    if head is None or leaf is None or leaf.index is None or leaf.index >= head.size:
        raise StateError("ledger.early", "The erasure is not in the ledger yet.", remedy="Try again in a minute.")
    return BundledLeaf(
        node=Node.config.authority,
        leaf=bytes(leaf.data),
        salt=bytes(leaf.salt),
        index=leaf.index,
        size=head.size,
        path=inclusion_paths([leaf.index], head.size)[leaf.index],
        checkpoint=head.note,
        content=str(row.id).encode(),
    )
