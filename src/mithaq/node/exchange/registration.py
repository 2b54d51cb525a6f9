"""What this subject fills in the registry."""

from __future__ import annotations

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import acts


def register() -> None:
    """The act of suspending a line."""
    REGISTRY.add(*acts.ACTS)
