"""Of very many who share a day of birth some are compared, and that there are more is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mithaq.node.acts import near
from mithaq.node.acts.registry import Held
from tests.node.authorities import NOW


def held(model: str, number: int) -> Held:
    at = NOW + timedelta(minutes=number)
    return Held(model, str(number), f"{model}/{number}", "/", at, "state", ("Somebody",))


def test_the_first_are_compared_and_more_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "MOST", 2)
    rows = ["Zohair Tafrasti", "Somebody Else", "Zouhair Tafrasti"]
    assert near.alike("Zohair Tafrasti", rows[:2], lambda name: (name,)) == (["Zohair Tafrasti"], False)
    assert near.alike("Zohair Tafrasti", rows, lambda name: (name,)) == (["Zohair Tafrasti"], True)
    assert near.alike("Zohair Tafrasti", [], lambda name: (name,)) == ([], False)


def test_of_each_model_the_newest_stay_and_each_record_once() -> None:
    found = near.found([*(held("a", number) for number in (1, 3, 2, 3)), held("b", 1)], 2, ["c"])
    assert [(one.model, one.record) for one in found.held] == [("a", "3"), ("a", "2"), ("b", "1")]
    assert found.cut == {"a", "c"}
