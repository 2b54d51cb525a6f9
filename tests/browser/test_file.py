"""A file dropped on "Read a file", in Chromium: what became of it is told in four languages, accessible and by keys.

The files are of invented persons; each holds what makes the page say something else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import LANGUAGES, violations, whole, wider
from tests.browser.chromium import NARROW, People, Watched, watch
from tests.browser.conftest import TRAVELLERS, Prepared
from tests.browser.test_work import tab_to

HEAD = "UNB+IATA:1+XM+BEPIU+260504:0110+1'UNH+1+PNRGOV:15:1:IA'"
FLIGHT = "TVL+040526:0110:040526:0630+CMN+BRU+XM+412'"
BROKEN = (
    f"{HEAD}ORG+XM:CMN'{FLIGHT}EQN+3'SRC'RCI+XM:AB12CD'TIF+OULHADJ:A+SAMIRAH:A:1'"
    "SSR+DOCS:HK:1:XM:::::/P/MAR/KB9900001/MAR/02NOV91/F/010130/OULHADJ/SAMIRAH'"
    "SSR+DOCS:HK:1:XM:::::/P/MAR/KB9900002/MAR/02NOV91/F/010130/OULHADJ/SAMIRAH+::7'XYZ+1'TIF+PEETERS:A+WOUTER:A:2'UNT+90+1'UNZ+1+2'TVL+0405"
)
ZONE = "P<BELPEETERS<<WOUTER<<<<<<<<<<<<<<<<<<<<<<<<\nEK55123409BEL7111025M3001015<<<<<<<<<<<<<<00\n"
TABLE = "name;born;state\n" + "".join(f"{one.given} {one.family};{one.birth_date};BEL\n" for one in TRAVELLERS)
LINES = '{"id":"1","names":["Samira Oulhaj","سميرة أولحاج"],"birth_dates":["1991-11-02","long ago"]}\n{"id":"2"}\n'


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        for name in names:
            pack.writestr(name, ZONE)
    return held.getvalue()


# The file, the status, and the outcomes that its page has.
FILES: dict[str, tuple[bytes, int, tuple[str, ...]]] = {
    "broken.edi": (BROKEN.encode(), 200, ("lost", "count", "doubt", "slip")),
    "zone.txt": (ZONE.encode(), 200, ("doubt",)),
    "table.csv": (TABLE.encode(), 200, ("doubt", "slip")),
    "lines.jsonl": (LINES.encode(), 200, ("lost",)),
    "one.zip": (_zip("zone.txt"), 200, ("doubt",)),
    "two.zip": (_zip("zone.txt", "again.txt"), 400, ()),
    "letter.txt": (b"\xef\xbb\xbfThis is a letter of the carrier and no passenger list.\r\n" * 8, 400, ()),
}
every_file = pytest.mark.parametrize("name", FILES)


@contextmanager
def dropped(nodes: Prepared, people: People, name: str, language: str, **options: Any) -> Iterator[Watched]:
    """The page after a file was chosen and read; checked is that it answers as it must and shows what it must."""
    data, status, outcomes = FILES[name]
    with people.context(nodes.be, "officer-a", language, **options) as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.goto(f"{nodes.be.console}/files")
        page.locator('input[name="file"]').set_input_files({"name": name, "mimeType": "", "buffer": data})
        with page.expect_navigation() as answered:
            page.locator("main form button").click()
        assert answered.value is not None
        assert answered.value.status == status
        # The browser itself complains of an answer of 400, which is what was asked for here.
        watched.faults[:] = [one for one in watched.faults if status == 200 or "400" not in one]
        shown = [str(one.get_attribute("id")) for one in page.locator("main section h2").all()]
        assert [one for one in shown if one not in {"what", "choose"}] == list(outcomes)
        expect(page.get_by_role("status" if status == 200 else "alert")).to_be_visible()
        expect(page.locator("main").get_by_text(name, exact=True)).to_be_visible()
        yield watched


@every_file
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_of_a_file_is_whole_in_a_language(
    nodes: Prepared, people: People, name: str, language: str
) -> None:
    with dropped(nodes, people, name, language) as watched:
        wrong = whole(watched, language)
        if language != "en":
            untold = watched.page.locator('main bdi[lang="en"]').all_inner_texts()
            wrong += [f"not translated: {text}" for text in untold]
        assert not wrong, "\n".join(wrong)


@every_file
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_became_of_a_file_is_readable_in_the_dark_and_on_a_phone(
    nodes: Prepared, people: People, name: str, language: str
) -> None:
    with dropped(nodes, people, name, language, color_scheme="dark", viewport=NARROW) as watched:
        ground = watched.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, re.findall(r"\d+", ground)[:3])) < 80, ground
        wrong = violations(watched.page) + wider(watched.page)
        assert not wrong, "\n".join(wrong)


def test_what_was_understood_is_told_before_what_was_not(nodes: Prepared, people: People) -> None:
    with dropped(nodes, people, "broken.edi", "en") as watched:
        page = watched.page
        facts = page.locator("dl.facts").inner_text()
        assert re.search(r"Bookings\s+1\s", facts), facts
        assert re.search(r"Travellers\s+2\s", facts), facts
        assert "XM412" in facts
        assert page.locator("main h2").first.inner_text() == "PNRGOV bookings"
        expect(page.get_by_role("row", name="SAMIRAH OULHADJ")).to_contain_text("1991-11-02")
        expect(page.get_by_text("special service SSR")).to_be_visible()


def test_what_a_booking_may_not_tell_is_not_told_by_what_went_wrong_with_it(nodes: Prepared, people: People) -> None:
    told = BROKEN.replace(
        "XYZ+1'", "SSR+MOML:HK:1:XM:::::NO PORK+::7'XYZ+KOSHER'FOP+CC::100:VI:4111111111111111'"
    ).replace("TVL+0405", "IFT+4:28+WCHR")
    with people.context(nodes.be, "officer-a") as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/files")
        page.locator('input[name="file"]').set_input_files(
            {"name": "told.edi", "mimeType": "", "buffer": told.encode()}
        )
        page.locator("main form button").click()
        expect(page.get_by_role("row", name="SAMIRAH OULHADJ")).to_be_visible()
        text = page.content()
        assert not re.search("PORK|KOSHER|WCHR|MOML|4111111", text)


@pytest.mark.parametrize("script", [True, False])
def test_a_file_is_read_by_keyboard_alone_and_without_a_script(nodes: Prepared, people: People, script: bool) -> None:
    with people.context(nodes.be, "officer-a", java_script_enabled=script) as context:
        page = context.new_page()
        # From the begin: a listener that is added when the key is pressed comes too late at times.
        page.on("filechooser", lambda _: None)
        page.goto(f"{nodes.be.console}/files")
        _read_by_key(page, "broken.edi")
        expect(page.get_by_role("status")).to_be_visible()
        # From the number of what is missing to what it is.
        tab_to(page, 'a[href="#lost"]')
        page.keyboard.press("Enter")
        expect(page.locator("#lost")).to_be_in_viewport()
        tab_to(page, '[role="region"]')
        expect(page.get_by_role("region").get_by_text("SAMIRAH OULHADJ")).to_be_visible()
        # Another file, by the form that follows: one that cannot be read.
        _read_by_key(page, "letter.txt")
        expect(page.get_by_role("alert")).to_contain_text("letter.txt")
        expect(page.get_by_role("alert")).to_contain_text("read.unknown")


def _read_by_key(page: Page, name: str) -> None:
    """Choose a file, in the window that the system opens, and read it."""
    tab_to(page, 'input[name="file"]')
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": FILES[name][0]})
    tab_to(page, "main form button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
