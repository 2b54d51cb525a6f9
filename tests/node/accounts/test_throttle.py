"""Guessing is slowed over all processes, and no one can use that against a colleague."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from mithaq.errors import RefusedError
from mithaq.node import start
from mithaq.node.accounts import facts
from mithaq.node.accounts.throttle import FREE, FREE_ADDRESS, LONGEST, Attempt, count, left, passed
from tests.node.accounts import material
from tests.node.accounts.material import Browser
from tests.node.api import systems
from tests.node.here import Here, rows

LOTTE = Attempt("lotte", "192.0.2.1")


def failed(here: Here, times: int, made: Attempt = LOTTE) -> list[int]:
    """Attempts made one after the other as soon as each may be; what each waited."""
    waited = []
    for _ in range(times):
        waited.append(wait := count(made, here.clock.now()))
        if wait:
            here.clock.forward(seconds=wait)
            assert count(made, here.clock.now()) == 0
    return waited


def test_a_few_failures_cost_nothing_and_more_cost_at_most_half_a_minute(here: Here) -> None:
    assert failed(here, FREE) == [0] * FREE
    assert failed(here, 8) == [2, 4, 8, 16, *[int(LONGEST.total_seconds())] * 4]


def test_nobody_locks_a_colleague_out_from_elsewhere(here: Here) -> None:
    for _ in range(50):
        count(Attempt("lotte", "203.0.113.9"), here.clock.now())
    assert count(Attempt("lotte", "203.0.113.9"), here.clock.now()) > 0
    assert count(LOTTE, here.clock.now()) == 0


def test_nobody_locks_a_colleague_out_from_the_same_address(here: Here) -> None:
    material.person(here, "lotte")
    own = material.signed_in("lotte")
    own.post("/sign-out")
    colleague = Browser()
    answers = [colleague.enter("lotte", "a guess of a colleague").status_code for _ in range(30)]
    assert answers[0] == 403
    assert answers[-1] == 429
    assert Browser().enter("lotte").status_code == 429
    # The browser in which she has signed in before has a count of its own.
    assert own.enter("lotte").status_code == 302
    assert own.is_in()


def test_behind_a_proxy_each_browser_has_its_own_address(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lotte", "pieter"):
        material.person(here, name)
    systems.add(here, "counters", material.UNIT, "case-officer")

    def guess(*hops: str, peer: str = "127.0.0.1") -> int:
        told = {"HTTP_X_FORWARDED_FOR": ", ".join(hops)} if hops else {}
        names = [f"name-{number}" for number in range(FREE_ADDRESS + 5)]
        return max(Browser(peer, **told).enter(name, "not the password").status_code for name in names)

    proxies = (ip_network("127.0.0.1"),)
    monkeypatch.setattr(start.Node, "config", replace(here.config, console_proxies=proxies))
    assert guess("203.0.113.9") == 429
    own = Browser("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert own.enter("pieter").status_code == 302
    page = own.get("/account").content.decode()
    assert ("198.51.100.7" in page, "127.0.0.1" in page) == (True, False)
    # What a browser writes itself is not the last hop, and from elsewhere than the proxy nobody is asked.
    for made_up in (
        Browser("127.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.8, 203.0.113.9"),
        Browser("203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.9"),
    ):
        assert made_up.enter("lotte").status_code == 429
    # Own systems come by the same proxy, and are counted apart.
    assert guess() == 429
    assert systems.ask_token("counters").status_code == 200


def test_a_mark_of_another_person_helps_nobody(here: Here) -> None:
    for name in ("lotte", "pieter"):
        material.person(here, name)
    other = material.signed_in("pieter")
    other.post("/sign-out")
    answers = [other.enter("lotte", "a guess of a colleague").status_code for _ in range(FREE + 1)]
    assert answers[-1] == 429
    forged = Browser()
    forged.cookies["mithaq-be-police-device"] = "forged"
    assert forged.enter("lotte").status_code == 429


def test_many_names_from_one_address_are_slowed_and_what_is_old_goes(here: Here) -> None:
    for number in range(FREE_ADDRESS):
        assert count(Attempt(f"name-{number}", "203.0.113.9"), here.clock.now()) == 0
    assert count(Attempt("another", "203.0.113.9"), here.clock.now()) > 0
    here.clock.forward(hours=1)
    assert count(LOTTE, here.clock.now()) == 0
    assert len(rows("accounts.Guess")) == 2
    assert "lotte" not in str([row.key for row in rows("accounts.Guess")])


def test_a_right_password_and_time_forget_failures(here: Here) -> None:
    failed(here, FREE)
    passed(LOTTE)
    assert failed(here, FREE) == [0] * FREE
    here.clock.forward(hours=1)
    assert failed(here, FREE) == [0] * FREE


def test_a_script_does_not_slow_itself(here: Here) -> None:
    material.person(here, "lotte")
    for _ in range(2 * FREE):
        assert facts.prove("lotte", material.PASSWORD).name == "lotte"
        assert left(LOTTE, here.clock.now()) == 0
    for _ in range(FREE):
        with pytest.raises(RefusedError) as refused:
            facts.prove("lotte", "wrong wrong wrong")
        assert refused.value.code == "sign_in.failed"
    with pytest.raises(RefusedError) as refused:
        facts.prove("lotte", material.PASSWORD)
    assert (refused.value.code, refused.value.params["seconds"]) == ("sign_in.wait", 2)
    here.clock.forward(seconds=2)
    assert facts.prove("lotte", material.PASSWORD).name == "lotte"


def test_attempts_at_once_do_not_pass_together(here: Here) -> None:
    now, waits = here.clock.now(), []

    def attempt() -> None:
        from django.db import connection

        waits.append(count(LOTTE, now))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(wait == 0 for wait in waits) == FREE
    assert count(LOTTE, now + timedelta(minutes=1)) == 0
