"""Unusual reading: figures of each reader, compared with the unit's, and what stands out is told with its figures."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.oversight import unusual
from tests.node.here import Here, rows, waits
from tests.node.oversight.material import prepared, signed_in

OVERSEER = Actor("overseer", "BE-POLICE/WANTED", frozenset({"oversight"}))
MONDAY = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def officer(name: str) -> Actor:
    return Actor(name, "BE-POLICE/BORDER", frozenset({"case-officer"}))


def found(name: str, days: int = 1) -> dict[str, tuple[int, float, bool]]:
    (one,) = [one for one in unusual.readers(days) if one.actor == name]
    return {figure.name: (figure.value, figure.usual, figure.stands_out) for figure in one.figures}


def busy(here: Here) -> None:
    """Four officers of one unit: three read four records each, one reads forty and tries six that are refused."""
    here.clock.moment = MONDAY
    for name in ("a", "b", "c"):
        for number in range(4):
            access.log(officer(name), "wanted.notice", MONDAY, f"record-{number}")
    for number in range(40):
        access.log(officer("many"), "wanted.notice", MONDAY, f"record-{number}", also=("x",) * 30)
    for number in range(6):
        access.log(officer("many"), "refused:border.hit", MONDAY, f"hit-{number}")


def test_who_reads_many_records_without_an_act_stands_out_by_figures(here: Here) -> None:
    busy(here)
    assert unusual.make(here.clock.now())
    assert found("many") == {
        "records": (40, 4.0, True),
        "unrelated": (40, 4.0, True),
        "listed": (1200, 0.0, True),
        "refused": (6, 0.0, True),
        "outside": (0, 0.0, False),
    }
    assert not any(out for _value, _usual, out in found("a").values())
    # In a week as much is less: the floor is three times as high.
    assert [name for name, (_v, _u, out) in found("many", 7).items() if out] == []
    assert [(one.kind, one.record) for one in waits(OVERSEER, here.clock.now())] == [("alarm", "many")]
    said = "1 records=40 unrelated=40 listed=1200 refused=6"
    assert [(one.code, one.about, one.detail) for one in rows("acts.Alarm")] == [("reading.unusual", "many", said)]
    # Signing in, and failing to, is no reading: nobody makes a colleague stand out by guessing.
    for _guess in range(40):
        access.log(officer("a"), f"refused:{access.SIGN_IN}", MONDAY)
    here.clock.forward(hours=1)
    assert unusual.make(here.clock.now())
    assert found("a")["refused"] == (0, 0.0, False)
    assert len(rows("acts.Alarm")) == 1


def test_a_whole_unit_that_reads_much_stands_out_nowhere(here: Here) -> None:
    here.clock.moment = MONDAY
    for name in ("a", "b", "c"):
        for number in range(40):
            access.log(officer(name), "wanted.notice", MONDAY, f"record-{number}")
    unusual.make(here.clock.now())
    assert not any(one.stands_out for one in unusual.readers(1))


def test_reading_at_night_and_at_weekends_is_outside_the_hours(here: Here) -> None:
    for moment in (MONDAY, MONDAY + timedelta(hours=12), MONDAY - timedelta(days=1)):
        access.log(officer("a"), "wanted.notice", moment, "record")
    here.clock.moment = MONDAY + timedelta(hours=13)
    unusual.make(here.clock.now())
    assert found("a", 7)["outside"][0] == 2
    assert found("a", 7)["records"][0] == 1


@pytest.mark.parametrize(("together", "most"), [(1, 20_000), (2000, 20_000), (2000, 1)])
def test_an_act_on_the_matter_makes_a_reading_related(
    here: Here, monkeypatch: pytest.MonkeyPatch, together: int, most: int
) -> None:
    # However many acts are looked up together, and however many records they lead to, each of them counts.
    monkeypatch.setattr(unusual, "_TOGETHER", together)
    monkeypatch.setattr(unusual, "_MOST", most)
    place = prepared(here)
    for name in ("officer-a", "chief"):
        for record in (place.manifest, place.candidate, place.hit):
            access.log(officer(name), "border.manifest", here.clock.now(), record)
    unusual.make(here.clock.now())
    assert found("officer-a")["unrelated"][0] == 0
    assert found("chief")["unrelated"][0] == 3
    here.clock.forward(days=3)
    access.log(officer("officer-a"), "border.hit", here.clock.now(), place.hit)
    unusual.make(here.clock.now())
    assert found("officer-a")["unrelated"][0] == 1


def test_figures_are_made_once_an_hour_and_the_old_ones_go(here: Here) -> None:
    busy(here)
    assert unusual.make(here.clock.now())
    here.clock.forward(minutes=59)
    assert not unusual.make(here.clock.now())
    here.clock.forward(minutes=1)
    assert unusual.make(here.clock.now())
    assert {row.at for row in rows("oversight.Figure")} == {here.clock.now()}
    here.clock.forward(days=8)
    unusual.make(here.clock.now())
    assert rows("oversight.Figure") == []


def test_the_page_shows_each_figure_beside_what_it_is_compared_with(here: Here) -> None:
    prepared(here)
    busy(here)
    unusual.make(here.clock.now())
    client = signed_in("overseer")
    text = client.get("/oversight/unusual").content.decode()
    for words in ("Without an act", "stands out", "median of the unit", "many"):
        assert words in text
    assert client.get("/oversight/unusual?days=7").content.decode().count("stands out") < text.count("stands out")
    assert "stands out from that of the unit" in client.get("/").content.decode()


def test_each_figure_leads_to_the_rows_that_it_was_counted_among(here: Here) -> None:
    prepared(here)
    busy(here)
    unusual.make(here.clock.now())
    here.clock.forward(days=2)  # the figures are older than now: their period is theirs
    client = signed_in("overseer")
    (row,) = re.findall(r'<tr id="many">.*?</tr>', client.get("/oversight/unusual").content.decode(), re.DOTALL)
    addresses = [unescape(one) for one in re.findall(r'href="([^"]+)"', row)]
    every = "/oversight/log?actor=many&unit=BE-POLICE%2FBORDER&since=2026-05-03"
    assert addresses == [every] * 4 + [every + "&refused=on", every]
    assert "46 rows" in client.get(addresses[0]).content.decode()
    assert "6 rows" in client.get(addresses[4]).content.decode()
