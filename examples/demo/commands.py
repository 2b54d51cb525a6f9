"""Runs `mithaq ...` as a person at a terminal would, and long-lived processes that end with the demo.

Rule: a command gets its node and its person by option and nothing by the environment; whatever is started is ended by
the process id that it was started with.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

MITHAQ = (sys.executable, "-m", "mithaq.cli")
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
STOP_SECONDS = 30


class CommandFailed(Exception):
    """A command did not end as the demo needs it to."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def ground(self) -> str:
        """The code of the error in the last line of stderr, as in `... [plan.unsigned] ...`."""
        last = (self.err.strip().splitlines() or [""])[-1]
        return last.partition("[")[2].partition("]")[0]


def run(
    *words: str | Path, expect: int | None = 0, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Ended:
    """Run one command to its end; CommandFailed when its exit code is not the expected one (None: any)."""
    command = [*MITHAQ, *map(str, words)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf8",
        env={**_environment(), **(env or {})},
        cwd=cwd,
        check=False,
    )
    if expect is not None and done.returncode != expect:
        said = done.stderr.strip()[-2000:]
        raise CommandFailed(f"mithaq {' '.join(map(str, words[:2]))} ended with {done.returncode}: {said}")
    return Ended(done.returncode, done.stdout, done.stderr)


def start(*words: str | Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a process that lives until `stop`, or until the demo dies."""
    return subprocess.Popen(
        [*MITHAQ, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=_environment(),
        start_new_session=True,  # Ctrl-C reaches the demo alone, which then stops its nodes in order
        preexec_fn=_end_with_parent,  # noqa: PLW1509  called from the main thread while no other runs
    )


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to end, then wait; kill what does not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    # The demo starts some forty processes: without compiled modules each would compile the same thousand files anew.
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MITHAQ_") and name != "PYTHONDONTWRITEBYTECODE"
    }


def _end_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
