"""The two authorities of the demo: who they are, where their files lie, and how their nodes are configured.

Rule: each authority has a directory of its own; what crosses between them is public: root.pub, the pinned plan,
signatures and signed key lists, which lie in the directory `plan`.
"""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

STARTS = "2026-05-04T03:40:00Z"
BANNER = "demo"


@dataclass(frozen=True)
class User:
    """A demo user: the name to sign in with, the unit and the roles."""

    name: str
    full_name: str
    unit: str
    roles: tuple[str, ...]
    language: str = ""


@dataclass
class Party:
    """One party of the demo with its authority's node."""

    id: str
    authority: str
    folder: Path
    users: tuple[User, ...]
    gateway_port: int = 0
    console_port: int = 0
    process: subprocess.Popen[bytes] | None = None
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "node.toml"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.console_port}"

    def password_file(self, user: str) -> Path:
        return self.folder / "people" / user

    def acting(self, user: str) -> tuple[str | Path, ...]:
        """The options by which a command knows its node and its person."""
        return ("--config", self.config, "--as", user, "--password-file", self.password_file(user))


@dataclass(frozen=True)
class World:
    """Both parties and the documents that they share."""

    folder: Path
    ma: Party
    be: Party

    @property
    def parties(self) -> tuple[Party, Party]:
        return self.ma, self.be

    @property
    def plan(self) -> Path:
        return self.folder / "plan" / "plan.toml"

    def domestic(self, party: Party) -> Path:
        return self.folder / "plan" / f"domestic-{party.authority}.toml"

    def signature(self, document: Path, party: Party) -> Path:
        return document.with_name(f"{document.stem}.{party.id}.sig")

    def key_list(self, party: Party) -> Path:
        return self.folder / "plan" / f"{party.authority}.keys"

    def root(self, party: Party) -> Path:
        return self.folder / f"root-{party.id}"


def lay_out(folder: Path) -> World:
    """The directories, ports, passphrases and passwords of a run; starts nothing."""
    ma = Party(
        "MA", "MA-POLICE", folder / "MA-POLICE",
        (
            User("nadia", "Nadia, case officer", "MA-POLICE/WANTED", ("case-officer", "supervisor"), "fr"),
            User("idriss", "Idriss, supervisor", "MA-POLICE/WANTED", ("supervisor", "party-coordinator"), "ar"),
        ),
    )  # fmt: skip
    be = Party(
        "BE", "BE-POLICE", folder / "BE-POLICE",
        (
            User("lotte", "Lotte, border officer", "BE-POLICE/BORDER", ("case-officer",), "nl"),
            User("maxime", "Maxime, border officer", "BE-POLICE/BORDER", ("case-officer",), "fr"),
            User("ingrid", "Ingrid, supervisor", "BE-POLICE/WANTED", ("supervisor", "party-coordinator"), "nl"),
        ),
    )  # fmt: skip
    ports = iter(_free_ports(4))
    for party in (ma, be):
        party.gateway_port, party.console_port = next(ports), next(ports)
        (party.folder / "people").mkdir(parents=True, mode=0o700)
        _secret(party.folder / "passphrase")
        _secret(party.folder / "secret.key", secrets.token_hex(40))
        _secret(party.folder / "silences.key", secrets.token_hex(40))
        for user in party.users:
            party.passwords[user.name] = _secret(party.password_file(user.name), _password())
    world = World(folder, ma, be)
    (folder / "plan").mkdir()
    for party, partner in ((ma, be), (be, ma)):
        world.root(party).mkdir(mode=0o700)
        _secret(world.root(party) / "passphrase")
        _write_config(party, partner)
    return world


def _write_config(party: Party, partner: Party) -> None:
    text = f"""authority = "{party.authority}"
banner = "{BANNER}"

[gateway]
port = {party.gateway_port}

[console]
port = {party.console_port}
public_url = "{party.url}"
secret_key = "file:secret.key"

# In the demo one person plays everybody at a keyboard: nobody must have a second factor. Left out, supervisors and
# administrators must.
[accounts]
second_factor = []

[database]
embedded = "pg"

[keys]
directory = "keys"
silences = "file:silences.key"
gateway = "file:passphrase"
worker = "file:passphrase"

[partners]
{partner.authority} = "https://127.0.0.1:{partner.gateway_port}"

[clock]
starts = "{STARTS}"
anchor = "{datetime.now(UTC).isoformat(timespec="seconds")}"
"""
    party.config.write_text(text, encoding="utf8")


def _password() -> str:
    """Short enough to type, of letters and digits that no one takes for another. Mostly letters: of digits around a few
    letters the node says, rightly, that it is easily guessed."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))


def _secret(path: Path, text: str = "") -> str:
    """A secret in a file of its own, random where none is given."""
    text = text or secrets.token_hex(24)
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf8")
    return text


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def describe(world: World) -> str:
    """Addresses, users and passwords, as JSON for scripts that look at a running demo."""
    return json.dumps(
        {party.authority: {"url": party.url, "users": party.passwords} for party in world.parties}, indent=2
    )
