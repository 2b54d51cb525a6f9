"""A process that ends with its parent ends at once when that is gone already, and lives where nobody started it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from mithaq.node import lifeline

CHILD = "from mithaq.node import lifeline; lifeline.end_with_supervisor(); print('lives')"


@pytest.mark.parametrize(
    ("supervisor", "lives"),
    [
        ("this process", True),
        ("", True),  # an operator's own command
        ("not a number", True),
        ("1", False),  # the supervisor is gone: another process is the parent
    ],
)
def test_a_child_lives_as_long_as_its_supervisor(supervisor: str, lives: bool) -> None:
    environment = {**os.environ, lifeline.SUPERVISOR: supervisor.replace("this process", str(os.getpid()))}
    done = subprocess.run([sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0, done.stdout == "lives\n") == (lives, lives), done.stderr


def test_the_kernel_ends_a_child_whose_parent_is_killed() -> None:
    child = f"import time\n{CHILD}\nimport sys; sys.stdout.flush(); time.sleep(600)"
    parent = (
        "import os, subprocess, sys, time\n"
        f"names = {{**os.environ, {lifeline.SUPERVISOR!r}: str(os.getpid())}}\n"
        f"subprocess.Popen([sys.executable, '-c', {child!r}], env=names)\ntime.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"lives\n"
        process.kill()
        # The child holds the other end of the pipe: its end is the end of what can be read.
        assert process.stdout.read() == b""
