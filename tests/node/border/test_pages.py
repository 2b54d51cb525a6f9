"""The pages of posts, of one traveller and of the register, as a browser without scripts gets them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile

from mithaq.formats.mrz_write import write_mrz
from mithaq.node.border import facts
from tests.node.border.crossings_material import keeping
from tests.node.border.test_border import OTHER, WANTED, manifest, notice
from tests.node.border.test_crossings import renew
from tests.node.border.test_travellers import PASSPORT
from tests.node.console.test_routes import Client, places, signed_in
from tests.node.here import Here, rows
from tests.shared_data import shared

__all__ = ["places"]
Places = dict[str, dict[str, str]]
FIRST_LOAD = 300_000


@pytest.fixture
def client(places: Places) -> Client:
    assert places
    return signed_in("officer-a")


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def upload(client: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("list.edi", data)
    return client.post("/manifests", {"post": "BEBRU", "data": file, "whole": "1"}, follow=True)


def weight(page: str) -> int:
    """The bytes of a page and of all that it loads."""
    files = set(re.findall(r'(?:href|src)="(/static/[^"?]+)', page))
    assert len(files) >= 4, files
    total = len(page.encode())
    for file in files:
        found = finders.find(file.removeprefix("/static/"))
        assert found, file
        # The console serves the packed form where there is one, as every browser asks for it.
        packed = Path(f"{found}.gz")
        total += (packed if packed.exists() else Path(str(found))).stat().st_size
    return total


def test_the_first_page_of_the_counter_is_light_and_needs_no_script(client: Client) -> None:
    page = client.get("/travellers").content.decode()
    assert weight(page) < FIRST_LOAD
    form = page[page.index('<form method="post" action="/travellers"') :]
    form = form[: form.index("</form>")]
    assert "hx-" not in form
    assert "<button" in form
    (zone,) = re.findall(r"<textarea[^>]*>", form)
    assert 'name="mrz"' in zone
    assert "autofocus" in zone
    assert not re.search(r"tabindex=\"[1-9]", page)


def compared(places: Places) -> str:
    """The comparison that a test has made, beside the one of the fixture."""
    (key,) = {str(row.pk) for row in rows("border.Manifest", feed="traveller")} - {places["traveller"]["key"]}
    return key


def test_a_zone_pasted_gives_candidates_and_what_was_read(places: Places, client: Client) -> None:
    answer = client.post("/travellers", {"post": "BEBRU", "mrz": "\r\n".join(write_mrz(PASSPORT))})
    assert answer.status_code == 200
    assert "ZOHAIR TAFRASTI" in text(answer)
    assert 'class="judge"' in answer.content.decode()
    key = compared(places)
    (found, *_rest) = facts.candidates(key)
    judged = client.post(f"/candidates/{found.id}/judge", {"version": 1, "verdict": "no-match"})
    assert judged["Location"].startswith(f"/travellers/{key}#")
    for address in (f"/travellers/{key}", f"/manifests/{key}"):
        assert "ZOHAIR TAFRASTI" in text(client.get(address)), address


def test_nobody_is_said_honestly_and_the_page_can_be_printed(places: Places, client: Client) -> None:
    answer = client.post("/travellers", {"post": "BEBRU", "name": "Pieter Vandenbroucke", "document": "EL220011"})
    said = text(answer)
    assert "No candidate above the threshold of this post." in said
    assert "+8.00" in said
    assert re.search(r"notices \(2\) · 2026-05-04", said)
    assert "EL220011" in said
    # Later, nobody can tell from the page who it was.
    assert "EL220011" not in text(client.get(f"/travellers/{compared(places)}"))
    assert 'class="marking"' in answer.content.decode()
    css = Path(str(finders.find("mithaq.css"))).read_text(encoding="utf8")
    assert ".marking { display: block" in css[css.index("@media print") :]


def test_what_cannot_be_read_comes_back_with_what_was_typed(client: Client) -> None:
    answer = client.post("/travellers", {"post": "BEBRU", "name": "A", "birth_date": "1984-99-99"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "traveller.birth_date" in page
    assert 'value="1984-99-99"' in page


def test_the_officer_is_told_what_came_again(client: Client) -> None:
    first = upload(client, manifest(OTHER))
    assert "nothing was screened twice" not in text(first)
    again = upload(client, manifest(OTHER))
    assert "The same list came once more; nothing was screened twice." in text(again)
    later = upload(client, manifest(OTHER, WANTED))
    assert "A later list of a flight that was here before." in text(later)
    broken = upload(client, manifest(OTHER)[:-60])
    assert (broken.status_code, "manifest.cut" in broken.content.decode()) == (400, True)


def test_what_the_reader_tolerated_is_said_by_what_became_of_it(client: Client) -> None:
    # What is not quite the same list is read anew.
    sent = manifest(WANTED).replace(b"ZOHAIR", b"ZOUHAR")
    count = re.sub(rb"UNT\+\d+", b"UNT+99", sent)
    assert count != sent
    page = text(upload(client, count))
    place = count.index(b"UNT+99")
    assert re.search(rf"Read, but uncertain .*character {place}", page), page
    assert not re.search(rf"edifact.unt.count · {place}", page)
    gone = re.sub(rb"UNT\+[^']*'", b"", sent.replace(b"ZOUHAR", b"ZOUHER"))
    answer = upload(client, gone)
    assert re.search("Missing or left out .*trailer", text(answer))
    assert re.search("<details[^>]* open>", answer.content.decode())


def test_a_post_shows_its_feeds_and_a_silent_one(here: Here, client: Client) -> None:
    page = text(client.get("/posts/BEBRU"))
    assert "PAXLST passenger list" in page
    assert "nothing has come for more than" not in page
    assert "not kept" in page
    here.clock.forward(hours=25)
    client = signed_in("officer-a")
    page = text(client.get("/posts/BEBRU"))
    assert "PAXLST passenger list: nothing has come for more than 24 hours." in page
    assert "single travellers: nothing" not in page
    assert "silent" in text(client.get("/posts"))
    assert client.get("/posts/XXXXX").status_code == 404


def test_the_register_answers_and_the_question_is_logged(here: Here, client: Client) -> None:
    asked = {"name": "", "document": "el 220011", "since": "2026-05-01", "until": "2026-05-04", "reason": "enquiry 7"}
    assert "Not kept: the register cannot answer" in text(client.post("/crossings", asked))
    keeping(here, "crossings_retention_hours = 48")
    upload(client, manifest(OTHER))
    answer = client.post("/crossings", asked)
    assert "PIETER VANDENBROUCKE" in text(answer)
    # Others of these days were screened before anything was kept.
    assert re.search(r"The crossings of \d of them are not kept", text(answer))
    logged = rows("acts.Access")[-1]
    assert (logged.what, logged.reason) == ("border.crossings", "enquiry 7:  el 220011 2026-05-01/2026-05-04")
    assert client.post("/crossings", {**asked, "reason": ""}).status_code == 400
    assert client.post("/crossings", {**asked, "until": "2026-04-01"}).status_code == 400


def test_another_unit_learns_nothing_of_this_post(places: Places) -> None:
    assert places
    other = signed_in("approver")
    asked = {"name": "x", "document": "", "since": "2026-05-01", "until": "2026-05-04", "reason": "enquiry"}
    assert "No list was received" in text(other.post("/crossings", asked))
    assert other.post("/posts/BEBRU/rescreen").status_code == 403


def test_a_candidate_says_that_it_was_found_later(here: Here, client: Client) -> None:
    keeping(here, "crossings_retention_hours = 48")
    first = upload(client, manifest(OTHER, WANTED))
    key = first.redirect_chain[-1][0].rpartition("/")[2]
    assert "Found on re-screening" not in text(first)
    notice(here)
    assert renew(here) == 1
    said = text(client.get(f"/manifests/{key}"))
    assert "Found on re-screening" in said
    assert "after the notices changed: MA-POLICE/2026/WP/" in said
    post = client.post("/posts/BEBRU/rescreen", follow=True)
    assert "0 lists were compared again." in text(post)


def test_a_feed_that_never_came_is_missed_on_its_page_and_at_home(here: Here, client: Client) -> None:
    keeping(here, "feed_silence_hours_bebru_pnrgov = 24")
    assert "never came" in text(client.get("/posts"))
    page = text(client.get("/posts/BEBRU"))
    assert "never came" in page
    assert "nothing has ever come" not in page
    here.clock.forward(hours=25)
    client = signed_in("officer-a")
    assert "nothing has ever come, and the domestic instrument expects it." in text(client.get("/posts/BEBRU"))
    assert "A feed never came" in text(client.get("/"))
    upload(client, shared("data/border/pnrgov/parsers_pnrSeatFormats.txt").read_bytes())
    assert "never came" not in text(client.get("/posts/BEBRU")) + text(client.get("/posts")) + text(client.get("/"))
    here.clock.forward(hours=25)
    client = signed_in("officer-a")
    assert "nothing has come for more than 24 hours." in text(client.get("/posts/BEBRU"))
    assert "A feed is silent" in text(client.get("/"))
