"""Pages by cursor: whole, without a record twice, whatever is added meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.node.acts import perform
from mithaq.node.api import cursor
from mithaq.node.wanted.requests import DraftNotice
from tests.node import acts_material as material
from tests.node.api import systems
from tests.node.api.test_api import post
from tests.node.here import Here

__all__ = ["post"]


def draft(here: Here) -> str:
    here.clock.forward(seconds=1)
    key: str = perform.perform("draft-notice@1", DraftNotice(material.content(portrait=None)), material.DRAFTER)
    return key


def test_pages_are_whole_and_stable_under_what_is_added(post: Here) -> None:
    made = [draft(post) for _ in range(7)]
    system = systems.system(post)
    seen: list[str] = []
    following, pages = "", 0
    while pages == 0 or following:
        told: Any = system.get(f"/notices?limit=3&cursor={following}").json()
        seen += [one["id"] for one in told["items"]]
        following, pages = told["next"], pages + 1
        draft(post)
    assert pages == 3
    assert seen == made[::-1]


def test_the_last_page_that_is_full_is_the_last(post: Here) -> None:
    made = [draft(post) for _ in range(4)]
    system = systems.system(post)
    first = system.get("/notices?limit=2").json()
    last = system.get(f"/notices?limit=2&cursor={first['next']}").json()
    assert last["next"] == ""
    assert [one["id"] for one in (*first["items"], *last["items"])] == made[::-1]


def test_a_listing_is_filtered_before_it_is_cut(post: Here) -> None:
    made = [draft(post) for _ in range(3)]
    system = systems.system(post)
    assert system.get("/notices?state=active").json() == {"items": [], "next": ""}
    assert [one["id"] for one in system.get("/notices?state=draft&authority=BE-POLICE").json()["items"]] == made[::-1]
    assert system.get("/notices?authority=MA-POLICE").json()["items"] == []


@pytest.mark.parametrize("text", ["x", "A" * 21, "A" * 23, "=" * 22, "é" * 22, "A" * 20 + "==", "A" * 22 + "AA"])
def test_what_is_no_cursor(text: str) -> None:
    with pytest.raises(InputError) as wrong:
        cursor.before(text)
    assert wrong.value.code == "cursor.unknown"
