"""What this subject fills in the registry: nothing yet; the access log is written by the road."""


def register() -> None:
    """Nothing to register."""
