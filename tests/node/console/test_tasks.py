"""A reason asked where the plan asks for one, remembered for the task and not for the day, written in each row."""

from __future__ import annotations

import re

import pytest
from django.core import signing
from django.http import HttpResponse

from mithaq.errors import InputError, RefusedError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.border import facts as border
from mithaq.node.border.requests import ScreenManifest, ScreenTraveller
from mithaq.node.console import people, tasks
from tests.docs import constructed
from tests.node import acts_material as material
from tests.node.border.crossings_material import keeping
from tests.node.console.test_routes import asked_silence
from tests.node.here import Here, rows
from tests.node.lists.material import imported, un_list
from tests.node.oversight.material import Client, Place, prepared, signed_in

ASKED = "crossings_retention_hours = 0\nreason_wanted_notice_minutes = 20\nreason_border_hit_minutes = 600"
WHY = "case 2026/117"
# Pages behind others, and what own systems alone read.
BEHIND = {
    "border_candidate", "border_candidates", "console_planned", "lists_versions", "oversight_alarm", "retention_proof",
}  # fmt: skip


@pytest.fixture
def place(here: Here) -> Place:
    keeping(here, ASKED)
    return prepared(here)


def question(answer: HttpResponse) -> str:
    """What a page asks about, as its form holds it; it shows nothing of the person."""
    text = answer.content.decode()
    assert (answer.status_code, "Tafrasti" in text, "read.reason" in text) == (403, False, False)
    (found,) = re.findall(r'name="question" value="([^"]+)"', text)
    return str(found)


def why(client: Client, path: str, reason: str = WHY) -> None:
    """Give the reason as the form does."""
    answer = client.post("/reasons", {"reason": reason, "question": question(client.get(path))})
    assert (answer.status_code, answer["Location"]) == (302, path)


def test_minutes_come_from_the_plan_and_are_thirty_at_most(place: Place) -> None:
    assert tasks.minutes("wanted.notice") == tasks.minutes("api.notice") == tasks.minutes("wanted.portrait") == 20
    assert tasks.minutes("border.hit") == 30
    assert tasks.minutes("border.manifest") == tasks.minutes("border.crossings") == 0


def test_the_page_that_asks_says_the_minutes_of_the_setting(here: Here, place: Place) -> None:
    client = signed_in("officer-a")
    asked = client.get(f"/notices/{place.notice}")
    again = client.post("/reasons", {"reason": "a", "question": question(asked)})
    assert again.status_code == 400
    for page in (asked, again):
        assert "for 20 minutes at most" in page.content.decode()
    assert "for 30 minutes at most" in client.get(f"/hits/{place.hit}").content.decode()


def test_a_notice_asks_before_it_shows_and_the_reason_stands_in_each_row(here: Here, place: Place) -> None:
    client, path = signed_in("officer-a"), f"/notices/{place.notice}"
    why(client, path)
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
    why(client, path)
    own = published()
    assert client.get(f"/notices/{own}").status_code == 403
    assert signed_in("officer-b").get(path).status_code == 403
    here.clock.forward(minutes=19)
    assert client.get(path).status_code == 200
    here.clock.forward(minutes=1)
    assert client.get(path).status_code == 403


def test_a_task_is_ended_before_its_time(here: Here, place: Place) -> None:
    client, path = signed_in("officer-a"), f"/notices/{place.notice}"
    why(client, path)
    text = client.get("/reasons").content.decode()
    assert WHY in text
    assert client.post("/reasons/end", {"task": "x"}).status_code == 400
    assert client.post("/reasons/end", {"task": "0"}).status_code == 302
    assert WHY not in client.get("/reasons").content.decode()
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("reason", ["", "   ", "abc", "    a    "])
def test_a_reason_that_says_nothing_is_none(here: Here, place: Place, reason: str) -> None:
    client = signed_in("officer-a")
    asked = question(client.get(f"/notices/{place.notice}"))
    answer = client.post("/reasons", {"reason": reason, "question": asked})
    assert answer.status_code == 400
    assert client.get(f"/notices/{place.notice}").status_code == 403


def test_a_reason_is_given_for_what_was_asked_and_for_nothing_else(here: Here, place: Place) -> None:
    from tests.node.acts.test_road import published

    own, path = published(), f"/notices/{place.notice}"
    client, other = signed_in("officer-a"), signed_in("officer-b")
    asked = question(client.get(path))
    made = signing.dumps(["officer-a", "wanted.notice", "", "/"], salt="another")
    before = len(tasks_of(client))
    for form in ({"what": "wanted.notice", "record": "", "next": "/"}, {"question": made}, {"question": asked + "x"}):
        assert client.post("/reasons", {"reason": WHY, **form}).status_code == 400
    # What one person was asked is no question to another.
    assert other.post("/reasons", {"reason": WHY, "question": asked}).status_code == 400
    assert len(tasks_of(client)) == before == 0
    # The way back is the node's own word, too.
    assert (
        client.post("/reasons", {"reason": WHY, "question": asked, "next": "https://elsewhere.example/"})["Location"]
        == path
    )
    assert (client.get(path).status_code, client.get(f"/notices/{own}").status_code) == (200, 403)
    # A reason for a listing opens no record, and one for a record no listing.
    session = client.session
    session["tasks"] = [{**session["tasks"][0], "record": ""}]
    session.save()
    assert client.get(path).status_code == 403


def tasks_of(client: Client) -> list[object]:
    return list(client.session.get("tasks", ()))


def test_no_other_way_shows_a_notice_without_its_reason(here: Here, place: Place) -> None:
    from tests.node.acts.test_road import drafted

    own, chief = drafted(), signed_in("approver")
    for path in (f"/notices/{own}", f"/notices/{own}/portrait", f"/notices/{own}/road", f"/notices/{own}/extend"):
        question(chief.get(path))
    chosen = {"notice": [own, place.notice]}
    # Who may not approve is not shown what could be.
    refused = signed_in("officer-a").post("/notices/bulk/approve", chosen)
    assert (refused.status_code, "Tafrasti" in refused.content.decode()) == (403, False)
    assert rows("acts.Access", actor="officer-a")[-1].what == "refused:wanted.bulk.approve"
    asked = question(chief.post("/notices/bulk/approve", chosen))
    chief.post("/reasons", {"reason": WHY, "question": asked})
    shown = chief.post("/notices/bulk/approve", chosen)
    assert (shown.status_code, "Tafrasti" in shown.content.decode()) == (200, True)
    read = rows("acts.Access", actor="approver", what="wanted.bulk.approve")[-3:]
    assert [(row.record, row.why) for row in read] == [("", WHY), (own, WHY), (place.notice, WHY)]
    # The reason for several together opens none by itself.
    question(chief.get(f"/notices/{own}"))


def test_each_setting_asks_for_a_reason_and_takes_it(here: Here) -> None:
    """With every setting in force, each page asks, and shows once it has been told; the manual names them all."""
    names = sorted(tasks.settings())
    keeping(here, "\n".join(("crossings_retention_hours = 0", *(f"{name} = 30" for name in names))))
    place = prepared(here)
    with pytest.raises(InputError):
        perform("screen-manifest@1", ScreenManifest("BEBRU", "bad.edi", b"TAFRASTI"), material.OFFICER_A)
    asked_for = ScreenTraveller("BEBRU", name="Zohair Tafrasti", birth_date="1984-03-17", document="ZX4417702")
    alone = perform("screen-traveller@1", asked_for, material.OFFICER_A)
    letter = rows("exchange.RefusedFile")[0].pk
    version = imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))["version"]
    silence = asked_silence(here, border.candidate(place.candidate))
    officer, overseer = signed_in("officer-a"), signed_in("overseer")
    paths = (
        "/", "/notices", "/notices/new", f"/notices/{place.notice}", "/manifests", f"/manifests/{place.manifest}",
        "/hits", f"/hits/{place.hit}", "/silences", f"/silences/{silence}",
        "/posts", "/posts/BEBRU", "/posts/BEBRU/threshold", "/travellers",
        f"/travellers/{alone}",
        "/files", "/names", "/retention", "/retention/erased", "/dead-letters", f"/dead-letters/{letter}",
        "/lists", f"/lists/{version}", "/needs/overdue", "/search", "/oversight", "/oversight/log", "/oversight/chain",
        "/oversight/person", f"/oversight/person?reference={place.notice}", "/oversight/unusual",
        "/oversight/alarms", "/oversight/keeping",
    )  # fmt: skip
    asked = set()
    for path in paths:
        client = overseer if path.startswith("/oversight") else officer
        answer = client.get(path)
        if answer.status_code == 403:
            what = signing.loads(question(answer), salt="mithaq.reason")[1]
            asked.add(tasks._setting(what))
            why(client, path)
            answer = client.get(path)
        assert answer.status_code == 200, path
        assert rows("acts.Access")[-1].why == WHY, path
        # The same person's next page asks anew.
        session = client.session
        session["tasks"] = []
        session.save()
    # Own systems ask for candidates; the rest are pages behind others.
    assert set(names) - asked == {f"reason_{name}_minutes" for name in BEHIND}
    manual = (constructed.SRC.parents[1] / "docs/reasons.md").read_text(encoding="utf8")
    assert set(re.findall(r"^\| `(reason_[a-z_]+)`", manual, re.MULTILINE)) == set(names)


def test_a_setting_that_asks_nothing_is_not_enacted(here: Here) -> None:
    for line in ("reason_wanted_notise_minutes = 20", "reason_wanted_portrait_minutes = 20",
                 'reason_wanted_notice_minutes = "20"'):  # fmt: skip
        with pytest.raises(InputError) as told:
            keeping(here, f"crossings_retention_hours = 0\n{line}")
        assert (told.value.code, told.value.params["name"]) == ("plan.setting", line.partition(" ")[0])


def test_other_doors_give_the_reason_with_each_request(here: Here, place: Place) -> None:
    system = Actor("system/desk", "BE-POLICE/BORDER", frozenset({"case-officer"}))
    with pytest.raises(RefusedError) as asked:
        people.read(system, "api.notice", place.notice)
    assert asked.value.code == "read.reason"
    people.read(system, "api.notice", place.notice, why=WHY)
    assert [row.why for row in rows("acts.Access", actor="system/desk")] == [WHY]
