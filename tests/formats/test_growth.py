"""Hostile bytes take processor time that grows with their size, and not with its square, whichever reader takes them.

Rule: compared is the processor time that one process takes for a size and for four times that size, so that neither
the machine nor its load decides: what grows with the size takes about 4 times as long, with its square 16 times.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from mithaq.formats.known import FORMATS
from tests.formats.growth import CASES, READERS

# Between the 4 of what grows with the size and the 16 of what grows with its square.
MOST = 9.0
# Seconds: a clock cannot tell less from nothing, and no officer notices it.
LEAST = 0.02


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_size_and_not_with_its_square(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.formats.growth", name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"ended by {done.returncode}: {done.stderr[-500:]}"
    small, large = map(float, done.stdout.split())
    assert large < LEAST or large / small < MOST, f"{small:.3f} s, then {large:.3f} s"


def test_every_format_is_tried() -> None:
    assert {one.kind.removesuffix(" list") for one in FORMATS} <= {name for name, _, _ in READERS}
