"""Whatever a page showed of a person can be followed to who saw it: each row names what was shown with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mithaq.node.acts import persons, searching
from mithaq.node.acts.registry import Asked
from mithaq.node.oversight import follow
from tests.node.acts.test_road import drafted
from tests.node.api import systems
from tests.node.border.crossings_material import keeping
from tests.node.here import Here, rows
from tests.node.lists.material import confirmed, imported, un_list
from tests.node.oversight.material import prepared, signed_in

TRAVELLER = {"post": "BEBRU", "name": "Zohair Tafrasti", "birth_date": "1984-03-17", "document": "ZX4417702"}
PERSON = {"name": "Zouhair Tafrasti", "birth_date": "1984-03-17", "reference": ""}


def told_of(text: str) -> dict[str, bool]:
    """Each record of the person that an answer names by its reference or id, and whether it is told of by the last row
    of the access log."""
    last = rows("acts.Access")[-1].pk
    found = {}
    for one in persons.held(Asked(name="Zohair Tafrasti", birth_date="1984-03-17")).held:
        if any(name in text for name in (one.reference, one.reference.replace("/", " ", 1), one.record)):
            # Of a notice in a table of several, each has a row of its own.
            told = [event.row for event in follow.trail(Asked(reference=one.record)).events if event.row]
            found[one.model] = last in told or any(last - number < 3 for number in told)
    return found


def test_what_is_posted_and_shown_is_followed(here: Here) -> None:
    keeping(here, "crossings_retention_hours = 48")
    confirmed(imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))["version"])
    place, own, system = prepared(here), drafted(), systems.system(here)
    crossing = {
        "name": "Zohair Tafrasti",
        "document": "",
        "since": "2020-01-01",
        "until": "2099-01-01",
        "reason": "case 1",
    }
    days = {"since": f"{here.clock.now():%Y-%m-%d}", "until": f"{here.clock.now():%Y-%m-%d}"}
    asked: list[tuple[str, str, Callable[[], Any], set[str]]] = [
        ("officer-b", "search", lambda: signed_in("officer-b").post("/search", {"words": "Tafrasti"}),
         {"wanted.Notice", "border.Candidate", "border.Hit", "lists.ListEntry"}),
        (system.name, "search of a system", lambda: system.post("/search", {"words": "Tafrasti"}), {"wanted.Notice"}),
        ("officer-b", "traveller", lambda: signed_in("officer-b").post("/travellers", TRAVELLER),
         {"wanted.Notice", "border.Candidate"}),
        ("approver", "bulk", lambda: signed_in("approver").post("/notices/bulk/approve", {"notice": [own]}),
         {"wanted.Notice"}),
        ("officer-b", "reject", lambda: signed_in("officer-b").post(
            f"/manifests/{place.manifest}/reject", {"candidate": place.candidate}), {"wanted.Notice"}),
        ("officer-b", "crossings", lambda: signed_in("officer-b").post("/crossings", {**crossing, **days}),
         set()),
        ("overseer", "person", lambda: signed_in("overseer").post("/oversight/person", PERSON), {"wanted.Notice"}),
        ("officer-b", "hits", lambda: signed_in("officer-b").get("/hits"), {"border.Hit"}),
        ("approver", "home", lambda: signed_in("approver").get("/"), {"wanted.Notice"}),
    ]  # fmt: skip
    for name, what, ask, least in asked:
        answer = ask()
        text = answer.content.decode()
        assert answer.status_code == 200, (what, text)
        assert rows("acts.Access")[-1].actor.endswith(name), what
        found = told_of(text)
        assert least <= set(found), what
        assert all(found.values()), (what, found)
        if what == "crossings":
            # A crossing bears no reference: its page names the person.
            met = [str(row.pk) for row in rows("border.Crossing") if "ZX4417702" in str(row.traveller)]
            assert met
            assert "ZX4417702" in text
            for key in met:
                assert follow.trail(Asked(reference=key)).events[-1].row == rows("acts.Access")[-1].pk


def test_a_search_that_fails_has_asked_all_the_same(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(here)
    client, system = signed_in("officer-a"), systems.system(here)

    def fail(*_any: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(searching, "search", fail)
    with pytest.raises(RuntimeError):
        client.post("/search", {"words": "Tafrasti"})
    assert (rows("acts.Access")[-1].what, rows("acts.Access")[-1].reason) == ("console.search", "Tafrasti")
    assert system.post("/search", {"words": "Tafrasti"}).status_code == 500
    assert (rows("acts.Access")[-1].what, rows("acts.Access")[-1].reason) == ("api.search", "Tafrasti")
