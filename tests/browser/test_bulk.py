"""Several candidates at once, without a script: chosen, looked at, confirmed, undone; and the next one, taken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import violations, wider
from tests.browser.chromium import NARROW, People, watch
from tests.browser.conftest import Prepared


@pytest.mark.parametrize("language", ["en", "ar"])
def test_candidates_are_rejected_after_a_preview_and_undone(nodes: Prepared, people: People, language: str) -> None:
    with people.context(nodes.be, "officer-b", language, viewport=NARROW) as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.goto(f"{nodes.be.console}/manifests/{nodes.manifest}")
        page.locator(f'input[name="candidate"][value="{nodes.waiting}"]').check()
        page.locator('form[action$="/reject"] button').click()
        expect(page.locator("#remark")).to_be_visible()
        assert violations(page) == []
        assert wider(page) == []
        page.locator("#remark").fill("another person")
        page.locator('form[action$="/reject"] button').click()
        expect(page).to_have_url(re.compile("/planned/"))
        assert violations(page) == []
        page.locator('form[action$="/undo"] button').click()
        expect(page.locator('form[action$="/undo"]')).to_have_count(0)
        assert watched.faults == []
    (state,) = nodes.be.sql("SELECT state FROM border_candidate WHERE id = %s", nodes.waiting)[0]
    assert state == "candidate"


def test_the_next_one_is_taken_seen_and_given_back_without_a_script(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/")
        page.get_by_role("button", name="Take the next one").click()
        expect(page).not_to_have_url(f"{nodes.be.console}/")
        with people.context(nodes.be, "officer-b", java_script_enabled=False) as other:
            seen = other.new_page()
            seen.goto(f"{nodes.be.console}/")
            expect(seen.locator("ul", has_text="held by officer-a")).to_be_visible()
            expect(seen.get_by_role("button", name=re.compile("Give back|Free it"))).to_have_count(0)
        page.goto(f"{nodes.be.console}/")
        page.get_by_role("button", name="Give back").click()
        expect(page.get_by_role("button", name="Give back")).to_have_count(0)
