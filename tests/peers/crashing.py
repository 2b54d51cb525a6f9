"""Runs a process of a node that kills itself with SIGKILL at one point, the k-th of its life.

A point is the moment before or after the outermost commit of a transaction, before or after a statement that commits by
itself, and before or after the answer of the partner. `python -m tests.peers.crashing ROLE CONFIG K`. Prints nothing:
what the test looks at is what the databases hold afterwards.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mithaq.cli import session


class Countdown:
    """Kills this process when it has been asked `left` times."""

    def __init__(self, left: int) -> None:
        self.left = left

    def point(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def arm(countdown: Countdown) -> None:
    """Put points around commits and around the link's answers."""
    from django.db.backends.postgresql.base import DatabaseWrapper
    from django.db.models.query import QuerySet

    from mithaq.node.worker.link import HttpsLink

    def around(function: Callable[..., Any], condition: Callable[[Any], bool]) -> Callable[..., Any]:
        def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
            armed = condition(self)
            if armed:
                countdown.point()
            answer = function(self, *args, **kwargs)
            if armed:
                countdown.point()
            return answer

        return wrapped

    def alone(rows: Any) -> bool:
        from django.db import connection

        return not connection.in_atomic_block and rows is not None

    DatabaseWrapper._commit = around(DatabaseWrapper._commit, lambda _: True)  # type: ignore[method-assign]
    QuerySet.update = around(QuerySet.update, alone)  # type: ignore[method-assign]
    HttpsLink.post = around(HttpsLink.post, lambda _: True)  # type: ignore[method-assign]


def main() -> None:
    """Run the role until it kills itself, or until it is told to stop."""
    role, path, left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    config = session.open_node(path, role)
    from mithaq.node import database

    arm(Countdown(left))
    if role == "gateway":
        from mithaq.node.gateway import serve as gateway

        gateway.run(config)
    else:
        from mithaq.node.worker import serve as worker

        worker.run(config, database.url_of(config, role))


if __name__ == "__main__":
    main()
