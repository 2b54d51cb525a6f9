"""A countdown goes on while its page is open, in the reader's words; without a script the page says what it said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import People, watch
from tests.browser.conftest import Prepared

HOUR = 3_600_000


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_countdown_is_renewed(nodes: Prepared, people: People, language: str) -> None:
    with people.context(nodes.be, "officer-a", language) as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.clock.install()
        page.goto(f"{nodes.be.console}/")
        one = page.locator(".countdown[data-due]").first
        before = one.inner_text()
        page.clock.fast_forward(HOUR)
        expect(one).not_to_have_text(before)
        page.clock.fast_forward(1000 * HOUR)
        expect(one).to_have_attribute("data-late", "True")
        assert watched.faults == []
