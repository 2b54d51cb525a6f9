"""docs/operating.md, run: its blocks marked `run`, in their order, on a PostgreSQL server with a role a process.

The server is the embedded one, reached by URLs as any other. What needs root, systemd or a partner is not run, but its
commands exist with their options.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from mithaq.node import database, keeper
from mithaq.node.config import read_config
from tests.docs import command_line, pages
from tests.node.authorities import world
from tests.node.here import write_config
from tests.node.nodes import free_port

GUIDE = pages.text("docs/operating.md")
_BLOCK = re.compile(r"^(?:<!-- run: (\w+)(?:; doctor: ([^>]*?))? -->\n)?```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BIN = pages.ROOT / ".venv/bin"
# What a machine of tests may lack, or holds for a reason of its own.
OF_THE_MACHINE = {"disk.low", "disk.full"}


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server and the directories that stand for the guide's."""

    folder: Path
    admin: str

    def here(self, text: str) -> str:
        """The guide's text with this place's directories, ports and server."""
        place = f"postgresql://\\1@/\\2?host={quote(str(self.folder / 'pg'))}"
        text = re.sub(r"postgresql://([^@\s]+)@db\.example:5432/(\w+)", place, text)
        text = text.replace("s|/mithaq|/mithaq_restored|", "s|@/mithaq|@/mithaq_restored|")
        text = text.replace("port = 8443", f"port = {free_port()}").replace("port = 8080", f"port = {free_port()}")
        return text.replace("/etc/mithaq", str(self.folder / "etc")).replace(
            "/var/backups/mithaq", str(self.folder / "backups")
        )

    def sh(self, text: str) -> subprocess.CompletedProcess[str]:
        # The tools of the server that runs: those of another version refuse it.
        tools = Path(f"/proc/{keeper.postmaster(self.folder / 'pg')}/exe").resolve().parent
        environment = {**os.environ, "PATH": f"{BIN}:{tools}:{os.environ['PATH']}"}
        environment.pop("MITHAQ_CONFIG", None)
        where = self.folder / "etc"
        script = f"set -eu\n[ -d '{where}' ] && cd '{where}' || true\numask 077\n{text}"
        return subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("o")
    config = read_config(write_config(folder, world().be))
    database.start_embedded(config)
    admin = database.url_of(config, "owner").replace(f"/{database.NAME}?", "/postgres?", 1)
    try:
        yield Server(folder, admin)
    finally:
        database.stop_embedded(config)


def blocks() -> list[tuple[str, str, str]]:
    """What is run: kind, codes that the doctor is to find, text."""
    return [(kind, codes, text) for kind, codes, _, text in _BLOCK.findall(GUIDE) if kind]


def test_the_guide_does_what_it_says(server: Server) -> None:
    assert len(blocks()) >= 8
    for kind, codes, text in blocks():
        if kind == "sql":
            with psycopg.connect(server.admin, autocommit=True) as connection:
                for statement in text.strip().split(";\n"):
                    connection.execute(statement.removesuffix(";"))  # type: ignore[arg-type]
        elif kind == "toml":
            (server.folder / "etc/node.toml").write_text(server.here(text), encoding="utf8")
        else:
            done = server.sh(server.here(text))
            assert done.returncode == (1 if codes else 0), (text, done.stdout, done.stderr)
            for code in codes.split():
                assert f"[{code}]" in done.stdout, (code, done.stdout)
    found = findings(server)
    told = {one["code"] for one in found if one["state"] != "ok"}
    assert told - OF_THE_MACHINE == {"plan.none", "key-list.none", "worker.silent", "gateway.silent", "console.silent"}
    assert {"grants", "migrations", "keys", "certificate", "rights", "ledger"} <= {one["code"] for one in found}


def findings(server: Server) -> list[dict[str, str]]:
    done = server.sh("mithaq node doctor --json --config node.toml")
    found: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return found


def test_the_roles_are_kept_apart(server: Server) -> None:
    """After the guide: the gateway's role reads no notice, and the owner's rights are nobody else's."""
    urls = {
        role: (server.folder / f"etc/{role}.url").read_text(encoding="utf8").strip() for role in ("gateway", "worker")
    }
    with psycopg.connect(urls["gateway"]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM wanted_notice")
    with psycopg.connect(urls["worker"]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE more (id int)")


def commands() -> list[str]:
    """Every line of the guide that calls mithaq, run or not."""
    shown = [text for _, _, kind, text in _BLOCK.findall(GUIDE) if kind in {"sh", "ini"}]
    lines = [line.replace("ExecStart=/usr/local/bin/", "") for text in shown for line in text.splitlines()]
    return [line for line in lines if line.startswith("mithaq ")]


@pytest.mark.parametrize("line", commands())
def test_a_command_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition(" > ")[0])[1:]
    count = next((one for one in range(1, len(words) + 1) if command_line.find(words[:one]) is not None), 0)
    assert count, line
    used = {word for word in words[count:] if word.startswith("--")}
    assert used <= command_line.options(command_line.find(words[:count])), line


def test_there_are_commands() -> None:
    assert len(commands()) >= 12
