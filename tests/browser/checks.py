"""What is wrong with a page that Chromium shows: accessibility, bare pieces of right-to-left text, what is too wide.

Rule: each gives a list of what is wrong, so that one run shows all of it.
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import order
from tests.browser.chromium import NARROW, Watched

LANGUAGES = {"en": "ltr", "fr": "ltr", "nl": "ltr", "ar": "rtl"}
# What axe looks at is the same in each language of a direction.
FOR_AXE = ("en", "ar")
FIRST_LOAD = 300_000
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


def whole(watched: Watched, language: str) -> list[str]:
    """Everything that is asked of a page in a language; the window is narrow afterwards."""
    page = watched.page
    root = page.locator("html")
    expect(root).to_have_attribute("lang", language)
    expect(root).to_have_attribute("dir", LANGUAGES[language])
    expect(page.locator("h1")).to_have_count(1)
    page.evaluate("document.fonts.ready.then(() => true)")
    wrong = [f"{weight} bytes"] if (weight := watched.weight()) >= FIRST_LOAD else []
    if language == "ar":
        wrong += [f"bare: {text}" for text in page.evaluate(BARE)]
        wrong += [] if page.locator('bdi[dir="ltr"]').count() else ["no isolated text"]
        wrong += order.wrong(page)
    wrong += violations(page) if language in FOR_AXE else []
    page.set_viewport_size(NARROW)
    wrong += order.wrong(page) if language == "ar" else []
    return wrong + wider(page) + watched.faults


def in_both_themes(page: Page) -> list[str]:
    """What axe finds in light colours and in dark ones."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += [f"{theme}: {one}" for one in violations(page)]
    return found


def violations(page: Page) -> list[str]:
    """What axe finds."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}\n{node['html'][:300]}"
        for one in found
        for node in one["nodes"]
    ]


def wider(page: Page) -> list[str]:
    """What makes the page wider than the screen."""
    if page.evaluate("document.scrollingElement.scrollWidth") <= page.evaluate("innerWidth"):
        return []
    script = """() => [...document.querySelectorAll('body *')].filter(one => {
        const box = one.getBoundingClientRect();
        return (box.right > innerWidth + 1 || box.left < -1) && !one.closest('.scroll > *');
    }).slice(0, 6).map(one => 'wide: ' + one.outerHTML.slice(0, 160))"""
    return list(page.evaluate(script)) or ["wide"]
