"""Debian's Chromium under Playwright, and what the tests of pages ask of it.

Rule: nothing here depends on how a page looks; a page is found by its address, its labels and the names of its fields.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lxml import html
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests.node.nodes import PASSWORD, RunningNode

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
)
# The suite runs under a shifted clock too; the browser's sandbox and its timers do not live through that.
NOT_FOR_BROWSERS = re.compile(r"LD_PRELOAD|FAKETIME.*|DYLD_.*")
ICON = re.compile(r"/static/favicon\.svg(\?|$)")
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 740}


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium; the test fails, and never skips, when there is none."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, "no Chromium on PATH: tests/browser/need-chromium says what to install"
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    environment = {name: value for name, value in os.environ.items() if not NOT_FOR_BROWSERS.fullmatch(name)}
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *root], env=dict(environment))


@dataclass
class Watched:
    """A page, and what went wrong and over the wire while it was open."""

    page: Page
    faults: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def weight(self) -> int:
        """Bytes of all bodies as they came over the wire."""
        return sum(answer.request.sizes()["responseBodySize"] for answer in self.answers)


def watch(context: BrowserContext, node: RunningNode) -> Watched:
    """A new page of a context. Whatever the browser complains of, and any request to another address, is a fault."""
    watched = Watched(context.new_page())

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            watched.faults.append(f"console: {message.text}")

    def answered(answer: Response) -> None:
        watched.answers.append(answer)
        if not answer.url.startswith(f"{node.console}/"):
            watched.faults.append(f"asked elsewhere: {answer.url}")
        if answer.status >= 400:
            watched.faults.append(f"{answer.status}: {answer.url}")

    def failed(request: Request) -> None:
        # The page's icon is fetched after its load, and given up when the person has gone on by then.
        given_up = request.failure == "net::ERR_ABORTED" and ICON.search(request.url)
        if not given_up:
            watched.faults.append(f"failed: {request.url} {request.failure}")

    watched.page.on("console", said)
    watched.page.on("pageerror", lambda error: watched.faults.append(f"script: {error}"))
    watched.page.on("requestfailed", failed)
    watched.page.on("response", answered)
    return watched


class People:
    """Signed-in people, each once for a node and language; contexts are made from their cookies."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._cookies: dict[tuple[str, str, str], Any] = {}

    @contextmanager
    def context(
        self, node: RunningNode, name: str = "", language: str = "en", *, fresh: bool = False, **options: Any
    ) -> Iterator[BrowserContext]:
        """A context of a person (of nobody when `name` is empty) that reads in `language`, with an empty cache;
        `fresh`: of one who has proved himself a moment ago, as pages that guard the account ask for."""
        options = {"viewport": WIDE, "reduced_motion": "reduce", "locale": "en-GB", **options}
        context = self.browser.new_context(storage_state=self._state(node, name, language), **options)
        context.set_default_timeout(20_000)
        if fresh:
            _send(context, node, "/account/confirm", next="/", password=PASSWORD)
        try:
            yield context
        finally:
            context.close()

    def _state(self, node: RunningNode, name: str, language: str) -> Any:
        key = (node.authority.id, name, language)
        if key not in self._cookies:
            context = self.browser.new_context()
            if name:
                _send(context, node, "/sign-in", name=name, password=PASSWORD)
            shown = _send(context, node, "/language", language=language)
            assert f'<html lang="{language}"' in shown
            self._cookies[key] = context.storage_state()
            context.close()
        return self._cookies[key]


def _send(context: BrowserContext, node: RunningNode, path: str, **fields: str) -> str:
    """Send a form of the sign-in page or of another without showing it (`sign_in` shows it); what it led to."""
    begun = html.fromstring(context.request.get(f"{node.console}/sign-in").text())
    token = begun.xpath('string(//input[@name="csrfmiddlewaretoken"]/@value)')
    answer = context.request.post(f"{node.console}{path}", form={**fields, "csrfmiddlewaretoken": token})
    assert answer.ok, (path, answer.status)
    assert answer.url in {f"{node.console}/", f"{node.console}/sign-in?next=/"}, answer.url
    return answer.text()


def sign_in(page: Page, node: RunningNode, name: str, password: str = PASSWORD) -> None:
    """Sign in by the form."""
    page.goto(f"{node.console}/sign-in")
    form = page.locator("form", has=page.locator('input[type="password"]'))
    form.locator('input[name="name"]').fill(name)
    form.locator('input[name="password"]').fill(password)
    form.locator("button:not([type=button])").last.click()
    page.wait_for_load_state()


def choose(form: Any, field_name: str, value: str) -> None:
    """Choose a value of a field, whether it is a list or radio buttons."""
    chosen = form.locator(f'input[type="radio"][name="{field_name}"][value="{value}"]')
    if chosen.count():
        chosen.check()
    else:
        form.locator(f'select[name="{field_name}"]').select_option(value)


def judge(page: Page, node: RunningNode, manifest: str, candidate: str, verdict: str, identifier: str) -> None:
    """Judge a candidate by the form of its manifest's page."""
    page.goto(f"{node.console}/manifests/{manifest}")
    form = page.locator(f'form[action*="{candidate}"]', has=page.locator('[name="verdict"]'))
    choose(form, "verdict", verdict)
    choose(form, "identifier", identifier)
    form.locator("button:not([type=button])").last.click()
    page.wait_for_load_state()
