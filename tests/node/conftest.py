"""Fixtures of the node's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.node import here as place


@pytest.fixture
def here() -> Iterator[place.Here]:
    """An empty node with the plans enacted."""
    yield from place.fresh()


place.configured()
