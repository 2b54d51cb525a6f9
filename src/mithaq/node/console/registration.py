"""What the console fills in the registry: acts that wait for their moment, how long they are kept, and what
asks for a reason."""

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.console import endings, planned, tasks


def register() -> None:
    """The worker's turn for planned acts, their retention, and the settings that ask for a reason."""
    REGISTRY.every_round.append(planned.every_round)
    REGISTRY.retention.extend(endings.RULES)
    REGISTRY.kept.update(endings.KEPT)
    REGISTRY.reasons.update(tasks.settings())
