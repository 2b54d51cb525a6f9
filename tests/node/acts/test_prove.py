"""The evidence bundle of a message: made by the node, verified by the ledger engine with no access to it."""

from __future__ import annotations

import json

import pytest

from mithaq.errors import InputError, StateError
from mithaq.ledger import bundle as evidence
from mithaq.node.acts import arrive, deliver, dispatch, opening, prove, sequence
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.seal import jws
from tests.node import acts_material as material
from tests.node.acts.test_road import published
from tests.node.here import Here
from tests.peers.partner import Partner, worker_keys


def roots(here: Here) -> dict[str, object]:
    return {one.party: one.root.public for one in (here.own, here.partner)}


def sent(here: Here) -> tuple[Partner, str]:
    partner = Partner(here)
    published()
    dispatch.dispatch_open(worker_keys(here))
    deliver.deliver_due(partner, here.clock.now())
    token, _ = envelopes.unframe(partner.got[0])
    payload = jws.peek(token)
    here.clock.forward(seconds=2)
    receipt = partner.receipt(payload, token, "R2", unit="MA-POLICE/WANTED")
    arrive.take_receipt(receipt, "MA-POLICE", here.clock.now())
    return partner, payload["id"]


def test_a_message_that_was_sent_is_proved_offline(here: Here) -> None:
    _, message = sent(here)
    with pytest.raises(StateError):
        prove.bundle(message)
    sequence.sequence(worker_keys(here), here.clock.now())
    report = evidence.verify(prove.bundle(message), roots(here))  # type: ignore[arg-type]
    assert report.ok, report.story
    assert not report.on_trust
    assert report.facts is not None


def test_a_message_that_was_received_is_proved_offline(here: Here) -> None:
    data = material.message(here)
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    sequence.sequence(worker_keys(here), here.clock.now())
    report = evidence.verify(prove.bundle(material.id_of(data)), roots(here))  # type: ignore[arg-type]
    assert report.ok, report.story


def test_a_rejection_is_proved_too(here: Here) -> None:
    data = material.message(here, {"reference": "no body"})
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    sequence.sequence(worker_keys(here), here.clock.now())
    report = evidence.verify(prove.bundle(material.id_of(data)), roots(here))  # type: ignore[arg-type]
    assert report.ok, report.story


def test_a_bundle_holds_no_content_and_a_changed_one_fails(here: Here) -> None:
    _, message = sent(here)
    sequence.sequence(worker_keys(here), here.clock.now())
    bundle = prove.bundle(message)
    assert b"Tafrasti" not in bundle
    value = json.loads(bundle)
    value["receipts"] = value["receipts"][:1]
    value["content_digest"] = "sha256:" + "A" * 43
    assert not evidence.verify(json.dumps(value).encode(), None).ok


def test_a_message_that_is_not_here(here: Here) -> None:
    with pytest.raises(InputError):
        prove.bundle("01900000-0000-7000-8000-000000000000")
    with pytest.raises(InputError):
        prove.bundle("not an id")
