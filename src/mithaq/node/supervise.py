"""Runs a node's processes and keeps them running: database, gateway, worker, console.

Rule: a process that ends is started again, after a pause that grows; SIGTERM ends all, the database last.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from mithaq.node import database
from mithaq.node.config import ROLES, read_config

LONGEST = 30.0


@dataclass
class Child:
    """A process of the node."""

    role: str
    process: subprocess.Popen[bytes]
    failures: int = 0
    again: float = 0.0
    started: float = field(default_factory=time.monotonic)


def run(path: Path) -> int:
    """Serve until asked to stop; the exit code."""
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    config = read_config(path)
    database.start_embedded(config)
    children = [Child(role, _start(role, path)) for role in ROLES]
    try:
        while not stop.wait(0.2):
            for child in children:
                _look(child, path)
    finally:
        _end(children)
        database.stop_embedded(config)
    return 0


def _start(role: str, path: Path) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C in the terminal reaches this process alone, which then ends the others in order.
    command = [sys.executable, "-m", "mithaq.cli", "node", role, "--config", str(path)]
    return subprocess.Popen(command, start_new_session=True, env={**os.environ, "MITHAQ_CONFIG": str(path)})  # noqa: S603


def _look(child: Child, path: Path) -> None:
    if child.process.poll() is None:
        if child.failures and time.monotonic() - child.started > LONGEST:
            child.failures = 0
        return
    if not child.again:
        child.failures += 1
        child.again = time.monotonic() + min(LONGEST, 0.2 * 2**child.failures)
        print(f"mithaq: the {child.role} ended with {child.process.returncode}; starting it again", file=sys.stderr)
    elif time.monotonic() >= child.again:
        child.process, child.again, child.started = _start(child.role, path), 0.0, time.monotonic()


def _end(children: list[Child]) -> None:
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()
    for child in children:
        try:
            child.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        # A server that was asked to end while it was starting may leave a worker behind: it goes with its group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
