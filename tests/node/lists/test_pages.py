"""The pages of lists: an upload, what it changes page by page, confirmed or discarded; plain forms, no script."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mithaq.node import start
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from mithaq.node.list_sources import ListSource
from mithaq.node.lists import facts, refresh
from tests.node.console.test_routes import PASSWORD, Client
from tests.node.here import Here
from tests.node.lists.material import imported, listed, un_list
from tests.shared_data import shared

FIRST = un_list(A=("Zohair Tafrasti", "1984"), B=("سميرة أولحاج",), C=("Wouter Peeters",))


@pytest.fixture
def officer(here: Here) -> Client:
    request = AddPerson("drafter", "Drafter", "BE-POLICE/WANTED", ("case-officer",), PASSWORD)
    local.apply("person", add_person(request, str(uuid7(here.clock.now()))), here.clock.now())
    client = Client()
    client.post("/sign-in", {"name": "drafter", "password": PASSWORD})
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return text_of(answer)


def text_of(answer: Any) -> str:
    """What a reader sees, with single blanks."""
    body = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    assert body
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body[0])).split())


def upload(client: Client, name: str, data: bytes, more: bytes | None = None) -> Any:
    files = {"data": SimpleUploadedFile("list", data)}
    if more is not None:
        files["more"] = SimpleUploadedFile("more", more)
    return client.post("/lists", {"list": name, **files})


def test_an_upload_is_looked_at_and_confirmed(officer: Client) -> None:
    answer = upload(officer, "UN", FIRST)
    assert answer.status_code == 302
    page = read(officer, answer["Location"])
    assert "Zohair Tafrasti" in page
    assert "added 3" in page
    assert '<bdi dir="auto">سميرة أولحاج</bdi>' in officer.get(answer["Location"]).content.decode()
    assert "A version waits to be confirmed." in read(officer, "/lists")
    assert tuple(facts.subjects()) == ()
    assert officer.post(f"{answer['Location']}/confirm")["Location"] == "/lists"
    assert len(tuple(facts.subjects())) == 3
    page = read(officer, "/lists")
    assert "The list has taken effect." in page
    assert "2026-01-01T00:00:00Z" in page
    assert upload(officer, "UN", FIRST)["Location"] == "/lists"
    assert "nothing is changed" in read(officer, "/lists")


def test_who_imported_half_a_list_is_told_to_ask_a_colleague(officer: Client) -> None:
    listed("UN", FIRST)
    place = upload(officer, "UN", un_list(A=("Zohair Tafrasti", "1985")))["Location"]
    page = read(officer, place)
    assert "You imported it" in page
    assert "Confirm: let it take effect" not in page
    refused = officer.post(f"{place}/confirm", {"reason": "it is so"})
    assert (refused.status_code, "list.vanished" in text_of(refused)) == (403, True)
    assert "1984 → 1985" in read(officer, f"{place}?kind=changed")
    officer.post("/language", {"language": "ar", "next": "/"})
    assert "1984 ← 1985" in read(officer, f"{place}?kind=changed")
    officer.post("/language", {"language": "en", "next": "/"})
    assert officer.post(f"{place}/discard").status_code == 302
    assert facts.pending() == ()
    assert "discarded" in read(officer, place)


def test_a_colleague_confirms_half_a_list_with_a_reason(officer: Client) -> None:
    from tests.node import acts_material as material

    listed("UN", FIRST)
    place = f"/lists/{imported('UN', un_list(A=('Zohair Tafrasti', '1984')), actor=material.APPROVER)['version']}"
    assert "You may confirm it with a reason." in read(officer, place)
    assert officer.post(f"{place}/confirm").status_code == 403
    assert officer.post(f"{place}/confirm", {"reason": "they were taken off"}).status_code == 302
    assert "they were taken off" in read(officer, place)
    assert "no longer kept" in read(officer, f"{place}?kind=removed")


def test_a_long_list_has_pages(officer: Client) -> None:
    place = f"/lists/{imported('UN', shared('data/lists/un_sc_consolidated.xml').read_bytes())['version']}"
    first, last = read(officer, place), read(officer, f"{place}?kind=added&page=15")
    assert "Page 1 of 15" in first
    assert first.count("ERIC BADEGE") == 1
    assert "ERIC BADEGE" not in last
    assert len(officer.get(place).content) < 150_000
    assert "273 × entity: not a person" in first
    for odd in ("0", "-1", "x", "999999", "٣"):
        assert officer.get(f"{place}?page={odd}&kind=none").status_code == 200


@pytest.mark.parametrize("name", ["UN", "OFAC", "EU", "OWN"])
def test_what_is_no_list_is_told_on_the_page(officer: Client, name: str) -> None:
    answer = upload(officer, name, b"not a list")
    assert answer.status_code == 400
    assert re.search(r"Code: (un_list|ofac_list|eu_list|screening)\.\w+", text_of(answer))
    assert upload(officer, "XX", b"").status_code == 400


def test_both_files_of_ofac(officer: Client) -> None:
    row = '1,"DOE, Jane","individual",' + ",".join(["-0- "] * 9)
    place = upload(officer, "OFAC", row.encode(), b'1,2,"aka","ROE, Jane",-0- ')["Location"]
    assert "Jane DOE Jane ROE" in read(officer, place)


def test_a_refresh_that_fails_is_told(officer: Client, here: Here, tmp_path: Path, monkeypatch: Any) -> None:
    source = ListSource("EU", ("eu.xml",), False, timedelta(hours=6), "BE-POLICE/BORDER", True, None, tmp_path)
    monkeypatch.setattr(start.Node, "config", replace(here.config, lists={"EU": source}))
    assert "No version of this list is live." in read(officer, "/lists")
    refresh.tick("EU", here.clock.now(), refresh.at_once)
    page = read(officer, "/lists")
    assert "The file of the list cannot be read. list.unreachable" in page
    (tmp_path / "eu.xml").write_bytes(shared("data/lists/eu_fsf_excerpt.xml").read_bytes())
    here.clock.forward(hours=1)
    refresh.tick("EU", here.clock.now(), refresh.at_once)
    # An hour without use has ended the session.
    officer.post("/sign-in", {"name": "drafter", "password": PASSWORD})
    page = read(officer, "/lists")
    assert "list.unreachable" not in page
    (version,) = facts.versions("EU")
    assert "by the schedule" in read(officer, f"/lists/{version.id}")
