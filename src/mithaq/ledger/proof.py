"""Checks of inclusion and consistency proofs, as whoever holds only a signed root makes them.

Rule: a proof holds for one leaf, index, size and root alone; anything else, also a proof that is too long or too short,
is a TrustError. RFC 9162 sections 2.1.3.2 and 2.1.4.2. Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.errors import TrustError
from mithaq.ledger.tree import EMPTY_ROOT, HASH_BYTES, node_hash


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise TrustError `ledger.inclusion` unless the leaf is number `index` of the tree of that size and root."""
    if not _inclusion_holds(leaf_hash, index, size, proof, root):
        raise TrustError("ledger.inclusion", f"The proof does not show leaf {index} in the tree of {size} leaves.")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise TrustError `ledger.consistency` unless the tree of `new` leaves extends the tree of `old` leaves."""
    if not _consistency_holds(old, old_root, new, new_root, proof):
        raise TrustError("ledger.consistency", f"The tree of {new} leaves is not shown to extend that of {old} leaves.")


def _inclusion_holds(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    if not 0 <= index < size or any(len(value) != HASH_BYTES for value in (leaf_hash, root, *proof)):
        return False
    fn, sn, running = index, size - 1, leaf_hash
    for value in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            running = node_hash(value, running)
            # A right edge that has no sibling on these levels is carried up unchanged.
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            running = node_hash(running, value)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and running == root


def _consistency_holds(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    if not 0 <= old <= new or any(len(value) != HASH_BYTES for value in (old_root, new_root, *proof)):
        return False
    if old == new:
        return not proof and old_root == new_root and (old > 0 or old_root == EMPTY_ROOT)
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    # An old tree of 2^n leaves is itself a node of the new one, so that the proof leaves it out.
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(proof) and _roots_agree(old, old_root, new, new_root, steps)


def _roots_agree(old: int, old_root: bytes, new: int, new_root: bytes, steps: list[bytes]) -> bool:
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = steps[0]
    for value in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(value, first), node_hash(value, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, value)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old_root and second == new_root
