"""Search by an own system: its unit and roles bound what it finds, and its words are in the access log."""

from __future__ import annotations

import pytest

from mithaq.node.acts import local
from mithaq.node.border.posts import AddPost, add
from tests.node.acts.test_road import published
from tests.node.api import systems
from tests.node.border.test_border import NAMES, WANTED, screen
from tests.node.here import Here, rows


@pytest.fixture
def post(here: Here) -> Here:
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    return here


def test_a_system_finds_what_its_unit_may_read(post: Here) -> None:
    published()
    screen(WANTED)
    own, other = systems.system(post), None
    systems.add(post, "harbour", "BE-POLICE/HARBOUR", "case-officer")
    other = systems.System("harbour", systems.ask_token("harbour").json()["access_token"])
    answer = own.post("/search", {"words": "ZX4417702"})
    assert answer.status_code == 200, answer.content
    found = answer.json()
    assert {one["kind"] for one in found["items"]} == {"notice", "candidate"}
    assert (found["total"], found["more"], found["next"]) == (2, False, "")
    assert rows("acts.Access")[-1].reason == "ZX4417702"
    assert {one["kind"] for one in other.post("/search", {"words": "ZX4417702"}).json()["items"]} == {"notice"}
    hidden, nothing = (other.post("/search", {"words": words}) for words in ("XX123", "XX999"))
    assert hidden.content == nothing.content


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"words": "x", "kind": "everything"}, "search.kind"),
        ({"words": "x", "cursor": "!"}, "search.cursor"),
        ({"words": "x", "cursor": "eA=="}, "search.cursor"),
        ({"words": "x", "unit": "BE-POLICE/BORDER"}, "body.field"),
        ({}, "body.field"),
    ],
)
def test_what_does_not_fit_is_told(post: Here, body: dict[str, str], code: str) -> None:
    answer = systems.system(post).post("/search", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
