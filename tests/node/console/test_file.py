"""Any file that a post or a wanted-persons unit receives, dropped on the page: what it is, what of it was read."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from tests.node.here import Here, rows
from tests.shared_data import shared

PASSWORD = "correct horse at 4 am"
KINDS = {
    "paxlst": "PAXLST passenger list",
    "pnrgov": "PNRGOV bookings",
    "mrz_specimens.txt": "machine-readable zones of documents",
    "icao_state_codes.csv": "table (CSV)",
    "unlocode_MA_BE.csv": "table (CSV)",
    "un_sc_consolidated.xml": "United Nations sanctions list",
    "eu_fsf_excerpt.xml": "European Union sanctions list",
    "ofac_sdn.csv": "OFAC sanctions list",
}
# Of these nothing can be read, and the page says why.
UNREADABLE = {"LICENCE-messages.txt": "read.unknown", "ofac_alt.csv": "read.aliases"}


def files() -> list[Path]:
    found = [path for name in ("data/border", "data/lists") for path in sorted(shared(name).rglob("*"))]
    return [path for path in found if path.is_file()]


def officer(here: Here, *roles: str) -> Client:
    now = here.clock.now()
    person = AddPerson("officer", "Officer", "BE-POLICE/BORDER", roles or ("case-officer",), PASSWORD)
    local.apply("person", add_person(person, str(uuid7(now))), now)
    found = Client(headers={"host": "127.0.0.1"})
    found.post("/sign-in", {"name": "officer", "password": PASSWORD})
    return found


def drop(client: Client, name: str, data: bytes) -> tuple[int, str]:
    answer = client.post("/files", {"file": SimpleUploadedFile(name, data)})
    return answer.status_code, answer.content.decode()


def test_every_given_file_of_borders_and_lists_is_understood_or_told_why_not(here: Here) -> None:
    client, given = officer(here), files()
    assert len(given) > 30
    for path in given:
        status, page = drop(client, path.name, path.read_bytes())
        if path.name in UNREADABLE:
            assert (status, UNREADABLE[path.name] in page) == (400, True), path.name
            continue
        assert status == 200, path.name
        kind = KINDS.get(path.name) or KINDS[path.parent.name]
        assert re.search(rf'<h2 id="what">{re.escape(kind)}</h2>', page), path.name
        assert "<caption>What was understood" in page, path.name


@pytest.mark.parametrize("language", ["fr", "nl", "ar"])
def test_the_page_speaks_the_officers_language(here: Here, language: str) -> None:
    client = officer(here)
    client.post("/language", {"language": language, "next": "/files"})
    path = next(path for path in files() if path.parent.name == "pnrgov" and "bad" not in path.name)
    status, page = drop(client, path.name, path.read_bytes()[:-200])
    assert (status, f'lang="{language}"' in page) == (200, True)
    assert not re.search(r'<bdi lang="en">', page), "a sentence is not translated"
    assert not re.search(r">(traveller|booking|offset|segment) ?[<0-9]", page) or language in {"fr", "nl"}


def test_nothing_is_kept_but_the_digest_in_the_access_log(here: Here) -> None:
    client = officer(here)
    data = b"I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
    status, page = drop(client, "eriksson-anna.txt", gzip.compress(data))
    assert (status, "ANNA MARIA ERIKSSON" in page) == (200, True)
    last = rows("acts.Access")[-1]
    assert last.what == "console.file"
    assert last.record.startswith("sha256:")
    assert "eriksson" not in f"{last.record} {last.reason}".lower()
    assert rows("border.Manifest") == []


def test_who_reads_no_content_reads_no_file(here: Here) -> None:
    client = officer(here, "administrator")
    assert drop(client, "list.csv", b"name;born\nA;1990\n")[0] == 403


def test_a_list_on_the_page_of_manifests_is_named(here: Here) -> None:
    from mithaq.errors import InputError
    from mithaq.node.border import reading

    data = shared("data/lists/un_sc_consolidated.xml").read_bytes()
    with pytest.raises(InputError) as named:
        reading.read(data, "BEBRU", here.clock.now().date())
    assert (named.value.code, named.value.params["format"]) == ("manifest.format", "UN list")
