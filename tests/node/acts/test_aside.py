"""A message put aside as poison: it keeps its sealed bytes, is opened again on a supervisor's word, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import aside, opening, perform
from mithaq.node.acts.registry import REGISTRY
from mithaq.node.exchange import letters
from mithaq.node.exchange.requests import CloseDeadLetter, OpenAgain
from tests.node import acts_material as material
from tests.node.acts.test_opening import arrives
from tests.node.here import Here, rows, waits
from tests.peers.partner import worker_keys

DUTY = {"act": "withdraw-notice@1", "purposes": ("information",), "categories": ("identity",)}


@contextmanager
def faulty() -> Iterator[None]:
    """The software has a fault that nobody foresaw."""
    act = REGISTRY.act("publish-notice@1")

    def fails(*_: Any) -> Any:
        raise ZeroDivisionError

    REGISTRY.acts["publish-notice@1"] = replace(act, receive=fails)
    try:
        yield
    finally:
        REGISTRY.acts["publish-notice@1"] = act


def drain(here: Here) -> None:
    for _ in range(opening.TRIES):
        opening.open_waiting(worker_keys(here))
        here.clock.forward(minutes=10)


def poisoned(here: Here, body: dict[str, Any] | None = None) -> str:
    with faulty():
        key = arrives(here, material.message(here, body))
        drain(here)
    return key


def kinds(key: str) -> list[str]:
    return [row.kind for row in rows("acts.Receipt", message=key, outgoing=True)]


def test_poison_keeps_its_sealed_bytes_and_is_shown_to_its_unit(here: Here) -> None:
    key = poisoned(here)
    (row,) = rows("acts.Inbox")
    assert (row.state, bool(row.content), kinds(key)) == ("poison", True, ["RX"])
    (found,) = letters.page(material.APPROVER).letters
    assert (found.id, found.kind, found.ground, found.act) == (key, "received", "inbox.poison", "publish-notice@1")
    assert letters.page(material.CHIEF).letters == ()
    assert f"/dead-letters/{key}" in [need.url for need in waits(material.APPROVER, here.clock.now())]


def test_after_the_fault_is_mended_it_is_opened_and_r2_follows(here: Here) -> None:
    key = poisoned(here)
    perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
    with pytest.raises(StateError) as twice:
        perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
    assert twice.value.code == "letter.waits"
    drain(here)
    assert [row.state for row in rows("wanted.Notice")] == ["active"]
    assert kinds(key) == ["RX", "R2"]
    (row,) = rows("acts.Inbox")
    assert (row.state, row.content) == ("delivered", None)
    assert letters.page(material.APPROVER).letters == ()
    with pytest.raises(InputError):
        perform.perform("open-again@1", OpenAgain(key), material.APPROVER)


def test_what_fails_again_is_put_aside_again_with_the_receipt_that_it_had(here: Here) -> None:
    key = poisoned(here)
    token = bytes(rows("acts.Receipt", outgoing=True)[0].token)
    perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
    with faulty():
        drain(here)
    assert kinds(key) == ["RX"]
    assert bytes(rows("acts.Receipt", outgoing=True)[0].token) == token
    assert [row.state for row in rows("acts.Inbox")] == ["poison"]
    perform.perform("open-again@1", OpenAgain(key), material.APPROVER)  # and once more
    drain(here)
    assert kinds(key) == ["RX", "R2"]


@pytest.mark.parametrize("when", ["before", "between"])
def test_what_its_sender_has_withdrawn_is_not_opened_any_more(here: Here, when: str) -> None:
    body = material.notice_body()
    key = poisoned(here, body)
    withdrawal = {"reference": body["reference"], "reason": "mistake", "language": "fr"}
    if when == "between":
        perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
    arrives(here, material.message(here, withdrawal, in_reply_to=key, **DUTY))
    if when == "before":
        with pytest.raises(StateError) as overtaken:
            perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
        assert overtaken.value.code == "letter.overtaken"
    drain(here)
    assert rows("wanted.Notice") == []


def test_what_its_sender_has_sent_again_is_done_once(here: Here) -> None:
    body = material.notice_body()
    key = poisoned(here, body)
    arrives(here, material.message(here, body, supersedes=key))
    drain(here)
    assert len(rows("wanted.Notice")) == 1
    with pytest.raises(StateError) as overtaken:
        perform.perform("open-again@1", OpenAgain(key), material.APPROVER)
    assert overtaken.value.code == "letter.overtaken"


def test_who_may_and_that_closing_ends_it(here: Here) -> None:
    key = poisoned(here)
    for actor, code in (
        (material.CHIEF, "letter.unknown"),
        (material.DRAFTER, "role.missing"),
        (replace(material.APPROVER, unit="MA-POLICE/WANTED"), "letter.unknown"),
    ):
        with pytest.raises((RefusedError, InputError)) as refused:
            perform.perform("open-again@1", OpenAgain(key), actor)
        assert refused.value.code == code
    perform.perform("close-dead-letter@1", CloseDeadLetter(key, "asked the partner"), material.APPROVER)
    assert letters.page(material.APPROVER).letters == ()
    with pytest.raises(StateError):
        perform.perform("open-again@1", OpenAgain(key), material.APPROVER)


def test_the_sealed_bytes_go_when_the_message_has_reached_its_end_with_proof(here: Here) -> None:
    key = poisoned(here)
    here.clock.forward(days=29)
    assert aside.forget(here.clock.now()) == 0
    here.clock.forward(days=2)
    assert aside.forget(here.clock.now()) == 1
    (row,) = rows("acts.Inbox")
    assert (row.state, row.content) == ("rejected", None)
    (leaf,) = rows("acts.Leaf", kind="erased")
    assert leaf.subject == key
    assert letters.page(material.APPROVER).letters == ()
    assert aside.forget(here.clock.now()) == 0
