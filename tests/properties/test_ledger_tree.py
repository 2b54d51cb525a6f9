"""Any tree, any batches: proofs hold, and hold for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import TrustError
from mithaq.ledger import tree
from mithaq.ledger.proof import verify_consistency, verify_inclusion
from mithaq.ledger.tree import Tree, leaf_hash

HASHES = st.lists(st.binary(max_size=4).map(leaf_hash), min_size=1, max_size=70)


def grown(hashes: list[bytes]) -> Tree:
    made = Tree()
    for value in hashes:
        made.append(value)
    return made


@given(HASHES, st.data())
def test_every_proof_verifies(hashes: list[bytes], data: st.DataObject) -> None:
    made = grown(hashes)
    size = data.draw(st.integers(1, len(hashes)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    verify_inclusion(hashes[index], index, size, made.proof(index, size), made.root(size))
    verify_consistency(old, made.root(old), size, made.root(size), made.consistency(old, size))


@given(HASHES, st.lists(st.integers(0, 70), max_size=5))
def test_batches_make_the_same_tree_as_single_leaves(hashes: list[bytes], cuts: list[int]) -> None:
    made, size, frontier, stored = grown(hashes), 0, [], {}
    for cut in [*sorted(cuts), len(hashes)]:
        nodes, frontier = tree.nodes_to_store(size, frontier, hashes[size:cut])
        stored.update(nodes)
        size = max(size, min(cut, len(hashes)))
        assert tree.frontier_root(frontier) == made.root(size)
    assert all(made.read(*place) == value for place, value in stored.items())
    assert tree.root_at(lambda level, index: stored[level, index], size) == made.root()


@given(HASHES.filter(lambda hashes: len(hashes) > 1), st.data())
def test_a_changed_bit_of_a_proof_breaks_it(hashes: list[bytes], data: st.DataObject) -> None:
    made, size = grown(hashes), len(hashes)
    index = data.draw(st.integers(0, size - 1))
    path = made.proof(index, size)
    step, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[step] = (int.from_bytes(path[step], "big") ^ 1 << bit).to_bytes(32, "big")
    with pytest.raises(TrustError):
        verify_inclusion(hashes[index], index, size, path, made.root(size))


@given(st.integers(-2, 70), st.integers(-2, 70), st.lists(st.binary(min_size=31, max_size=32), max_size=8))
def test_made_up_proofs_are_refused_and_never_crash(first: int, second: int, proof: list[bytes]) -> None:
    with pytest.raises(TrustError):
        verify_inclusion(leaf_hash(b"a"), first, second, proof, leaf_hash(b"b"))
    with pytest.raises(TrustError):
        verify_consistency(first, leaf_hash(b"a"), second, leaf_hash(b"b"), proof)
