"""Many acts at once: previewed, held for half a minute, undone before and never after, done once, by their person."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mithaq.errors import StateError
from mithaq.node import database
from mithaq.node.accounts import facts as accounts
from mithaq.node.accounts import people_facts
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson, Delegate
from mithaq.node.acts import erase, local, store
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.acts.perform import perform, rehearse
from mithaq.node.border import facts
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.console import planned
from mithaq.node.wanted.requests import PublishNotice
from mithaq.node.worker import drain
from tests.node import acts_material as material
from tests.node.accounts import material as accounts_material
from tests.node.accounts.test_people import who
from tests.node.acts.test_road import approved
from tests.node.border.test_border import NAMES, WANTED, judge, notice, screen
from tests.node.console.test_routes import PASSWORD, signed_in
from tests.node.here import Here, rows

PLANNED = "console.Planned"


@pytest.fixture
def found(here: Here) -> facts.CandidateFacts:
    from mithaq.node.border.posts import AddPost, add

    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    request = AddPerson("officer-a", "Officer A", "BE-POLICE/BORDER", ("case-officer",), PASSWORD)
    local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())
    request = AddPerson("approver", "Approver", "BE-POLICE/WANTED", ("supervisor",), PASSWORD)
    local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())
    notice(here)
    (one,) = screen(WANTED)
    return one


def rejection(found: facts.CandidateFacts) -> planned.Item:
    request = JudgeCandidate(found.id, found.version, "no-match", "", "another person")
    return planned.Item(request, f"candidate/{found.id}", "ref", f"/manifests/{found.manifest}")


def state(key: str) -> list[str]:
    return [one.state for one in planned.batch(key)]


def plan(here: Here, found: facts.CandidateFacts) -> str:
    return planned.plan("judge-candidate@1", [rejection(found)], material.OFFICER_A, here.clock.now())


def test_an_act_waits_for_its_moment_and_is_then_its_persons(here: Here, found: facts.CandidateFacts) -> None:
    key = plan(here, found)
    here.clock.forward(seconds=29)
    drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["waiting"], "candidate")
    here.clock.forward(seconds=1)
    drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["done"], "rejected")
    (said,) = facts.candidate(found.id).judgements
    assert (said.officer, said.remark) == ("officer-a", "another person")
    drain.every_round()
    assert len(facts.candidate(found.id).judgements) == 1


def test_what_is_undone_is_never_done_and_what_is_done_is_not_undone(here: Here, found: facts.CandidateFacts) -> None:
    key = plan(here, found)
    with pytest.raises(UnknownError):
        planned.undo(key, material.OFFICER_B, here.clock.now())
    assert planned.undo(key, material.OFFICER_A, here.clock.now()) == 1
    here.clock.forward(minutes=1)
    drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["undone"], "candidate")
    again = plan(here, found)
    here.clock.forward(minutes=1)
    drain.every_round()
    assert planned.undo(again, material.OFFICER_A, here.clock.now()) == 0
    assert state(again) == ["done"]


def test_an_act_that_is_undone_while_the_worker_does_it_is_not_done(
    here: Here, found: facts.CandidateFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = plan(here, found)
    here.clock.forward(minutes=1)
    real = planned.perform

    def slow(*args: Any, **more: Any) -> Any:
        planned.undo(key, material.OFFICER_A, here.clock.now())
        return real(*args, **more)

    monkeypatch.setattr(planned, "perform", slow)
    drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["undone"], "candidate")


def test_a_death_before_the_commit_leaves_the_act_and_its_row_as_they_were(
    here: Here, found: facts.CandidateFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = plan(here, found)
    here.clock.forward(minutes=1)
    real = store.queue_leaf

    class Death(BaseException):
        """No handler of ours takes it for an error."""

    def dies(*_args: Any, **_more: Any) -> None:
        raise Death

    monkeypatch.setattr(store, "queue_leaf", dies)
    with pytest.raises(Death):
        drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["waiting"], "candidate")
    monkeypatch.setattr(store, "queue_leaf", real)
    drain.every_round()
    assert (state(key), facts.candidate(found.id).state) == (["done"], "rejected")


def test_rules_decide_when_it_is_done(here: Here, found: facts.CandidateFacts) -> None:
    key = plan(here, found)
    judge(found, material.OFFICER_B)
    here.clock.forward(minutes=1)
    drain.every_round()
    (one,) = planned.batch(key)
    assert (one.state, one.told["code"]) == ("failed", "record.stale")
    assert facts.candidate(found.id).state == "verifying"


def test_a_record_waits_once(here: Here, found: facts.CandidateFacts) -> None:
    plan(here, found)
    with pytest.raises(StateError) as error, transaction.atomic():
        plan(here, found)
    assert error.value.code == "record.exists"


def test_what_became_of_it_is_kept_for_a_day(here: Here, found: facts.CandidateFacts) -> None:
    plan(here, found)
    here.clock.forward(minutes=1)
    drain.every_round()
    assert erase.erase_expired(here.clock.now()) == 0
    assert erase.erase_expired(here.clock.now() + timedelta(days=1)) == 1
    assert rows("console.Planned") == []


def test_a_rehearsal_writes_nothing_and_says_what_would_be(here: Here, found: facts.CandidateFacts) -> None:
    before = len(rows("acts.Leaf")), len(rows("acts.Refusal"))
    request = JudgeCandidate(found.id, found.version, "no-match", "", "another person")
    assert rehearse("judge-candidate@1", request, material.OFFICER_A)["state"] == "rejected"
    with pytest.raises(UnknownError):
        rehearse("judge-candidate@1", request, material.APPROVER)
    assert (len(rows("acts.Leaf")), len(rows("acts.Refusal"))) == before
    perform("judge-candidate@1", request, material.OFFICER_A)
    with pytest.raises(StateError):
        rehearse("judge-candidate@1", request, material.OFFICER_B)


def test_candidates_are_rejected_from_their_page_with_one_reason(here: Here, found: facts.CandidateFacts) -> None:
    client, url = signed_in("officer-a"), f"/manifests/{found.manifest}/reject"
    preview = client.post(url, {"candidate": [found.id]}).content.decode()
    assert f'name="version-{found.id}"' in preview
    assert rows(PLANNED) == []
    chosen = {"candidate": [found.id], f"version-{found.id}": found.version, "sure": "yes"}
    assert client.post(url, chosen).status_code == 400
    answer = client.post(url, {**chosen, "remark": "another person"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "/undo" in page
    assert client.post(f"{answer['Location']}/undo").status_code == 302
    assert [row.state for row in rows(PLANNED)] == ["undone"]
    assert [row.request["verdict"] for row in rows(PLANNED)] == ["no-match"]


def test_what_cannot_be_rejected_is_told_and_not_planned(here: Here, found: facts.CandidateFacts) -> None:
    judge(found, material.OFFICER_A)
    client, url = signed_in("officer-a"), f"/manifests/{found.manifest}/reject"
    preview = client.post(url, {"candidate": [found.id]}).content.decode()
    assert "candidate.second_person" in preview
    client.post(url, {"candidate": [found.id], "sure": "yes", "remark": "x"})
    assert rows(PLANNED) == []


@pytest.mark.usefixtures("found")
def test_notices_are_published_half_a_minute_after_they_were_confirmed(here: Here) -> None:
    from mithaq.node.wanted import facts as notices

    key = approved()
    client = signed_in("approver")
    preview = client.post("/notices/bulk/publish", {"notice": [key]}).content.decode()
    assert f'name="version-{key}" value="2"' in preview
    answer = client.post("/notices/bulk/publish", {"notice": [key], f"version-{key}": 2, "sure": "yes"})
    batch = answer["Location"].rpartition("/")[2]
    assert signed_in("officer-a").get(f"/planned/{batch}").status_code == 404
    drain.every_round()
    assert notices.notice(key).state == "approved"
    here.clock.forward(seconds=30)
    drain.every_round()
    assert notices.notice(key).state == "active"
    assert [one.state for one in planned.batch(batch)] == ["done"]
    assert planned.batch(batch)[0].actor == "approver"


def test_who_may_not_do_it_any_more_has_not_done_it_and_a_lent_role_says_so(here: Here) -> None:
    """The person is taken anew when it is done: shut out, of another line, or lent nothing any more."""
    for name, roles in (("approver", ("supervisor",)), ("third", ("analyst",)), ("fourth", ("supervisor",))):
        accounts_material.person(here, name, *roles, unit="BE-POLICE/WANTED")

    def lend(taker: str, seconds: int) -> str:
        now = here.clock.now()
        loan = Delegate(taker, ("supervisor",), now, now + timedelta(seconds=seconds), "on leave")
        return str(perform("delegate@1", loan, who("approver")))

    def change(name: str, **fields: Any) -> None:
        held = people_facts.named(name)
        local.apply("person", Effects(rows=(Row("accounts.User", held.id, held.version, fields),)), here.clock.now())

    def done(name: str, key: str, later: Callable[[], None]) -> tuple[str, str]:
        item = planned.Item(PublishNotice(key, rows("wanted.Notice", pk=key)[0].version), f"notice/{key}", "ref", "/")
        batch = planned.plan("publish-notice@1", [item], who(name), here.clock.now())
        later()
        here.clock.forward(seconds=31)
        drain.every_round()
        (one,) = planned.batch(batch)
        return one.state, one.told.get("code", "")

    key = approved()
    lend("third", 10)
    assert done("third", key, lambda: None) == ("failed", "role.missing")
    loan = lend("third", 3600)
    assert done("third", key, lambda: change("third", unit="BE-POLICE/BORDER")) == ("failed", "planned.person")
    change("third", unit="BE-POLICE/WANTED")
    assert done("third", key, lambda: change("third", is_active=False)) == ("failed", "planned.person")
    change("third", is_active=True)
    assert done("fourth", key, lambda: change("fourth", lines=["laundering"])) == ("failed", "notice.unknown")
    assert done("fourth", key, lambda: change("fourth", roles=["analyst"])) == ("failed", "role.missing")
    # A role that came afterwards was not confirmed with.
    change("fourth", lines=None)
    assert done("fourth", key, lambda: change("fourth", roles=["supervisor"])) == ("failed", "role.missing")
    assert rows("wanted.Notice", pk=key)[0].state == "approved"
    assert done("third", key, lambda: None) == ("done", "")
    leaf = [json.loads(bytes(row.data)) for row in rows("acts.Leaf", kind="act")][-1]["subject"]
    assert (leaf["act"], leaf["under"]) == ("publish-notice@1", loan)


def test_the_worker_reads_who_acts_with_its_own_rights(here: Here) -> None:
    with psycopg.connect(database.url_of(here.config, "owner")) as owner:
        database.grant(owner, {"worker": "mithaq_worker"})
    with CaptureQueriesContext(connection) as asked:
        assert accounts.of_name("officer-a") is None
    with psycopg.connect(database.url_of(here.config, "worker")) as worker:
        for one in asked.captured_queries:
            worker.execute(one["sql"])
    assert len(asked) == 1


@pytest.mark.usefixtures("found")
def test_the_request_that_is_kept_is_the_request_that_is_done(here: Here) -> None:
    item = planned.Item(PublishNotice("x", 2), "notice/x", "x", "/")
    key = planned.plan("publish-notice@1", [item], material.APPROVER, here.clock.now())
    here.clock.forward(minutes=1)
    drain.every_round()
    (one,) = planned.batch(key)
    assert (one.state, one.told["code"]) == ("failed", "notice.unknown")
