"""Keys in Chromium: rows, pages and the list of keys; none while somebody writes, none once they are switched off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import violations
from tests.browser.chromium import People, watch
from tests.browser.conftest import Prepared


@pytest.mark.parametrize("language", ["en", "ar"])
def test_rows_and_pages_are_reached_by_single_keys(nodes: Prepared, people: People, language: str) -> None:
    with people.context(nodes.be, "officer-a", language) as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.goto(f"{nodes.be.console}/")
        page.keyboard.press("j")
        first = page.locator("main tbody th[scope=row] a").first
        expect(first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(first).not_to_be_focused()
        page.keyboard.press("k")
        expect(first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(f"{nodes.be.console}/")
        # A portrait still on its way when the page is left is given up: no fault, but the browser reports one.
        page.wait_for_load_state("networkidle")
        for key, path in (("n", "/notices"), ("m", "/manifests"), ("h", "/")):
            page.keyboard.press("g")
            page.keyboard.press(key)
            expect(page).to_have_url(f"{nodes.be.console}{path}")
            page.wait_for_load_state("networkidle")
        assert watched.faults == []


def test_the_list_of_keys_opens_is_accessible_and_closes(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a") as context:
        watched = watch(context, nodes.be)
        page = watched.page
        page.goto(f"{nodes.be.console}/notices")
        page.keyboard.press("?")
        box = page.get_by_role("dialog", name="Keys")
        expect(box).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("j")
        expect(box).to_be_visible()
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        assert watched.faults == []


def test_no_key_while_somebody_writes(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a") as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/notices")
        page.keyboard.press("/")
        field = page.locator("[role=search] input:not([type=hidden])").first
        expect(field).to_be_focused()
        page.keyboard.type("ghj?/t")
        expect(field).to_have_value("ghj?/t")
        expect(page).to_have_url(re.compile("/notices$"))
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_are_switched_off_without_a_script_and_do_nothing_then(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-b", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/keys")
        page.get_by_role("button", name="Switch the keys off").click()
        expect(page.get_by_role("button", name="Switch the keys on")).to_be_visible()
        expect(page.locator('script[src*="/keys.js"]')).to_have_count(0)
        page.get_by_role("button", name="Switch the keys on").click()
        expect(page.locator('script[src*="/keys.js"]')).to_have_count(1)
