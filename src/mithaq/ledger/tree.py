"""The Merkle tree of the log: hashing, appending and proofs from stored hashes of perfect subtrees.

Rules: node (level, index) is the hash of leaves index * 2^level up to (index + 1) * 2^level, is known once they all
are, and never changes; a tree is known by its frontier, the roots of the perfect subtrees that it is made of, largest
first. Appending reads only the frontier, O(log n); a proof reads O(log n) stored nodes, wherever the caller keeps them
(the layout of C2SP tlog-tiles, one hash a node).
RFC 6962 section 2.1; RFC 9162 section 2.1. Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from mithaq.errors import InputError, StateError

Read = Callable[[int, int], bytes]
"""Gives the stored hash of a perfect subtree by (level, index)."""

HASH_BYTES = 32
EMPTY_ROOT = sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The 32-byte hash of a leaf: SHA-256(0x00 || data)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of an inner node: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def frontier_root(frontier: Sequence[bytes]) -> bytes:
    """The root of the tree with this frontier (largest subtree first)."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The (level, index) of the perfect subtrees that cover leaves `start` to `end`, from left to right.

    `start` must be a multiple of every subtree that begins there, as it is for the halves that RFC 6962 splits into.
    """
    found = []
    for level in range((end - start).bit_length() - 1, -1, -1):
        if (end - start) >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def nodes_to_store(
    size_before: int, frontier: Sequence[bytes], leaf_hashes: Iterable[bytes]
) -> tuple[dict[tuple[int, int], bytes], list[bytes]]:
    """Append leaves to a tree known by size and frontier; returns the new nodes to store and the new frontier.

    The nodes are exactly the perfect subtrees that the batch completes, its leaves (level 0) included.
    Raises StateError `ledger.frontier` when the frontier is not one of a tree of `size_before` leaves.
    """
    if size_before < 0 or len(frontier) != size_before.bit_count():
        raise StateError("ledger.frontier", f"This is not the frontier of a tree of {size_before} leaves.")
    nodes: dict[tuple[int, int], bytes] = {}
    stack = list(frontier)
    for index, value in enumerate(leaf_hashes, start=size_before):
        nodes[0, index] = value
        level, node = 0, value
        # Every trailing 1 bit of the index is a left sibling on the stack that this leaf completes.
        while index >> level & 1:
            node = node_hash(stack.pop(), node)
            level += 1
            nodes[level, index >> level] = node
        stack.append(node)
    return nodes, stack


def root_at(read: Read, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _range_root(read, 0, size)


def inclusion_path(read: Read, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves, from the leaf up (RFC 9162, 2.1.3.1).

    Raises InputError `ledger.range` when there is no such leaf.
    """
    if not 0 <= index < size:
        raise InputError("ledger.range", f"There is no leaf {index} in a tree of {size} leaves.")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(read, middle, end))
            end = middle
        else:
            path.append(_range_root(read, start, middle))
            start = middle
    return path[::-1]


def consistency_path(read: Read, old: int, new: int) -> list[bytes]:
    """The proof that the tree of `new` leaves extends the tree of `old` leaves (RFC 9162, 2.1.4.1).

    Empty when the sizes are equal, and from the empty tree. Raises InputError `ledger.range` unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise InputError("ledger.range", f"A tree of {old} leaves cannot grow to {new}.")
    if old in {0, new}:
        return []
    path, start, end = [], 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(read, middle, end))
            end = middle
        else:
            path.append(_range_root(read, start, middle))
            start = middle
    # The old tree itself is known to the verifier; what is left of it after a split is not, and goes first.
    if start:
        path.append(_range_root(read, start, end))
    return path[::-1]


class Tree:
    """A tree in memory, for tests and for logs that fit: appends in O(log n), keeps every perfect subtree."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._frontier: list[bytes] = []
        self._size = 0

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._size

    def append(self, leaf: bytes) -> int:
        """Append a leaf by its hash; returns its index."""
        new, self._frontier = nodes_to_store(self._size, self._frontier, [leaf])
        self._nodes.update(new)
        self._size += 1
        return self._size - 1

    def read(self, level: int, index: int) -> bytes:
        """The hash of a perfect subtree. KeyError when the tree has not grown so far."""
        return self._nodes[level, index]

    def root(self, size: int | None = None) -> bytes:
        """The root, now or as it was at `size` leaves."""
        wanted = self._size if size is None else self._known(size)
        return root_at(self.read, wanted)

    def proof(self, index: int, size: int) -> list[bytes]:
        """The audit path of leaf `index` at `size` leaves. Raises InputError `ledger.range`."""
        return inclusion_path(self.read, index, self._known(size))

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree at `new` leaves extends the one at `old`. Raises InputError `ledger.range`."""
        return consistency_path(self.read, old, self._known(new))

    def _known(self, size: int) -> int:
        if not 0 <= size <= self._size:
            raise InputError("ledger.range", f"The tree has {self._size} leaves, not {size}.")
        return size


def _split(count: int) -> int:
    # The largest power of two smaller than count (RFC 6962: k < n <= 2k).
    return 1 << ((count - 1).bit_length() - 1)


def _range_root(read: Read, start: int, end: int) -> bytes:
    return frontier_root([read(level, index) for level, index in subtrees(start, end)])
