"""Runs the worker process: drains when woken by the database, when an attempt is due, and once a second anyway.

What runs by the clock runs once a minute between two rounds. Rule: SIGTERM ends it between two steps; SIGKILL at
any point loses nothing and does nothing twice. Design: architecture, "Storage and jobs".
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

import psycopg
from django.db import DatabaseError, close_old_connections

from mithaq.node.acts import deliver
from mithaq.node.acts.custody import open_worker
from mithaq.node.acts.wake import CHANNEL
from mithaq.node.config import Config
from mithaq.node.metrics import serve as metrics
from mithaq.node.metrics.measured import Rounds
from mithaq.node.start import Node
from mithaq.node.worker.drain import drain, every_minute, every_round
from mithaq.node.worker.link import HttpsLink

LOG = logging.getLogger("mithaq.worker")
IDLE = 1.0


def run(config: Config, database_url: str) -> None:
    """Work until SIGTERM or SIGINT."""
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    custody, link = open_worker(config), HttpsLink(config)
    minute, rounds = 0.0, Rounds()
    metrics.start(config, rounds)
    with psycopg.connect(database_url, autocommit=True) as ears:
        ears.execute(f"LISTEN {CHANNEL}")  # a constant of this project
        while not stop.is_set():
            try:
                if time.monotonic() - minute > 60:
                    every_minute()
                    minute = time.monotonic()
                begun = time.monotonic()
                every_round()
                done = drain(custody, link)
                rounds.took(time.monotonic() - begun)
                if not done:
                    for _ in ears.notifies(timeout=_pause(), stop_after=1):
                        pass
            except DatabaseError:
                LOG.exception("the database did not answer; trying again")
                close_old_connections()
                stop.wait(IDLE)
    link.close()


def _pause() -> float:
    due = deliver.next_due()
    if due is None:
        return IDLE
    return max(0.02, min(IDLE, (due - Node.clock.now()).total_seconds()))
