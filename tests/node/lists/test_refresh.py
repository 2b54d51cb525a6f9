"""The refresh by the clock: what is new waits or takes effect, what is not does nothing, what goes wrong is told."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mithaq.node import start
from mithaq.node.list_sources import ListSource
from mithaq.node.lists import facts, refresh
from mithaq.node.lists.source import subjects
from tests.node import acts_material as material
from tests.node.here import Here, rows
from tests.node.lists.material import confirmed, un_list
from tests.node.lists.mirror import mirror

ALL = un_list(A=("Zohair Tafrasti",), B=("Samira Oulhaj",), C=("Wouter Peeters",))
MORE = un_list(A=("Zohair Tafrasti",), B=("Samira Oulhaj",), C=("Wouter Peeters",), D=("Anke Verhulst",))
REST = un_list(A=("Zohair Tafrasti",))
EVERY = timedelta(hours=6)


@pytest.fixture
def file(here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of a file, refreshed every six hours, that takes effect by itself."""
    source = ListSource("UN", ("un.xml",), False, EVERY, "BE-POLICE/BORDER", True, None, tmp_path)
    monkeypatch.setattr(start.Node, "config", replace(here.config, lists={"UN": source}))
    path = tmp_path / "un.xml"
    path.write_bytes(ALL)
    return path


def turn(here: Here, **later: float) -> facts.RefreshFacts:
    """The worker's turn, so much later; how the refresh stands."""
    here.clock.forward(**later)
    refresh.tick("UN", here.clock.now(), refresh.at_once)
    return facts.refreshes()["UN"]


def set_confirm(monkeypatch: pytest.MonkeyPatch, confirm: bool) -> None:
    source = start.Node.config.lists["UN"]
    changed = {"UN": replace(source, confirm=confirm)}
    monkeypatch.setattr(start.Node, "config", replace(start.Node.config, lists=changed))


def test_what_is_new_takes_effect_and_what_is_not_does_nothing(here: Here, file: Path) -> None:
    state = turn(here)
    assert (state.code, state.worked, state.due) == ("", here.clock.now(), here.clock.now() + EVERY)
    assert len(tuple(subjects())) == 3
    file.write_bytes(MORE)
    assert turn(here, hours=5).tried == state.tried  # not due yet
    leaves = len(rows("acts.Leaf"))
    assert turn(here, hours=1).digest != state.digest
    assert [one.state for one in facts.versions("UN")] == ["live", "replaced"]
    assert len(rows("acts.Leaf")) == leaves + 2
    turn(here, hours=6)
    assert len(facts.versions("UN")) == 2
    assert len(rows("acts.Leaf")) == leaves + 2


def test_without_the_setting_a_version_waits_for_a_person(
    here: Here, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_confirm(monkeypatch, confirm=False)
    assert turn(here).code == ""
    (version,) = facts.pending()
    assert (version.imported_by, version.added) == (refresh.SCHEDULE, 3)
    turn(here, hours=6)
    assert facts.pending() == (version,)
    confirmed(version.id)
    assert len(tuple(subjects())) == 3


def test_half_that_would_vanish_waits_for_a_person_with_a_reason(here: Here, file: Path) -> None:
    turn(here)
    file.write_bytes(REST)
    state = turn(here, hours=6)
    assert (state.code, state.failures, state.due) == ("list.vanished", 0, here.clock.now() + EVERY)
    assert len(tuple(subjects())) == 3
    (version,) = facts.pending()
    turn(here, hours=6)
    assert facts.pending() == (version,)
    confirmed(version.id, "they were taken off", material.APPROVER)
    assert len(tuple(subjects())) == 1


def test_a_failure_is_told_and_tried_again_sooner_at_first(here: Here, file: Path) -> None:
    file.unlink()
    pauses = []
    for _attempt in range(8):
        state = turn(here)
        assert state.code == "list.unreachable"
        pauses.append((state.due - here.clock.now()) // timedelta(minutes=1))
        here.clock.forward(minutes=pauses[-1])
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 360]
    file.write_bytes(b"<CONSOLIDATED_LIST>")
    assert turn(here).code == "un_list.xml"
    file.write_bytes(ALL)
    state = turn(here, hours=6)
    assert (state.code, state.failures, len(tuple(subjects()))) == ("", 0, 3)


def test_a_refusal_of_the_plan_is_told(here: Here, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = replace(start.Node.config.lists["UN"], unit="BE-POLICE/NOBODY")
    monkeypatch.setattr(start.Node, "config", replace(start.Node.config, lists={"UN": source}))
    assert turn(here).code == "plan.sender"


def test_a_fetch_that_takes_long_is_taken_when_it_is_there(here: Here, file: Path) -> None:
    running: Future[tuple[bytes, ...]] = Future()
    refresh.tick("UN", here.clock.now(), lambda _source: running)
    assert facts.refreshes() == {}
    running.set_result((ALL,))
    refresh.tick("UN", here.clock.now(), lambda _source: running)
    assert len(tuple(subjects())) == 3


@pytest.fixture
def quiet() -> Iterator[None]:
    refresh._RUNNING.clear()
    yield
    refresh._RUNNING.clear()


@pytest.mark.usefixtures("quiet", "file")
def test_the_workers_turn_fetches_beside_its_rounds(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mirror(tmp_path) as at:
        at.answers["/un.xml"] = (200, {}, ALL)
        source = replace(start.Node.config.lists["UN"], places=(at.url("/un.xml"),), is_url=True, ca=at.ca)
        monkeypatch.setattr(start.Node, "config", replace(start.Node.config, lists={"UN": source}))
        from mithaq.node.worker.drain import every_minute

        every_minute()
        refresh._RUNNING["UN"].exception(timeout=20)
        every_minute()
        every_minute()
    assert at.asked == ["/un.xml"]
    assert len(tuple(subjects())) == 3
