"""Signing in at the authority's own identity provider: a real one, in a process of its own on loopback."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.test import override_settings

from mithaq.node import start
from mithaq.node.account_settings import Provider
from mithaq.node.accounts import entry, people_facts
from mithaq.node.accounts.requests import ConfirmChange, ResetSecondFactor
from mithaq.node.acts import local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.acts.perform import perform
from tests.node.accounts import material, provider
from tests.node.accounts.material import Browser, add_app, shown, signed_in
from tests.node.accounts.test_people import who
from tests.node.here import Here, rows
from tests.node.nodes import free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider that runs."""
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    command = [sys.executable, "-m", "tests.node.accounts.provider", str(folder), str(port)]
    root = Path(__file__).resolve().parents[3]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=log)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line == b"ready\n", (folder / "log").read_text()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def linked(here: Here, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Here]:
    """The node, set up with that provider."""
    (tmp_path / "secret").write_text(provider.SECRET)
    found = Provider("Staff directory", server, provider.CLIENT, f"file:{tmp_path / 'secret'}")
    config = replace(here.config, accounts=replace(here.config.accounts, provider=found))
    monkeypatch.setattr(start.Node, "config", config)
    settings = start.django_settings(config, "console", "postgresql:///x")
    with override_settings(SOCIALACCOUNT_PROVIDERS=settings["SOCIALACCOUNT_PROVIDERS"]):
        yield here


class Directory:
    """A browser at the provider."""

    def __init__(self, server: str) -> None:
        self.client = httpx2.Client(base_url=server, trust_env=False)

    def sign_in(self, address: str, name: str) -> str:
        """Follow the way that the node sent us, sign in by the provider's form; the address to come back to."""
        for _ in range(6):
            answer = self.client.get(address)
            if answer.status_code == 200:
                token = self.client.cookies.get("csrftoken", "")
                fields = {"login": name, "password": provider.PASSWORD, "csrfmiddlewaretoken": token}
                answer = self.client.post(str(answer.url), data=fields)
                assert answer.status_code == 302, answer.text
            address = str(answer.headers["Location"])
            if address.startswith(provider.BACK):
                return address.removeprefix("http://127.0.0.1")
        raise AssertionError(f"the provider does not send back: {address}")


def go(browser: Browser, server: str, name: str, target: str = "") -> Any:
    """Sign in at the provider as `name`, and come back to the node."""
    answer = browser.get(f"/sign-in/with/authority{target}")
    assert answer.status_code == 302
    assert answer["Location"].startswith(server)
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    return browser.get(Directory(server).sign_in(answer["Location"], name))


def ask_to_link(browser: Browser) -> str:
    """Ask to link an identity; the address at the provider that the page goes on to."""
    browser.proves()
    page = browser.post("/account/identity/link")
    assert page.status_code == 200, page
    (onward,) = re.findall(r'content="0; url=([^"]+)"', page.content.decode())
    return html.unescape(onward)


def link(browser: Browser, server: str, name: str) -> Any:
    """Link the identity that the provider knows by this name to who has signed in."""
    onward = ask_to_link(browser)
    assert parse_qs(urlsplit(onward).query)["prompt"] == ["login"]
    return browser.get(Directory(server).sign_in(onward, name))


@contextmanager
def renamed(server: str, *pairs: tuple[str, str]) -> Iterator[None]:
    """Names that change at the provider, for a while."""
    rename = httpx2.Client(base_url=server, trust_env=False)
    try:
        for old, new in pairs:
            assert rename.get(f"/rename/{old}/{new}").text == "done"
        yield
    finally:
        for old, new in reversed(pairs):
            rename.get(f"/rename/{new}/{old}")


def links() -> list[Any]:
    return rows("socialaccount.SocialAccount")


def test_who_has_linked_an_identity_comes_in_by_it_and_nobody_is_made(linked: Here, server: str) -> None:
    material.person(linked, "lotte")
    own = signed_in("lotte")
    assert "Link it" in own.get("/account").content.decode()
    assert link(own, server, "lotte")["Location"] == "/account"
    for _ in range(2):
        browser = Browser()
        answer = go(browser, server, "lotte", "?next=/notices")
        assert (answer.status_code, answer["Location"]) == (302, "/notices")
        assert browser.is_in()
    # Of what the provider said nothing is kept but who it is.
    assert [row.extra_data for row in links()] == [{}]
    assert rows("socialaccount.SocialToken") == []
    stranger = Browser()
    refused = go(stranger, server, "stranger")
    assert (refused.status_code, "sign_in.outside" in refused.content.decode()) == (403, True)
    assert not stranger.is_in()
    assert [row.name for row in rows("accounts.User")] == ["lotte"]
    # She removes it, and with it who came by it.
    assert own.post("/account/identity/remove")["Location"] == "/account"
    assert (own.is_in(), browser.is_in()) == (True, False)
    assert go(Browser(), server, "lotte").status_code == 403
    assert [row.what for row in rows("acts.Access", actor="lotte") if "identity" in row.what] == [
        "accounts.identity-linked", "accounts.identity-removed",
    ]  # fmt: skip


def test_a_name_at_the_provider_opens_and_links_nothing(linked: Here, server: str) -> None:
    material.person(linked, "lotte")
    key, codes = add_app(signed_in("lotte"))
    with renamed(server, ("lotte", "lotte-before"), ("pieter", "lotte")):
        thief = Browser()
        assert go(thief, server, "lotte").status_code == 403
        assert not thief.is_in()
        assert links() == []
        # Her own identity is not shut out by it, whatever it is called.
        own = Browser()
        own.enter("lotte")
        own.post("/sign-in/code", {"code": shown(key, 1)})
        assert own.proves(codes[0]).status_code == 302
        assert link(own, server, "lotte-before")["Location"] == "/account"
        assert go(Browser(), server, "lotte").status_code == 403
        assert go(Browser(), server, "lotte-before")["Location"] == "/sign-in/code"
    (row,) = links()
    assert row.user.name == "lotte"


def test_an_identity_is_linked_by_who_has_just_proved_himself_alone(
    linked: Here, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lotte", "pieter"):
        material.person(linked, name)
    half = Browser()
    add_app(signed_in("lotte"))
    half.enter("lotte")
    assert half.post("/account/identity/link")["Location"].startswith("/sign-in?")
    own = signed_in("pieter")
    # An address that someone else made links nothing to who opens it, nor does an answer that comes too late.
    assert go(own, server, "stranger", "?process=connect").status_code == 403
    back = Directory(server).sign_in(ask_to_link(own), "pieter")
    with monkeypatch.context() as patched:
        patched.setattr(entry, "FRESH", 0)
        assert own.post("/account/identity/link")["Location"].startswith("/account/confirm")
        assert own.post("/account/identity/remove")["Location"].startswith("/account/confirm")
        assert own.get(back)["Location"] == "/account"
    assert links() == []
    assert link(own, server, "pieter")["Location"] == "/account"
    # One identity a person, one person an identity.
    material.person(linked, "griet")
    for one, name in ((own, "stranger"), (signed_in("griet"), "pieter")):
        refused = link(one, server, name)
        assert (refused.status_code, "identity.taken" in refused.content.decode()) == (403, True)
    assert [row.user.name for row in links()] == ["pieter"]


def test_the_second_factor_is_asked_for_all_the_same_and_a_reset_takes_the_link_away(linked: Here, server: str) -> None:
    key = material.person(linked, "lotte")
    for name in ("ada", "bob"):
        material.person(linked, name, "administrator")
    own = signed_in("lotte")
    link(own, server, "lotte")
    app, _ = add_app(own)
    browser = Browser()
    assert go(browser, server, "lotte")["Location"] == "/sign-in/code"
    assert not browser.is_in()
    assert browser.post("/sign-in/code", {"code": shown(app, 1)}).status_code == 302
    assert browser.is_in()
    lost = ResetSecondFactor(key, people_facts.named("lotte").version, "telephone lost")
    proposed = perform("reset-second-factor@1", lost, who("ada"))
    perform("confirm-change@1", ConfirmChange(proposed, 1), who("bob"))
    assert links() == []
    assert go(Browser(), server, "lotte").status_code == 403


def test_who_was_shut_out_stays_out(linked: Here, server: str) -> None:
    key = material.person(linked, "lotte")
    link(signed_in("lotte"), server, "lotte")
    assert go(Browser(), server, "lotte").status_code == 302
    local.apply("person", Effects(rows=(Row("accounts.User", key, 1, {"is_active": False}),)), linked.clock.now())
    browser = Browser()
    go(browser, server, "lotte")
    assert not browser.is_in()


def test_an_answer_that_was_not_asked_for_is_not_taken(linked: Here, server: str) -> None:
    material.person(linked, "lotte")
    link(signed_in("lotte"), server, "lotte")
    thief, victim = Browser(), Browser()
    asked = thief.get("/sign-in/with/authority")["Location"]
    back = Directory(server).sign_in(asked, "lotte")
    # The thief's own answer, handed to someone else, would sign her in as the thief.
    victim.get("/sign-in/passkey")
    for address in (back, f"{back}x", "/sign-in/with/authority/back?code=forged&state=forged"):
        answer = victim.get(address)
        assert answer["Location"] == "/sign-in?outside=failed"
        assert not victim.is_in()
    assert thief.get(back).status_code == 302
    assert thief.is_in()
    thief.post("/sign-out")
    thief.get(back)
    assert not thief.is_in()


def test_coming_back_without_the_cookie_goes_on_by_a_page_of_ours(linked: Here) -> None:
    answer = Browser().get("/sign-in/with/authority/back?code=a&state=b%22%3E")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'url=/sign-in/with/authority/back?code=a&amp;state=b%22%3E&amp;_redir=1"' in page
    assert Browser().get("/sign-in/with/authority/back?code=a&state=b&_redir=1").status_code == 302


def test_without_a_provider_there_is_no_such_way(here: Here) -> None:
    for path in ("/sign-in/with/authority", "/sign-in/with/authority/back", "/sign-in/with/other"):
        assert Browser().get(path)["Location"] == "/sign-in"
    assert "/sign-in/with/" not in Browser().get("/sign-in").content.decode()
