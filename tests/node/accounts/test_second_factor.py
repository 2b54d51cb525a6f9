"""A second factor: who must have one, what it asks for, and that a code opens once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from mithaq.errors import InputError, RefusedError
from mithaq.node.accounts import facts
from mithaq.node.acts import access
from mithaq.node.start import Node
from tests.node.accounts import material
from tests.node.accounts.material import Browser, add_app, shown, signed_in, wrong
from tests.node.console.test_routes import OPEN, routes
from tests.node.here import Here, rows

# Where somebody signs in, which is open to everyone.
WAYS_IN = set(OPEN) - {"language", "sign-out"}
ARGUMENTS = {"provider_id": "authority", "verb": "approve"}


def route_arguments(name: str) -> list[str]:
    ((_, arguments),) = get_resolver().reverse_dict.getlist(name)[0][0]
    return list(arguments)


def model(label: str) -> Any:
    from django.apps import apps

    return apps.get_model(label).objects


@pytest.fixture
def strict(here: Here, monkeypatch: pytest.MonkeyPatch) -> Iterator[Here]:
    """A node as it is set up by default: supervisors and administrators must have a second factor."""
    accounts = replace(here.config.accounts, second_factor=frozenset({"supervisor", "administrator"}))
    monkeypatch.setattr(Node, "config", replace(here.config, accounts=accounts))
    return here


def test_a_code_is_asked_for_and_opens_once(here: Here) -> None:
    material.person(here, "lotte")
    own = signed_in("lotte")
    key, _ = add_app(own)
    browser = Browser()
    answer = browser.enter("lotte", target="?next=/notices")
    assert answer["Location"] == "/sign-in/code"
    assert not browser.is_in()
    assert browser.post("/sign-in/code", {"code": wrong(key)}).status_code == 403
    # The code that the enrolment used is used up; the app shows the next one half a minute later.
    assert browser.post("/sign-in/code", {"code": own.code}).status_code == 403
    code = shown(key, 1)
    answer = browser.post("/sign-in/code", {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/notices")
    assert browser.is_in()
    # Half a minute later the library has forgotten that the code was used, and would still take it.
    model("accounts.UsedCode").filter(cache_key__contains="allauth").delete()
    again = Browser()
    again.enter("lotte")
    assert again.post("/sign-in/code", {"code": code}).status_code == 403
    assert not again.is_in()


def test_what_guards_the_account_changes_with_its_row_or_not_at_all(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    material.person(here, "lotte")
    own, write = signed_in("lotte"), access.log
    add_app(own)
    (app,) = rows("mfa.Authenticator", type="totp")
    failing = {"accounts.factor-removed", "accounts.recovery-codes", "accounts.password-changed"}

    def log(actor: Any, what: str, *more: Any, **named: Any) -> None:
        if what in failing:
            raise RuntimeError
        write(actor, what, *more, **named)

    def guards() -> list[Any]:
        return [model("mfa.Authenticator").order_by("pk").values_list("pk", "data"), rows("accounts.User")[0].password]

    monkeypatch.setattr(access, "log", log)
    before = list(map(repr, guards()))
    chosen = {"password": "another horse 5am staple", "again": "another horse 5am staple"}
    for path, given in (
        (f"/account/factors/{app.pk}/remove", {}),
        ("/account/codes", {}),
        ("/account/password", chosen),
    ):
        with pytest.raises(RuntimeError):
            own.post(path, given)
        assert list(map(repr, guards())) == before, path
    failing.clear()
    assert own.post(f"/account/factors/{app.pk}/remove").status_code == 302
    assert rows("acts.Access")[-1].what == "accounts.factor-removed"
    assert not rows("mfa.Authenticator", type="totp")


def test_the_second_step_is_nothing_without_the_first(here: Here) -> None:
    material.person(here, "lotte")
    key, codes = add_app(signed_in("lotte"))
    for code in (shown(key, 1), codes[0]):
        browser = Browser()
        assert browser.post("/sign-in/code", {"code": code})["Location"] == "/sign-in"
        assert not browser.is_in()


def test_recovery_codes_are_shown_once_and_open_once(here: Here) -> None:
    material.person(here, "lotte")
    own = signed_in("lotte")
    _, codes = add_app(own)
    assert len(codes) == 10
    for path in ("/account", "/account/app", "/account/passkeys"):
        assert not [code for code in codes if code in own.get(path).content.decode()]
    browser = Browser()
    for expected in (302, 403):
        browser.enter("lotte")
        assert browser.post("/sign-in/code", {"code": codes[3]}).status_code == expected
        browser.post("/sign-out")
    renewed = own.post("/account/codes").content.decode()
    assert codes[4] not in renewed
    browser.enter("lotte")
    assert browser.post("/sign-in/code", {"code": codes[4]}).status_code == 403


def test_guessing_codes_is_slowed(here: Here) -> None:
    material.person(here, "lotte")
    key, _ = add_app(signed_in("lotte"))
    browser = Browser(address="203.0.113.9")
    browser.enter("lotte")
    answers = [browser.post("/sign-in/code", {"code": wrong(key)}).status_code for _ in range(6)]
    assert answers[:4] == [403] * 4
    assert answers[-1] == 429
    here.clock.forward(minutes=1)
    assert browser.post("/sign-in/code", {"code": shown(key, 1)}).status_code == 302


def test_a_role_that_must_have_one_does_nothing_else_before(strict: Here) -> None:
    material.person(strict, "chief", "supervisor")
    material.person(strict, "pal")
    browser = Browser()
    browser.enter("chief")
    now = strict.clock.now()
    given = {"taker": "pal", "roles": ["supervisor"], "starts": f"{now:%Y-%m-%dT%H:%M}", "reason": "leave",
             "ends": f"{now + timedelta(days=3):%Y-%m-%dT%H:%M}"}  # fmt: skip
    names, leaves, open_to_him = routes(), len(rows("acts.Leaf")), set()
    assert len(names) > 40
    for name in set(names) - {"sign-out"}:
        address = reverse(name, kwargs={one: ARGUMENTS.get(one, "1") for one in route_arguments(name)})
        for answer in (browser.get(address), browser.post(address, given)):
            if answer.headers.get("Location") != "/account":
                open_to_him.add(name)
    assert open_to_him - WAYS_IN == {
        "account", "account-app", "account-app-picture", "account-passkeys", "account_reauthenticate", "language",
    }  # fmt: skip
    assert len(rows("acts.Leaf")) == leaves
    assert facts.of_name("pal").roles == {"case-officer"}  # type: ignore[union-attr]
    assert "needs a second factor" in browser.get("/account").content.decode()
    key, _ = add_app(browser)
    assert browser.is_in()
    (row,) = rows("mfa.Authenticator", type="totp")
    refused = browser.post(f"/account/factors/{row.pk}/remove")
    assert (refused.status_code, "factor.last" in refused.content.decode()) == (403, True)
    assert key not in str(row.data)


def test_a_colleague_who_need_not_have_one_may_take_it_away(strict: Here) -> None:
    material.person(strict, "lotte")
    browser = signed_in("lotte")
    add_app(browser)
    (row,) = rows("mfa.Authenticator", type="totp")
    material.person(strict, "pieter")
    other = signed_in("pieter")
    other.proves()
    assert other.post(f"/account/factors/{row.pk}/remove").status_code == 404
    assert browser.post(f"/account/factors/{row.pk}/remove").status_code == 302
    assert rows("mfa.Authenticator") == []
    assert [row.what for row in rows("acts.Access") if "factor" in row.what] == [
        "accounts.factor-added", "accounts.factor-removed",
    ]  # fmt: skip


def test_with_the_last_factor_the_other_sessions_end_and_no_row_is_lost(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    material.person(here, "lotte")
    own, other = signed_in("lotte"), signed_in("lotte", address="192.0.2.2")
    add_app(own)
    (row,) = rows("mfa.Authenticator", type="totp")

    def fails(*_args: Any, **_more: Any) -> None:
        raise InputError("access.none", "No row can be written.")

    with monkeypatch.context() as patched:
        patched.setattr("mithaq.node.accounts.own.changed", fails)
        assert own.post(f"/account/factors/{row.pk}/remove").status_code == 400
    assert len(rows("mfa.Authenticator", type="totp")) == 1
    assert other.is_in()
    assert own.post(f"/account/factors/{row.pk}/remove").status_code == 302
    # What the other session remembers of a second factor is not true any more.
    assert (own.is_in(), other.is_in()) == (True, False)


def test_who_knows_a_password_and_guesses_codes_is_told_to_oversight_and_to_the_person(strict: Here) -> None:
    def alarms() -> list[tuple[str, str]]:
        return [(one.code, one.detail) for one in rows("acts.Alarm")]

    person = material.person(strict, "lotte")
    key, codes = add_app(signed_in("lotte"))
    said = "wrong codes were given with your password"
    for number in range(7):
        # From another address each time, so that nothing slows it.
        browser = Browser(address=f"203.0.113.{number}")
        browser.enter("lotte")
        assert browser.post("/sign-in/code", {"code": wrong(key)}).status_code == 403
        assert alarms() == ([("person.guessed", person)] if number >= 4 else [])
    with pytest.raises(RefusedError):
        facts.prove("lotte", material.PASSWORD, lambda: wrong(key))
    (row,) = rows("acts.Access", what="refused:accounts.code")
    assert (row.actor, row.record) == ("lotte", person)
    for shows in (True, False):
        own = Browser()
        own.enter("lotte")
        assert own.post("/sign-in/code", {"code": codes.pop()}).status_code == 302
        page = own.get("/").content.decode()
        assert (f"8 {said}" in page, said in page) == (shows, shows)
    # A wrong password tells nothing: anybody can give one.
    for _ in range(4):
        Browser(address="203.0.113.99").enter("lotte", "not the password at all")
    assert len(alarms()) == 1
    assert rows("accounts.WrongCode") == []


def test_what_guards_the_account_needs_a_fresh_proof(here: Here, monkeypatch: Any) -> None:
    import time

    material.person(here, "lotte")
    browser = signed_in("lotte")
    # Not even a session of this moment is one: it may be in other hands already.
    for path in ("/account/app", "/account/passkeys", "/account/password"):
        assert browser.get(path)["Location"] == f"/account/confirm?next={path}"
    assert browser.post("/account/codes")["Location"] == "/account/confirm?next=/account"
    assert browser.post("/account/confirm", {"password": "wrong wrong wrong"}).status_code == 403
    answer = browser.post("/account/confirm?next=/account/app", {"password": material.PASSWORD})
    assert answer["Location"] == "/account/app"
    assert browser.get("/account/app").status_code == 200
    later = time.time() + 600
    monkeypatch.setattr(time, "time", lambda: later)
    assert browser.get("/account/app")["Location"] == "/account/confirm?next=/account/app"


def test_who_must_add_a_first_factor_does_so_after_signing_in_and_a_second_one_after_a_proof(strict: Here) -> None:
    material.person(strict, "chief", "supervisor")
    browser = Browser()
    browser.enter("chief")
    page = browser.get("/account/app").content.decode()
    (key,) = re.findall(r"<code>.*?([A-Z2-7]{32}).*?</code>", page)
    assert browser.post("/account/app", {"code": material.shown(key)}).status_code == 200
    assert browser.get("/account/passkeys")["Location"] == "/account/confirm?next=/account/passkeys"


def test_who_has_a_second_factor_proves_himself_with_it(here: Here) -> None:
    material.person(here, "lotte")
    _key, codes = add_app(signed_in("lotte"))
    browser = Browser()
    browser.enter("lotte")
    browser.post("/sign-in/code", {"code": codes[0]})
    assert browser.is_in()
    tried = [browser.proves().status_code, browser.proves("00000000").status_code, browser.proves(codes[0]).status_code]
    assert tried == [400, 403, 403]
    assert browser.get("/account/passkeys")["Location"].startswith("/account/confirm")
    assert browser.post("/account/confirm", {"password": "not hers at all", "code": codes[1]}).status_code == 403
    assert browser.post("/account/confirm", {"credential": "{}"}).status_code == 403
    # Each try that proves nothing is kept: it is a door through which a session's thief would have to go.
    said = [row.reason.split()[0] for row in material.logged(f"refused:{access.SIGN_IN}")]
    assert said == ["by=code", "by=code", "by=password", "by=passkey"]
    assert browser.proves(codes[1]).status_code == 302
    assert browser.get("/account/passkeys").status_code == 200


def test_the_command_line_asks_for_the_code(strict: Here) -> None:
    material.person(strict, "chief", "supervisor")
    with pytest.raises(RefusedError) as refused:
        facts.prove("chief", material.PASSWORD)
    assert refused.value.code == "sign_in.enrol"
    browser = Browser()
    browser.enter("chief")
    key, codes = add_app(browser)
    with pytest.raises(RefusedError) as refused:
        facts.prove("chief", material.PASSWORD)
    assert refused.value.code == "sign_in.code"
    assert facts.prove("chief", material.PASSWORD, lambda: shown(key, 1)).name == "chief"
    assert facts.prove("chief", material.PASSWORD, lambda: codes[0]).name == "chief"
    with pytest.raises(RefusedError):
        facts.prove("chief", "wrong wrong wrong", lambda: codes[1])
    with pytest.raises(RefusedError):
        facts.prove("chief", material.PASSWORD, lambda: codes[0])


def test_the_secret_lies_under_the_key_of_the_console(here: Here) -> None:
    material.person(here, "lotte")
    key, codes = add_app(signed_in("lotte"))
    kept = str([row.data for row in rows("mfa.Authenticator")])
    assert key not in kept
    assert not [code for code in codes if code in kept]
    assert kept.count("k1:") == 2
