"""The page of search: never in an address, always in the access log, and the same with and without hidden records."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from mithaq.node.border.posts import AddPost, add
from tests.node.acts.test_road import drafted, published
from tests.node.acts.test_searching import hide
from tests.node.border.test_border import NAMES, WANTED, screen
from tests.node.console.test_routes import PASSWORD, Client, signed_in
from tests.node.here import Here, rows

PEOPLE = {
    "officer-a": ("BE-POLICE/BORDER", ("case-officer",)),
    "harbour": ("BE-POLICE/HARBOUR", ("case-officer",)),
    "administrator": ("BE-POLICE/WANTED", ("administrator",)),
}


@pytest.fixture
def searched(here: Here) -> Here:
    """A node with notices, a candidate and people."""
    for name, (unit, roles) in PEOPLE.items():
        request = AddPerson(name, name.title(), unit, roles, PASSWORD)
        local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", NAMES)), here.clock.now())
    published()
    for _ in range(30):
        drafted()
        here.clock.forward(minutes=1)
    screen(WANTED)
    return here


def ask(client: Client, words: str, **more: str) -> HttpResponse:
    return client.post("/search", {"words": words, **more})  # type: ignore[return-value]


def plain(answer: HttpResponse) -> bytes:
    """The page without the tokens of its forms, which are never the same twice."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", answer.content)


def test_what_is_found_stands_by_kind_with_its_name_apart(searched: Here) -> None:
    page = ask(signed_in("officer-a"), "تفراستي زهير").content.decode()
    assert "More than 1,000" not in page
    assert "32 records found" in page
    assert re.search(r"<bdi[^>]*>زهير التفراستي</bdi>", page)
    assert page.count('<th scope="row"><a href="/notices/') == 25
    page = ask(signed_in("officer-a"), "ZX4417702", kind="candidate").content.decode()
    assert "1 record found" in page
    assert "<caption>Candidates</caption>" in page
    assert re.search(r"<bdi[^>]*>[^<]*tafrasti[^<]*</bdi>", page, re.IGNORECASE)
    assert re.search(r'href="/manifests/[0-9a-f-]+#[0-9a-f-]+"', page)


def test_the_pages_that_follow_hold_the_rest_and_no_address_holds_the_words(searched: Here) -> None:
    client = signed_in("officer-a")
    first = ask(client, "tafrasti").content.decode()
    following = re.search(r'name="following" value="([^"]+)"', first)
    assert following
    second = ask(client, "tafrasti", following=following[1]).content.decode()
    links = [re.findall(r'<th scope="row"><a href="([^"]+)"', page) for page in (first, second)]
    assert [len(one) for one in links] == [25, 7]
    assert not set(links[0]) & set(links[1])
    for page in (first, second):
        assert not re.search(r'(href|action)="[^"]*tafrasti', page, re.IGNORECASE)
    assert ask(client, "tafrasti", following="1|2|3").status_code == 400


def test_the_words_are_in_the_access_log_before_the_answer(searched: Here) -> None:
    client = signed_in("officer-a")
    assert ask(client, " tafrasti ", kind="notice").status_code == 200
    row = rows("acts.Access")[-1]
    assert (row.actor, row.what, row.reason) == ("officer-a", "console.search", "notice: tafrasti")
    refused = ask(client, "tafrasti", kind="everything")
    assert (refused.status_code, "search.kind" in refused.content.decode()) == (400, True)
    assert rows("acts.Access")[-1].reason == "everything: tafrasti"
    assert "Tafrasti" not in refused.content.decode()


def test_words_in_an_address_ask_nothing(searched: Here) -> None:
    answer = signed_in("officer-a").get("/search", {"words": "tafrasti"})
    assert (answer.status_code, b"found" in answer.content, b"Tafrasti" in answer.content) == (200, False, False)


def test_the_administrator_finds_nothing_and_is_shown_no_box(searched: Here) -> None:
    client = signed_in("administrator")
    answer = ask(client, "tafrasti")
    assert answer.status_code == 403
    assert b"Tafrasti" not in answer.content
    assert rows("acts.Access")[-1].what == "refused:console.search"
    assert b'action="/search"' not in client.get("/").content
    assert b'action="/search"' in signed_in("officer-a").get("/").content


@pytest.mark.parametrize("words", ["tafrasti", "زهير", "XX123", "ZX4417702", "nobody", ""])
def test_a_page_is_the_same_with_hidden_records_and_without(searched: Here, words: str) -> None:
    client = signed_in("officer-a")
    ask(client, words)  # what a process asks once is asked

    def asked() -> tuple[bytes, int]:
        with CaptureQueriesContext(connection) as queries:
            page = plain(ask(client, words))
        return page, len(queries)

    before = asked()
    hide(40, searched)
    after = asked()
    assert before == after
    assert b"HARBOUR" in plain(ask(signed_in("harbour"), "XX123"))


def test_nothing_and_all_hidden_are_one_page(searched: Here) -> None:
    client = signed_in("harbour")
    pages = [plain(ask(client, words)).replace(words.encode(), b"") for words in ("XX123", "XX999")]
    assert pages[0] == pages[1]
    assert b"0 records found" in pages[0]
    assert b"candidate" in plain(ask(signed_in("officer-a"), "XX123"))
