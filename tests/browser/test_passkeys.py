"""Passkeys with Chromium's own virtual authenticator; the back button after signing out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import violations
from tests.browser.chromium import People
from tests.browser.conftest import Prepared
from tests.node.nodes import PASSWORD

OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def context(people: People) -> Iterator[BrowserContext]:
    found = people.browser.new_context(locale="en-GB")
    found.set_default_timeout(20_000)
    yield found
    found.close()


def enter(page: Page, site: str, name: str) -> None:
    """By the form, at a name of this machine: a passkey is bound to a name, never to an address."""
    page.goto(f"{site}/sign-in")
    page.locator('input[name="name"]').fill(name)
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form:has(input[type="password"]) button').click()
    page.wait_for_load_state()


def prove(page: Page, site: str, target: str) -> None:
    """Give the password once more, and go on."""
    page.wait_for_url(f"{site}/account/confirm?next={target}")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form:has(input[type="password"]) button').click()
    page.wait_for_url(f"{site}{target}")


def test_a_passkey_is_added_and_opens_alone_and_as_a_second_factor(nodes: Prepared, context: BrowserContext) -> None:
    site, page, said = nodes.be.console.replace("127.0.0.1", "localhost"), context.new_page(), []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})["authenticatorId"]
    enter(page, site, "officer-b")
    page.goto(f"{site}/account/passkeys")
    # Who has just signed in is asked for the password all the same.
    prove(page, site, "/account/passkeys")
    page.locator('input[name="name"]').fill("key in the safe")
    with page.expect_navigation():
        page.locator('form[data-passkey] button[type="button"]').click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert violations(page) == []
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    page.goto(f"{site}/account")
    expect(page.get_by_text("key in the safe").first).to_be_visible()

    page.locator('form[action="/sign-out"] button').click()
    page.wait_for_url(f"{site}/sign-in")
    with page.expect_navigation(url=f"{site}/"):
        page.locator('form[data-passkey] button[type="button"]').click()
    expect(page.locator('form[action="/sign-out"]')).to_be_visible()

    page.locator('form[action="/sign-out"] button').click()
    enter(page, site, "officer-b")
    assert page.url == f"{site}/sign-in/code"
    assert violations(page) == []
    with page.expect_navigation(url=f"{site}/"):
        page.locator('form[data-passkey] button[type="button"]').click()
    expect(page.locator('form[action="/sign-out"]')).to_be_visible()

    # Taken away at the node, the key still says that it belongs to her, and opens nothing.
    page.goto(f"{site}/account")
    page.locator('form[action*="/remove"] button').click()
    # Who has a passkey proves himself by it; the password alone is not enough any more.
    page.wait_for_url(f"{site}/account/confirm?next=/account")
    expect(page.locator('input[name="code"]')).to_be_visible()
    assert violations(page) == []
    with page.expect_navigation(url=f"{site}/account"):
        page.locator('form[data-passkey] button[type="button"]').click()
    page.locator('form[action*="/remove"] button').click()
    expect(page.locator('form[action*="/remove"]')).to_have_count(0)
    page.locator('form[action="/sign-out"] button').click()
    page.wait_for_url(f"{site}/sign-in")
    with page.expect_navigation(url=f"{site}/sign-in?passkey=failed"):
        page.locator('form[data-passkey] button[type="button"]').click()
    page.goto(f"{site}/")
    assert page.url.startswith(f"{site}/sign-in")
    assert not said


def test_the_back_button_after_signing_out_shows_no_page(nodes: Prepared, context: BrowserContext) -> None:
    page = context.new_page()
    enter(page, nodes.be.console, "officer-a")
    page.goto(f"{nodes.be.console}/notices/{nodes.received}")
    expect(page.locator("h1")).to_have_count(1)
    shown = page.locator("main").inner_text()
    page.goto(f"{nodes.be.console}/account")
    page.locator('form[action="/sign-out"] button').click()
    page.wait_for_url(f"{nodes.be.console}/sign-in")
    for _ in range(2):
        page.go_back(wait_until="load")
        assert "/sign-in" in page.url
        assert page.locator("main").inner_text() != shown
        expect(page.locator('form[action="/sign-out"]')).to_have_count(0)
