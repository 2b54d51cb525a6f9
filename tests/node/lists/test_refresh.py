"""The refresh by the clock: what is new waits or takes effect, what is not does nothing, what goes wrong is told."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.node import start
from mithaq.node.acts.perform import perform
from mithaq.node.list_sources import ListSource
from mithaq.node.lists import facts, refresh
from mithaq.node.lists.requests import RefreshList
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


def test_a_mirror_that_went_back_is_stopped_and_told(here: Here, file: Path) -> None:
    turn(here)
    file.write_bytes(MORE)
    turn(here, hours=6)
    file.write_bytes(ALL)
    state = turn(here, hours=6)
    assert (state.code, state.failures, len(tuple(subjects()))) == ("list.older", 0, 4)
    (version,) = facts.pending()
    assert version.older == "seen"
    # What it serves again is live already: what waited is gone, and nothing is wrong any more.
    file.write_bytes(MORE)
    assert turn(here, hours=6).code == ""
    assert (facts.pending(), len(tuple(subjects()))) == ((), 4)
    file.write_bytes(MORE.replace(b"2026-01-01", b"2025-12-31"))
    assert turn(here, hours=6).code == "list.older"
    confirmed(facts.pending()[0].id, "the publisher went back")


def test_a_person_has_a_list_refreshed_before_it_is_due(here: Here, file: Path) -> None:
    def asked(name: Any) -> None:
        perform("refresh-list@1", RefreshList(name), material.DRAFTER)

    asked("UN")  # before its first turn
    turn(here)
    file.write_bytes(MORE)
    turn(here, hours=1)
    assert len(tuple(subjects())) == 3
    asked("UN")
    state = turn(here)
    assert (len(tuple(subjects())), state.due) == (4, here.clock.now() + EVERY)
    with pytest.raises(InputError) as error:
        asked("EU")
    assert error.value.code == "list.source"


def test_a_person_who_asks_while_it_is_fetched_keeps_nothing_up(here: Here, file: Path) -> None:
    turn(here)
    here.clock.forward(hours=6)
    file.write_bytes(MORE)

    class Asking(Future[tuple[bytes, ...]]):
        def result(self, timeout: float | None = None) -> tuple[bytes, ...]:
            perform("refresh-list@1", RefreshList("UN"), material.DRAFTER)
            return (MORE,)

    running = Asking()
    running.set_result((MORE,))
    refresh.tick("UN", here.clock.now(), lambda _source: running)
    assert len(tuple(subjects())) == 4
    assert facts.refreshes()["UN"].worked == here.clock.now()


def test_an_own_table_is_refreshed_with_its_mapping(here: Here, tmp_path: Path, monkeypatch: Any) -> None:
    mapping = tmp_path / "own.toml"
    source = ListSource("OWN", ("own.csv.gz",), False, EVERY, "BE-POLICE/BORDER", True, None, tmp_path, mapping)
    monkeypatch.setattr(start.Node, "config", replace(here.config, lists={"OWN": source}))

    def own() -> facts.RefreshFacts:
        refresh.tick("OWN", here.clock.now(), refresh.at_once)
        here.clock.forward(hours=6)
        return facts.refreshes()["OWN"]

    (tmp_path / "own.csv.gz").write_bytes(gzip.compress(b"Number;Name;Other\n1;Samira Oulhaj;Sam\n"))
    assert own().code == "list.unreachable"
    mapping.write_text("[columns]\nid = 'Number'\nnames = 'Name'\n", encoding="utf8")
    assert own().code == ""
    assert [one.names for one in subjects()] == [("Samira Oulhaj",)]
    # Another mapping of the same file is another list.
    mapping.write_text("[columns]\nid = 'Number'\nnames = ['Name', 'Other']\n", encoding="utf8")
    assert own().code == ""
    assert [one.names for one in subjects()] == [("Samira Oulhaj", "Sam")]


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
    refresh._ASKED.clear()
    yield
    refresh._RUNNING.clear()
    refresh._ASKED.clear()


def arrived() -> None:
    """Waits for the fetch that a round began, unless it was so quick that the same round took it."""
    running = refresh._RUNNING.get("UN")
    if running is not None:
        running.exception(timeout=20)


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
        arrived()
        every_minute()
        every_minute()
    assert at.asked == ["/un.xml"]
    assert len(tuple(subjects())) == 3


@pytest.mark.usefixtures("quiet")
def test_what_a_person_asked_for_is_fetched_in_the_workers_next_rounds(
    here: Here, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mithaq.node.worker.drain import every_round

    turn(here)
    file.write_bytes(MORE)
    with mirror(tmp_path) as at:
        at.answers["/un.xml"] = (200, {}, MORE)
        source = replace(start.Node.config.lists["UN"], places=(at.url("/un.xml"),), is_url=True, ca=at.ca)
        monkeypatch.setattr(start.Node, "config", replace(start.Node.config, lists={"UN": source}))
        every_round()
        assert refresh._RUNNING == {}  # nobody asked
        perform("refresh-list@1", RefreshList("UN"), material.DRAFTER)
        every_round()
        arrived()
        every_round()
        every_round()
    assert at.asked == ["/un.xml"]
    assert (len(tuple(subjects())), facts.refreshes()["UN"].asked) == (4, None)


@pytest.mark.usefixtures("quiet")
def test_a_wish_that_fails_unforeseen_is_tried_once_and_left_to_the_minute(
    here: Here, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mithaq.node.worker.drain import every_round

    started: list[str] = []

    def broken(source: ListSource) -> Future[tuple[bytes, ...]]:
        started.append(source.name)
        raise LookupError

    monkeypatch.setattr(refresh, "_beside", broken)
    perform("refresh-list@1", RefreshList("UN"), material.DRAFTER)
    for _round in range(3):
        every_round()
    assert started == ["UN"]
    here.clock.forward(minutes=1)
    perform("refresh-list@1", RefreshList("UN"), material.DRAFTER)
    every_round()
    assert started == ["UN", "UN"]
