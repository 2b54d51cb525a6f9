"""What looks whether Arabic is read in the order of the screen (`order.py`) finds a page that somebody breaks.

Every page is read so, wide and narrow, in `test_pages.py`, and every answer to a form in `test_answers.py`.
"""

from __future__ import annotations

from tests.browser.chromium import People
from tests.browser.conftest import Prepared
from tests.browser.order import wrong

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
