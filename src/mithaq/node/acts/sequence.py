"""The one sequencer: turns queued leaves into the tree and signs a checkpoint.

Rule: leaf, tree nodes and checkpoint are written in one transaction under one lock, so that no crash leaves a signed
head over leaves that are not there. Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from mithaq.ledger import checkpoint as notes
from mithaq.ledger import tree
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.models import Checkpoint, Leaf, TreeNode
from mithaq.node.start import Node

LOCK = 0x6D697468  # "mith": one sequencer a database
BATCH = 2000


def sequence(custody: Custody, now: datetime) -> int:
    """Sequence up to 2,000 queued leaves; returns how many."""
    assert custody.ledger is not None
    # Looked at before the lock is taken: an idle worker commits nothing.
    if not Leaf.objects.filter(index=None).exists():
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        queued = list(Leaf.objects.filter(index=None).order_by("id")[:BATCH])
        if not queued:
            return 0
        latest = Checkpoint.objects.order_by("-size").first()
        size = latest.size if latest else 0
        hashes = [tree.leaf_hash(bytes(leaf.data)) for leaf in queued]
        nodes, frontier = tree.nodes_to_store(size, frontier_of(size), hashes)
        TreeNode.objects.bulk_create(
            [TreeNode(level=level, index=index, hash=value) for (level, index), value in nodes.items()]
        )
        for position, leaf in enumerate(queued):
            leaf.index = size + position
        Leaf.objects.bulk_update(queued, ["index"], batch_size=500)
        root, size = tree.frontier_root(frontier), size + len(queued)
        note = notes.sign_checkpoint(notes.origin_of(Node.config.authority), size, root, custody.ledger)
        Checkpoint.objects.create(size=size, root=root, note=note, at=now)
    return len(queued)


def frontier_of(size: int) -> list[bytes]:
    """The roots of the perfect subtrees that a tree of `size` leaves is made of, largest first."""
    roots, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            roots.append(read_node(level, start >> level))
            start += 1 << level
    return roots


def read_node(level: int, index: int) -> bytes:
    """The stored hash of a perfect subtree."""
    return bytes(TreeNode.objects.get(level=level, index=index).hash)


def nodes_for(leaves: Iterable[int], size: int) -> tree.Read:
    """The stored hashes that the ways of some leaves to the head of `size` need, fetched together."""
    wanted: dict[int, set[int]] = defaultdict(set)

    def note(level: int, index: int) -> bytes:
        wanted[level].add(index)
        return bytes(tree.HASH_BYTES)

    for leaf in leaves:
        tree.inclusion_path(note, leaf, size)
    same = Q(pk__in=())
    for level, places in wanted.items():
        same |= Q(level=level, index__in=sorted(places))
    found = TreeNode.objects.filter(same).values_list("level", "index", "hash") if wanted else ()
    held = {(level, index): bytes(value) for level, index, value in found}
    return lambda level, index: held[level, index] if (level, index) in held else read_node(level, index)
