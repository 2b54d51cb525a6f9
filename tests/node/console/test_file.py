"""Any file that a post or a wanted-persons unit receives, dropped on the page: what it is, what of it was read."""

from __future__ import annotations

import gzip
import html
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from mithaq.errors import InputError
from mithaq.formats.reading import Reading, Warning
from mithaq.formats.recognise import Asked, read_file
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from mithaq.node.console.file_outcome import outcomes, verdict
from mithaq.node.console.file_views import told
from mithaq.node.console.words.outcomes import OUTCOMES
from tests import translations
from tests.node.authorities import NOW
from tests.node.here import Here, rows
from tests.shared_data import shared

PASSWORD = "correct horse at 4 am"
OTHERS = ["fr", "nl", "ar"]
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
    answer = client.post("/files", {"file": SimpleUploadedFile(name, data), "whole": "1"})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("path", ["/files", "/lists"])
def test_an_upload_that_broke_off_is_said_to_be_cut(here: Here, path: str) -> None:
    client = officer(here)
    for sent in ({}, {"list": "UN"}, {"file": SimpleUploadedFile("a.edi", b"UNB+UNOA:4+A+B+260504:0110+1'")}):
        answer = client.post(path, sent)
        page = answer.content.decode()
        assert (answer.status_code, "upload.cut" in page, "This field is required" in page) == (400, True, False)
    nothing = client.post(path, {"whole": "1"}).content.decode()
    assert ("upload.cut" in nothing, "This field is required" in nothing) == (False, True)
    assert 'name="whole" value="1"' in nothing


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
        kind = kind[0].upper() + kind[1:]
        assert re.search(rf'<h2 id="what">{re.escape(kind)}</h2>', page), path.name
        assert "<caption>What was understood" in page, path.name


@cache
def given() -> list[tuple[str, bytes, Reading | InputError]]:
    """Every given file with what was read of it, once for all languages."""
    found: list[tuple[str, bytes, Reading | InputError]] = []
    for path in files():
        data = path.read_bytes()
        try:
            found.append((path.name, data, read_file(io.BytesIO(data), Asked(NOW.date()))))
        except InputError as error:
            found.append((path.name, data, error))
    return found


def shown(name: str, data: bytes, read: Reading | InputError) -> str:
    """The part of the page that says what became of a file, in the language that is active."""
    if isinstance(read, InputError):
        return render_to_string("console/problem.html", {"problem": read, "file_name": name})
    return render_to_string("console/file_outcome.html", {**told(read, data), "file_name": name})


def texts(page: str) -> set[str]:
    """What stands between the marks of a page."""
    return {html.unescape(one).strip(" ·:()\n") for one in re.split(r"<[^>]*>", page)} - {""}


def sayings(read: Reading | InputError) -> list[tuple[str, Mapping[str, object]]]:
    """The sentences of an error and its remedy, or of all that was bent or left out, each with its values."""
    if isinstance(read, InputError):
        return [(read.sentence, read.params), (read.remedy, read.params)]
    return [(one.sentence, one.params) for one in (*read.warnings, *read.not_understood)]


@pytest.mark.parametrize("language", OTHERS)
def test_every_given_file_is_told_in_the_officers_language(here: Here, language: str) -> None:
    catalogue = translations.read(language)
    # A text that is a name in one of the files (a port, a person) may be a word of the console as well.
    english = {one.text for one in translations.words() if one.text not in translations.SAME[language]}
    assert len(given()) > 30
    for name, data, read in given():
        with override(language):
            page = shown(name, data, read)
        with override("en"):
            plain = texts(shown(name, data, read))
        assert not re.search(r'lang="en"', page), name
        left = texts(page) & english & plain
        assert not left, (name, left)
        for sentence, _params in sayings(read):
            message = catalogue.get(translations.counted(translations.Word(sentence)).text) if sentence else None
            assert not sentence or (message and message.string not in {"", sentence}), (name, sentence)


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_every_sentence_of_a_given_file_is_filled(here: Here, language: str) -> None:
    for name, data, read in given():
        for sentence, params in sayings(read):
            assert set(re.findall(r"\{(\w+)\}", sentence)) <= set(params), (name, sentence)
        with override(language):
            page = shown(name, data, read)
        assert not re.search(r"\{\w*\}|%\(", " ".join(texts(page))), name


def test_a_sentence_without_translation_is_found(here: Here) -> None:
    """What the test of every given file looks for is there to be found."""
    data = b"UNB+UNOA:4+A+B+250101:0000+1'UNH+1+PAXLST:D:05B:UN:IATA'NAD+FL+++A:B'UNT+3+1'UNZ+1+1'"
    untold = Warning("paxlst.name", "offset 3", "No catalogue has this sentence of {persons} words.", {"persons": 8})
    with override("fr"):
        page = shown("a", data, Reading("PAXLST", (), (untold,)))
    assert '<bdi lang="en">No catalogue has this sentence of 8 words.</bdi>' in page


@pytest.mark.parametrize("language", OTHERS)
def test_the_page_speaks_the_officers_language(here: Here, language: str) -> None:
    client = officer(here)
    client.post("/language", {"language": language, "next": "/files"})
    path = next(path for path in files() if path.parent.name == "pnrgov" and "bad" not in path.name)
    status, page = drop(client, path.name, path.read_bytes()[:-200])
    assert (status, f'lang="{language}"' in page) == (200, True)
    assert not re.search(r'<bdi lang="en">', page), "a sentence is not translated"
    with override(language):
        assert html.escape(str(OUTCOMES["lost"][0])) in html.unescape(page)


def test_a_warning_names_the_segment_and_shows_nothing_of_it(here: Here) -> None:
    data = b"UNB+IATA:1+A+B+250301:0000+1'UNH+1+PNRGOV:15:1:IA'TVL+010325:1015+CMN+BRU+MQ+42'SRC'TIF+MAES+JAN'"
    data += b"SSR+MOML:HK:1:MQ:::::NO PORK+::7'XYZ+KOSHER'UNT+9+1'UNZ+1+1'FOP+CC::100:VI:4111111111111111"
    status, page = drop(officer(here), "told.edi", data)
    assert status == 200
    assert "MAES" in page
    assert '(<bdi>payment</bdi> <bdi dir="ltr">FOP</bdi>)' in page
    assert '(<bdi dir="ltr">XYZ</bdi>)' in page
    assert not re.search("PORK|KOSHER|MOML|4111111", page)


def test_what_was_only_counted_counts(here: Here) -> None:
    entity = Warning("ofac_list.entity", "line 1", "entity: not a person")
    more = Warning("read.warnings", "line 2", "{more} further warnings were left out.", {"more": 40})
    (only,) = outcomes(Reading("OFAC list", (), (), (entity, more)), b"")
    assert (only.key, only.count) == ("meant", 41)


@pytest.mark.parametrize(
    ("bent", "found"),
    [(b"", "whole"), (b"UNT+4", "doubt"), (b"UNE+2", "part"), (b"CNT+42:7", "part"), (b"UNZ+1+8", "whole")],
)
def test_only_what_may_lack_a_person_makes_a_file_one_read_in_part(bent: bytes, found: str) -> None:
    data = b"UNB+UNOA:4+A+B+250301:0000+1'UNG+PAXLST+A+B+250301:0000+1+UN+D:05B'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
    data += b"TDT+20+MQ42+++MQ'LOC+125+CMN'DTM+189:2503011015:201'LOC+87+BRU'NAD+FL+++MAES:JAN'CNT+42:1'UNT+9+1'"
    data += b"UNE+1+1'UNZ+1+1'"
    right = {b"UNT+4": b"UNT+9", b"UNE+2": b"UNE+1", b"CNT+42:7": b"CNT+42:1", b"UNZ+1+8": b"UNZ+1+1"}
    data = data.replace(right.get(bent, b"~"), bent)
    reading = read_file(io.BytesIO(data), Asked(NOW.date()))
    assert verdict(outcomes(reading, data)) == found


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
    from mithaq.node.border import reading

    data = shared("data/lists/un_sc_consolidated.xml").read_bytes()
    with pytest.raises(InputError) as named:
        reading.read(data, "BEBRU", here.clock.now().date())
    assert (named.value.code, named.value.params["format"]) == ("manifest.format", "UN list")
