"""One round of the worker: open what arrived, turn wishes into messages, deliver, sequence the ledger.

Rule: a round may be cut at any point and repeated; each step commits what it did. Design: architecture, "The road".
"""

from __future__ import annotations

from mithaq.node.acts import access, deliver, dispatch, erase, opening, sequence
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.start import Node


def drain(custody: Custody, link: deliver.Link) -> int:
    """Do everything that is due now; returns how many things were done."""
    done = opening.open_waiting(custody)
    done += dispatch.dispatch_open(custody)
    done += deliver.deliver_due(link, Node.clock.now())
    return done + sequence.sequence(custody, Node.clock.now())


def every_minute() -> None:
    """What runs by the clock: the access log's head becomes a leaf, what expired is erased, subjects have a turn."""
    access.seal_head(Node.clock.now())
    erase.erase_expired(Node.clock.now())
    for turn in REGISTRY.every_minute:
        turn(Node.clock.now())
