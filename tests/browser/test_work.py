"""What people do at the console, in Chromium: sign in, choose a language, judge by keyboard alone, take a proof."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from mithaq.formats.mrz_values import Zone
from mithaq.formats.mrz_write import write_mrz
from tests.browser.chromium import People, sign_in
from tests.browser.conftest import Prepared
from tests.node.nodes import PASSWORD

HOLDER = Zone("TD3", "P", "BEL", "EK5512340", "PEETERS", "WOUTER", "BEL", "1971-11-02", "male", "2030-01-01")
KEYS = 200  # more than any page has stops


def test_a_person_signs_in_by_the_form_and_out_again(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/manifests/{nodes.manifest}")
        expect(page).to_have_url(re.compile(r"/sign-in\?next="))
        page.get_by_label("Name").fill("officer-b")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{nodes.be.console}/manifests/{nodes.manifest}")
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{nodes.be.console}/")
        expect(page).to_have_url(re.compile(r"/sign-in"))


def test_a_wrong_password_is_refused_in_words(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be) as context:
        page = context.new_page()
        sign_in(page, nodes.be, "officer-b", "not the password")
        expect(page).to_have_url(re.compile(r"/sign-in"))
        expect(page.get_by_role("alert")).to_be_visible()
        assert page.locator('input[type="password"]').input_value() == ""


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl"), ("nl", "ltr"), ("en", "ltr")])
def test_the_language_chosen_stays(nodes: Prepared, people: People, language: str, direction: str) -> None:
    with people.context(
        nodes.ma, "coordinator", "nl" if language == "en" else "en", java_script_enabled=False
    ) as context:
        page = context.new_page()
        page.goto(f"{nodes.ma.console}/plan")
        page.locator(f'button[name="language"][value="{language}"]').click()
        expect(page).to_have_url(f"{nodes.ma.console}/plan")
        page.goto(f"{nodes.ma.console}/ledger")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("dir", direction)


def test_the_first_key_leads_past_the_navigation(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/manifests")
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        expect(page.locator(".skip-link")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("main :focus")).to_have_count(1)


def test_a_candidate_is_judged_with_the_keyboard_alone_and_no_script(nodes: Prepared, people: People) -> None:
    (before,) = nodes.be.sql("SELECT count(*) FROM border_judgement WHERE candidate = %s", nodes.waiting)
    with people.context(nodes.be, "officer-a", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/manifests/{nodes.manifest}")
        # Once it is rejected, a silence may be asked for on it: another form.
        form = f'form[action*="{nodes.waiting}"]:not([action$="/silence"])'
        tab_to(page, f'{form} [name="verdict"]')
        _choose_by_key(page, f'{form} [name="verdict"]', "no-match")
        tab_to(page, f'{form} [name="identifier"]')
        _choose_by_key(page, f'{form} [name="identifier"]', "portrait")
        tab_to(page, f'{form} [name="remark"]')
        page.keyboard.type("Another face; scar absent.")
        tab_to(page, f"{form} button")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(rf"/manifests/{nodes.manifest}"))
        expect(page.locator(form)).to_have_count(0)
        expect(page.get_by_text("Another face; scar absent.")).to_be_visible()
    rows = nodes.be.sql("SELECT officer, verdict, identifier FROM border_judgement WHERE candidate = %s", nodes.waiting)
    assert before[0] == 0
    assert rows == [("officer-a", "no-match", "portrait")]


def test_a_proof_is_taken_from_the_page_and_holds(nodes: Prepared, people: People) -> None:
    with people.context(nodes.ma, "drafter") as context:
        page = context.new_page()
        page.goto(f"{nodes.ma.console}/ledger/messages/{nodes.message}")
        with page.expect_download() as started:
            page.locator(f'a[href="/ledger/messages/{nodes.message}/bundle"]').click()
        path = started.value.path()
        assert started.value.suggested_filename == f"mithaq-{nodes.message}.json"
        json.loads(path.read_bytes())
        nodes.ma.cli("ledger", "verify", str(path))


def test_what_is_not_there_is_told_with_a_way_back(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a") as context:
        page = context.new_page()
        answer = page.goto(f"{nodes.be.console}/no-such-page")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_text("page.unknown")).to_be_visible()
        page.locator('main a[href="/"]').first.click()
        expect(page).to_have_url(f"{nodes.be.console}/")


def tab_to(page: Page, selector: str) -> None:
    """Tab until what is chosen has the focus; fails when no number of keys leads there."""
    for _ in range(KEYS):
        if page.locator(f":is({selector}):focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no number of Tab keys leads to {selector}")


def _choose_by_key(page: Page, selector: str, value: str) -> None:
    """Choose by arrows in the field that has the focus: a list, or radio buttons."""
    lists = page.locator(f"select:is({selector}):focus")
    if lists.count():
        for _ in range(KEYS):
            if lists.input_value() == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {value}")
    chosen = page.locator(f':is({selector})[value="{value}"]')
    page.keyboard.press("Space")
    for _ in range(KEYS):
        if chosen.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {value}")


def test_a_traveller_is_compared_by_keyboard_alone_and_without_a_script(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/travellers")
        zone = page.locator('textarea[name="mrz"]')
        # A scanner types the lines, with an Enter after each, into what has the focus.
        expect(zone).to_be_focused()
        for line in write_mrz(HOLDER):
            page.keyboard.type(line)
            page.keyboard.press("Enter")
        tab_to(page, 'form[action="/travellers"] button')
        page.keyboard.press("Enter")
        expect(page.get_by_text("No candidate above the threshold of this post.")).to_be_visible()
        expect(page.get_by_text("WOUTER PEETERS")).to_be_visible()
        expect(page.get_by_role("link", name="Next traveller")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{nodes.be.console}/travellers")
        expect(page.locator('textarea[name="mrz"]')).to_be_focused()


def test_the_answer_of_the_counter_is_printed_without_what_is_for_the_screen(nodes: Prepared, people: People) -> None:
    with people.context(nodes.be, "officer-a", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/travellers/{nodes.nobody}")
        page.emulate_media(media="print")
        expect(page.get_by_text("No candidate above the threshold of this post.")).to_be_visible()
        expect(page.locator(".marking")).to_be_visible()
        for hidden in (page.locator("nav.menu"), page.get_by_role("link", name="Next traveller")):
            expect(hidden).to_be_hidden()
