"""How the suite is shared out between processes: a file at a time, and whole directories that hold running nodes.

Two nodes, their databases and a browser are set up once for a directory and are what takes the time, so that its tests
stay together. (xdist's own groups are marks in the ids of tests, which pytest 9 no longer takes.)
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/peers/")


class ByPlace(LoadScopeScheduling):
    """Tests of one file run in one process, and so do all of a directory of `TOGETHER`."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace:
    """The scheduler of `pytest -n 2`."""
    return ByPlace(config, log)
