"""What this subject fills in the registry."""

from __future__ import annotations

from mithaq.node.acts.registry import REGISTRY, Source
from mithaq.node.lists import acts, facts


def register() -> None:
    """Acts, and the source of screening."""
    REGISTRY.add(*acts.ACTS)
    REGISTRY.sources["list"] = Source("list", facts.generation, facts.subjects, facts.card)
