"""The chain of the access log: what an owner of the database changes is found by the next check (safeguard 7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from mithaq.node import database
from mithaq.node.acts import access, chain, sequence
from mithaq.node.acts.definition import Actor
from mithaq.node.worker import drain
from tests.node.here import NOW, Here, rows, waits
from tests.peers.partner import worker_keys

READER = Actor("officer-a", "BE-POLICE/BORDER", frozenset({"case-officer"}))
OVERSEER = Actor("overseer", "BE-POLICE/WANTED", frozenset({"oversight"}))


def read(count: int, **more: Any) -> None:
    for number in range(count):
        access.log(READER, "wanted.notice", NOW, f"record-{number}", **more)


def sealed(here: Here) -> None:
    """A head of what was read, in the ledger and signed."""
    assert access.seal_head(here.clock.now())
    sequence.sequence(worker_keys(here), here.clock.now())


def as_owner(here: Here, statement: str, *values: object) -> None:
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        assert connection.execute(statement, values).rowcount  # type: ignore[arg-type]


def whole() -> chain.Checked:
    *_, last = chain.sweep(batch=4)
    return last


def forge(here: Here, start: int) -> None:
    """Make the chain hold again from a row on, as one who knows the software would."""
    every = rows("acts.Access")
    head = bytes(every[start - 2].chain) if start > 1 else access.EMPTY
    for row in every[start - 1 :]:
        head = access.link(head, row)
        as_owner(here, "UPDATE acts_access SET chain = %s WHERE id = %s", head, row.pk)


def test_rows_are_numbered_without_a_gap_and_hold(here: Here) -> None:
    assert chain.check(0) == chain.Checked(0, 0)
    read(6, reason="q=x", why="case 7", also=("a", "b"))
    sealed(here)
    read(3)
    assert [row.pk for row in rows("acts.Access")] == list(range(1, 10))
    assert whole() == chain.Checked(9, 9)
    assert [leaf.rows for leaf in rows("acts.Leaf", kind="access")] == [6]


def test_a_row_that_was_rolled_back_leaves_no_gap(here: Here) -> None:
    from django.db import transaction

    read(2)
    with transaction.atomic():
        read(1)
        transaction.set_rollback(True)
    read(1)
    assert whole() == chain.Checked(3, 3)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE acts_access SET actor = 'somebody else' WHERE id = 4", chain.Fault(4, "changed")),
        ("UPDATE acts_access SET at = at + interval '1 microsecond' WHERE id = 4", chain.Fault(4, "changed")),
        ("UPDATE acts_access SET why = 'a better reason' WHERE id = 4", chain.Fault(4, "changed")),
        ("UPDATE acts_access SET also = '{}' WHERE id = 4", chain.Fault(4, "changed")),
        ("UPDATE acts_access SET chain = sha256(chain) WHERE id = 4", chain.Fault(4, "changed")),
        ("DELETE FROM acts_access WHERE id = 4", chain.Fault(4, "missing")),
        ("DELETE FROM acts_access WHERE id >= 8", chain.Fault(8, "missing")),
        ("DELETE FROM acts_access", chain.Fault(1, "missing")),
        ("UPDATE acts_access SET id = 40 WHERE id = 9", chain.Fault(9, "missing")),
        (
            "INSERT INTO acts_access (id, at, actor, unit, what, record, reason, why, also, salt, chain) "
            "SELECT 10, at, actor, unit, what, record, reason, why, also, salt, chain FROM acts_access WHERE id = 9",
            chain.Fault(10, "changed"),
        ),
    ],
)
def test_a_row_changed_removed_or_put_in_is_found(here: Here, change: str, found: chain.Fault) -> None:
    read(9, also=("a",))
    sealed(here)
    assert whole().fault is None
    as_owner(here, change)
    assert whole().fault == found


def test_a_chain_that_was_made_to_hold_again_is_not_the_one_in_the_ledger(here: Here) -> None:
    read(3)
    sealed(here)
    read(3)
    sealed(here)
    as_owner(here, "UPDATE acts_access SET record = 'another' WHERE id = 5")
    forge(here, 5)
    assert whole().fault == chain.Fault(4, "head")


def test_a_leaf_that_was_made_to_fit_is_not_the_one_in_the_tree(here: Here) -> None:
    read(3)
    sealed(here)
    as_owner(here, "UPDATE acts_access SET record = 'another' WHERE id = 2")
    forge(here, 2)
    from mithaq.ledger.leaf import commit, leaf_bytes

    leaf, head = rows("acts.Leaf", kind="access")[0], bytes(rows("acts.Access")[-1].chain)
    data = leaf_bytes("access", leaf.at, {"rows": "3"}, commit(bytes(leaf.salt), head))
    as_owner(here, "UPDATE acts_leaf SET data = %s WHERE id = %s", data, leaf.pk)
    assert whole().fault == chain.Fault(3, "leaf")
    from mithaq.ledger.tree import leaf_hash

    as_owner(here, "UPDATE acts_treenode SET hash = %s WHERE level = 0 AND index = %s", leaf_hash(data), leaf.index)
    assert whole().fault == chain.Fault(3, "tree")


def test_the_worker_finds_it_within_a_minute_and_oversight_sees_it_on_home(here: Here) -> None:
    read(9)
    drain.every_minute()
    sequence.sequence(worker_keys(here), here.clock.now())
    state = rows("acts.ChainCheck")[0]
    assert (state.fault, state.newest, state.whole) == ("", 9, NOW)
    assert waits(OVERSEER, NOW) == []
    as_owner(here, "UPDATE acts_access SET actor = 'nobody' WHERE id = 2")
    read(2)
    here.clock.forward(minutes=1)
    for _again in range(2):
        drain.every_minute()
    state = rows("acts.ChainCheck")[0]
    assert (state.fault, state.row, state.newest, state.at) == ("changed", 2, 11, NOW + timedelta(minutes=1))
    assert [(one.code, one.detail) for one in rows("acts.Alarm")] == [("access.chain", "changed 2")]
    # The alarm is about whom the row names now: that person does not close it.
    assert [(one.kind, one.record) for one in waits(OVERSEER, NOW)] == [("alarm", "nobody")]
    assert waits(READER, NOW) == []
    as_owner(here, "UPDATE acts_access SET actor = 'officer-a' WHERE id = 2")
    assert chain.check_minute(here.clock.now())
    assert rows("acts.ChainCheck")[0].fault == ""


def test_a_long_log_is_checked_in_turns_and_its_new_rows_at_once(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain.check, "__defaults__", (4,))
    monkeypatch.setattr(chain, "SHARE", 0)
    read(10)
    places = []
    for _minute in range(4):
        assert chain.check_minute(NOW)
        places.append((rows("acts.ChainCheck")[0].newest, rows("acts.ChainCheck")[0].place))
    assert places == [(4, 4), (8, 8), (10, 0), (10, 4)]
    as_owner(here, "UPDATE acts_access SET actor = 'nobody' WHERE id = 7")
    assert not chain.check_minute(NOW)
    assert rows("acts.ChainCheck")[0].row == 7
    as_owner(here, "UPDATE acts_access SET actor = 'officer-a' WHERE id = 7")
    # With time left, a minute goes on to the end of the round, and no further.
    monkeypatch.setattr(chain, "SHARE", 600)
    assert chain.check_minute(NOW + timedelta(minutes=1))
    state = rows("acts.ChainCheck")[0]
    assert (state.place, state.whole) == (0, NOW + timedelta(minutes=1))


def test_the_end_of_the_log_taken_off_before_it_was_sealed_is_missed_all_the_same(here: Here) -> None:
    read(5)
    assert chain.check_minute(NOW)
    as_owner(here, "DELETE FROM acts_access WHERE id > 3")
    assert not chain.check_minute(NOW)
    assert rows("acts.ChainCheck")[0].row == 5
