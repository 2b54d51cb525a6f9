"""Sessions end: idle, old, stolen, after a change of the person, or because one ends them. Hostile use."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError

from mithaq.node.acts import local
from mithaq.node.acts.definition import Effects, Row
from mithaq.node.start import Node
from tests.node import statements
from tests.node.accounts import material
from tests.node.accounts.material import UNIT, Browser, signed_in
from tests.node.here import Here, rows


def test_a_session_ends_when_nobody_uses_it(here: Here) -> None:
    material.person(here, "lotte")
    browser = signed_in("lotte")
    for _ in range(4):
        here.clock.forward(minutes=29)
        assert browser.is_in()
    here.clock.forward(minutes=30)
    assert browser.get("/notices")["Location"] == "/sign-in?next=/notices"


def test_a_sign_of_life_is_written_once_a_minute_by_one_statement(here: Here) -> None:
    material.person(here, "lotte")
    browser, written = signed_in("lotte"), []
    for seconds in (0, 59, 1, 59, 1):
        here.clock.forward(seconds=seconds)
        _answer, found = statements.sent(lambda: browser.get("/account/delegations"))
        written.append((len(found), sum('UPDATE "django_session"' in one for one in found)))
    quiet = written[0][0]
    assert written == [(quiet, 0), (quiet, 0), (quiet + 1, 1), (quiet, 0), (quiet + 1, 1)]


def test_a_session_that_ended_meanwhile_is_not_written_again(here: Here) -> None:
    material.person(here, "lotte")
    browser = signed_in("lotte")
    from mithaq.node.acts.session_store import SessionStore

    held = SessionStore(browser.cookies["mithaq-be-police"].value)
    assert held["seen"]
    browser.post("/sign-out")
    held["seen"] = here.clock.now().isoformat()
    with pytest.raises(UpdateError):
        held.save()
    assert rows("sessions.Session") == []


def test_a_session_that_has_idled_out_is_open_no_more(here: Here) -> None:
    material.person(here, "lotte")
    signed_in("lotte")
    here.clock.forward(minutes=20)
    second = signed_in("lotte")
    others = re.compile(r'name="which" value="([0-9]+|others)"')
    assert len(others.findall(second.get("/account").content.decode())) == 2
    here.clock.forward(minutes=10)
    assert others.findall(second.get("/account").content.decode()) == []


def test_what_a_page_does_by_itself_is_no_sign_of_life(here: Here) -> None:
    material.person(here, "lotte")
    browser = signed_in("lotte")
    for _ in range(3):
        here.clock.forward(minutes=10)
        answer = browser.get("/", headers={"hx-request": "true"})
    assert answer.status_code == 302


def test_a_unit_may_have_an_idle_time_of_its_own_and_no_session_outlives_its_hours(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = replace(here.config.accounts, idle_units={UNIT: 480})
    monkeypatch.setattr(Node, "config", replace(here.config, accounts=accounts))
    material.person(here, "lotte")
    material.person(here, "zohra", unit="BE-POLICE/WANTED")
    post, desk = signed_in("lotte"), signed_in("zohra")
    here.clock.forward(hours=7)
    assert post.is_in()
    assert not desk.is_in()
    here.clock.forward(hours=1)
    assert not post.is_in()


def test_a_clock_that_was_set_back_lets_no_session_live_on(here: Here) -> None:
    material.person(here, "lotte")
    browser = signed_in("lotte")
    here.clock.forward(days=-1)
    assert not browser.is_in()


@pytest.mark.parametrize(
    "change",
    [{"roles": ["case-officer", "supervisor"]}, {"unit": "BE-POLICE/WANTED"}, {"lines": ["2.1"]}, {"is_active": False},
     {"epoch": 1}],
)  # fmt: skip
def test_a_change_of_the_person_ends_every_session(here: Here, change: dict[str, Any]) -> None:
    key = material.person(here, "lotte")
    browsers = [signed_in("lotte"), signed_in("lotte", address="192.0.2.2")]
    other = material.person(here, "pieter") and signed_in("pieter")
    local.apply("person", Effects(rows=(Row("accounts.User", key, 1, change),)), here.clock.now())
    assert [browser.is_in() for browser in (*browsers, other)] == [False, False, True]


def test_a_new_password_ends_the_others(here: Here) -> None:
    material.person(here, "lotte")
    here_browser, elsewhere = signed_in("lotte"), signed_in("lotte", address="192.0.2.2")
    here_browser.proves()
    short = here_browser.post("/account/password", {"password": "short", "again": "short"})
    assert short.status_code == 400
    weak = here_browser.post("/account/password", {"password": "lottelottelotte", "again": "lottelottelotte"})
    assert "person.password.weak" in weak.content.decode()
    new = "four words that do not belong"
    assert here_browser.post("/account/password", {"password": new, "again": new}).status_code == 302
    assert here_browser.is_in()
    assert not elsewhere.is_in()
    assert Browser().enter("lotte").status_code == 403
    assert Browser().enter("lotte", new).status_code == 302


def test_sessions_are_listed_and_ended(here: Here) -> None:
    material.person(here, "lotte")
    material.person(here, "pieter")
    own, second, third = (signed_in("lotte", address=f"192.0.2.{n}") for n in (1, 2, 3))
    other = signed_in("pieter", address="192.0.2.9")
    page = own.get("/account").content.decode()
    assert [page.count(f"192.0.2.{n}") for n in (1, 2, 3, 9)] == [1, 1, 1, 0]
    keys = {row.ip: row.pk for row in rows("usersessions.UserSession")}
    own.post("/account/sessions/end", {"which": str(keys["192.0.2.9"])})
    assert other.is_in()
    own.post("/account/sessions/end", {"which": str(keys["192.0.2.2"])})
    assert [one.is_in() for one in (own, second, third)] == [True, False, True]
    own.post("/account/sessions/end", {"which": "others"})
    assert [one.is_in() for one in (own, third)] == [True, False]


def test_a_stolen_cookie_is_nothing_in_another_browser(here: Here) -> None:
    material.person(here, "lotte")
    own = signed_in("lotte")
    thief = Browser(agent="Another browser")
    thief.cookies = own.cookies
    assert not thief.is_in()
    # Who was robbed signs in again: that the session has ended is how he learns of it.
    assert not own.is_in()


def test_a_cookie_set_before_signing_in_is_worth_nothing_after(here: Here) -> None:
    material.person(here, "lotte")
    browser, thief = Browser(), Browser()
    browser.get("/sign-in/passkey")
    planted = browser.cookies["mithaq-be-police"].value
    browser.enter("lotte")
    assert browser.is_in()
    assert browser.cookies["mithaq-be-police"].value != planted
    thief.cookies["mithaq-be-police"] = planted
    assert not thief.is_in()
    after = browser.cookies["mithaq-be-police"].value
    browser.post("/sign-out")
    thief.cookies["mithaq-be-police"] = after
    assert not thief.is_in()


def test_the_cookie_is_for_this_host_alone(here: Here) -> None:
    from mithaq.node.start import django_settings

    secured = django_settings(replace(here.config, public_url="https://node.example"), "console", "postgresql:///x")
    assert secured["SESSION_COOKIE_NAME"] == "__Host-mithaq-be-police"
    assert secured["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert secured["SESSION_COOKIE_SECURE"]
    material.person(here, "lotte")
    cookie = signed_in("lotte").cookies["mithaq-be-police"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Strict", "")


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example/", "\\\\elsewhere.example", "javascript:alert(1)", "/sign-out",
     "/\\elsewhere.example", "https:elsewhere.example", "\thttps://elsewhere.example"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(here: Here, target: str) -> None:
    material.person(here, "lotte")
    browser = Browser()
    for answer in (
        browser.post("/sign-in", {"name": "lotte", "password": material.PASSWORD, "next": target}),
        browser.post("/account/confirm", {"password": material.PASSWORD, "next": target}),
        browser.post("/language", {"language": "nl", "back": target}),
    ):
        place = answer["Location"]
        assert place == "/" or (place == target == "/sign-out"), place


def test_forms_without_their_token_do_nothing(here: Here) -> None:
    material.person(here, "lotte")
    assert Browser(enforce_csrf_checks=True).enter("lotte").status_code == 403
    own = signed_in("lotte", enforce_csrf_checks=False)
    own.handler.enforce_csrf_checks = True
    for path in ("/sign-out", "/account/password", "/account/app", "/account/passkeys", "/account/codes",
                 "/account/sessions/end", "/account/confirm", "/sign-in/code", "/sign-in/passkey"):  # fmt: skip
        assert own.post(path, {"which": "others"}).status_code == 403, path
    assert own.is_in()


def test_a_signed_out_page_is_not_shown_again(here: Here) -> None:
    material.person(here, "lotte")
    browser = signed_in("lotte")
    assert browser.get("/account")["Cache-Control"] == "no-store"
    browser.post("/sign-out")
    assert browser.get("/account")["Location"] == "/sign-in?next=/account"
