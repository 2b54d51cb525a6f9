"""What this subject fills in the registry: nothing yet; people are set up at the node."""


def register() -> None:
    """Nothing to register."""
