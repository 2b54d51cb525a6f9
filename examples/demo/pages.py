"""A person at a console: signs in, opens pages, fills in the forms that the pages hold.

Rule: what is posted is a form that the page showed, with its hidden fields and its token; nothing is posted blind.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

import httpx2
from examples.demo.commands import CommandFailed
from examples.demo.world import Party
from lxml import html

READY_SECONDS = 90
Form = Any


class Page:
    """A page as it came."""

    def __init__(self, answer: httpx2.Response) -> None:
        self.url, self.status, self.text = str(answer.url), answer.status_code, answer.text
        self.tree: Any = html.fromstring(answer.text or "<html></html>")

    def forms(self, field: str) -> list[Form]:
        """The forms of the page that have a field of that name."""
        return [form for form in self.tree.forms if field in form.fields]

    def links(self, prefix: str) -> list[str]:
        """Addresses of links that begin with a prefix, each once, in order."""
        found = (link.get("href", "").partition("#")[0] for link in self.tree.iter("a"))
        return list(dict.fromkeys(link for link in found if link.startswith(prefix) and link != prefix))


class Officer:
    """A signed-in person."""

    def __init__(self, url: str, name: str, password: str) -> None:
        self.name = name
        self._client = httpx2.Client(base_url=url, follow_redirects=True, timeout=120, trust_env=False)
        page = self.get("/sign-in")
        page = self.submit(page, page.forms("password")[0], {"name": name, "password": password})
        if "/sign-in" in page.url:
            raise CommandFailed(f"{name} cannot sign in at {url}.")

    def get(self, path: str) -> Page:
        """Open a page; CommandFailed when it is not there."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise CommandFailed(f"{path} answered {answer.status_code} to {self.name}.")
        return Page(answer)

    def submit(
        self, page: Page, form: Form, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Page:
        """Post a form of a page with its own values and those of `fields`; the page that answers."""
        values = {name: value for name, value in form.fields.items() if value is not None}
        for one in form.xpath(".//input[@type='file']/@name"):
            values.pop(one, None)
        address = urljoin(page.url, form.get("action") or page.url)
        headers = {"Referer": page.url, "Origin": page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2]}
        return Page(self._client.post(address, data={**values, **fields}, files=dict(files or {}), headers=headers))

    def close(self) -> None:
        self._client.close()


def wait_until_ready(party: Party) -> None:
    """Wait until a console answers. CommandFailed when its node ends, or after 90 s."""

    def answers() -> bool:
        return httpx2.get(f"{party.url}/sign-in", timeout=5, trust_env=False).status_code == 200

    _wait(party, answers, f"The console at {party.url} does not answer")


def wait_for_gateway(party: Party) -> None:
    """Wait until a gateway listens, which it does when its node's database runs. CommandFailed as above."""

    def listens() -> bool:
        with socket.create_connection(("127.0.0.1", party.gateway_port), timeout=2):
            return True

    _wait(party, listens, f"The gateway of {party.authority} does not listen")


def _wait(party: Party, true: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and party.process is not None and party.process.poll() is None:
        with contextlib.suppress(httpx2.HTTPError, OSError):
            if true():
                return
        time.sleep(0.2)
    raise CommandFailed(f"{otherwise}; see {party.folder / 'node.log'}.")
