"""Who waits to hear that subjects changed is told within the act, and what that brings is written with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from mithaq.errors import StateError
from mithaq.node.acts import arrive, opening, perform
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Effects, Row, SubjectsChanged
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.wanted.requests import WithdrawNotice
from tests.node import acts_material as material
from tests.node.acts.test_road import published
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys


@pytest.fixture
def told(here: Here, monkeypatch: pytest.MonkeyPatch) -> list[SubjectsChanged]:
    found: list[SubjectsChanged] = []

    def hear(change: SubjectsChanged, now: datetime, new_id: Callable[[], UUID]) -> Effects:
        found.append(change)
        fields = {"plan": "elsewhere", "line": change.source, "by": "BE", "since": now, "reason": "heard"}
        return Effects(rows=(Row("acts.Suspension", str(new_id()), 0, fields),))

    monkeypatch.setattr(REGISTRY, "on_subjects_changed", [hear])
    return found


def test_a_notice_enters_and_leaves(told: list[SubjectsChanged]) -> None:
    key = published()
    (row,) = rows("wanted.Notice", pk=key)
    perform.perform("withdraw-notice@1", WithdrawNotice(key, row.version, "found"), material.APPROVER)
    subject = (f"notice:{key}",)
    assert told == [SubjectsChanged("notice", key, entered=subject), SubjectsChanged("notice", key, left=subject)]


def test_a_partners_notice_enters(here: Here, told: list[SubjectsChanged]) -> None:
    arrive.accept(material.message(here), "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    (row,) = rows("wanted.Notice")
    assert [(one.source, one.entered) for one in told] == [("notice", (f"notice:{row.pk}",))]
    assert len(rows("acts.Suspension", reason="heard")) == 1


def test_what_the_hearer_cannot_write_undoes_the_act(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = Effects(rows=(Row("acts.Suspension", "019a0000-0000-7000-8000-000000000000", 3, {}),))
    monkeypatch.setattr(REGISTRY, "on_subjects_changed", [lambda *_: wrong])
    with pytest.raises(StateError):
        published()
    assert [row.state for row in rows("wanted.Notice")] == ["approved"]
