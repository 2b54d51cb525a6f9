"""What runs by the clock in the worker never keeps messages from their road."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError

from mithaq.node.acts.registry import REGISTRY
from mithaq.node.worker import drain
from tests.node.here import Here


def test_a_turn_that_fails_leaves_the_others_theirs(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    had: list[datetime] = []

    def broken(_now: datetime) -> None:
        raise ValueError("a list that nobody foresaw")

    monkeypatch.setattr(REGISTRY, "every_minute", [broken, had.append])
    drain.every_minute()
    assert had == [here.clock.now()]


def test_a_database_that_is_gone_is_for_the_worker_to_see(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_now: datetime) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(REGISTRY, "every_minute", [gone])
    with pytest.raises(DatabaseError):
        drain.every_minute()
