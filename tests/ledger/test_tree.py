"""The tree against published values and against the recursive definition of RFC 6962."""

from __future__ import annotations

from hashlib import sha256

import pytest

from mithaq.errors import InputError, StateError, TrustError
from mithaq.ledger import tree
from mithaq.ledger.proof import verify_consistency, verify_inclusion
from mithaq.ledger.tree import Tree, leaf_hash, node_hash
from tests.ledger import published


def grown(leaves: tuple[bytes, ...]) -> Tree:
    made = Tree()
    for data in leaves:
        made.append(leaf_hash(data))
    return made


def defined_root(leaves: tuple[bytes, ...]) -> bytes:
    """MTH of RFC 6962 section 2.1, as it is written there."""
    if len(leaves) < 2:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256().digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + defined_root(leaves[:split]) + defined_root(leaves[split:])).digest()


def test_published_roots() -> None:
    whole = grown(published.LEAVES)
    for size, root in enumerate(published.ROOTS):
        assert grown(published.LEAVES[:size]).root().hex() == root
        assert whole.root(size).hex() == root


@pytest.mark.parametrize(("place", "path"), published.INCLUSION.items())
def test_published_inclusion(place: tuple[int, int], path: tuple[str, ...]) -> None:
    index, size = place
    assert tuple(value.hex() for value in grown(published.LEAVES).proof(index, size)) == path
    root = bytes.fromhex(published.ROOTS[size])
    verify_inclusion(leaf_hash(published.LEAVES[index]), index, size, [bytes.fromhex(value) for value in path], root)


@pytest.mark.parametrize(("sizes", "path"), published.CONSISTENCY.items())
def test_published_consistency(sizes: tuple[int, int], path: tuple[str, ...]) -> None:
    old, new = sizes
    assert tuple(value.hex() for value in grown(published.LEAVES).consistency(old, new)) == path
    roots = bytes.fromhex(published.ROOTS[old]), bytes.fromhex(published.ROOTS[new])
    verify_consistency(old, roots[0], new, roots[1], [bytes.fromhex(value) for value in path])


def test_example_of_rfc_9162() -> None:
    made = grown(published.LEAVES[:7])
    names = dict(zip("abcdefj", map(leaf_hash, published.LEAVES), strict=False))
    for name, parts in {"g": "ab", "h": "cd", "i": "ef", "k": "gh", "l": "ij"}.items():
        names[name] = node_hash(names[parts[0]], names[parts[1]])
    assert made.root() == node_hash(names["k"], names["l"])
    for index, path in published.RFC_9162_PATHS.items():
        assert made.proof(index, 7) == [names[name] for name in path]
    for old, path in published.RFC_9162_CONSISTENCY.items():
        assert made.consistency(old, 7) == [names[name] for name in path]


def test_every_proof_of_small_trees_holds_and_no_other() -> None:
    leaves = tuple(bytes([number]) for number in range(20))
    made = grown(leaves)
    for size in range(1, 20):
        assert made.root(size) == defined_root(leaves[:size])
        for index in range(size):
            path = made.proof(index, size)
            verify_inclusion(leaf_hash(leaves[index]), index, size, path, made.root(size))
            for other in set(range(size + 1)) - {index}:
                with pytest.raises(TrustError):
                    verify_inclusion(leaf_hash(leaves[index]), other, size, path, made.root(size))
        verify_consistency(0, made.root(0), size, made.root(size), [])
        for old in range(1, size + 1):
            verify_consistency(old, made.root(old), size, made.root(size), made.consistency(old, size))
            with pytest.raises(TrustError):
                verify_consistency(old, made.root(old), size, leaf_hash(b"other"), made.consistency(old, size))


def test_proofs_of_wrong_length_and_of_wrong_sizes_do_not_hold() -> None:
    made = grown(published.LEAVES)
    leaf, path, root = leaf_hash(published.LEAVES[2]), made.proof(2, 7), made.root(7)
    for index, size, changed in (
        (2, 7, path[:-1]),
        (2, 7, [*path, path[0]]),
        (2, 7, [path[0][:-1], *path[1:]]),
        (2, 3, path),
        (7, 7, path),
        (-1, 7, path),
        (0, 0, []),
    ):
        with pytest.raises(TrustError, match="inclusion"):
            verify_inclusion(leaf, index, size, changed, root)
    grow = made.consistency(3, 7)
    for old, new, changed in (
        (3, 7, grow[:-1]),
        (3, 7, [*grow, grow[0]]),
        (3, 7, []),
        (7, 3, grow),
        (7, 7, grow),
        (0, 7, grow),
        (-1, 7, grow),
    ):
        with pytest.raises(TrustError, match="consistency"):
            verify_consistency(old, made.root(3), new, root, changed)


def test_a_batch_reads_only_the_frontier() -> None:
    whole, frontier, size, stored = grown(published.LEAVES), [], 0, {}
    for batch in ((0, 3), (3, 3), (3, 4), (4, 8)):
        hashes = [leaf_hash(data) for data in published.LEAVES[slice(*batch)]]
        nodes, frontier = tree.nodes_to_store(size, frontier, hashes)
        assert not stored.keys() & nodes.keys()
        stored.update(nodes)
        size += len(hashes)
        assert tree.frontier_root(frontier) == whole.root(size)
        assert frontier == [stored[place] for place in tree.subtrees(0, size)]
    assert stored == {place: whole.read(*place) for place in stored}
    assert len(stored) == 15


def test_what_cannot_be_asked() -> None:
    made = grown(published.LEAVES)
    for ask in (
        lambda: made.proof(3, 3),
        lambda: made.proof(-1, 3),
        lambda: made.proof(3, 9),
        lambda: made.consistency(4, 3),
        lambda: made.consistency(4, 9),
        lambda: made.root(9),
        lambda: tree.consistency_path(made.read, 5, 4),
    ):
        with pytest.raises(InputError, match=r"ledger\.range"):
            ask()
    with pytest.raises(StateError, match=r"ledger\.frontier"):
        tree.nodes_to_store(3, [leaf_hash(b"")], [])


def test_appending_hashes_a_few_times_a_leaf() -> None:
    nodes, frontier = tree.nodes_to_store(0, [], (number.to_bytes(32, "big") for number in range(1000)))
    assert len(nodes) < 2000
    assert len(frontier) == (1000).bit_count()
    reads: list[tuple[int, int]] = []

    def read(level: int, index: int) -> bytes:
        reads.append((level, index))
        return nodes[level, index]

    verify_inclusion(
        (777).to_bytes(32, "big"), 777, 1000, tree.inclusion_path(read, 777, 1000), tree.frontier_root(frontier)
    )
    assert len(reads) < 20
