"""A reason asked where the plan asks for one, remembered for the task and not for the day, written in each row."""

from __future__ import annotations

import pytest

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor
from mithaq.node.console import people, tasks
from tests.node.border.crossings_material import keeping
from tests.node.here import Here, rows
from tests.node.oversight.material import Client, Place, prepared, signed_in

ASKED = "crossings_retention_hours = 0\nreason_wanted_notice_minutes = 20\nreason_border_hit_minutes = 600"
WHY = "case 2026/117"


@pytest.fixture
def place(here: Here) -> Place:
    keeping(here, ASKED)
    return prepared(here)


def why(client: Client, path: str, reason: str = WHY, what: str = "wanted.notice", record: str = "") -> None:
    """Give the reason as the form does."""
    asked = client.get(path)
    assert (asked.status_code, "Tafrasti" in asked.content.decode()) == (403, False)
    text = asked.content.decode()
    assert f'name="what" value="{what}"' in text
    assert f'name="next" value="{path}"' in text
    answer = client.post("/reasons", {"reason": reason, "what": what, "record": record, "next": path})
    assert (answer.status_code, answer["Location"]) == (302, path)


def test_minutes_come_from_the_plan_and_are_thirty_at_most(place: Place) -> None:
    assert tasks.minutes("wanted.notice") == tasks.minutes("api.notice") == tasks.minutes("wanted.portrait") == 20
    assert tasks.minutes("border.hit") == 30
    assert tasks.minutes("border.manifest") == tasks.minutes("border.crossings") == 0


def test_a_notice_asks_before_it_shows_and_the_reason_stands_in_each_row(here: Here, place: Place) -> None:
    client, path = signed_in("officer-a"), f"/notices/{place.notice}"
    why(client, path, record=place.notice)
    for _again in range(2):
        assert client.get(path).status_code == 200
    found = [(row.what, row.why) for row in rows("acts.Access", actor="officer-a", what="wanted.notice")]
    assert found == [("wanted.notice", WHY)] * 2
    assert rows("acts.Access", actor="officer-a", refused=True) == []
    # The hit of the same person is of the task; it asks, too, and is not asked again.
    assert client.get(f"/hits/{place.hit}").status_code == 200
    assert rows("acts.Access", what="border.hit")[0].why == WHY
    # What asks for none keeps none.
    assert client.get(f"/manifests/{place.manifest}").status_code == 200
    assert rows("acts.Access", what="border.manifest")[0].why == ""


def test_another_record_another_session_and_another_time_ask_again(here: Here, place: Place) -> None:
    from tests.node.acts.test_road import published

    client, path = signed_in("officer-a"), f"/notices/{place.notice}"
    why(client, path, record=place.notice)
    own = published()
    assert client.get(f"/notices/{own}").status_code == 403
    assert signed_in("officer-b").get(path).status_code == 403
    here.clock.forward(minutes=19)
    assert client.get(path).status_code == 200
    here.clock.forward(minutes=1)
    assert client.get(path).status_code == 403


def test_a_task_is_ended_before_its_time(here: Here, place: Place) -> None:
    client, path = signed_in("officer-a"), f"/notices/{place.notice}"
    why(client, path, record=place.notice)
    text = client.get("/reasons").content.decode()
    assert WHY in text
    assert client.post("/reasons/end", {"task": "x"}).status_code == 400
    assert client.post("/reasons/end", {"task": "0"}).status_code == 302
    assert WHY not in client.get("/reasons").content.decode()
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("reason", ["", "   ", "abc", "    a    "])
def test_a_reason_that_says_nothing_is_none(here: Here, place: Place, reason: str) -> None:
    client = signed_in("officer-a")
    answer = client.post("/reasons", {"reason": reason, "what": "wanted.notice", "record": place.notice, "next": "/"})
    assert answer.status_code == 400
    assert client.get(f"/notices/{place.notice}").status_code == 403


def test_the_way_on_never_leads_out_of_the_node(here: Here, place: Place) -> None:
    given = {"reason": WHY, "what": "wanted.notice", "record": "", "next": "https://elsewhere.example/"}
    assert signed_in("officer-a").post("/reasons", given)["Location"] == "/"


def test_other_doors_give_the_reason_with_each_request(here: Here, place: Place) -> None:
    system = Actor("system/desk", "BE-POLICE/BORDER", frozenset({"case-officer"}))
    with pytest.raises(RefusedError) as asked:
        people.read(system, "api.notice", place.notice)
    assert asked.value.code == "read.reason"
    people.read(system, "api.notice", place.notice, why=WHY)
    assert [row.why for row in rows("acts.Access", actor="system/desk")] == [WHY]
