"""Three processes, three database roles: what each may touch, asked of the database itself."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from mithaq.node import database
from tests.node.here import Here


@pytest.fixture
def granted(here: Here) -> Here:
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        database.grant(connection, {role: f"mithaq_{role}" for role in ("gateway", "worker", "console")})
    return here


def may(here: Here, role: str, right: str, table: str) -> bool:
    statements = {
        "read": "SELECT * FROM {} LIMIT 1",
        "add": "INSERT INTO {} SELECT * FROM {} WHERE false",
        "change": "DELETE FROM {} WHERE false",
    }
    statement = sql.SQL(statements[right])
    place = sql.Identifier(table)
    with psycopg.connect(database.url_of(here.config, role)) as connection:
        try:
            connection.execute(statement.format(*[place] * statements[right].count("{}")))
        except psycopg.errors.InsufficientPrivilege:
            return False
    return True


def tables(here: Here, *subjects: str) -> list[str]:
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [name for (name,) in found if name.startswith(subjects)]


def test_the_gateway_cannot_read_a_subjects_table(granted: Here) -> None:
    subjects = tables(granted, "wanted_", "lists_", "border_", "accounts_", "django_session")
    assert len(subjects) >= 9
    for table in (*subjects, "acts_outbox", "acts_wish", "acts_access"):
        assert not may(granted, "gateway", "read", table), table
    assert may(granted, "gateway", "read", "acts_inbox")
    assert may(granted, "gateway", "add", "acts_leaf")


def test_the_console_changes_nothing_of_the_road(granted: Here) -> None:
    for table in ("acts_leaf", "acts_access", "acts_receipt", "acts_outbox", "acts_inbox", "acts_checkpoint"):
        assert may(granted, "console", "read", table), table
        assert not may(granted, "console", "change", table), table
    assert not may(granted, "console", "add", "acts_checkpoint")
    assert may(granted, "console", "add", "acts_leaf")
    assert may(granted, "console", "change", "wanted_notice")
    assert may(granted, "console", "change", "lists_listentry")


def test_the_worker_is_no_owner(granted: Here) -> None:
    assert may(granted, "worker", "change", "acts_outbox")
    with psycopg.connect(database.url_of(granted.config, "worker")) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE more (id int)")
        connection.rollback()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE acts_leaf")
