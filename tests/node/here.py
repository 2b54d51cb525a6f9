"""A node inside the test process: BE-POLICE with a real PostgreSQL, the plan enacted, and MA-POLICE as a partner whose
keys the test holds.

The clock stands where a test puts it. Tables are emptied between tests, so that commits, locks and constraints are
real.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from mithaq.node import database, start
from mithaq.node.config import Config, read_config
from tests.node.authorities import NOW, PASSPHRASE, Authority, World, world


class StillClock:
    """A clock that stands until a test moves it."""

    is_real = True

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def forward(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass(frozen=True)
class Here:
    """The running node of this process."""

    config: Config
    world: World
    clock: StillClock

    @property
    def own(self) -> Authority:
        return self.world.be

    @property
    def partner(self) -> Authority:
        return self.world.ma


def write_config(folder: Path, authority: Authority, **extra: str) -> Path:
    """A node's directory with keys and configuration; ports that nothing listens on unless `extra` says so."""
    authority.write_keys(folder / "keys")
    (folder / "passphrase").write_bytes(PASSPHRASE)
    (folder / "secret.key").write_text("a key of the tests, of fifty characters and no more.", encoding="utf8")
    (folder / "silences.key").write_text("another key of the tests, for documents that are silenced.", encoding="utf8")
    partner = "MA-POLICE" if authority.id == "BE-POLICE" else "BE-POLICE"
    path = folder / "node.toml"
    path.write_text(
        f"""authority = "{authority.id}"
{extra.get("top", "")}
[gateway]
port = {extra.get("gateway", 1)}
[console]
port = {extra.get("console", 2)}
secret_key = "file:secret.key"
[accounts]
second_factor = {extra.get("second_factor", "[]")}
[database]
embedded = "pg"
[keys]
directory = "keys"
silences = "file:silences.key"
gateway = "file:passphrase"
worker = "file:passphrase"
[partners]
{partner} = "{extra.get("partner_url", "https://127.0.0.1:3")}"
{extra.get("tables", "")}
""",
        encoding="utf8",
    )
    return path


@cache
def configured() -> Config:
    """Configure Django for this test process, before any module of the node is imported; starts nothing."""
    folder = Path(tempfile.mkdtemp(prefix="mithaq-"))
    config = read_config(write_config(folder, world().be))
    assert config.embedded is not None
    # The socket lies in the data directory, whose name is short enough here: the address is known before the start.
    start.start(config, "console", f"postgresql://postgres:@/{database.NAME}?host={config.embedded}")
    atexit.register(shutil.rmtree, folder, True)
    return config


@cache
def here() -> Here:
    """Start the node's database once a test process; it ends with the process."""
    config = configured()
    _hash_at_small_cost()
    database.start_embedded(config)
    atexit.register(database.stop_embedded, config)
    database.prepare(config)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return Here(config, world(), StillClock())


def _hash_at_small_cost() -> None:
    """The same algorithm at its least cost: what a password costs who guesses is asked of a node of real processes, by
    `tests.peers`."""
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

    Hasher.time_cost, Hasher.memory_cost, Hasher.parallelism = 1, 8, 1


def fresh() -> Iterator[Here]:
    """An empty node with the plans enacted, the clock at its start."""
    node = here()
    node.clock.moment = NOW
    start.Node.clock = node.clock  # type: ignore[assignment]
    _empty()
    from mithaq.node.acts import enact

    enact.enact(node.world.joint.plan, node.world.joint.signatures, node.world.key_lists, NOW)
    own = node.world.domestic["BE-POLICE"]
    enact.enact(own.plan, own.signatures, (), NOW)
    yield node
    from django.db import connection

    connection.close()


def _empty() -> None:
    from django.apps import apps
    from django.db import connection

    tables = [model._meta.db_table for model in apps.get_models() if model._meta.app_label != "contenttypes"]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")


def rows(label: str, **filters: Any) -> list[Any]:
    """Rows of a table, for assertions."""
    from django.apps import apps

    return list(apps.get_model(label).objects.filter(**filters).order_by("pk"))


def waits(actor: Any, now: datetime) -> list[Any]:
    """Everything that waits for a person, as home shows it."""
    from mithaq.node.console import standing

    return [need for pile in standing.standing(actor, now).needs for need in pile.needs]
