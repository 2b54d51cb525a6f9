"""People of the tests, browsers of theirs, and the codes that their telephones show."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from django.test import Client

from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local
from mithaq.node.acts.ids import uuid7
from tests.node.here import Here, rows

PASSWORD = "correct horse 4am staple"
UNIT = "BE-POLICE/BORDER"


class Browser(Client):
    """A browser on this machine, at an address; `code` is the one with which an app was added."""

    code = ""

    def __init__(self, address: str = "192.0.2.1", agent: str = "Firefox on Linux", **settings: Any) -> None:
        super().__init__(headers={"host": "127.0.0.1", "user-agent": agent}, REMOTE_ADDR=address, **settings)

    def enter(self, name: str, password: str = PASSWORD, target: str = "") -> Any:
        """Post name and password."""
        return self.post(f"/sign-in{target}", {"name": name, "password": password})

    def proves(self, code: str = "") -> Any:
        """Give the password once more, and a code, as what guards an account is changed only shortly after."""
        return self.post("/account/confirm", {"password": PASSWORD, "code": code})

    def is_in(self) -> bool:
        """Whether home is shown."""
        return bool(self.get("/").status_code == 200)


def person(here: Here, name: str, *roles: str, unit: str = UNIT) -> str:
    """A new person; the id."""
    key = str(uuid7(here.clock.now()))
    request = AddPerson(name, name.title(), unit, roles or ("case-officer",), PASSWORD)
    local.apply("person", add_person(request, key), here.clock.now())
    return key


def signed_in(name: str, **settings: Any) -> Browser:
    """A browser in which a person has signed in."""
    browser = Browser(**settings)
    assert browser.enter(name).status_code == 302
    assert browser.is_in()
    return browser


def shown(key: str, step: int = 0) -> str:
    """The code that an app shows (RFC 6238): written here anew, as a telephone knows nothing of the node."""
    counter = int(time.time()) // 30 + step
    made = hmac.new(base64.b32decode(key), struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = made[-1] & 15
    return f"{(struct.unpack('>I', made[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def add_app(browser: Browser) -> tuple[str, list[str]]:
    """Add the app that shows codes, by its page, after a proof; its key and the recovery codes."""
    assert browser.proves().status_code == 302
    page = browser.get("/account/app").content.decode()
    (key,) = re.findall(r"<code>.*?([A-Z2-7]{32}).*?</code>", page)
    browser.code = shown(key)
    answer = browser.post("/account/app", {"code": browser.code})
    assert answer.status_code == 200, answer
    return key, re.findall(r"\b[0-9]{8}\b", answer.content.decode())


def wrong(key: str) -> str:
    """A code that the app does not show now, nor a moment before or after."""
    right = {shown(key, step) for step in range(-3, 4)}
    return next(
        code
        for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
        if code not in right
    )


def logged(what: str) -> list[Any]:
    """Rows of the access log."""
    return rows("acts.Access", what=what)
