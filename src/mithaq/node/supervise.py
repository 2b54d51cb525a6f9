"""Runs a node's processes and keeps them running: database, gateway, worker, console.

Rules: a process that ends is started again, after a pause that grows; SIGTERM ends all, the database last. Should this
process itself be killed, its children end by the kernel's word (`lifeline`) and the database by the keeper's.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from mithaq.node import database, keeper, lifeline
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
    with keeper.lock(config) as inherits, _kept(path, inherits) as tell:
        children: list[Child] = []
        try:
            database.start_embedded(config)
            tell()
            children += [Child(role, _start(role, path, inherits)) for role in ROLES]
            while not stop.wait(0.2):
                for child in children:
                    _look(child, path, inherits)
        finally:
            _end(children)
            database.stop_embedded(config)
    return 0


@contextlib.contextmanager
def _kept(path: Path, inherits: tuple[int, ...]) -> Iterator[Callable[[], None]]:
    """A keeper for as long as this process runs; yields what tells it that the database does."""
    if not inherits:  # the database is not this node's to stop
        yield lambda: None
        return
    listens, speaks = os.pipe()
    process = keeper.start(path, listens, inherits)
    os.close(listens)

    def tell() -> None:
        with contextlib.suppress(BrokenPipeError):  # a keeper that was killed hears nothing any more
            os.write(speaks, b".")

    try:
        yield tell
    finally:
        tell()  # whatever was started has been ended: there is nothing to wait for
        os.close(speaks)
        process.wait()


def _start(role: str, path: Path, inherits: tuple[int, ...]) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl-C in the terminal reaches this process alone, which then ends the others in order.
    # Called in the main thread only, with whose end the kernel ends the child.
    command = [sys.executable, "-m", "mithaq.cli", "node", role, "--config", str(path)]
    names = {"MITHAQ_CONFIG": str(path), lifeline.SUPERVISOR: str(os.getpid())}
    return subprocess.Popen(command, start_new_session=True, env={**os.environ, **names}, pass_fds=inherits)  # noqa: S603


def _look(child: Child, path: Path, inherits: tuple[int, ...]) -> None:
    if child.process.poll() is None:
        if child.failures and time.monotonic() - child.started > LONGEST:
            child.failures = 0
        return
    if not child.again:
        child.failures += 1
        child.again = time.monotonic() + min(LONGEST, 0.2 * 2**child.failures)
        print(f"mithaq: the {child.role} ended with {child.process.returncode}; starting it again", file=sys.stderr)
    elif time.monotonic() >= child.again:
        child.process, child.again, child.started = _start(child.role, path, inherits), 0.0, time.monotonic()


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
