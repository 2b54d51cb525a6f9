"""How the suite is shared out between processes: a file at a time, and whole directories that hold running nodes.

Two nodes, their databases and a browser are set up once for a directory and are what takes the time, so that its tests
stay together. (xdist's own groups are marks in the ids of tests, which pytest 9 no longer takes.)
"""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/peers/")
# It has two nodes of its own, and would make its directory longer than half of all.
APART = ("tests/browser/test_day.py",)

# No test says how quick anything has to be: on a busy machine an example that takes long is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# The suite starts hundreds of processes: without compiled modules each would compile the same thousand files anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


class ByPlace(LoadScopeScheduling):
    """Tests of one file run in one process, and so do all of a directory of `TOGETHER` but those of `APART`."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in APART else next((place for place in TOGETHER if file.startswith(place)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace:
    """The scheduler of `pytest -n 2`."""
    return ByPlace(config, log)
