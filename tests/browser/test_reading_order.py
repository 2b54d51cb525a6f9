"""Arabic, as a screen reader reads it: in the order of the screen, from right to left and from top to bottom; and each
check finds what it is there for when somebody breaks a page."""

from __future__ import annotations

import pytest

from tests.browser.chromium import NARROW, WIDE, People
from tests.browser.conftest import Prepared
from tests.browser.order import wrong
from tests.browser.test_pages import PAGES

MAIN = ("home", "own-notice", "received-notice", "new-notice", "manifest", "traveller-found", "hit-told",
        "oversight-log", "oversight-person", "sign-in")  # fmt: skip


@pytest.mark.parametrize("name", MAIN)
def test_a_page_is_read_in_the_order_of_the_screen(nodes: Prepared, people: People, name: str) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, "ar") as context:
        page = context.new_page()
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(f"{node.console}{path}")
            found = wrong(page)
            assert not found, "\n".join(found)


BROKEN = {
    "stands before it": "document.querySelector('.top').style.flexDirection = 'row-reverse'",
    "without an Arabic name": "document.querySelector('label[for=log-actor]').remove()",
    "not set apart": "document.querySelectorAll('tbody time bdi').forEach(one => one.replaceWith(...one.childNodes))",
    "a level is left out": "document.querySelector('h1').insertAdjacentHTML('afterend', '<h3>ثالث</h3>')",
    "does not lead past": "document.body.append(document.querySelector('.skip-link'))",
    "no language": "document.documentElement.lang = 'en'",
}


def test_what_breaks_the_reading_is_found(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "overseer", "ar") as context:
        page = context.new_page()
        for said, script in BROKEN.items():
            page.goto(f"{nodes.be.console}/oversight/log")
            page.evaluate(script)
            assert any(said in one for one in wrong(page)), said
