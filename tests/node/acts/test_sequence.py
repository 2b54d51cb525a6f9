"""The sequencer: what is queued becomes tree and head at once, and an idle one commits nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.backends.postgresql.base import DatabaseWrapper

from mithaq.node.acts import sequence
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys


def test_nothing_is_committed_for_an_empty_queue(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    commits: list[Any] = []
    commit = DatabaseWrapper._commit
    monkeypatch.setattr(DatabaseWrapper, "_commit", lambda self: commits.append(self) or commit(self))
    queued = len(rows("acts.Leaf", index=None))  # of the plans that the node has enacted
    assert sequence.sequence(worker_keys(here), here.clock.now()) == queued > 0
    assert len(commits) == 1
    assert sequence.sequence(worker_keys(here), here.clock.now()) == 0
    assert len(commits) == 1
    assert [one.size for one in rows("acts.Checkpoint")] == [queued]
