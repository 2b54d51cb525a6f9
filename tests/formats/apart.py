"""A measure in a process of its own, forked from one that has loaded the readers: to start one and to load them takes
longer than most measures do.

Rule: nothing that one measure does is left for the next: its peak of memory and its limit of a processor are its own.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.formats.growth", "tests.formats.memory"])


def apart(measure: Callable[..., Any], *words: str) -> Any:
    """What `measure(*words)` gives in a process of its own; fails the test when it raises or is ended."""
    here, there = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_send, args=(there, measure, words))
    process.start()
    there.close()
    try:
        found, fault = here.recv()
    except EOFError:
        found, fault = None, "ended before it gave anything"
    process.join()
    assert (process.exitcode, fault) == (0, ""), f"ended by {process.exitcode}: {fault}"
    return found


def _send(there: Connection, measure: Callable[..., Any], words: tuple[str, ...]) -> None:
    try:
        there.send((measure(*words), ""))
    except Exception:
        there.send((None, traceback.format_exc()))
        raise
