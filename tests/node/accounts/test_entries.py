"""Signing in and out leaves rows: who, how, from which kind of place; never an address, nor what was typed."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.errors import RefusedError
from mithaq.node.accounts import facts
from tests.node.accounts import material
from tests.node.accounts.material import Browser, add_app, shown, signed_in, wrong
from tests.node.here import Here, rows

SIGN_IN, FAILED = "accounts.sign-in", "refused:accounts.sign-in"


def said(*whats: str) -> list[tuple[str, str]]:
    return [(row.actor, row.reason) for row in rows("acts.Access", what__in=whats)]


def test_a_sign_in_a_failed_one_and_a_sign_out_leave_their_rows(here: Here) -> None:
    material.person(here, "lotte")
    browser = Browser(address="192.168.7.9")
    browser.enter("lotte", "not the password at all")
    browser.enter("my own password, typed in a hurry", "x" * 12)
    browser.enter("lotte")
    browser.post("/sign-out")
    browser.post("/sign-out")
    browser.enter("lotte")
    assert said(FAILED) == [
        ("lotte", "by=password network=inside browser=new"), ("", "by=password network=inside browser=new"),
    ]  # fmt: skip
    assert said(SIGN_IN) == [
        ("lotte", "by=password network=inside browser=new"), ("lotte", "by=password network=inside browser=known"),
    ]  # fmt: skip
    assert said("accounts.sign-out") == [("lotte", "network=inside browser=known")]
    assert {row.unit for row in rows("acts.Access", actor="lotte")} == {material.UNIT}
    # Nothing of the address, of the browser or of what was typed is in the log.
    kept = "".join(f"{row.actor}{row.unit}{row.what}{row.record}{row.reason}{row.why}" for row in rows("acts.Access"))
    assert not [one for one in ("192.168", "Firefox", "hurry", "not the password") if one in kept]


@pytest.mark.parametrize(
    ("address", "network"),
    [("127.0.0.1", "own"), ("::1", "own"), ("10.1.2.3", "inside"), ("fd00::7", "inside"), ("8.8.8.8", "outside"),
     ("2a02:2788::1", "outside"), ("", "outside")],
)  # fmt: skip
def test_an_address_is_kept_as_its_class(here: Here, address: str, network: str) -> None:
    Browser(address=address).enter("nobody", "x" * 12)
    assert said(FAILED) == [("", f"by=password network={network} browser=new")]


def test_a_second_factor_and_a_recovery_code_are_told(here: Here) -> None:
    material.person(here, "lotte")
    key, codes = add_app(signed_in("lotte"))
    browser = Browser()
    browser.enter("lotte")
    assert browser.post("/sign-in/code", {"code": wrong(key)}).status_code == 403
    assert browser.post("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert said(FAILED)[-1] == ("lotte", "by=code network=inside browser=new")
    assert said(SIGN_IN)[-1] == ("lotte", "by=password+recovery-code network=inside browser=new")
    assert said("accounts.recovery-code") == [("lotte", f"left={len(codes) - 1}")]
    with pytest.raises(RefusedError):
        facts.prove("lotte", material.PASSWORD, lambda: codes[0])
    facts.prove("lotte", material.PASSWORD, lambda: shown(key, 1))
    with pytest.raises(RefusedError):
        facts.prove("who is this", "x" * 12)
    assert [one for one in said(FAILED, SIGN_IN) if "command line" in one[1]] == [
        ("lotte", "by=code command line"), ("lotte", "by=password command line"), ("", "by=password command line"),
    ]  # fmt: skip


def test_a_passkey_that_does_not_hold_is_told_and_a_stranger_does_not_fill_the_log(here: Here) -> None:
    browser = Browser()
    for _time in range(30):
        browser.get("/sign-in/passkey")
        assert browser.post("/sign-in/passkey", {"credential": "{}"}).status_code == 302
    assert 0 < len(said(FAILED)) <= 8
    assert set(said(FAILED)) == {("", "by=passkey network=inside browser=new")}


def test_a_session_that_ends_says_why_and_by_whom(here: Here) -> None:
    def ended() -> list[tuple[str, str]]:
        return said("accounts.sessions-ended")

    key = material.person(here, "lotte")
    material.person(here, "ada", "administrator")
    idle, thief = signed_in("lotte"), Browser(agent="Another browser")
    here.clock.forward(minutes=31)
    assert not idle.is_in()
    assert ended() == [("lotte", "why=idle network=inside browser=known")]
    own = signed_in("lotte")
    thief.cookies = own.cookies
    assert not thief.is_in()
    assert ended()[-1][1].startswith("why=browser")
    # An administrator ends the sessions of another: the row is his, and names whose they were.
    first, second = signed_in("lotte"), signed_in("lotte", address="192.0.2.8")
    ada = signed_in("ada")
    given: dict[str, Any] = {"deactivate-version": 1, "deactivate-reason": "left the service"}
    assert ada.post(f"/people/{key}/deactivate", given).status_code == 302
    assert not first.is_in()
    assert not second.is_in()
    row = rows("acts.Access", what="accounts.sessions-ended")[-1]
    assert (row.actor, row.record) == ("ada", key)
    assert row.reason.startswith("by=deactivate-person@1 sessions=")
    assert int(row.reason.rpartition("=")[2]) >= 2
    # Refused, it ends nothing, and says so.
    lotte = material.person(here, "griet")
    assert signed_in("griet").post(f"/people/{lotte}/deactivate", given).status_code == 403
    assert rows("acts.Access")[-1].what == "refused:accounts.deactivate-person"


def test_oversight_filters_them_on_the_page(here: Here) -> None:
    material.person(here, "lotte")
    material.person(here, "overseer", "oversight")
    Browser().enter("lotte", "not the password at all")
    Browser().enter("somebody", "not the password at all")
    client = signed_in("overseer")
    text = client.get("/oversight/log", {"what": SIGN_IN, "refused": "on"}).content.decode()
    assert "signing in" in text
    assert "nobody known here" in text
    table = text.partition("<tbody>")[2]
    assert "lotte" in table
    assert "overseer" not in table
    assert "allowed</span>" not in table
