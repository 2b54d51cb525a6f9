"""Two implementations that share no code agree on honest bundles and on every forgery."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from mithaq.errors import InputError
from mithaq.ledger.bundle import verify, write_bundle
from tests.ledger import example, second_opinion
from tests.ledger.test_bundle import FORGERIES, with_receipt

# These turn on a root that the caller holds, which the second implementation is not given, or on two leaves together.
NEEDS_MORE = {"plan: it names another root than is held", "leaf: two heads of one size"}


def test_it_shares_no_code() -> None:
    tree = ast.parse(Path(second_opinion.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(name.startswith(("mithaq", "tests", "joserfc", "rfc8785")) for name in names)


def test_both_hold_for_the_honest_ones() -> None:
    for bundle in (example.parts(), example.parts(receipts=()), with_receipt(("R0", 1), ("R1", 1))):
        second_opinion.check(write_bundle(bundle))
        assert verify(write_bundle(bundle)).ok


@pytest.mark.parametrize("name", FORGERIES)
def test_both_refuse_every_forgery(name: str) -> None:
    if name not in NEEDS_MORE:
        assert not second_opinion.holds(write_bundle(FORGERIES[name][0]()))


def test_both_agree_on_bytes_that_were_changed() -> None:
    data = example.good()
    for place in range(0, len(data), 211):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            first = verify(changed).ok
        except InputError:
            first = False
        assert second_opinion.holds(changed) == first, place
