"""What this subject fills in the registry."""

from __future__ import annotations

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.oversight import acts, alarms, unusual

KEPT = {
    "oversight.Figure": "figures of reading, made anew by the clock and dropped at their end",
    "oversight.Finding": "what oversight found about an alarm: an account of an official step",
    "oversight.LogHold": "why rows of the access log were kept, and by whom: an account of an official step",
}


def register() -> None:
    """What oversight must look at and says of it, the figures that are made by the clock, and rows that stay."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.add_queues(alarms.QUEUE)
    REGISTRY.every_minute.append(unusual.make)
    REGISTRY.keeps.append(alarms.keeps)
    REGISTRY.kept.update(KEPT)
