"""Pages that only a form leads to: what was found, what will be done, what is told once, what went wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import signing
from playwright.sync_api import Page

from mithaq.node.console import reason_views
from tests.browser import order
from tests.browser.checks import in_both_themes, wider
from tests.browser.chromium import NARROW, People, watch
from tests.browser.conftest import Prepared
from tests.node.nodes import RunningNode

# Sends a form as a page of the node would, with the session's own token unless it is left out.
SEND = """([path, fields, token]) => {
  const form = document.createElement('form');
  const own = document.querySelector('input[name=csrfmiddlewaretoken]');
  Object.assign(form, {method: 'post', action: path});
  for (const [name, value] of [...fields, ...(token ? [['csrfmiddlewaretoken', own.value]] : [])])
    form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
  document.body.append(form);
  form.submit();
}"""
Answer = tuple[RunningNode, str, str, dict[str, str], int]


def _invited(nodes: Prepared, language: str) -> Answer:
    """The page that shows a one-time code, to the person who confirms an invitation."""
    words = (
        "--full-name",
        "Nadia Benjelloun-Peeters",
        "--unit",
        f"{nodes.ma.authority.id}/WANTED",
        "--role",
        "analyst",
    )
    proposal = nodes.ma.cli("people", "invite", f"analyst-{language}", *words, person="administrator").stdout.strip()
    return nodes.ma, "approver", f"/people/proposals/{proposal}/confirm", {"version": "1"}, 200


def _asked(nodes: Prepared) -> str:
    """What the page that asks for a reason says it asked for, as the node signs it."""
    key = (nodes.be.folder / "secret.key").read_text(encoding="utf8").strip()
    question = ["officer-a", "wanted.notice", nodes.received, f"/notices/{nodes.received}"]
    return signing.dumps(question, key=key, salt=reason_views.SALT)


ANSWERS: dict[str, Callable[[Prepared, str], Answer]] = {
    "search": lambda nodes, _: (nodes.be, "officer-a", "/search", {"words": "Oulhaj"}, 200),
    "search-nothing": lambda nodes, _: (nodes.be, "officer-a", "/search", {"words": "Xyzzyq"}, 200),
    "names": lambda nodes, _: (
        nodes.be, "officer-a", "/names", {"name": "Mohammed Zerhouni", "listed": "محمد الزرهوني"}, 200,
    ),
    "bulk": lambda nodes, _: (nodes.ma, "approver", "/notices/bulk/approve", {"notice": nodes.draft}, 200),
    "crossings": lambda nodes, _: (
        nodes.be, "officer-a", "/crossings",
        {"name": "Oulhaj", "since": "2026-05-01", "until": "2026-05-09", "reason": "case 17 of the bench"}, 200,
    ),
    "invited": _invited,
    "reason": lambda nodes, _: (
        nodes.be, "officer-a", "/reasons", {"question": _asked(nodes), "reason": ""}, 400,
    ),
    "refused": lambda nodes, _: (
        nodes.be, "overseer", f"/candidates/{nodes.waiting}/judge",
        {"version": "1", "verdict": "match", "identifier": "document"}, 403,
    ),
    "wrong-form": lambda nodes, _: (nodes.ma, "drafter", "/notices/new", {"names": ""}, 400),
}  # fmt: skip


def sent(page: Page, path: str, fields: dict[str, Any], token: bool = True) -> int:
    """The status of what a form is answered with; the page shows it."""
    with page.expect_navigation() as started:
        page.evaluate(SEND, [path, list(fields.items()), token])
    return started.value.status


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_accessible(nodes: Prepared, people: People, name: str, language: str) -> None:
    node, person, path, fields, status = ANSWERS[name](nodes, language)
    with people.context(node, person, language, viewport=NARROW) as context:
        page = watch(context, node).page
        page.goto(f"{node.console}/account")
        assert sent(page, path, fields) == status, page.locator("main").inner_text()
        wrong = in_both_themes(page) + wider(page)
        wrong += order.wrong(page) if language == "ar" else []
        assert not wrong, "\n".join(wrong)
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_form_from_elsewhere_and_an_unknown_page_are_told_in_accessible_words(
    nodes: Prepared, people: People, language: str
) -> None:
    with people.context(nodes.be, "officer-a", language, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{nodes.be.console}/account")
        assert sent(page, "/search", {"words": "Oulhaj"}, token=False) == 403
        wrong = in_both_themes(page) + wider(page)
        answer = page.goto(f"{nodes.be.console}/no-such-page")
        assert answer is not None
        assert answer.status == 404
        wrong += in_both_themes(page) + wider(page)
        assert not wrong, json.dumps(wrong, indent=1)
