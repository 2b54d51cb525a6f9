"""Pages of dead letters: what a partner or a file says is text on them, and another unit's letter is not shown."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mithaq.errors import InputError
from mithaq.node.acts import perform
from mithaq.node.acts.definition import Actor
from mithaq.node.border.requests import ScreenManifest
from mithaq.node.exchange import letters
from mithaq.node.lists.requests import ImportList
from tests.node import acts_material as material
from tests.node.acts.test_aside import poisoned
from tests.node.acts.test_road import published, round_trip
from tests.node.border.test_border import OTHER, manifest
from tests.node.console.test_routes import places, signed_in
from tests.node.here import Here, rows
from tests.peers.partner import Partner

__all__ = ["places"]
SCRIPT = b"<script>alert(1)</script><img src=x onerror=alert(2)>"


def file_letter(data: bytes = SCRIPT, name: str = "<b>name</b>.edi") -> str:
    with pytest.raises(InputError):
        perform.perform("screen-manifest@1", ScreenManifest("BEBRU", name, data), material.OFFICER_A)
    return str(rows("exchange.RefusedFile", name=name)[0].pk)


def test_a_files_bytes_and_name_are_text(places: dict[str, dict[str, str]]) -> None:
    key, client = file_letter(), signed_in("officer-a")
    listed, page = (client.get(path).content.decode() for path in ("/dead-letters", f"/dead-letters/{key}"))
    assert "&lt;b&gt;name&lt;/b&gt;.edi" in listed
    for text in (listed, page):
        assert "<b>name" not in text
        assert not re.search(r"<script>|<img src=x", text)
    assert "3c 73 63 72 69 70 74" in page  # <script in hexadecimal
    answer = client.get(f"/dead-letters/{key}/bytes")
    assert answer.content == SCRIPT
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert [row.what for row in rows("acts.Access", record=key)] == ["exchange.letter", "exchange.letter-bytes"]


@pytest.mark.parametrize("ground", ["<script>alert(1)</script>", "Ring +32 2 000 00 00", "plan.act<b>"])
def test_a_partners_own_words_stand_on_no_page(here: Here, places: dict[str, dict[str, str]], ground: str) -> None:
    partner = Partner(here, mood="hostile", ground=ground)
    key = published()
    round_trip(here, partner)
    wish = rows("acts.Wish", record=key)[0]
    client = signed_in("approver")
    for path in (
        "/",
        "/dead-letters",
        f"/dead-letters/{wish.pk}",
        f"/ledger/messages/{wish.message}",
        f"/notices/{key}",
    ):
        text = client.get(path).content.decode()
        assert ground not in text, path
        assert "alert(1)" not in text
        assert "+32" not in text
    assert "receipt.ground" in client.get(f"/dead-letters/{wish.pk}").content.decode()


def test_another_units_letter_is_refused_and_the_try_is_logged(here: Here, places: dict[str, dict[str, str]]) -> None:
    key, other = file_letter(), signed_in("approver")
    for path in (f"/dead-letters/{key}", f"/dead-letters/{key}/bytes"):
        answer = other.get(path)
        assert (answer.status_code, "letter.unknown" in answer.content.decode()) == (404, True)
        assert "script" not in re.sub(r"<script src=[^>]*></script>|script-src", "", answer.content.decode())
    assert key not in other.get("/dead-letters").content.decode()
    for path, asked in ((f"/dead-letters/{key}/close", {"reason": "x"}), (f"/dead-letters/{key}/open-again", {})):
        assert other.post(path, asked).status_code in {403, 404}
    before = len(rows("border.Manifest"))
    assert other.post(f"/dead-letters/{key}/mend", brought()).status_code == 404
    assert rows("exchange.Handled") == []
    assert len(rows("border.Manifest")) == before
    # Two pages, three acts: each try says that it was refused.
    assert [row.refused for row in rows("acts.Access", record=key, actor="approver")] == [True] * 5


def brought(data: bytes = manifest(OTHER), **more: object) -> dict[str, object]:
    return {"data": SimpleUploadedFile("<b>mended</b>.edi", data), "whole": "1", **more}


def test_a_mended_file_on_the_page_of_its_letter(places: dict[str, dict[str, str]]) -> None:
    key, client = file_letter(), signed_in("officer-a")
    path = f"/dead-letters/{key}"
    page = client.get(path).content.decode()
    assert f'action="{path}/mend" enctype="multipart/form-data"' in page
    assert "BEBRU" in page
    assert 'name="more"' not in page
    before = {row.pk for row in rows("border.Manifest")}
    # Refused again, broken off, or no file at all: the page says why, and the letter stays.
    for asked, code in (
        (brought(SCRIPT + b"2"), "read.page"),
        ({**brought(), "whole": None}, "upload.cut"),
        ({}, ""),
    ):
        answer = client.post(f"{path}/mend", {name: value for name, value in asked.items() if value is not None})
        text = answer.content.decode()
        assert (answer.status_code, code in text, f'action="{path}/mend"' in text) == (400, True, True)
        assert not re.search(r"<script>|<img src=x|<b>", text)
    assert "3e 32" in client.get(path).content.decode()  # the place is that of the file which came last
    assert {row.pk for row in rows("border.Manifest")} == before
    done = client.post(f"{path}/mend", brought())
    (made,) = {row.pk for row in rows("border.Manifest")} - before
    assert (done.status_code, done["Location"]) == (302, f"/manifests/{made}")
    closed = client.get(path).content.decode()
    assert f'href="/manifests/{made}"' in closed
    assert f'action="{path}/mend"' not in closed
    assert client.post(f"{path}/mend", brought()).status_code == 409
    assert len(rows("border.Manifest")) == len(before) + 1
    logged = [row.what for row in rows("acts.Access", record=key, actor="officer-a")]
    assert logged.count("exchange.letter-mend") == 5


def test_the_page_of_a_refused_notice_says_how_it_is_mended(here: Here, places: dict[str, dict[str, str]]) -> None:
    key = published()
    round_trip(here, Partner(here, mood="rejecting"))
    letter, client = str(rows("acts.Wish", record=key)[0].pk), signed_in("approver")
    page = client.get(f"/dead-letters/{letter}").content.decode()
    assert 'href="/notices/new"' in page
    assert "withdraw it and draft it anew" in page
    assert f"/dead-letters/{letter}/mend" not in page
    assert client.post(f"/dead-letters/{letter}/mend", brought()).status_code == 409
    version = rows("wanted.Notice", pk=key)[0].version
    assert client.post(f"/notices/{key}/withdraw", {"version": version, "reason": "wrong date"}).status_code == 302
    assert "draft it anew" not in client.get(f"/dead-letters/{letter}").content.decode()


def test_what_a_letter_offers_is_what_its_acts_do(here: Here, places: dict[str, dict[str, str]]) -> None:
    partner = Partner(here, mood="rejecting")
    key = published()
    round_trip(here, partner)
    letter, client = str(rows("acts.Wish", record=key)[0].pk), signed_in("approver")
    page = client.get(f"/dead-letters/{letter}").content.decode()
    assert f'href="/notices/{key}"' in page
    assert client.post(f"/dead-letters/{letter}/close", {"reason": " "}).status_code == 400
    answer = client.post(f"/dead-letters/{letter}/send-again")
    assert (answer.status_code, answer["Location"]) == (302, f"/dead-letters/{letter}")
    after = client.get(f"/dead-letters/{letter}").content.decode()
    assert f"/dead-letters/{letter}/send-again" in page
    assert f"/dead-letters/{letter}/send-again" not in after
    assert client.post(f"/dead-letters/{letter}/send-again").status_code == 409
    aside = poisoned(here)
    client = signed_in("approver")  # hours have passed, and the session has ended
    offered = client.get(f"/dead-letters/{aside}").content.decode()
    assert f"/dead-letters/{aside}/open-again" in offered
    assert client.post(f"/dead-letters/{aside}/open-again").status_code == 302
    assert f"/dead-letters/{aside}/open-again" not in client.get(f"/dead-letters/{aside}").content.decode()
    assert client.post(f"/dead-letters/{aside}/close", {"reason": "enough"}).status_code == 302
    assert aside not in client.get("/dead-letters").content.decode()


def every_letter(limit: int, person: Actor) -> list[tuple[str, str]]:
    """What the pages of a listing hold, one after the other."""
    found, before = [], ""
    while True:
        page = letters.page(person, before, limit)
        assert len(page.letters) <= limit
        found += [(one.kind, one.id) for one in page.letters]
        before = page.earlier
        if not before:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_pages_of_letters_hold_each_once_the_latest_first(here: Here, limit: int) -> None:
    # Of one moment, too: the clock of the test stands still between the files.
    person = replace(material.APPROVER, roles=material.APPROVER.roles | {"case-officer"})
    partner = Partner(here, mood="rejecting")
    published()
    round_trip(here, partner)
    for number in range(3):
        with pytest.raises(InputError):
            perform.perform("import-list@1", ImportList("UN", f"{number}.xml", b"<broken%d" % number), material.DRAFTER)
    poisoned(here)
    published()
    round_trip(here, partner)
    whole = every_letter(100, person)
    assert sorted(kind for kind, _key in whole) == ["file", "file", "file", "received", "sent", "sent"]
    moments = [one.since for one in letters.page(person).letters]
    assert moments == sorted(moments, reverse=True)
    assert every_letter(limit, person) == whole


KEY = "01900000-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "place",
    [
        "x",
        "2026-05-04_no",
        f"2026-05-04T00:00:00_{KEY}",
        f"0001-01-01T00:00:00+10:00_{KEY}",
        f"9999-12-31T23:00-10:00_{KEY}",
    ],
)
def test_a_place_that_no_page_names_is_an_error(here: Here, place: str) -> None:
    with pytest.raises(InputError) as caught:
        letters.page(material.OFFICER_A, place)
    assert caught.value.code == "cursor.unknown"


def test_an_offset_that_the_database_does_not_know_is_read_in_utc(here: Here) -> None:
    assert letters.page(material.OFFICER_A, f"2026-01-01T00:00:00+20:00_{KEY}").letters == ()


def test_a_page_of_letters_leads_to_the_earlier_ones(places: dict[str, dict[str, str]]) -> None:
    keys = [file_letter(SCRIPT + b"%d" % number, f"{number}.edi") for number in range(letters.LIMIT + 1)]
    client = signed_in("officer-a")
    first = client.get("/dead-letters").content.decode()
    (further,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(f"/dead-letters{unescape(further)}").content.decode()
    shown = [re.findall(r"/dead-letters/([0-9a-f-]{36})", text) for text in (first, second)]
    both = shown[0] + shown[1]
    assert set(keys) <= set(both)
    assert len(set(both)) == len(both) == len(rows("exchange.RefusedFile"))
    assert len(shown[0]) == letters.LIMIT
    assert 'rel="next"' not in second
    assert client.get("/dead-letters?before=nothing").status_code == 400
