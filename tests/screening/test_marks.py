"""Marks are never taken for those of another turn, of another thread, or of before they were full."""

from __future__ import annotations

import pickle
import threading

from mithaq.screening import marks
from mithaq.screening.marks import Marks


def test_a_turn_begins_above_all_marks_of_those_before() -> None:
    kept = Marks(3, 2)
    first = kept.turn(5)
    kept.columns[0][1] = first + 5
    second = kept.turn(5)
    assert second >= first + 5
    assert kept.columns[0].max() <= second
    assert [len(column) for column in kept.columns] == [3, 2]


def test_full_marks_are_emptied() -> None:
    kept = Marks(3)
    kept.turn(marks._MOST - 1)
    kept.columns[0][:] = marks._MOST - 1
    assert kept.turn(2) == 0
    assert not kept.columns[0].any()


def test_each_thread_has_its_own_and_another_process_none() -> None:
    kept = Marks(3)
    kept.columns[0][:] = kept.turn(7) + 7
    seen: list[int] = []
    other = threading.Thread(target=lambda: seen.extend((int(kept.columns[0].max()), kept.turn(1))))
    other.start()
    other.join()
    assert seen == [0, 0]
    assert pickle.loads(pickle.dumps(kept)).turn(1) == 0
