"""Runs a process of a node that writes down the commit points it comes to, or kills itself with SIGKILL at one of them.

`python -m tests.peers.crashing ROLE CONFIG FILE [NAME MOMENT]`: with a name and `before` or `after`, the process writes
that point to FILE and dies there, the first time it comes to it; without, it adds each point to FILE and lives on.
What is a point, and its name, is said in `points.py`. Prints nothing: what a test looks at is how the process ended,
FILE, and what the databases hold.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mithaq.cli import session
from tests.peers.points import ACTS

WRITES = ("INSERT", "UPDATE", "DELETE")


class Watch:
    """Adds points to a file, or kills this process at the one that it waits for."""

    def __init__(self, file: Path, wanted: tuple[str, str] | None) -> None:
        self.file, self.wanted, self.lock = file, wanted, threading.Lock()

    def reached(self, name: str, moment: str) -> None:
        if self.wanted not in {None, (name, moment)}:
            return
        with self.lock, self.file.open("a", encoding="utf8") as target:
            target.write(f"{name} {moment}\n")
        if self.wanted is not None:
            os.kill(os.getpid(), signal.SIGKILL)


def place() -> str:
    """`module.function` of the innermost frame within node/acts: what holds the transaction."""
    frame = sys._getframe(1)
    while frame is not None:
        path, function = Path(frame.f_code.co_filename), frame.f_code.co_name
        if path.parent == ACTS and not function.startswith("<"):
            return f"{path.stem}.{function}"
        frame = frame.f_back  # type: ignore[assignment]
    return "outside node/acts"


def arm(watch: Watch) -> None:
    """Put points around commits, around statements that commit by themselves, and around the partner's answers."""
    from django.db.backends.postgresql.base import DatabaseWrapper
    from django.db.backends.signals import connection_created

    from mithaq.node.worker.link import HttpsLink

    def around(name: str, work: Callable[[], Any]) -> Any:
        watch.reached(name, "before")
        answer = work()
        watch.reached(name, "after")
        return answer

    commit, post = DatabaseWrapper._commit, HttpsLink.post

    def statement(execute: Callable[..., Any], text: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        alone = not context["connection"].in_atomic_block and text.lstrip().upper().startswith(WRITES)
        return (
            around(place(), lambda: execute(text, params, many, context))
            if alone
            else execute(text, params, many, context)
        )

    def connected(connection: Any, **_: Any) -> None:
        if statement not in connection.execute_wrappers:
            connection.execute_wrappers.append(statement)

    connection_created.connect(connected, weak=False)
    DatabaseWrapper._commit = lambda self: around(place(), lambda: commit(self))  # type: ignore[method-assign,assignment]
    HttpsLink.post = lambda self, partner, path, data: around(  # type: ignore[method-assign,assignment]
        f"link.post {path}", lambda: post(self, partner, path, data)
    )


def main() -> None:
    """Run the role until it kills itself, or until it is told to stop."""
    role, path, file, *point = sys.argv[1:]
    config = session.open_node(Path(path), role)
    from mithaq.node import database

    arm(Watch(Path(file), (point[0], point[1]) if point else None))
    if role == "gateway":
        from mithaq.node.gateway import serve as gateway

        gateway.run(config)
    else:
        from mithaq.node.worker import serve as worker

        worker.run(config, database.url_of(config, role))


if __name__ == "__main__":
    main()
