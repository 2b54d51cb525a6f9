"""The pages of lists: an upload, what it changes page by page, confirmed or discarded; plain forms, no script."""

from __future__ import annotations

import gzip
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
from mithaq.node.lists.source import subjects
from tests.node import acts_material as material
from tests.node.border.crossings_material import enacted
from tests.node.console.test_routes import PASSWORD, Client
from tests.node.here import Here
from tests.node.lists.material import imported, listed, own_list, un_list
from tests.shared_data import shared

FIRST = un_list(A=("Zohair Tafrasti", "1984"), B=("سميرة أولحاج",), C=("Wouter Peeters",))
OWN = own_list({"id": "1", "names": ["Anke"]})


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


def upload(client: Client, name: str, data: bytes, **beside: bytes) -> Any:
    """Post the form with the list and the files beside it: `more`, `mapping`."""
    files = {field: SimpleUploadedFile(field, held) for field, held in {"data": data, **beside}.items()}
    return client.post("/lists", {"list": name, **files, "whole": "1"})


def test_an_upload_is_looked_at_and_confirmed(officer: Client) -> None:
    answer = upload(officer, "UN", FIRST)
    assert answer.status_code == 302
    page = read(officer, answer["Location"])
    assert "Zohair Tafrasti" in page
    assert "added 3" in page
    # What it changes is read before it is decided on.
    order = ("This version", "What it changes", "Zohair Tafrasti", "Confirm: let it take effect")
    assert sorted(order, key=page.index) == list(order)
    assert '<bdi dir="auto">سميرة أولحاج</bdi>' in officer.get(answer["Location"]).content.decode()
    assert "A version waits to be confirmed." in read(officer, "/lists")
    assert tuple(subjects()) == ()
    assert officer.post(f"{answer['Location']}/confirm")["Location"] == "/lists"
    assert len(tuple(subjects())) == 3
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
    assert re.search(r"Code: (un_list|ofac_list|eu_list|list)\.\w+", text_of(answer))
    assert upload(officer, "XX", b"").status_code == 400


def test_both_files_of_ofac(officer: Client) -> None:
    row = '1,"DOE, Jane","individual",' + ",".join(["-0- "] * 9)
    place = upload(officer, "OFAC", row.encode(), more=b'1,2,"aka","ROE, Jane",-0- ')["Location"]
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


def test_a_packed_table_with_its_mapping(officer: Client) -> None:
    data = gzip.compress(b"Number;Name;Born\n1;Samira Oulhaj;1991\n2;;1984\n3;Anke;31/31/1984\n")
    mapping = b"[columns]\nid = 'Number'\nnames = 'Name'\nbirth_dates = 'Born'\n"
    without = upload(officer, "OWN", data)
    assert (without.status_code, "a table needs its mapping beside" in text_of(without)) == (400, True)
    place = upload(officer, "OWN", data, mapping=mapping)["Location"]
    page = read(officer, place)
    assert "Samira Oulhaj" in page
    assert "1 × A row has no name. csv.name · line 3" in page
    officer.post("/language", {"language": "fr", "next": "/"})
    assert "A row has no name." not in read(officer, place)


def test_a_list_that_went_back_is_warned_of_and_takes_a_reason(officer: Client) -> None:
    listed("UN", FIRST)
    place = upload(officer, "UN", FIRST.replace(b"2026-01-01", b"2025-12-31"))["Location"]
    assert "It seems older than the live list." in read(officer, "/lists")
    page = read(officer, place)
    assert "Its own date lies before that of the live version." in page
    assert 'name="reason"' in officer.get(place).content.decode()
    refused = officer.post(f"{place}/confirm")
    assert (refused.status_code, "list.older" in text_of(refused)) == (403, True)
    assert officer.post(f"{place}/confirm", {"reason": "the publisher went back"}).status_code == 302
    assert "This seems to be an older list" not in read(officer, place)


def test_a_list_is_refreshed_when_a_person_asks(officer: Client, here: Here, tmp_path: Path, monkeypatch: Any) -> None:
    assert officer.post("/lists/UN/refresh").status_code == 400
    source = ListSource("UN", ("un.xml",), False, timedelta(hours=6), "BE-POLICE/BORDER", True, None, tmp_path)
    monkeypatch.setattr(start.Node, "config", replace(here.config, lists={"UN": source}))
    assert "Refresh it now" in read(officer, "/lists")
    assert officer.post("/lists/UN/refresh")["Location"] == "/lists"
    page = read(officer, "/lists")
    assert "The node fetches the list now" in page
    assert "now, as a person asked" in page
    (tmp_path / "un.xml").write_bytes(FIRST)
    refresh.tick("UN", here.clock.now(), refresh.at_once)
    assert "now, as a person asked" not in read(officer, "/lists")
    assert len(tuple(subjects())) == 3
    assert officer.post("/lists/XX/refresh").status_code == 400


def test_where_the_instrument_asks_for_two_the_importer_is_told(officer: Client, here: Here) -> None:
    enacted(
        here, ("# What came to nothing", "[lines.clauses.settings]\nlist_second_person = 1\n\n# What came to nothing")
    )
    place = upload(officer, "UN", FIRST)["Location"]
    page = read(officer, place)
    assert "asks that another person than its importer confirms" in page
    assert "Confirm: let it take effect" not in page
    other = f"/lists/{imported('OWN', OWN, actor=material.APPROVER)['version']}"
    assert "Confirm: let it take effect" in read(officer, other)
