"""Checks of the database: that each role is let in, its version, clock, migrations, and what each role may do.

Rule: the owner looks in a read-only session; what it needs is written in `node/database.py` and nowhere twice.
Source: PostgreSQL documentation, "Privileges" (`aclexplode`), "pg_roles".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import psycopg

from mithaq.errors import ConfigError
from mithaq.node import database
from mithaq.node.config import ROLES, Config
from mithaq.node.doctor.findings import SETTINGS, Finding, found

NEEDED = 14  # the oldest that Django 5.2 supports
SKEW = 5.0  # seconds
_RIGHT = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)(?: \(([^)]*)\))?")
# Rights on whole tables and on columns, each with the letter of the grantee: a role's own, or everybody's (0).
_HELD = """
SELECT c.relname, a.privilege_type, '' FROM pg_class c, aclexplode(c.relacl) a
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
 AND a.grantee IN (0, (SELECT oid FROM pg_roles WHERE rolname = %(user)s))
UNION
SELECT c.relname, a.privilege_type, t.attname FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid,
 aclexplode(t.attacl) a
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
 AND a.grantee IN (0, (SELECT oid FROM pg_roles WHERE rolname = %(user)s))
"""
_POWERS = """
SELECT array_remove(ARRAY[
 CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreatedb THEN 'createdb' END,
 CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolreplication THEN 'replication' END,
 CASE WHEN rolbypassrls THEN 'bypassrls' END,
 CASE WHEN EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) THEN 'member of other roles' END,
 CASE WHEN EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) THEN 'owner of tables' END], NULL)
FROM pg_roles r WHERE rolname = %(user)s
"""
Right = tuple[str, str, str]


def reach(config: Config) -> Iterator[Finding]:
    """Whether owner and roles are let in; what cannot be reached is told once for each."""
    if not database.is_running(config):
        yield found("database.stopped")
        return
    version = 0
    for role in ("owner", *ROLES):
        try:
            with _open(config, role) as connection:
                version = connection.info.server_version // 10000
        except ConfigError as error:
            yield found("configuration.secret", detail=str(error.detail), advice=error.remedy or SETTINGS)
        except psycopg.OperationalError as error:
            yield found("database.silent", role=role, error=type(error).__name__)
    if version and version < NEEDED:
        yield found("database.old", version=version, needed=NEEDED)
    elif version:
        yield found("database", version=version)
    if config.embedded is not None:
        yield found("database.embedded")


def clock(config: Config) -> Iterator[Finding]:
    """Whether the database's clock goes with this machine's."""
    with _open(config, "owner") as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    seconds = abs((datetime.now(UTC) - row[0]).total_seconds())
    if seconds > SKEW:
        yield found("clock.database", seconds=round(seconds))


def migrations(_config: Config) -> Iterator[Finding]:
    """Whether the tables are those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = {app for app, _name in executor.loader.disk_migrations}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in known and (app, name) not in executor.loader.disk_migrations
    )
    if plan:
        first = f"{plan[0][0].app_label}.{plan[0][0].name}"
        yield found("migrations.missing", count=len(plan), first=first)
    if unknown:
        yield found("migrations.newer", first=unknown[0])
    if not plan and not unknown:
        yield found("migrations")


def grants(config: Config) -> Iterator[Finding]:
    """Whether each role may do what is written for it, and no more."""
    users = {role: unquote(urlsplit(database.url_of(config, role)).username or "") for role in ROLES}
    wrong = list(_shared(users))
    with _open(config, "owner") as connection:
        every = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for role, user in users.items():
            wrong += _compared(connection, role, user, every)
    yield from wrong or [found("grants")]


def _shared(users: dict[str, str]) -> Iterator[Finding]:
    for number, role in enumerate(ROLES):
        for other in ROLES[:number]:
            if users[role] == users[other]:
                yield found("grants.shared", role=role, other=other)


def _compared(connection: psycopg.Connection, role: str, user: str, every: list[str]) -> Iterator[Finding]:
    row = connection.execute(_POWERS, {"user": user}).fetchone()
    if row is not None and row[0]:
        yield found("grants.powers", role=role, powers=", ".join(row[0]))
    must = set(_written(database.rights(role, every)))
    may: set[Right] = {(table, right, column) for table, right, column in connection.execute(_HELD, {"user": user})}
    for code, rest in (("grants.missing", must - may), ("grants.extra", may - must)):
        for table, right, column in sorted(rest):
            yield found(code, role=role, right=f"{right} {column}".strip(), table=table)


def _written(rights: dict[str, str]) -> Iterator[Right]:
    for table, text in rights.items():
        for right, columns in _RIGHT.findall(text):
            for column in columns.split(", ") if columns else [""]:
                yield table, right, column


def _open(config: Config, role: str) -> psycopg.Connection:
    connection = psycopg.connect(database.url_of(config, role), connect_timeout=5, autocommit=True)
    connection.execute("SET default_transaction_read_only = on")
    return connection
