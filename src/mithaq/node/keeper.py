"""Ends the embedded database when the supervisor is gone, however it ended.

Run by the supervisor as `python -m mithaq.node.keeper NODE.TOML FD`, which alone holds the other end of the pipe FD
and writes a byte to it when the database runs. Rules: the keeper holds the node's lock until the database has stopped,
so that no new `mithaq node serve` finds one that is about to; it waits for no lock of another node.
Design: architecture, "Three processes, three database roles". Source: PostgreSQL documentation, "Shutting Down the
Server" (SIGINT ends sessions and writes a checkpoint, SIGQUIT does not, which the next start makes good).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mithaq.errors import ConfigError
from mithaq.node.config import Config, read_config

# A supervisor that was killed while its database started leaves the starting to go on: so long it may take.
_STARTING = 15.0
# A shutdown that has not ended by then is made an immediate one; then it is given up.
_FAST, _LAST = 10.0, 30.0
_PATIENCE = 60.0
_PAUSE = 0.1


@contextmanager
def lock(config: Config) -> Iterator[tuple[int, ...]]:
    """Hold the lock of a node with an embedded database; yields what its processes inherit, so that it lasts as long
    as they do. Waits for a node that is just ending. ConfigError `node.running`."""
    if config.embedded is None:
        yield ()
        return
    path = config.embedded.with_name(f"{config.embedded.name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(held, path)
        yield (held,)
    finally:
        os.close(held)


def _take(held: int, path: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise ConfigError(
                    "node.running",
                    "This node is being served already.",
                    remedy="End the other “mithaq node serve” first.",
                    where=str(path),
                ) from None
        time.sleep(_PAUSE)


def start(path: Path, listens: int, inherits: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Start the keeper of the node of that configuration; it ends when the other end of `listens` is closed."""
    command = [sys.executable, "-m", "mithaq.node.keeper", str(path), str(listens)]
    return subprocess.Popen(command, start_new_session=True, pass_fds=(listens, *inherits))  # noqa: S603


def main(path: Path, listens: int) -> None:
    """Wait for the supervisor's end, then end the database."""
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # who ends the whole node at once does not take its keeper first
    config, running = read_config(path), False
    assert config.embedded is not None
    while os.read(listens, 1):
        running = True
    end = time.monotonic() + (0 if running else _STARTING)
    while not postmaster(config.embedded) and time.monotonic() < end:
        time.sleep(_PAUSE)
    _end_database(config.embedded)


def postmaster(directory: Path) -> int:
    """The id of the process that runs the database of a directory; 0 when none does."""
    try:
        pid = (directory / "postmaster.pid").read_text(encoding="utf8").partition("\n")[0].strip()
        # The id may be another process's by now; of one that has ended and waits for its parent nothing is left here.
        return int(pid) if os.fsencode(directory.resolve()) in Path(f"/proc/{int(pid)}/cmdline").read_bytes() else 0
    except (OSError, ValueError):
        return 0


def _end_database(directory: Path) -> None:
    begun, sent = time.monotonic(), 0
    while (pid := postmaster(directory)) and (waited := time.monotonic() - begun) < _LAST:
        if (wanted := int(signal.SIGINT if waited < _FAST else signal.SIGQUIT)) != sent:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, wanted)
            sent = wanted
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
