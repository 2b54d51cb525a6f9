"""Every page in Chromium, in four languages: right direction, nothing refused, accessible, narrow and light."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.chromium import NARROW, People, watch
from tests.browser.conftest import Prepared
from tests.node.authorities import PLAN_ID
from tests.node.nodes import RunningNode

LANGUAGES = {"en": "ltr", "fr": "ltr", "nl": "ltr", "ar": "rtl"}
FIRST_LOAD = 300_000
Place = tuple[RunningNode, str, str]
PAGES: dict[str, Callable[[Prepared], Place]] = {
    "sign-in": lambda nodes: (nodes.be, "", "/sign-in"),
    "home": lambda nodes: (nodes.be, "officer-a", "/"),
    "notices": lambda nodes: (nodes.be, "officer-a", "/notices"),
    "received-notice": lambda nodes: (nodes.be, "officer-a", f"/notices/{nodes.received}"),
    "own-notices": lambda nodes: (nodes.ma, "approver", "/notices?state=draft"),
    "own-notice": lambda nodes: (nodes.ma, "approver", f"/notices/{nodes.published}"),
    "draft": lambda nodes: (nodes.ma, "approver", f"/notices/{nodes.draft}"),
    "new-notice": lambda nodes: (nodes.ma, "drafter", "/notices/new"),
    "manifests": lambda nodes: (nodes.be, "officer-a", "/manifests"),
    "manifest": lambda nodes: (nodes.be, "officer-a", f"/manifests/{nodes.manifest}"),
    "posts": lambda nodes: (nodes.be, "officer-a", "/posts"),
    "post": lambda nodes: (nodes.be, "officer-a", "/posts/BEBRU"),
    "travellers": lambda nodes: (nodes.be, "officer-a", "/travellers"),
    "traveller-found": lambda nodes: (nodes.be, "officer-a", f"/travellers/{nodes.found}"),
    "traveller-nobody": lambda nodes: (nodes.be, "officer-a", f"/travellers/{nodes.nobody}"),
    "crossings": lambda nodes: (nodes.be, "officer-a", "/crossings"),
    "hits": lambda nodes: (nodes.be, "officer-a", "/hits"),
    "hit-found": lambda nodes: (nodes.be, "officer-a", f"/hits/{nodes.hit_be}"),
    "hit-told": lambda nodes: (nodes.ma, "drafter", f"/hits/{nodes.hit_ma}"),
    "plan": lambda nodes: (nodes.be, "officer-a", "/plan"),
    "suspension": lambda nodes: (nodes.ma, "coordinator", f"/plan/suspend?plan={PLAN_ID}&line=wanted-persons"),
    "file": lambda nodes: (nodes.be, "officer-a", "/files"),
    "lists": lambda nodes: (nodes.be, "drafter", "/lists"),
    "list-added": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.next_list}?kind=added"),
    "list-changed": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.next_list}?kind=changed"),
    "list-removed": lambda nodes: (nodes.be, "officer-a", f"/lists/{nodes.next_list}"),
    "list-live": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.live_list}"),
    "dead-letters": lambda nodes: (nodes.be, "officer-a", "/dead-letters"),
    "refused-file": lambda nodes: (nodes.be, "officer-a", f"/dead-letters/{nodes.refused}"),
    "search": lambda nodes: (nodes.be, "officer-a", "/search"),
    "ledger": lambda nodes: (nodes.be, "officer-a", "/ledger"),
    "message": lambda nodes: (nodes.be, "officer-a", f"/ledger/messages/{nodes.message}"),
}
every_page = pytest.mark.parametrize("name", PAGES)
every_language = pytest.mark.parametrize("language", LANGUAGES)

# Dates, digests, references and ids outside an island of left-to-right text: right-to-left text would turn them round.
BARE = r"""() => {
  const shape = /\d{4}-\d{2}(-\d{2})?|[A-Z]{2}-POLICE|[0-9a-f]{8}-[0-9a-f]{4}|sha256:/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    const apart = parent.closest('[dir="ltr"], [dir="auto"], option, label');
    if (shape.test(text.data) && parent.checkVisibility() && !apart) found.push(text.data.trim());
  }
  return found;
}"""


@every_language
@every_page
def test_a_page_is_whole_in_a_language(nodes: Prepared, people: People, name: str, language: str) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, language) as context:
        watched = watch(context, node)
        page = watched.page
        answer = page.goto(f"{node.console}{path}")
        assert answer is not None
        assert (answer.status, page.url) == (200, f"{node.console}{path}")
        root = page.locator("html")
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("dir", LANGUAGES[language])
        expect(page.locator("h1")).to_have_count(1)
        page.evaluate("document.fonts.ready.then(() => true)")
        # One list, so that one run shows all that is wrong with a page.
        wrong = [f"{weight} bytes"] if (weight := watched.weight()) >= FIRST_LOAD else []
        if language == "ar":
            wrong += [f"bare: {text}" for text in page.evaluate(BARE)]
            wrong += [] if page.locator('bdi[dir="ltr"]').count() else ["no isolated text"]
        wrong += _violations(page)
        page.set_viewport_size(NARROW)
        wrong += _wider(page)
        wrong += watched.faults
        assert not wrong, "\n".join(wrong)


@every_page
def test_a_page_is_readable_in_the_dark_and_on_a_phone(nodes: Prepared, people: People, name: str) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, "en", color_scheme="dark", viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{node.console}{path}")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, re.findall(r"\d+", ground)[:3])) < 80, ground
        wrong = _violations(page) + _wider(page)
        assert not wrong, "\n".join(wrong)


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}\n{node['html'][:300]}"
        for one in found
        for node in one["nodes"]
    ]


def _wider(page: Page) -> list[str]:
    """What makes the page wider than the screen."""
    if page.evaluate("document.scrollingElement.scrollWidth") <= page.evaluate("innerWidth"):
        return []
    script = """() => [...document.querySelectorAll('body *')].filter(one => {
        const box = one.getBoundingClientRect();
        return (box.right > innerWidth + 1 || box.left < -1) && !one.closest('.scroll > *');
    }).slice(0, 6).map(one => 'wide: ' + one.outerHTML.slice(0, 160))"""
    return list(page.evaluate(script)) or ["wide"]
