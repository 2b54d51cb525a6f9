"""The page of the access log: it finds by each thing that it is asked for, goes on from the last row, and is a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest

from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.console import words
from mithaq.node.oversight import log
from tests.node import statements
from tests.node.here import NOW, Here, rows
from tests.node.oversight.material import people, prepared, signed_in

A = Actor("officer-a", "BE-POLICE/BORDER", frozenset({"case-officer"}))
B = Actor("officer-b", "BE-POLICE/WANTED", frozenset({"case-officer"}))


def filled() -> None:
    for number in range(6):
        access.log(A if number % 2 else B, "wanted.notice", NOW + timedelta(days=number), f"record-{number // 2}")
    access.log(A, "refused:border.hit", NOW + timedelta(days=6), "record-0")
    access.log(A, "api.notice", NOW + timedelta(days=6, hours=1), "record-9")


def numbers(**asked: Any) -> list[int]:
    return [row.number for row in log.page(log.Search(**asked), None).rows]


def test_each_thing_that_is_asked_for_narrows_the_rows(here: Here) -> None:
    filled()
    assert numbers() == [8, 7, 6, 5, 4, 3, 2, 1]
    assert numbers(actor="officer-b") == [5, 3, 1]
    assert numbers(unit="BE-POLICE/BORDER") == [8, 7, 6, 4, 2]
    assert numbers(what=words.same_reading("wanted.notice")) == [8, 6, 5, 4, 3, 2, 1]
    assert numbers(what=words.same_reading("border.hit")) == [7]
    assert numbers(records=frozenset({"record-0", "record-2"})) == [7, 6, 5, 2, 1]
    # Who was shown it in a listing has seen it, too.
    access.log(B, "wanted.list", NOW + timedelta(days=7), also=("record-2", "record-5"))
    assert numbers(records=frozenset({"record-0", "record-2"})) == [9, 7, 6, 5, 2, 1]
    assert numbers(records=frozenset({"record-5"}), actor="officer-b") == [9]
    assert numbers(records=frozenset({"record-5"}), actor="officer-a") == []
    assert numbers(records=frozenset()) == []
    assert numbers(refused=True) == [7]
    assert numbers(since=(NOW + timedelta(days=2)).date(), until=(NOW + timedelta(days=4)).date()) == [5, 4, 3]
    assert numbers(since=(NOW + timedelta(days=60)).date()) == []
    assert numbers(until=(NOW - timedelta(days=60)).date()) == []
    assert numbers(actor="nobody") == []


def test_pages_go_on_from_the_last_row_and_totals_are_bounded(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    filled()
    seen: list[int] = []
    following: int | None = None
    while True:
        page = log.page(log.Search(), following, limit=3)
        seen += [row.number for row in page.rows]
        assert (page.total, page.more) == (8, False)
        if (following := page.following) is None:
            break
    assert seen == [8, 7, 6, 5, 4, 3, 2, 1]
    monkeypatch.setattr(log, "COUNTED", 4)
    page = log.page(log.Search(), None, limit=3)
    assert (page.total, page.more) == (5, True)


def test_the_page_says_words_and_references_and_its_reading_leaves_a_row(here: Here) -> None:
    place = prepared(here)
    assert signed_in("officer-a").get(f"/notices/{place.notice}").status_code == 200
    assert signed_in("other").get(f"/hits/{place.hit}").status_code == 404
    client = signed_in("overseer")
    answer, asked = statements.sent(lambda: client.get("/oversight/log", {"record": place.reference}))
    assert len(asked) <= 15, "\n".join(asked)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert place.reference in text
    assert "a notice" in text
    # Codes stand in what a form sends, and nowhere else.
    assert "wanted.notice" not in re.sub(r'value="[^"]*"', "", text)
    last = rows("acts.Access")[-1]
    assert (last.actor, last.what, last.reason) == (
        "overseer", "oversight.log", f"record={place.reference.replace('/', '%2F')}",
    )  # fmt: skip
    refused = client.get("/oversight/log", {"refused": "on"}).content.decode()
    assert "a hit" in refused
    assert place.reference not in refused
    assert client.get("/oversight/log", {"since": "yesterday"}).status_code == 400


def test_the_rows_are_a_file_in_which_no_cell_is_a_formula(here: Here) -> None:
    people(here)
    access.log(A, "wanted.list", NOW, reason="=1+1")
    answer = signed_in("overseer").get("/oversight/log.csv", {"actor": "officer-a"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    head, *table = list(csv.reader(io.StringIO(answer.content.decode())))
    assert head == list(log.COLUMNS)
    assert [(row[2], row[4], row[7]) for row in table] == [("officer-a", "list of notices", "'=1+1")]
    last = rows("acts.Access")[-1]
    assert (last.what, last.reason) == ("oversight.export", "actor=officer-a")


PAGES = (
    "", "/log", "/log.csv", "/person", "/person/evidence", "/unusual", "/chain", "/alarms", "/alarms/1", "/keeping",
)  # fmt: skip


def test_these_pages_are_for_oversight_alone(here: Here) -> None:
    people(here)
    for name in ("officer-a", "approver", "administrator"):
        client = signed_in(name)
        for path in PAGES:
            answer = client.get(f"/oversight{path}")
            assert answer.status_code == 403, path
            assert "oversight.role" in answer.content.decode()
            last = rows("acts.Access")[-1]
            assert (last.actor, last.refused) == (name, True), path
            assert last.what.startswith("refused:oversight.")
        assert 'href="/oversight"' not in client.get("/").content.decode()
    assert 'href="/oversight"' in signed_in("overseer").get("/").content.decode()
