"""Every page in Chromium, in four languages: right direction, nothing refused, accessible, narrow and light."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.checks import LANGUAGES, violations, whole, wider
from tests.browser.chromium import NARROW, People, watch
from tests.browser.conftest import Prepared
from tests.node.authorities import PLAN_ID
from tests.node.nodes import RunningNode

Place = tuple[RunningNode, str, str]


def _person(node: RunningNode) -> str:
    return str(node.sql("SELECT id::text FROM accounts_user WHERE name = 'officer-b'")[0][0])


def _alarm(node: RunningNode) -> str:
    return str(node.sql("SELECT id::text FROM acts_alarm WHERE NOT closed ORDER BY id")[0][0])


PAGES: dict[str, Callable[[Prepared], Place]] = {
    "sign-in": lambda nodes: (nodes.be, "", "/sign-in"),
    "account": lambda nodes: (nodes.be, "officer-a", "/account"),
    "account-app": lambda nodes: (nodes.be, "officer-a", "/account/app"),
    "account-passkeys": lambda nodes: (nodes.be, "officer-a", "/account/passkeys"),
    "account-password": lambda nodes: (nodes.be, "officer-a", "/account/password"),
    "account-confirm": lambda nodes: (nodes.be, "officer-a", "/account/confirm"),
    "delegations": lambda nodes: (nodes.be, "officer-a", "/account/delegations"),
    "welcome": lambda nodes: (nodes.be, "", "/sign-in/welcome"),
    "people": lambda nodes: (nodes.be, "administrator", "/people"),
    "person": lambda nodes: (nodes.be, "administrator", f"/people/{_person(nodes.be)}"),
    "proposal": lambda nodes: (nodes.be, "chief", f"/people/proposals/{nodes.proposal}"),
    "home": lambda nodes: (nodes.be, "officer-a", "/"),
    "keys": lambda nodes: (nodes.be, "officer-a", "/keys"),
    "needs": lambda nodes: (nodes.be, "officer-a", "/needs/candidate"),
    "waiting": lambda nodes: (nodes.ma, "approver", "/needs/waiting"),
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
    "threshold": lambda nodes: (nodes.be, "chief", "/posts/BEBRU/threshold?one_in=1000"),
    "travellers": lambda nodes: (nodes.be, "officer-a", "/travellers"),
    "traveller-found": lambda nodes: (nodes.be, "officer-a", f"/travellers/{nodes.found}"),
    "traveller-nobody": lambda nodes: (nodes.be, "officer-a", f"/travellers/{nodes.nobody}"),
    "crossings": lambda nodes: (nodes.be, "officer-a", "/crossings"),
    "hits": lambda nodes: (nodes.be, "officer-a", "/hits"),
    "hit-found": lambda nodes: (nodes.be, "officer-a", f"/hits/{nodes.hit_be}"),
    "silences": lambda nodes: (nodes.be, "officer-a", "/silences"),
    "silence": lambda nodes: (nodes.be, "approver", f"/silences/{nodes.silence}"),
    "hit-told": lambda nodes: (nodes.ma, "drafter", f"/hits/{nodes.hit_ma}"),
    "plan": lambda nodes: (nodes.be, "officer-a", "/plan"),
    "suspension": lambda nodes: (nodes.ma, "coordinator", f"/plan/suspend?plan={PLAN_ID}&line=wanted-persons"),
    "file": lambda nodes: (nodes.be, "officer-a", "/files"),
    "names": lambda nodes: (nodes.be, "officer-a", "/names"),
    "lists": lambda nodes: (nodes.be, "drafter", "/lists"),
    "list-added": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.next_list}?kind=added"),
    "list-changed": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.next_list}?kind=changed"),
    "list-removed": lambda nodes: (nodes.be, "officer-a", f"/lists/{nodes.next_list}"),
    "list-live": lambda nodes: (nodes.be, "drafter", f"/lists/{nodes.live_list}"),
    "dead-letters": lambda nodes: (nodes.be, "officer-a", "/dead-letters"),
    "refused-file": lambda nodes: (nodes.be, "officer-a", f"/dead-letters/{nodes.refused}"),
    "search": lambda nodes: (nodes.be, "officer-a", "/search"),
    "extension": lambda nodes: (nodes.ma, "approver", f"/notices/{nodes.published}/extend"),
    "retention": lambda nodes: (nodes.be, "officer-a", "/retention?kind=notice&days=365"),
    "erased": lambda nodes: (nodes.be, "officer-a", "/retention/erased?record=MA-POLICE/2026/WP/00001"),
    "ledger": lambda nodes: (nodes.be, "officer-a", "/ledger"),
    "oversight": lambda nodes: (nodes.be, "overseer", "/oversight"),
    "oversight-log": lambda nodes: (nodes.be, "overseer", "/oversight/log"),
    "oversight-person": lambda nodes: (nodes.be, "overseer", f"/oversight/person?reference={nodes.received}"),
    "oversight-unusual": lambda nodes: (nodes.be, "overseer", "/oversight/unusual"),
    "oversight-alarms": lambda nodes: (nodes.be, "overseer", "/oversight/alarms"),
    "oversight-alarm": lambda nodes: (nodes.be, "overseer", f"/oversight/alarms/{_alarm(nodes.be)}"),
    "oversight-keeping": lambda nodes: (nodes.be, "overseer", "/oversight/keeping"),
    "reasons": lambda nodes: (nodes.be, "officer-a", "/reasons"),
    "oversight-chain": lambda nodes: (nodes.be, "overseer", "/oversight/chain"),
    "message": lambda nodes: (nodes.be, "officer-a", f"/ledger/messages/{nodes.message}"),
}
# What guards an account is shown to who has proved himself a moment ago, and to nobody else.
FRESH = {"account-app", "account-passkeys", "account-password", "delegations"}
every_page = pytest.mark.parametrize("name", PAGES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_language
@every_page
def test_a_page_is_whole_in_a_language(nodes: Prepared, people: People, name: str, language: str) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, language, fresh=name in FRESH) as context:
        watched = watch(context, node)
        page = watched.page
        answer = page.goto(f"{node.console}{path}")
        assert answer is not None
        assert (answer.status, page.url) == (200, f"{node.console}{path}")
        wrong = whole(watched, language)
        assert not wrong, "\n".join(wrong)


@every_page
def test_a_page_is_readable_in_the_dark_and_on_a_phone(nodes: Prepared, people: People, name: str) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, "en", fresh=name in FRESH, color_scheme="dark", viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{node.console}{path}")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, re.findall(r"\d+", ground)[:3])) < 80, ground
        wrong = violations(page) + wider(page)
        assert not wrong, "\n".join(wrong)


@every_language
def test_no_table_of_the_plan_is_cut_at_a_desk(nodes: Prepared, people: People, language: str) -> None:
    with people.context(nodes.be, "officer-a", language, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/plan")
        page.evaluate("document.fonts.ready.then(() => true)")
        widths = page.eval_on_selector_all(".scroll", "all => all.map(one => [one.scrollWidth, one.clientWidth])")
        assert len(widths) > 4
        assert [pair for pair in widths if pair[0] > pair[1]] == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ["people", "person", "delegations"])
def test_boxes_to_tick_begin_where_their_heading_does(
    nodes: Prepared, people: People, name: str, language: str
) -> None:
    node, person, path = PAGES[name](nodes)
    with people.context(node, person, language, fresh=name in FRESH) as context:
        page = context.new_page()
        page.goto(f"{node.console}{path}")
        side = "right" if LANGUAGES[language] == "rtl" else "left"
        away = page.eval_on_selector_all(
            "fieldset:has(input[type=checkbox])",
            """(all, side) => all.flatMap(one => {
                const place = box => box.getBoundingClientRect()[side];
                const text = document.createRange();
                text.selectNodeContents(one.querySelector('legend'));
                const boxes = [...one.querySelectorAll('input[type=checkbox]')];
                const begins = boxes.map(box => Math.abs(place(box) - place(text)));
                const labels = new Set(boxes.map(box => Math.round(place(box.parentElement.querySelector('label')))));
                return [Math.max(...begins), labels.size - 1];
            })""",
            side,
        )
        assert away
        assert max(away) < 1.5, away
