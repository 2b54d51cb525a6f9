"""Three processes, three database roles: each right of each role on each table is tried for real."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from mithaq.node import database
from mithaq.node.start import SUBJECTS
from tests.node.here import Here

ROLES = ("gateway", "worker", "console")
# r reads, a adds, c changes, d drops; with columns in brackets, those only. What is not said is refused.
END, STEP = "c(sequence previous)", "c(state content attempts next_attempt)"
ROAD = {
    #                   gateway                                             worker                         console
    "acts_instrument": ("r", "r", "r"),
    "acts_suspension": ("r", "r a", "r a"),
    "acts_keylist": ("r", "r", "r"),
    "acts_series": ("", "r a c(last)", "r a c(last)"),
    "acts_channel": (f"r a {END}", f"r a {END}", "r"),
    "acts_leaf": ("r(id) a", "r a c(index)", "r a"),
    "acts_treenode": ("", "r a", "r"),
    "acts_checkpoint": ("", "r a", "r"),
    "acts_wish": ("", "r a c(state ground message)", "r a"),
    "acts_outbox": (
        "r(message partner state digest envelope)", "r a c(state ground content attempts next_attempt)", "r",
    ),
    "acts_inbox": ("r a", f"r {STEP}", "r"),
    "acts_retry": ("", "r c(taken)", "r a"),
    "acts_receipt": ("r a", "r a c(delivered attempts next_attempt)", "r"),
    "acts_refusal": ("", "r a", "r a"),
    "acts_alarm": ("r(id) a", "r a", "r a c(closed version)"),
    "acts_access": ("", "r d", "r a"),
    "acts_accesscut": ("", "r a", "r"),
    "acts_tombstone": ("", "r a", "r"),
    "acts_chaincheck": ("", "r a c(place newest began at whole fault row)", "r"),
    "acts_searchentry": ("", "r a d", "r a d"),
    "api_client": ("", "", "r a c(is_active version)"),
    "api_token": ("", "", "r a d"),
    "api_answer": ("", "", "r a d"),
    "api_pace": ("", "", "r a c(until)"),
    "console_hold": ("", "", "r a c(reference url unit holder since until version) d"),
    "console_planned": ("", "r c(state told version) d", "r a c(state told version)"),
    "console_choice": ("", "", "r a c(keys version)"),
    "django_session": ("", "", "r a c d"),
    "mfa_authenticator": ("", "", "r a c d"),
    "usersessions_usersession": ("", "", "r a c d"),
    "socialaccount_socialaccount": ("", "", "r a c d"),
    "socialaccount_socialapp": ("", "", "r"),
    "socialaccount_socialtoken": ("", "", ""),
    "account_emailaddress": ("", "", "r"),
    "account_emailconfirmation": ("", "", ""),
    "django_migrations": ("", "", ""),
    "django_content_type": ("", "", ""),
    "auth_permission": ("", "", ""),
    "auth_group": ("", "", ""),
    "auth_group_permissions": ("", "", ""),
}  # fmt: skip
# Of people the worker reads what it takes to act as one of them, and no password.
ACTING = {
    "accounts_user": ("", "r(id name unit roles lines is_active)", "r a c d"),
    "accounts_delegation": ("", "r(id giver taker unit roles starts ends)", "r a c d"),
}
# Who signs in is the console's; the records of the other subjects are written by worker and console.
PEOPLE, RECORDS = ("", "", "r a c d"), ("", "r a c d", "r a c d")
Right = tuple[str, str, str]


@pytest.fixture
def granted(here: Here) -> Here:
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        database.grant(connection, {role: f"mithaq_{role}" for role in ROLES})
    return here


def tables(here: Here) -> dict[str, list[str]]:
    """Every table of the database with its columns."""
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    found: dict[str, list[str]] = {}
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        for table, column in connection.execute(query):
            found.setdefault(table, []).append(column)
    return found


def expected(every: dict[str, list[str]], number: int) -> set[Right]:
    """What the role of that number may do: (table, letter, column), the column empty for rows as a whole."""
    found = set()
    for table, columns in every.items():
        person = PEOPLE if table.startswith("accounts_") else None
        kind = ACTING.get(table) or person or (RECORDS if is_record(table) else ROAD[table])
        for letter, named in re.findall(r"([racd])(?:\(([a-z_ ]+)\))?", kind[number]):
            assert set(named.split()) <= set(columns), table
            found |= {(table, letter, one) for one in (named.split() or columns if letter in "rc" else ("",))}
    return found


def is_record(table: str) -> bool:
    return table.startswith(tuple(f"{subject}_" for subject in SUBJECTS))


def attempts(every: dict[str, list[str]]) -> Iterator[tuple[Right, sql.Composed]]:
    """A statement for every right that there is; none of them leaves anything behind."""
    for table, columns in every.items():
        place = sql.Identifier(table)
        yield (table, "a", ""), sql.SQL("INSERT INTO {} DEFAULT VALUES").format(place)
        yield (table, "d", ""), sql.SQL("DELETE FROM {} WHERE false").format(place)
        for column in columns:
            name = sql.Identifier(column)
            yield (table, "r", column), sql.SQL("SELECT {} FROM {} LIMIT 1").format(name, place)
            yield (table, "c", column), sql.SQL("UPDATE {} SET {} = DEFAULT WHERE false").format(place, name)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_exactly_what_is_written(granted: Here, role: str) -> None:
    every = tables(granted)
    assert set(ROAD) == {table for table in every if not is_record(table)}
    assert len(every) > len(ROAD) + 5
    may, tried = set(), 0
    with psycopg.connect(database.url_of(granted.config, role)) as connection:
        for right, statement in attempts(every):
            tried += 1
            try:
                connection.execute(statement)
                may.add(right)
            except psycopg.errors.InsufficientPrivilege:
                pass
            except psycopg.errors.IntegrityError:  # an empty row is no row, but it was the table that said so
                may.add(right)
            connection.rollback()
    assert may == expected(every, ROLES.index(role))
    assert tried > 2 * len(may) if role == "gateway" else tried > len(may)


def refused(here: Here, role: str, statement: str) -> None:
    with (
        psycopg.connect(database.url_of(here.config, role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_is_an_owner(granted: Here, role: str) -> None:
    for statement in (
        "CREATE TABLE more (id int)",
        "DROP TABLE acts_leaf",
        "TRUNCATE acts_leaf",
        "ALTER TABLE acts_leaf DISABLE TRIGGER ALL",
        "SET ROLE postgres",
        "COPY acts_leaf TO PROGRAM 'true'",
        "SELECT rolpassword FROM pg_authid",
    ):
        refused(granted, role, statement)


def test_a_right_that_is_taken_away_is_gone(granted: Here) -> None:
    with psycopg.connect(database.url_of(granted.config, "owner")) as connection:
        # As an older version granted it: `node init`, which an upgrade runs, grants anew.
        connection.execute("GRANT ALL ON acts_instrument TO mithaq_console")
        connection.execute("GRANT UPDATE (digest) ON acts_inbox TO mithaq_gateway")
        database.grant(connection, {role: f"mithaq_{role}" for role in ROLES})
    for role, statement in (
        ("console", "UPDATE acts_instrument SET digest = '' WHERE false"),
        ("gateway", "UPDATE acts_inbox SET digest = '' WHERE false"),
    ):
        refused(granted, role, statement)
