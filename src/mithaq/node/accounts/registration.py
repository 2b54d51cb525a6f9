"""What this subject fills in the registry: the acts on people, and what waits for a second person."""

from __future__ import annotations

from mithaq.node.accounts import confirming, delegation_acts, people_acts, queues
from mithaq.node.acts.registry import REGISTRY


def register() -> None:
    """Acts and queues."""
    REGISTRY.add(*people_acts.ACTS, *confirming.ACTS, *delegation_acts.ACTS)
    REGISTRY.add_queues(*queues.QUEUES)
