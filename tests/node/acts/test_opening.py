"""What the worker does with what the gateway accepted, numbered as in `mithaq.node.acts.opening`."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.node.acts import arrive, opening, receipts
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.registry import REGISTRY
from mithaq.seal import jws
from tests.node import acts_material as material
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys


def arrives(here: Here, data: bytes) -> str:
    reply = arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    assert reply.outcome == "accepted"
    return material.id_of(data)


def receipt_of(here: Here, message: str) -> dict[str, Any]:
    (row,) = rows("acts.Receipt", message=message, outgoing=True)
    own = here.own
    keys = {key.public.kid: key.public for key in (own.node, *own.signing.values())}
    return jws.verify(bytes(row.token), keys, receipts.TYPE)


def test_a_notice_becomes_active_and_the_unit_signs_r2(here: Here) -> None:
    message = arrives(here, material.message(here))
    assert opening.open_waiting(worker_keys(here)) == 1
    (notice,) = rows("wanted.Notice")
    assert (notice.state, notice.authority, notice.message) == ("active", "MA-POLICE", message)
    said = receipt_of(here, message)
    assert (said["kind"], said["by"]["unit"]) == ("R2", "BE-POLICE/WANTED")
    assert said["by"]["key"] == here.own.signing["BE-POLICE/WANTED"].public.kid
    (row,) = rows("acts.Inbox")
    assert (row.state, row.content) == ("delivered", None)
    assert opening.open_waiting(worker_keys(here)) == 0
    assert len(rows("wanted.Notice")) == 1


REJECTED: list[tuple[dict[str, Any], dict[str, Any] | None, str]] = [
    ({"categories": ("identity",)}, None, "envelope_terms.differ"),
    ({"language": "nl"}, None, "envelope_terms.differ"),
    ({"purposes": ("arrest",)}, None, "envelope_terms.differ"),
    ({}, {"reference": "no body at all"}, "body.field"),
    ({"unit": "MA-POLICE/BORDER"}, None, "seal.signer.unknown"),
]


@pytest.mark.parametrize(("changes", "body", "ground"), REJECTED)
def test_what_the_content_says_is_not_what_the_envelope_states(
    here: Here, changes: dict[str, Any], body: dict[str, Any] | None, ground: str
) -> None:
    message = arrives(here, material.message(here, body, **changes))
    assert opening.open_waiting(worker_keys(here)) == 1
    said = receipt_of(here, message)
    assert (said["kind"], said["ground"]) == ("RX", ground)
    assert rows("wanted.Notice") == []
    assert rows("acts.Alarm")[-1].code == ground


def test_a_reference_of_another_series_is_rejected(here: Here) -> None:
    message = arrives(here, material.message(here, material.notice_body(reference="BE-POLICE/2026/WP/00001")))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, message)["ground"] == "notice.reference"


def test_the_same_reference_twice_is_one_notice(here: Here) -> None:
    body = material.notice_body()
    first, second = (arrives(here, material.message(here, body)) for _ in range(2))
    assert opening.open_waiting(worker_keys(here)) == 2
    assert receipt_of(here, first)["kind"] == "R2"
    assert receipt_of(here, second)["ground"] == "notice.known"
    assert len(rows("wanted.Notice")) == 1


def test_a_content_moved_to_another_envelope(here: Here) -> None:
    from mithaq.node.acts import envelope as envelopes

    token, _ = envelopes.unframe(material.message(here))
    _, content = envelopes.unframe(material.message(here))
    from mithaq.seal import canonical

    payload = {**jws.peek(token), "content": {"digest": canonical.digest(content), "size": len(content)}}
    moved = jws.sign(payload, [here.partner.node], envelopes.ENVELOPE_TYPE)
    message = arrives(here, envelopes.frame(moved, content))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, message)["ground"] == "content.core"


def test_a_content_sealed_to_another_unit(here: Here) -> None:
    from mithaq.node.acts import envelope as envelopes

    head = material.head(here)
    other = here.own.sealing["BE-POLICE/BORDER"].public
    content = envelopes.seal_content(head, material.notice_body(), here.partner.signing["MA-POLICE/WANTED"], other)
    token = envelopes.sign_envelope(head, content, 1, "", here.partner.node)
    message = arrives(here, envelopes.frame(token, content))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, message)["ground"].startswith("seal.age")


def test_poison_is_put_aside_and_the_queue_moves_on(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    act = REGISTRY.act("publish-notice@1")

    def fails(body: Any, facts: Any, context: Any) -> Any:
        if body.person.names[0].startswith("Poison"):
            raise ZeroDivisionError
        assert act.receive is not None
        return act.receive(body, facts, context)

    monkeypatch.setitem(REGISTRY.acts, "publish-notice@1", replace(act, receive=fails))
    from mithaq.node.acts import wire

    person = wire.encode(material.content())["person"]
    poison = arrives(here, material.message(here, material.notice_body() | {"person": {**person, "names": ["Poison"]}}))
    good = arrives(here, material.message(here))
    for _ in range(opening.TRIES):
        opening.open_waiting(worker_keys(here))
        here.clock.forward(minutes=10)
    assert receipt_of(here, good)["kind"] == "R2"
    assert receipt_of(here, poison)["ground"] == "inbox.poison"
    assert opening.open_waiting(worker_keys(here)) == 0


def test_a_withdrawal_by_its_owner_and_by_nobody_else(here: Here) -> None:
    body = material.notice_body()
    published = arrives(here, material.message(here, body))
    opening.open_waiting(worker_keys(here))
    duty = {"act": "withdraw-notice@1", "purposes": ("information",), "categories": ("identity",)}
    withdrawal = {"reference": body["reference"], "reason": "found", "language": "fr"}
    message = arrives(here, material.message(here, withdrawal, in_reply_to=published, **duty))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, message)["kind"] == "R2"
    assert rows("wanted.Notice")[0].state == "withdrawn"
    again = arrives(here, material.message(here, withdrawal, in_reply_to=published, **duty))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, again)["kind"] == "R2"
    unknown = {**withdrawal, "reference": "MA-POLICE/2026/WP/99999"}
    other = arrives(here, material.message(here, unknown, in_reply_to=published, **duty))
    opening.open_waiting(worker_keys(here))
    assert receipt_of(here, other)["ground"] == "notice.unknown"
