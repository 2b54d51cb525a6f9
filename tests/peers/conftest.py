"""Two real nodes without consoles, for the tests of the road between them; one pair a test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.node import here as place
from tests.node.nodes import Pair, two_nodes

place.configured()


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    """MA-POLICE and BE-POLICE with gateway and worker running."""
    with two_nodes("gateway", "worker") as found:
        yield found
