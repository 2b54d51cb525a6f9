"""`mithaq node doctor`, the database and what it holds: each thing is broken for real, and found by its code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from mithaq.node import database
from mithaq.node.acts import custody, sequence, store
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.models import Wish
from mithaq.node.config import ROLES
from mithaq.node.doctor import doors, state
from mithaq.node.doctor import store as tables
from mithaq.node.doctor.findings import Finding
from mithaq.node.list_sources import list_sources
from tests.node.here import Here


def codes(findings: Iterable[Finding]) -> list[str]:
    return [one.code for one in findings]


@contextmanager
def owner(here: Here) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database.url_of(here.config, "owner"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def granted(here: Here) -> Here:
    with owner(here) as connection:
        database.grant(connection, {role: f"mithaq_{role}" for role in ROLES})
    return here


def grow(here: Here, count: int) -> None:
    """Some leaves, and the head over them."""
    for number in range(count):
        store.queue_leaf("act", here.clock.now(), {"n": str(number)}, b"")
    sequence.sequence(custody.open_worker(here.config), here.clock.now())


def test_a_database_that_is_well(granted: Here) -> None:
    assert codes(tables.reach(granted.config)) == ["database", "database.embedded"]
    assert codes(tables.clock(granted.config)) == []
    assert codes(tables.migrations(granted.config)) == ["migrations"]
    assert codes(tables.grants(granted.config)) == ["grants"]


def test_a_role_that_is_not_let_in(granted: Here) -> None:
    with owner(granted) as connection:
        connection.execute("ALTER ROLE mithaq_worker NOLOGIN")
        try:
            assert codes(tables.reach(granted.config)) == ["database.silent", "database", "database.embedded"]
        finally:
            connection.execute("ALTER ROLE mithaq_worker LOGIN")


@pytest.mark.parametrize(
    ("statement", "code", "told"),
    [
        ("GRANT SELECT ON wanted_notice TO mithaq_gateway", "grants.extra", "gateway may SELECT on wanted_notice"),
        ("GRANT SELECT ON wanted_notice TO PUBLIC", "grants.extra", "gateway may SELECT on wanted_notice"),
        ("GRANT UPDATE (data) ON acts_leaf TO mithaq_worker", "grants.extra", "worker may UPDATE data on acts_leaf"),
        ("REVOKE SELECT ON acts_inbox FROM mithaq_worker", "grants.missing", "worker may not SELECT on acts_inbox"),
        (
            "REVOKE UPDATE (until) ON api_pace FROM mithaq_console", "grants.missing",
            "console may not UPDATE until on api_pace",
        ),
    ],
)  # fmt: skip
def test_a_right_too_many_or_too_few(granted: Here, statement: str, code: str, told: str) -> None:
    with owner(granted) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
        found = list(tables.grants(granted.config))
        connection.execute("REVOKE ALL ON wanted_notice FROM PUBLIC")
    assert (code, True) in [(one.code, told in one.detail) for one in found], found


def test_a_role_that_may_all(granted: Here) -> None:
    with owner(granted) as connection:
        connection.execute("ALTER ROLE mithaq_console SUPERUSER")
        try:
            assert codes(tables.grants(granted.config)) == ["grants.powers"]
        finally:
            connection.execute("ALTER ROLE mithaq_console NOSUPERUSER")


def test_one_role_for_all(granted: Here) -> None:
    url = database.url_of(granted.config, "worker")
    one = replace(granted.config, embedded=None, databases=dict.fromkeys((*ROLES, "owner"), url))
    assert codes(tables._shared(dict.fromkeys(ROLES, "mithaq_worker"))) == ["grants.shared"] * 3
    assert "grants.shared" in codes(tables.grants(one))


def test_a_migration_that_is_missing_or_unknown(granted: Here) -> None:
    with owner(granted) as connection:
        connection.execute("UPDATE django_migrations SET name = '0009_later' WHERE app = 'lists' AND name LIKE '0002%'")
        found = codes(tables.migrations(granted.config))
        connection.execute(
            "UPDATE django_migrations SET name = '0002_older_and_asked' WHERE app = 'lists' AND name = '0009_later'"
        )
    assert found == ["migrations.missing", "migrations.newer"]


def test_plans(here: Here) -> None:
    assert set(codes(state.plans(here.config))) == {"plan"}
    (plan,) = [one for one in state.instruments.in_force() if one.plan.kind == "joint"]
    here.clock.moment = plan.plan.ends - timedelta(days=9)
    assert "plan.ending" in codes(state.plans(here.config))
    here.clock.moment = plan.plan.ends
    assert "plan.over" in codes(state.plans(here.config))
    here.clock.moment = plan.plan.starts - timedelta(days=1)
    assert "plan.early" in codes(state.plans(here.config))
    with owner(here) as connection:
        connection.execute("DELETE FROM acts_instrument WHERE kind = 'domestic'")
    assert "plan.none" in codes(state.plans(here.config))
    with owner(here) as connection:
        connection.execute("UPDATE acts_instrument SET signatures = '{}', enacted = enacted + interval '1 second'")
    assert "plan.unsigned" in codes(state.plans(here.config))


def test_key_lists(here: Here) -> None:
    assert codes(state.key_lists(here.config)) == ["key-list"] * 2
    here.clock.forward(days=2980)
    assert codes(state.key_lists(here.config)) == ["key-list.ending", "key-list.old"] * 2
    here.clock.forward(days=30)
    assert codes(state.key_lists(here.config)) == ["key-list.over", "key-list.old"] * 2
    with owner(here) as connection:
        connection.execute("DELETE FROM acts_keylist WHERE authority = 'MA-POLICE'")
        connection.execute("UPDATE acts_instrument SET enacted = enacted + interval '1 second'")
    assert "key-list.none" in codes(state.key_lists(here.config))


def test_keys_that_are_not_those_of_the_list(here: Here, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path)) / "keys"
    here.partner.write_keys(folder)
    found = list(state.key_lists(replace(here.config, keys=folder)))
    named = {str(one.params["key"]) for one in found if one.code == "key-list.differs"}
    assert {"node key", "ledger key", "certificate", "sealing key of BE-POLICE/BORDER"} <= named


def test_a_ledger_that_is_well_and_one_that_somebody_changed(here: Here) -> None:
    assert codes(state.ledger(here.config)) == ["ledger"]
    grow(here, 7)
    grow(here, 6)
    (found,) = state.ledger(here.config)
    assert found.code == "ledger"
    assert int(found.params["size"]) >= 13
    for statement, code in (
        ("UPDATE acts_leaf SET data = data || '\\x20' WHERE index = 5", "ledger.root"),
        ("UPDATE acts_treenode SET hash = decode(repeat('00', 32), 'hex') WHERE level = 3", "ledger.root"),
        ("DELETE FROM acts_leaf WHERE index = 12", "ledger.size"),
        ("UPDATE acts_checkpoint SET note = replace(note, 'BE-', 'MA-')", "ledger.head"),
    ):
        with psycopg.connect(database.url_of(here.config, "owner")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT * FROM acts_leaf")
            connection.execute("CREATE TABLE kept_nodes AS SELECT * FROM acts_treenode")
            connection.execute("CREATE TABLE kept_notes AS SELECT * FROM acts_checkpoint")
            connection.execute(statement)  # type: ignore[arg-type]
            connection.commit()
            found_codes = codes(state.ledger(here.config))
            for table, kept in (
                ("acts_leaf", "kept"),
                ("acts_treenode", "kept_nodes"),
                ("acts_checkpoint", "kept_notes"),
            ):
                connection.execute(f"DELETE FROM {table}")  # type: ignore[arg-type]
                connection.execute(f"INSERT INTO {table} SELECT * FROM {kept}")  # type: ignore[arg-type]
                connection.execute(f"DROP TABLE {kept}")  # type: ignore[arg-type]
            connection.commit()
        assert found_codes == [code], statement
    assert codes(state.ledger(here.config)) == ["ledger"]


def test_a_wish_that_waits(here: Here) -> None:
    sequence.sequence(custody.open_worker(here.config), here.clock.now())
    assert codes(state.queues(here.config)) == ["queues"]
    now = here.clock.now()
    Wish.objects.create(
        id=uuid7(now), act="publish-notice@1", plan="p", line="l", sender="BE-POLICE/WANTED", created=now,
        recipient="MA-POLICE/BORDER", model="wanted.Notice", record="x",
    )  # fmt: skip
    assert codes(state.queues(here.config)) == ["queues"]
    here.clock.forward(minutes=20)
    (found,) = state.queues(here.config)
    assert (found.code, found.params["minutes"]) == ("queues.slow", 20)
    here.clock.forward(days=2)
    assert codes(state.queues(here.config)) == ["queues.stuck"]


def test_poison_and_alarms(here: Here) -> None:
    sequence.sequence(custody.open_worker(here.config), here.clock.now())
    with owner(here) as connection:
        connection.execute(
            "INSERT INTO acts_alarm (at, code, partner, detail, about, closed, version) "
            "VALUES (now(), 'x.y', '', '', '', false, 1)"
        )
    assert codes(state.queues(here.config)) == ["queues.alarms"]


def test_a_list_that_does_not_come(here: Here) -> None:
    table = {"UN": {"path": "un.xml", "every": "6h", "unit": "BE-POLICE/BORDER"}}
    config = replace(here.config, lists=list_sources(table, "BE-POLICE", here.config.directory))
    assert codes(state.lists(here.config)) == ["lists"]
    assert codes(state.lists(config)) == ["lists.never"]
    with owner(here) as connection:
        connection.execute(
            "INSERT INTO lists_listrefresh (list, tried, worked, due, digest, failures, code, detail, params, version)"
            " VALUES ('UN', %s, %s, %s, '', 2, 'list.fetch', '', '{}', 1)",
            [here.clock.now()] * 3,
        )
    assert codes(state.lists(config)) == ["lists.failing"]
    here.clock.forward(hours=19)
    assert codes(state.lists(config)) == ["lists.old", "lists.failing"]


def test_nobody_answers(here: Here) -> None:
    assert codes(doors.worker(here.config)) == ["worker.silent"]
    assert codes(doors.gateway(here.config)) == ["gateway.silent"]
    assert codes(doors.console(here.config)) == ["console.silent"]
    assert codes(doors.partners(here.config)) == ["partner.silent"]
    assert codes(doors.partners(replace(here.config, partners={}))) == ["partner.address"]
