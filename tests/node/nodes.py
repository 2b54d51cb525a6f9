"""Two real nodes: MA-POLICE and BE-POLICE, each with its own database, keys, processes and ports on loopback.

Set up once for a test process through the command line, as an operator does; ended by their process ids.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from mithaq.node import database
from mithaq.node.config import ROLES, Config, read_config
from tests.node.authorities import NOW, PASSPHRASE, Authority, World, world
from tests.node.here import write_config

PASSWORD = "correct horse 4am staple"
PEOPLE = (
    ("drafter", "WANTED", ("case-officer",)),
    ("approver", "WANTED", ("supervisor",)),
    ("coordinator", "WANTED", ("party-coordinator",)),
    ("officer-a", "BORDER", ("case-officer",)),
    ("officer-b", "BORDER", ("case-officer",)),
    ("chief", "BORDER", ("supervisor",)),
    ("administrator", "BORDER", ("administrator",)),
    ("overseer", "WANTED", ("oversight",)),
)
# What a post is called in each language.
POST = {"en": "Post", "fr": "Poste", "nl": "Grenspost", "ar": "مركز"}
WAIT = 120.0
# What starts and stops an embedded database takes a lock of files that threads cannot share.
_DATABASES = threading.Lock()


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class RunningNode:
    """A node of its own processes."""

    authority: Authority
    folder: Path
    config: Config
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def console(self) -> str:
        return f"http://127.0.0.1:{self.config.console.port}"

    @property
    def gateway(self) -> str:
        return f"https://127.0.0.1:{self.config.gateway.port}"

    def cli(self, *words: str, ok: tuple[int, ...] = (0,), person: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of this node; fails the test on an exit code that is not in `ok`."""
        environment = self.environment()
        if person:
            environment |= {"MITHAQ_AS": person, "MITHAQ_PASSWORD_FILE": str(self.folder / "password")}
        done = subprocess.run(
            [sys.executable, "-m", "mithaq.cli", *words], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in ok, f"mithaq {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: str, person: str = "") -> Any:
        """The JSON that a command prints."""
        return json.loads(self.cli(*words, "--json", person=person).stdout)

    def environment(self) -> dict[str, str]:
        """The environment of this node's processes."""
        return {**os.environ, "MITHAQ_CONFIG": str(self.config.path)}

    def start(self, *roles: str) -> None:
        """Start processes (all three, or some) and wait until the doors answer."""
        for role in roles or ROLES:
            self.spawn(role, [sys.executable, "-m", "mithaq.cli", "node", role, "--config", str(self.config.path)])
        wait_for(self._answers, lambda: f"{self.authority.id} does not answer:\n{self.log()}")

    def spawn(self, role: str, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        """Start a process of a role by a command of the test's choosing."""
        with (self.folder / f"{role}.log").open("ab") as target:
            process = subprocess.Popen(
                command,
                stdout=target,
                stderr=target,
                stdin=subprocess.DEVNULL,
                env={**self.environment(), **environment},
            )
        self.processes[role] = process
        return process

    def log(self) -> str:
        """What the processes wrote."""
        return "\n".join(path.read_text(encoding="utf8", errors="replace") for path in self.folder.glob("*.log"))

    def _answers(self) -> bool:
        for role, process in self.processes.items():
            assert process.poll() is None, f"the {role} ended:\n{self.log()}"
        with contextlib.suppress(httpx2.HTTPError, OSError):
            if "gateway" in self.processes:
                socket.create_connection(("127.0.0.1", self.config.gateway.port), timeout=2).close()
            if "console" in self.processes:
                return httpx2.get(f"{self.console}/sign-in", trust_env=False, timeout=5).status_code == 200
            return True
        return False

    def stop(self, *roles: str) -> None:
        """End processes (all, or some) as an operator does."""
        for role in roles or tuple(self.processes):
            process = self.processes.pop(role, None)
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=40)

    def kill(self, role: str) -> None:
        """SIGKILL a process of this node."""
        process = self.processes.pop(role)
        process.kill()
        process.wait()

    def sql(self, query: str, *values: Any, role: str = "owner") -> list[Any]:
        """Rows, for assertions (never to do what the node should do)."""
        import psycopg

        with psycopg.connect(database.url_of(self.config, role)) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def client_context(self, certificate: bytes, key: bytes) -> ssl.SSLContext:
        """TLS towards this node's gateway with a certificate of the test's choosing."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(cadata=self.authority.certificate[0].decode())
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        (folder / "c.pem").write_bytes(certificate)
        (folder / "c.key").write_bytes(key)
        context.load_cert_chain(folder / "c.pem", folder / "c.key", password=PASSPHRASE)
        return context


@dataclass(frozen=True)
class Pair:
    """Both nodes, with the plan enacted."""

    world: World
    ma: RunningNode
    be: RunningNode


def wait_for(true: Callable[[], Any], what: Callable[[], str], seconds: float = WAIT) -> None:
    """Wait until `true()` is; fails the test with `what()` after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds:.0f} s: {what()}")
        time.sleep(0.05)


@contextlib.contextmanager
def two_nodes(*roles: str, found: World | None = None) -> Iterator[Pair]:
    """Two nodes with people, posts and the plan, their processes (or those of `roles`) running; ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mithaq-two-"))
    found = found or world()
    doors = {one.id: (free_port(), free_port()) for one in (found.ma, found.be)}
    with ThreadPoolExecutor(2) as both:
        nodes = list(both.map(lambda one: set_up(folder / one.id, one, doors, found), (found.ma, found.be)))
    try:
        with ThreadPoolExecutor(2) as both:
            list(both.map(lambda node: node.start(*roles), nodes))
        yield Pair(found, *nodes)
    finally:
        with ThreadPoolExecutor(2) as both:
            list(both.map(_end, nodes))
        shutil.rmtree(folder, ignore_errors=True)


def _end(node: RunningNode) -> None:
    node.stop()
    with _DATABASES:
        database.stop_embedded(node.config)


def set_up(folder: Path, authority: Authority, doors: dict[str, tuple[int, int]], found: World) -> RunningNode:
    """A node with people, a post and the plan, by the command line; `doors` are the ports of gateway and console."""
    folder.mkdir(parents=True)
    partner = next(name for name in doors if name != authority.id)
    path = write_config(
        folder,
        authority,
        gateway=str(doors[authority.id][0]),
        console=str(doors[authority.id][1]),
        partner_url=f"https://127.0.0.1:{doors[partner][0]}",
        tables=f'[clock]\nstarts = "{NOW.isoformat()}"\nanchor = "{_wall()}"',
    )
    node = RunningNode(authority, folder, read_config(path))
    (folder / "password").write_text(PASSWORD, encoding="utf8")
    with _DATABASES:
        database.start_embedded(node.config)
    node.cli("node", "init", "--config", str(path))
    _enact(node, found)
    lines = [
        {
            "name": name,
            "full_name": name.replace("-", " ").title(),
            "unit": f"{authority.id}/{unit}",
            "roles": list(roles),
            "password_file": "password",
        }
        for name, unit, roles in PEOPLE
    ]
    (folder / "people.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    node.cli("node", "add-people", str(folder / "people.jsonl"))
    post = "BEBRU" if authority.id == "BE-POLICE" else "MACMN"
    names = [word for language, kind in POST.items() for word in ("--name", f"{language}={kind} {post}")]
    node.cli("node", "add-post", post, "--unit", f"{authority.id}/BORDER", *names)
    return node


def _enact(node: RunningNode, found: World) -> None:
    lists = []
    for one in (found.ma, found.be):
        path = node.folder / f"{one.id}.keylist"
        path.write_bytes(one.key_list())
        lists += ["--keys", str(path)]
    for name, signed in (("joint", found.joint), ("domestic", found.domestic[node.authority.id])):
        text = node.folder / f"{name}.toml"
        text.write_text(signed.text, encoding="utf8")
        words = []
        for number, signature in enumerate(signed.signatures):
            path = node.folder / f"{name}-{number}.jws"
            path.write_bytes(signature)
            words += ["--signature", str(path)]
        node.cli("plan", "enact", str(text), *words, *(lists if name == "joint" else ()))


def _wall() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat()
