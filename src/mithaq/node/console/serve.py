"""Runs the console: granian with blocking threads (WSGI; under ASGI pages ran 2.4 times slower)."""

from __future__ import annotations

from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from mithaq.node.config import read_config

THREADS = 4
# Seconds that a thread without work stays: it holds a connection to the database, which lives as long (start.py).
IDLE = 600


def run(path: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = read_config(path)
    Granian(
        "mithaq.node.console.wsgi:application",
        address=config.console.host,
        port=config.console.port,
        interface=Interfaces.WSGI,
        workers=config.console_workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE,
        log_enabled=False,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
