"""`mithaq node serve`: starts the three processes and the database, starts again what ends, and ends all when asked."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from mithaq.errors import ConfigError
from mithaq.node import database
from tests.node.nodes import Pair, RunningNode, wait_for


def children(pid: int) -> dict[str, int]:
    """The supervisor's child processes by role."""
    found = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            words = (entry / "cmdline").read_bytes().decode().split("\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid and words[3:4] == ["node"]:
                found[words[4]] = int(entry.name)
    return found


def of_this_node_ids(node: RunningNode) -> frozenset[int]:
    """The ids of all processes of the node."""
    return frozenset(_processes(node))


def of_this_node(node: RunningNode) -> list[str]:
    """The command lines of all processes of the node, grandchildren, keeper and database included."""
    return list(_processes(node).values())


def _processes(node: RunningNode) -> dict[int, str]:
    found = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            line = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if str(node.folder) in line:
                found[int(entry.name)] = line
    return found


def served(node: RunningNode) -> subprocess.Popen[bytes]:
    """`mithaq node serve`."""
    command = [sys.executable, "-m", "mithaq.cli", "node", "serve", "--config", str(node.config.path)]
    with (node.folder / "serve.log").open("ab") as target:
        return subprocess.Popen(command, env=node.environment(), stdout=target, stderr=target)


@pytest.fixture(scope="module")
def node(pair: Pair) -> Iterator[RunningNode]:
    """BE-POLICE with no process at all; after these tests as the others need it."""
    for role in tuple(pair.be.processes):
        pair.be.kill(role)
    database.stop_embedded(pair.be.config)
    yield pair.be
    database.start_embedded(pair.be.config)
    pair.be.start("gateway", "worker")


@pytest.fixture(autouse=True)
def nothing_left(node: RunningNode) -> Iterator[None]:
    """Each test begins and ends with no process of the node."""
    assert not of_this_node(node)
    yield
    wait_for(lambda: not of_this_node(node), lambda: f"left: {of_this_node(node)}")
    assert not database.is_running(node.config)


def ended(process: subprocess.Popen[bytes]) -> None:
    """End what a failed test has left."""
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=60)


def answers(node: RunningNode) -> bool:
    """Whether gateway and console answer."""
    with contextlib.suppress(httpx2.HTTPError, OSError):
        socket.create_connection(("127.0.0.1", node.config.gateway.port), timeout=2).close()
        return httpx2.get(f"{node.console}/sign-in", trust_env=False, timeout=5).status_code == 200
    return False


def test_nothing_outlives_a_supervisor_that_is_killed_and_a_new_one_starts_at_once(node: RunningNode) -> None:
    first = served(node)
    try:
        wait_for(lambda: answers(node), node.log)
        # Supervisor, keeper, three roles, the console's worker, and the database with its own.
        assert len(of_this_node(node)) >= 7
        old = of_this_node_ids(node)
    finally:
        first.kill()
        first.wait()
    second = served(node)
    try:
        # What the first has left is over before the second starts, which takes as long as that.
        wait_for(lambda: not old & of_this_node_ids(node), lambda: f"left: {of_this_node(node)}")
        wait_for(lambda: answers(node), node.log)
        assert second.poll() is None
        second.send_signal(signal.SIGTERM)
        assert second.wait(timeout=60) == 0
        assert not of_this_node(node)
    finally:
        ended(second)


@pytest.mark.parametrize("step", ["the keeper", "the database", "the children"])
def test_nothing_outlives_a_supervisor_that_is_killed_while_it_starts(node: RunningNode, step: str) -> None:
    begun = {
        "the keeper": lambda _pid: any("mithaq.node.keeper" in line for line in of_this_node(node)),
        "the database": lambda _pid: (node.config.embedded / "postmaster.pid").exists(),  # type: ignore[operator]
        "the children": lambda pid: bool(children(pid)),
    }
    supervisor = served(node)
    try:
        wait_for(lambda: begun[step](supervisor.pid), node.log)
    finally:
        supervisor.kill()
        supervisor.wait()
    wait_for(lambda: not of_this_node(node), lambda: f"left: {of_this_node(node)}")
    assert not database.is_running(node.config)


def test_a_console_worker_ends_with_its_server_and_the_console_comes_again(node: RunningNode) -> None:
    supervisor = served(node)
    try:
        wait_for(lambda: answers(node), node.log)
        console = children(supervisor.pid)["console"]
        workers = set(children(console).values())
        assert workers
        os.kill(console, signal.SIGKILL)
        wait_for(lambda: not workers & of_this_node_ids(node), node.log)
        wait_for(lambda: children(supervisor.pid).get("console", console) != console and answers(node), node.log)
    finally:
        ended(supervisor)


def test_a_node_is_served_once(node: RunningNode, monkeypatch: pytest.MonkeyPatch) -> None:
    from mithaq.node import keeper

    monkeypatch.setattr(keeper, "_PATIENCE", 0)
    with keeper.lock(node.config):
        with pytest.raises(ConfigError) as wrong, keeper.lock(node.config):
            pass
        assert wrong.value.code == "node.running"
    with keeper.lock(node.config) as inherits:
        assert len(inherits) == 1


def test_what_ends_is_started_again_and_all_ends_when_asked(node: RunningNode) -> None:
    supervisor = served(node)
    try:
        wait_for(lambda: set(children(supervisor.pid)) == {"gateway", "worker", "console"}, node.log)
        wait_for(lambda: answers(node), node.log)
        before = children(supervisor.pid)
        os.kill(before["worker"], signal.SIGKILL)
        wait_for(lambda: children(supervisor.pid).get("worker", before["worker"]) != before["worker"], node.log)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(timeout=40) == 0
        assert not [pid for pid in before.values() if Path(f"/proc/{pid}").exists()]
        assert not database.is_running(node.config)
        assert not of_this_node(node)
    finally:
        ended(supervisor)
