"""A person at a browser, who knows the console by what stands on its pages: headings, links, labels and buttons, in the
language of the pages.

Rule: nothing is found by an id, a class or an English word; an address is typed only by who tries where no link leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from playwright.sync_api import Download, Locator, Page, expect

from mithaq.node.console import grounds, words
from mithaq.node.start import LANGUAGES
from tests.browser.checks import in_both_themes, wider
from tests.browser.chromium import People, Watched, watch
from tests.node.nodes import PASSWORD, RunningNode
from tests.translations import languages, read

NATIVE = dict(LANGUAGES)
# The longest that anything is waited for: a page, or a message that goes from node to node until its receipts are back.
ROAD = 60_000


class Tongue:
    """The words of the console in a language, from its catalogue."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = read(language) if language in languages() else None

    def __call__(self, text: str, **places: object) -> str:
        """The translation of a text of the console; fails when there is none."""
        if self._catalogue is not None:
            found = self._catalogue.get(text)
            assert found is not None, f"no word of the console: {text}"
            text = str(found.string)
        return re.sub(r"%\((\w+)\)s", lambda one: str(places[one[1]]), text)

    def word(self, kind: str, code: str) -> str:
        """The word for a code."""
        with translation.override(self.language):
            found = words.word(kind, code)
        assert found != code, (kind, code)
        return found

    def ground(self, code: str) -> str:
        """The sentence of a ground."""
        with translation.override(self.language):
            found = str(grounds.ground(code))
        assert found != code, code
        return found

    def reading(self, what: str) -> str:
        """The word for what a row of the access log says was read."""
        with translation.override(self.language):
            return words.reading(what)


class Desk:
    """One person's browser window. What Chromium complains of, but for refusals that were awaited, fails at the end."""

    def __init__(self, watched: Watched, node: RunningNode, name: str, language: str) -> None:
        self.watched, self.node, self.name, self.said = watched, node, name, Tongue(language)
        self.page: Page = watched.page

    @property
    def path(self) -> str:
        """What stands in the address bar, after the node."""
        return self.page.url.removeprefix(self.node.console)

    # What stands on a page

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def title(self) -> Locator:
        return self.main.get_by_role("heading", level=1)

    def reference(self) -> str:
        """The reference that ends the page's title."""
        return self.title.inner_text().split()[-1]

    def part(self, title: str) -> Locator:
        """The part of the page under a heading, or a table by its title, as a screen reader names it."""
        return self.main.get_by_role("region", name=title, exact=True)

    def table(self, title: str) -> Locator:
        return self.main.get_by_role("table", name=title)

    def rows(self) -> Locator:
        """The rows of the page's tables."""
        return self.main.get_by_role("row")

    def row(self, table: str, *texts: str) -> Locator:
        """The rows of a table that hold all of some texts."""
        found = self.table(table).get_by_role("row")
        for text in texts:
            found = found.filter(has_text=text)
        return found

    def field(self, label: str) -> Locator:
        return self.main.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$"))

    def sees(self, *texts: str) -> None:
        """Every text stands in the page, and can be seen."""
        for text in texts:
            expect(self.main.get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_told(self, text: str) -> None:
        """The page says what became of what was done."""
        expect(self.main.get_by_role("status").filter(has_text=text)).to_be_visible()

    def is_at(self, title: str) -> None:
        """The page has this heading, is in the person's language and runs in its direction."""
        expect(self.title).to_contain_text(title)
        root = self.page.locator("html")
        expect(root).to_have_attribute("lang", self.said.language)
        expect(root).to_have_attribute("dir", "rtl" if self.said.language == "ar" else "ltr")

    # What a person does

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Click a link by what it says."""
        self._click((within or self.main).get_by_role("link", name=name, exact=True).first)

    def press(self, name: str, within: Locator | None = None) -> None:
        """Click a button by what it says."""
        self._click((within or self.main).get_by_role("button", name=name, exact=True))

    def _click(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()

    def go(self, name: str) -> None:
        """Go to a page by the main menu."""
        self.follow(name, self.page.get_by_role("navigation", name=self.said("Main")))
        self.is_at(name)

    def offered(self) -> list[tuple[str, str]]:
        """What the main menu offers: the words, and where they lead."""
        links = self.page.get_by_role("navigation", name=self.said("Main")).get_by_role("link").all()
        return [(link.inner_text(), str(link.get_attribute("href"))) for link in links]

    def fill(self, asked: dict[str, str]) -> None:
        """Fill fields by their labels."""
        for label, text in asked.items():
            self.field(label).fill(text)

    def choose(self, asked: dict[str, str]) -> None:
        """Choose from lists, by their labels and by what the choice says."""
        for label, choice in asked.items():
            self.field(label).select_option(label=choice)

    def sign_in(self) -> None:
        """Come to the console, choose the language and sign in."""
        page, said = self.page, self.said
        page.goto(f"{self.node.console}/")
        self._click(page.get_by_role("button", name=NATIVE[said.language], exact=True))
        self.is_at(said("Sign in"))
        self.fill({said("Name"): self.name, said("Password"): PASSWORD})
        self.press(said("Sign in"))
        self.is_at(said("Home"))

    def sign_out(self) -> None:
        """Sign out; the back button then shows no page of the console, nor does reload."""
        shown = self.main.inner_text()
        self._click(self.page.get_by_role("button", name=self.said("Sign out"), exact=True))
        for leave in (self.page.go_back, self.page.reload):
            leave(wait_until="load")
            self.is_at(self.said("Sign in"))
            assert self.main.inner_text() != shown
            expect(self.page.get_by_role("button", name=self.said("Sign out"))).to_have_count(0)

    def gives_reason(self, why: str) -> None:
        """The page asks why, and shows nothing before it is told."""
        asked = self.said("Why do you read this?")
        self.is_at(asked)
        self.forgive(403)
        wrong = in_both_themes(self.page) + wider(self.page)
        assert not wrong, "\n".join(wrong)
        self.fill({asked: why})
        self.press(self.said("Read on"))

    def download(self, name: str) -> Download:
        """What a button gives as a file."""
        with self.page.expect_download() as started:
            self.main.get_by_role("button", name=name, exact=True).click()
        # A page that becomes a file is a request that ends for the browser.
        ended = f"failed: {started.value.url} net::ERR_ABORTED"
        self.watched.faults[:] = [one for one in self.watched.faults if one != ended]
        return started.value

    def is_refused(self, address: str, code: str) -> str:
        """Type an address, be refused in the own language, and get the page's whole text to look through."""
        answer = self.page.goto(f"{self.node.console}{address}")
        assert answer is not None
        assert answer.status == 403, address
        self.forgive(403)
        expect(self.main.get_by_role("alert")).to_be_visible()
        self.sees(code)
        return self.page.content()

    def forgive(self, status: int) -> None:
        """Take out of the faults what Chromium says of answers with a status that was awaited."""
        known = re.compile(rf"^{status}: |^console: Failed to load resource: .* status of {status} ")
        self.watched.faults[:] = [one for one in self.watched.faults if not known.search(one)]


@contextmanager
def at_desk(people: People, node: RunningNode, name: str, language: str) -> Iterator[Desk]:
    """A person who has signed in at a browser of the own."""
    with people.context(node, locale="en-GB") as context:
        # Six processes of two nodes share the machine with whatever else runs: nothing here asks how fast they are.
        context.set_default_timeout(ROAD)
        desk = Desk(watch(context, node), node, name, language)
        desk.sign_in()
        yield desk
        assert not desk.watched.faults, "\n".join(desk.watched.faults)
