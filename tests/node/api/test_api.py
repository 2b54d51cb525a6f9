"""The API from token to effect, on a real database: the same acts, refusals and access rows as pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson, Delegate
from mithaq.node.acts import local, perform
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.ids import uuid7
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.wanted.requests import ApproveNotice
from tests.node import acts_material as material
from tests.node.accounts import material as accounts_material
from tests.node.accounts.test_people import who
from tests.node.api import systems
from tests.node.border.test_border import NAMES, OTHER, WANTED, manifest, notice
from tests.node.here import Here, rows

ASKED = {"post": "BEBRU", "name": "Zohair Tafrasti", "birth_date": "1984-03-17", "document": "ZX4417702"}
NOBODY = {"post": "BEBRU", "name": "Pieter Vandenbroucke", "birth_date": "1991-11-30"}
PERSONS = ("afrasti", "AFRASTI", "التفراستي", "ZX4417702", "andenbroucke")


@pytest.fixture
def post(here: Here) -> Here:
    now = here.clock.now()
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), now)
    people = (("officer-a", "BORDER", "case-officer"), ("officer-b", "BORDER", "case-officer"),
              ("approver", "WANTED", "supervisor"))  # fmt: skip
    for name, unit, role in people:
        request = AddPerson(name, name.title(), f"BE-POLICE/{unit}", (role,), "correct horse 4am staple")
        local.apply("person", add_person(request, str(uuid7(now))), now)
    return here


def refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert set(answer.json()) == {"code", "detail", "remedy", "where"}
    assert answer["Content-Type"] == "application/json"


def test_one_traveller_becomes_a_candidate_and_the_answer_names_nobody(post: Here) -> None:
    notice(post)
    system = systems.system(post)
    answer = system.post("/travellers", ASKED)
    assert answer.status_code == 201
    told = answer.json()
    (found,) = told["candidates"]
    assert (found["state"], found["source"], found["purpose"]) == ("candidate", "MA-POLICE", "locate")
    assert (told["travellers"], told["subjects"]) == (1, 1)
    assert not [word for word in PERSONS if word in answer.content.decode()]
    one = system.get(f"/candidates/{found['id']}")
    assert one.status_code == 200
    assert one.json()["traveller"]["names"] == ["Zohair Tafrasti"]
    assert one.json()["person"]["documents"][0]["number"] == "ZX4417702"
    assert sum(said["weight"] for said in one.json()["evidence"]) == pytest.approx(found["score"])
    read = [(row.actor, row.what, row.record) for row in rows("acts.Access")]
    assert ("system/counters", "api.travellers", str(rows("border.Manifest")[0].pk)) in read
    assert ("system/counters", "api.candidate", found["id"]) in read
    (kept,) = rows("api.Answer")
    assert bytes(kept.body) == answer.content
    nobody = system.post("/travellers", NOBODY)
    assert (nobody.status_code, nobody.json()["candidates"]) == (201, [])


def test_a_manifest_is_screened_and_judged_by_two_officers(post: Here) -> None:
    notice(post)
    system = systems.system(post)
    answer = system.post("/manifests?post=BEBRU&name=list.edi", manifest(WANTED, OTHER))
    assert (answer.status_code, answer.json()["travellers"]) == (201, 2)
    (found,) = answer.json()["candidates"]
    path = f"/candidates/{found['id']}/judgements"
    said = {"version": found["version"], "verdict": "match", "identifier": "document"}
    refused(system.post(path, said), 400, "officer.missing")
    for name in ("nobody", "approver", "system/counters"):
        refused(system.post(path, said, officer=name), 403, "officer.unknown")
    first = system.post(path, said, officer="officer-a")
    assert (first.status_code, first.json()["state"]) == (201, "verifying")
    refused(system.post(path, said, officer="officer-b"), 409, "record.stale")
    fresh = {**said, "version": system.get(f"/candidates/{found['id']}").json()["line"]["version"]}
    refused(system.post(path, fresh, officer="officer-a"), 403, "candidate.second_person")
    # A system may bring the first officer's word; the second officer's, which makes the hit, is given at the node.
    refused(system.post(path, {**fresh, "identifier": "portrait"}, officer="officer-b"), 403, "officer.second")
    answer = perform.perform(
        "judge-candidate@1", JudgeCandidate(found["id"], fresh["version"], "match", "portrait"), material.OFFICER_B
    )
    assert answer["hit"] == str(rows("border.Hit")[0].pk)
    assert {row.officer for row in rows("border.Judgement")} == {"officer-a", "officer-b"}
    assert "for officer-a" in [row.reason for row in rows("acts.Access", what="api.judge")]


def test_an_officer_is_named_in_any_script(post: Here) -> None:
    notice(post)
    person = AddPerson("زهير 1", "Zouhair", "BE-POLICE/BORDER", ("case-officer",), "correct horse 4am staple")
    local.apply("person", add_person(person, str(uuid7(post.clock.now()))), post.clock.now())
    system = systems.system(post)
    (found,) = system.post("/travellers", ASKED).json()["candidates"]
    said = {"version": found["version"], "verdict": "no-match"}
    answer = system.post(f"/candidates/{found['id']}/judgements", said, officer=quote("زهير 1"))
    assert (answer.status_code, rows("border.Judgement")[0].officer) == (201, "زهير 1")


def test_an_officers_lines_and_what_is_lent_come_along(post: Here) -> None:
    notice(post)
    key, now = accounts_material.person(post, "third", "analyst"), post.clock.now()
    loan = perform.perform(
        "delegate@1", Delegate("third", ("case-officer",), now, now + timedelta(days=1), "leave"), who("officer-b")
    )
    system = systems.system(post)
    (found,) = system.post("/travellers", ASKED).json()["candidates"]
    path, said = f"/candidates/{found['id']}/judgements", {"version": found["version"], "verdict": "no-match"}
    # A candidate has no line (decision 19): who works on another one judges whom he stands before.
    local.apply("person", Effects(rows=(Row("accounts.User", key, 1, {"lines": ["laundering"]}),)), now)
    answer = system.post(path, said, officer="third")
    assert answer.status_code == 201, answer.content
    subject = [json.loads(bytes(row.data))["subject"] for row in rows("acts.Leaf", kind="act")][-1]
    assert (subject["act"], subject["under"]) == ("judge-candidate@1", loan)


def test_a_notice_from_draft_to_publication(post: Here) -> None:
    from mithaq.node.acts import wire

    system = systems.system(post, "registry", "BE-POLICE/WANTED", "case-officer", "supervisor")
    body = {"content": wire.encode(material.content())}
    drafted = system.post("/notices", body)
    assert (drafted.status_code, drafted.json()["state"]) == (201, "draft")
    key, version = drafted.json()["id"], drafted.json()["version"]
    perform.perform("approve-notice@1", ApproveNotice(key, version), material.APPROVER)
    published = system.post(f"/notices/{key}/publication", {"version": version + 1}, officer="approver")
    assert published.json() == {"id": key, "version": version + 2, "state": "active"}
    assert len(rows("acts.Wish", act="publish-notice@1")) == 1
    shown = system.get(f"/notices/{key}").json()
    assert shown["content"]["person"]["names"] == ["Zouhair Tafrasti", "زهير التفراستي"]
    (line,) = system.get("/notices?state=active").json()["items"]
    assert line["reference"] == shown["content"]["reference"]
    gone = system.post(f"/notices/{key}/withdrawal", {"version": version + 2, "reason": "found"}, officer="approver")
    assert gone.json()["state"] == "withdrawn"


def test_a_role_that_does_not_act_and_one_that_does_not_read(post: Here) -> None:
    notice(post)
    analyst = systems.system(post, "analysis", "BE-POLICE/BORDER", "analyst")
    refused(analyst.post("/travellers", ASKED), 403, "role.missing")
    elsewhere = systems.system(post, "registry", "BE-POLICE/WANTED")
    refused(elsewhere.post("/travellers", ASKED), 403, "plan.sender")
    officer = systems.system(post)
    found = officer.post("/travellers", ASKED).json()
    administrator = systems.system(post, "admin", "BE-POLICE/BORDER", "administrator")
    key = str(rows("wanted.Notice")[0].pk)
    for path in ("/notices", f"/notices/{key}", "/candidates", f"/candidates/{found['candidates'][0]['id']}",
                 f"/manifests/{found['id']}"):  # fmt: skip
        answer = administrator.get(path)
        refused(answer, 403, "read.role")
    refused(administrator.post("/travellers", ASKED), 403, "read.role")
    assert "refused:api.notice" in [row.what for row in rows("acts.Access", actor="system/admin")]


def test_what_a_unit_lists_is_its_own(post: Here) -> None:
    notice(post)
    systems.system(post).post("/travellers", ASKED)
    other = systems.system(post, "registry", "BE-POLICE/WANTED")
    assert other.get("/candidates").json() == {"items": [], "next": ""}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/notices/x", 404, "notice.unknown"),
        ("/candidates/01900000-0000-7000-8000-000000000000", 404, "candidate.unknown"),
        ("/manifests/x", 404, "manifest.unknown"),
        ("/nowhere", 404, "page.unknown"),
        ("/notices?limit=0", 400, "body.field"),
        ("/notices?limit=201", 400, "body.field"),
        ("/notices?state=other", 400, "body.field"),
        ("/notices?cursor=x", 400, "cursor.unknown"),
        ("/notices?cursor=AAAAAAAAAAAAAAAAAAAAAA%00", 400, "body.nul"),
        ("/travellers", 405, "page.method"),
    ],
)
def test_what_is_not_there_says_so_with_its_code(post: Here, path: str, status: int, code: str) -> None:
    refused(systems.system(post).get(path), status, code)


@pytest.mark.parametrize(
    ("body", "code", "where"),
    [
        (b"", "body.field", "body"),
        (b"{", "body.json", "body"),
        ({"post": "BEBRU", "brith_date": "1984"}, "body.field", "brith_date"),
        ({"post": "BEBRU", "name": 7}, "body.field", "name"),
        ({"post": "BEBRU", "name": "a\0b"}, "body.field", "name"),
        ({"post": "BEBRU"}, "traveller.empty", "mrz"),
        ({"post": "NOWHERE", "name": "x"}, "post.unknown", "post"),
        ([], "body.field", "body"),
    ],
)
def test_a_body_that_does_not_fit_is_told_by_its_field(post: Here, body: Any, code: str, where: str) -> None:
    answer = systems.system(post).post("/travellers", body)
    assert (answer.json()["code"], answer.json()["where"]) == (code, where)
    assert answer.status_code == (404 if code == "post.unknown" else 400)
    assert rows("border.Manifest") == []


def test_errors_speak_the_language_that_is_accepted(post: Here) -> None:
    system = systems.system(post)
    plain, french = (system.get("/notices/x", **{"Accept-Language": one}).json() for one in ("en", "fr"))
    assert plain["code"] == french["code"]
    assert plain["detail"] == "There is no such notice here."
    assert french["detail"] not in {"", plain["detail"]}


def test_bytes_that_are_no_manifest_change_nothing(post: Here) -> None:
    system = systems.system(post)
    for data in (b"", b"garbage", b"\0" * 100, b"UNB+UNOA:4+A+B+260504:0210+1'UNZ+0+1'"):
        assert system.post("/manifests?post=BEBRU", data).status_code == 400
    assert rows("border.Manifest") == []
    assert rows("api.Answer") == []


def test_a_body_too_large_is_refused(post: Here) -> None:
    refused(systems.system(post).post("/manifests?post=BEBRU", b"x" * (45 * 1024 * 1024)), 400, "upload.size")
