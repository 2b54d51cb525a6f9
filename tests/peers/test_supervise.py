"""`mithaq node serve`: starts the three processes and the database, starts again what ends, and ends all when asked."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

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


def of_this_node(node: RunningNode) -> list[str]:
    """The command lines of all processes of the node, grandchildren included."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            line = (entry / "cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
            if str(node.config.path) in line:
                found.append(line)
    return found


def test_what_ends_is_started_again_and_all_ends_when_asked(pair: Pair) -> None:
    node: RunningNode = pair.be
    node.stop()
    command = [sys.executable, "-m", "mithaq.cli", "node", "serve", "--config", str(node.config.path)]
    supervisor = subprocess.Popen(command, env=node.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: set(children(supervisor.pid)) == {"gateway", "worker", "console"}, node.log)
        wait_for(node._answers, node.log)
        before = children(supervisor.pid)
        os.kill(before["worker"], signal.SIGKILL)
        wait_for(lambda: children(supervisor.pid).get("worker", before["worker"]) != before["worker"], node.log)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(timeout=40) == 0
        assert not [pid for pid in before.values() if Path(f"/proc/{pid}").exists()]
        assert not database.is_running(node.config)
        assert not of_this_node(node)
    finally:
        if supervisor.poll() is None:
            supervisor.terminate()
            supervisor.wait(timeout=40)
        database.start_embedded(node.config)
        node.start("gateway", "worker")
