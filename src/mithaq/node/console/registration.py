"""What the console fills in the registry: acts that wait for their moment, and how long they are kept."""

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import endings, planned


def register() -> None:
    """The worker's turn for planned acts, and their retention."""
    REGISTRY.every_round.append(planned.every_round)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
