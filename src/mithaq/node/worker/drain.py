"""One round of the worker: open what arrived, turn wishes into messages, deliver, sequence the ledger.

Rule: a round may be cut at any point and repeated; each step commits what it did. What runs by the clock never keeps
messages from their road: a turn that fails is told in the diagnostics, and the next one has its turn.
Design: architecture, "The road".
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError

from mithaq.node.acts import access, access_end, chain, deliver, dispatch, erase, opening, sequence, unsigned
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node

LOG = logging.getLogger("mithaq.worker")


def drain(custody: Custody, link: deliver.Link) -> int:
    """Do everything that is due now; returns how many things were done."""
    done = opening.open_waiting(custody)
    done += dispatch.dispatch_open(custody)
    done += deliver.deliver_due(link, Node.clock.now())
    return done + sequence.sequence(custody, Node.clock.now())


def every_minute() -> None:
    """What runs by the clock: the access log's head becomes a leaf, its chain is checked and its rows that are over
    end; what expired is erased, a plan whose signatures do not hold raises an alarm, subjects have a turn."""
    turns = (access.seal_head, chain.check_minute, access_end.end_rows, erase.erase_expired, unsigned.alarm)
    for turn in (*turns, *REGISTRY.every_minute):
        _turn(turn)


def every_round() -> None:
    """What a person waits for and is no message."""
    for turn in REGISTRY.every_round:
        _turn(turn)


def _turn(turn: Callable[[datetime], object]) -> None:
    try:
        turn(Node.clock.now())
    except DatabaseError:
        raise  # the worker connects again
    except Exception:
        LOG.exception("a turn failed: %s", getattr(turn, "__qualname__", turn))
