"""Every template of the console is shown by a page that a browser test opens, or by a test that is named here."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import resolve

from tests.browser.test_answers import ANSWERS
from tests.browser.test_apart import APART
from tests.browser.test_pages import PAGES
from tests.docs import pages
from tests.node.console import templates

KEY = "019a0000-0000-7000-8000-000000000000"
# Which of its templates a page shows, where its view has several; none of them counts without a word here.
SEVERAL = {"manifest": "border/manifest.html"}
# Templates that stand at the end of a person's steps, or that no view shows: the test that shows each and looks at it.
SHOWN: dict[str, tuple[str, str, str]] = {
    "403_csrf.html": ("test_answers", "test_a_form_from_elsewhere_and_an_unknown_page", "token=False) == 403"),
    "console/error.html": ("test_answers", "test_a_form_from_elsewhere_and_an_unknown_page", "/no-such-page"),
    "accounts/codes.html": ("test_passkeys", "test_a_passkey_is_added_and_opens_alone", '".codes li"'),
    "accounts/second.html": ("test_passkeys", "test_a_passkey_is_added_and_opens_alone", "/sign-in/code"),
    "border/reject.html": ("test_bulk", "test_candidates_are_rejected_after_a_preview", '"#remark"'),
    "console/planned.html": ("test_bulk", "test_candidates_are_rejected_after_a_preview", '"/planned/"'),
}


class _Nodes:
    """What the pages of the browser tests are told by: any id, and nodes that answer with one."""

    def __getattr__(self, name: str) -> Any:
        told = SimpleNamespace(stdout=KEY)
        node = SimpleNamespace(
            sql=lambda *_: [[KEY]], cli=lambda *_, **_more: told, authority=SimpleNamespace(id="BE-POLICE")
        )
        return node if name in {"be", "ma"} else KEY


@cache
def opened() -> tuple[tuple[str, set[str]], ...]:
    """Each page and answer that the browser tests show, with the templates that its view may show."""
    nodes: Any = _Nodes()
    with patch("tests.browser.test_answers._asked", lambda _nodes: ""):  # no node stands behind these, and no key
        answers = [(name, answer(nodes, "en")[2]) for name, answer in ANSWERS.items()]
    asked = [(name, page(nodes)[2], "GET") for name, page in PAGES.items()]
    asked += [(name, path, "POST") for name, path in answers]
    return tuple((name, templates.shown_by(_view(path), method)) for name, path, method in asked)


def _view(path: str) -> Callable[..., Any]:
    return resolve(path.partition("?")[0], "mithaq.node.console.urls").func


def covered() -> set[str]:
    """The templates that a browser test shows, with all that they take in."""
    direct = {*SHOWN, *APART}
    for name, found in opened():
        direct |= {SEVERAL[name]} if name in SEVERAL else found
    return {one for name in direct for one in templates.taken_in(name)}


def test_every_template_is_shown_in_a_browser() -> None:
    missing = set(templates.texts()) - covered()
    assert not missing, f"no browser test shows: {sorted(missing)}"


def test_a_page_shows_one_template_or_says_which() -> None:
    several = {name: found for name, found in opened() if len(found) > 1}
    assert set(several) == set(SEVERAL)
    assert all(SEVERAL[name] in found for name, found in several.items())


@pytest.mark.parametrize("name", SHOWN)
def test_the_test_that_shows_a_template_is_there_and_looks(name: str) -> None:
    file, test, place = SHOWN[name]
    text = pages.text(f"tests/browser/{file}.py")
    body = re.search(rf"^def {test}\w*\(.*?(?=^def |^@|\Z)", text, re.MULTILINE | re.DOTALL)
    assert body is not None
    assert place in body[0]
    assert re.search(r"\b(violations|in_both_themes)\(page\)", body[0])


def test_a_template_that_is_shown_by_a_page_is_named_nowhere_else() -> None:
    shown = {one for _name, found in opened() for one in found}
    assert shown & {*SHOWN, *APART} == set()


def test_what_a_view_shows_depends_on_the_method() -> None:
    assert templates.shown_by(_view("/account/app"), "GET") == {"accounts/app.html"}
    assert templates.shown_by(_view("/account/app"), "POST") == {"accounts/app.html", "accounts/codes.html"}
    assert templates.shown_by(_view("/reasons"), "GET") == {"console/reasons.html"}
    assert templates.shown_by(_view("/reasons"), "POST") == {"console/reason.html"}
    assert "console/field.html" in templates.taken_in("wanted/new.html")
