"""The ways of leaves to a signed head, from the stored tree: whatever several proofs are made of is read together.

Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Q

from mithaq.ledger import tree
from mithaq.node.acts.models import TreeNode


def inclusion_paths(indices: Collection[int], size: int) -> dict[int, tuple[bytes, ...]]:
    """The audit paths of leaves in the tree of `size` leaves, by index.

    Raises InputError `ledger.range` when there is no such leaf, KeyError when a hash that was stored is gone.
    """
    places: dict[int, set[int]] = {}

    def note(level: int, index: int) -> bytes:
        # Which hashes a path is made of does not depend on what they are.
        places.setdefault(level, set()).add(index)
        return bytes(tree.HASH_BYTES)

    for one in indices:
        tree.inclusion_path(note, one, size)
    if not places:
        return dict.fromkeys(indices, ())
    asked = reduce(or_, (Q(level=level, index__in=sorted(some)) for level, some in sorted(places.items())))
    rows = TreeNode.objects.filter(asked).values_list("level", "index", "hash")
    nodes = {(level, index): bytes(value) for level, index, value in rows}
    return {one: tuple(tree.inclusion_path(lambda *place: nodes[place], one, size)) for one in indices}
