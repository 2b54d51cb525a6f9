"""The partner's door, numbered as in `mithaq.node.acts.arrive`: one refusing case for each check and each dimension of
`decide`, at the receiver, from a sender that skips its own check."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from mithaq.node.acts import arrive, receipts
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.seal import jws
from mithaq.seal.keys import SigningKey
from tests.node import acts_material as material
from tests.node.here import Here, rows


def custody(here: Here) -> Custody:
    return Custody(here.own.node)


def accept(here: Here, data: bytes, partner: str = "MA-POLICE") -> arrive.Reply:
    return arrive.accept(data, partner, custody(here), here.clock.now())


def receipt(here: Here, reply: arrive.Reply) -> dict[str, Any]:
    return jws.verify(reply.token, {here.own.node.public.kid: here.own.node.public}, receipts.TYPE)


def test_a_good_message_is_accepted_logged_and_receipted(here: Here) -> None:
    data = material.message(here)
    reply = accept(here, data)
    assert reply.outcome == "accepted"
    assert receipt(here, reply)["kind"] == "R0"
    assert [row.state for row in rows("acts.Inbox")] == ["accepted"]
    assert [leaf.subject for leaf in rows("acts.Leaf", kind="received")] == [material.id_of(data)]
    assert rows("acts.Channel", outgoing=False)[0].sequence == 1


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"plan": "MA-XX/2020", "plan_digest": "sha256:x"}, "plan.unknown"),
        ({"line": "no-such-line"}, "plan.line"),
        ({"act": "draft-notice@1"}, "plan.act"),
        ({"act": "publish-notice@2"}, "plan.act.version"),
        ({"act": "publish-notice@x"}, "plan.act.version"),
        ({"from_unit": "MA-POLICE/BORDER"}, "plan.sender"),
        ({"to_unit": "BE-POLICE/BORDER"}, "plan.recipient"),
        ({"categories": ("identity", "sanction-list")}, "plan.category"),
        ({"categories": ()}, "plan.category"),
        ({"handling": "H3"}, "plan.handling"),
        ({"handling": "H9"}, "plan.handling"),
        ({"purposes": ("curiosity",)}, "plan.purpose"),
        ({"purposes": ()}, "plan.purpose"),
        ({"language": "de"}, "plan.language"),
        ({"urgency": "whenever"}, "plan.urgency"),
        ({"plan_digest": "sha256:another"}, "plan.digest"),
    ],
)
def test_8_what_no_clause_permits_is_rejected_with_its_ground(here: Here, changes: dict[str, Any], ground: str) -> None:
    data = material.message(here, **changes)
    reply = accept(here, data)
    assert reply.outcome == "rejected"
    said = receipt(here, reply)
    assert (said["kind"], said["ground"], said["message"]) == ("RX", ground, material.id_of(data))
    assert [row.state for row in rows("acts.Inbox")] == ["rejected"]
    assert rows("acts.Inbox")[0].content is None


def test_8_a_quota_is_counted_at_the_receiver(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = here.world.joint.plan
    clause = plan.clause("wanted-persons", "wanted-persons/publish")
    assert clause is not None
    assert clause.quota is not None
    accept(here, material.message(here))
    from mithaq.node.acts.models import Inbox

    first = rows("acts.Inbox")[0]
    fields = {
        field.name: getattr(first, field.name) for field in Inbox._meta.fields if field.name not in {"id", "message"}
    }
    Inbox.objects.bulk_create([Inbox(**fields, message=uuid4()) for _ in range(clause.quota.count - 1)])
    assert receipt(here, accept(here, material.message(here)))["ground"] == "plan.quota"
    here.clock.forward(hours=clause.quota.hours, minutes=1)
    assert accept(here, material.message(here)).outcome == "accepted"


def test_8_two_connections_at_once_do_not_pass_one_more_than_the_quota(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    from mithaq.node.acts import instruments
    from mithaq.node.acts.models import Inbox

    clause = here.world.joint.plan.clause("wanted-persons", "wanted-persons/publish")
    assert clause is not None
    assert clause.quota is not None
    accept(here, material.message(here))
    first = rows("acts.Inbox")[0]
    fields = {
        field.name: getattr(first, field.name) for field in Inbox._meta.fields if field.name not in {"id", "message"}
    }
    Inbox.objects.bulk_create([Inbox(**fields, message=uuid4()) for _ in range(clause.quota.count - 2)])
    met, real = threading.Barrier(2), instruments.received

    def counted(*asked: Any) -> int:
        found = real(*asked)
        # Who has counted waits for the other to count as well: where they are let in one by one, it never comes.
        with contextlib.suppress(threading.BrokenBarrierError):
            met.wait(timeout=3)
        return found

    monkeypatch.setattr(instruments, "received", counted)

    def bring(data: bytes) -> str:
        try:
            return accept(here, data).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(bring, [material.message(here) for _ in range(2)]))
    assert sorted(outcomes) == ["accepted", "rejected"]
    assert len(rows("acts.Inbox", accepted=True)) == clause.quota.count


def test_8_before_and_after_the_plans_period(here: Here) -> None:
    plan = here.world.joint.plan
    for at, ground in ((plan.starts - timedelta(days=1), "plan.period.early"), (plan.ends, "plan.period.over")):
        here.clock.moment = at
        assert receipt(here, accept(here, material.message(here)))["ground"] == ground


def test_8_a_suspended_line_rejects_and_a_duty_passes(here: Here) -> None:
    published = material.message(here)
    assert accept(here, published).outcome == "accepted"
    from mithaq.node.acts.models import Suspension

    Suspension.objects.create(
        id=uuid4(), plan=material.PLAN_ID, line="wanted-persons", by="BE", since=here.clock.now(), reason="test"
    )
    assert receipt(here, accept(here, material.message(here)))["ground"] == "plan.line.suspended"
    duty = {"act": "withdraw-notice@1", "purposes": ("information",), "categories": ("identity",)}
    withdrawal = material.message(here, {"reference": "x"}, in_reply_to=material.id_of(published), **duty)
    assert accept(here, withdrawal).outcome == "accepted"
    # Nothing was exchanged under this id: calling it a duty does not make it one.
    forged = material.message(here, {"reference": "x"}, in_reply_to=uuid4(), **duty)
    assert receipt(here, accept(here, forged))["ground"] == "plan.line.suspended"


def test_1_bytes_that_are_no_message(here: Here) -> None:
    for data in (b"", b"x", b"\n", b"{}\n", b"{" * 70000 + b"\n", bytes(range(256)) * 20):
        reply = accept(here, data)
        assert (reply.outcome, receipt(here, reply)["kind"]) == ("bad", "RX")
    assert rows("acts.Inbox") == []


@pytest.mark.parametrize(
    "claimed",
    [
        "Sold to the bearer.",
        "",
        7,
        None,
        ["x"],
        "019df113425b7092b25c55b034161f52",
        "{019df113-425b-7092-b25c-55b034161f52}",
    ],
)
def test_3_what_is_no_id_is_not_signed_in_an_answer(here: Here, claimed: Any) -> None:
    token, content = envelopes.unframe(material.message(here))
    forged = jws.sign({**jws.peek(token), "id": claimed}, [SigningKey.generate()], envelopes.ENVELOPE_TYPE)
    reply = accept(here, envelopes.frame(forged, content))
    assert (reply.outcome, receipt(here, reply)["message"]) == ("bad", "")
    key = str(uuid4())
    forged = jws.sign({**jws.peek(token), "id": key}, [SigningKey.generate()], envelopes.ENVELOPE_TYPE)
    assert receipt(here, accept(here, envelopes.frame(forged, content)))["message"] == key


def test_2_an_envelope_of_another_sender_than_the_certificate(here: Here) -> None:
    reply = accept(here, material.message(here), partner="BE-POLICE")
    assert reply.outcome == "bad"
    assert rows("acts.Inbox") == []
    forged = material.message(here, from_node="XX-POLICE")
    assert receipt(here, accept(here, forged))["ground"] == "channel.sender"


def test_3_a_tampered_envelope_is_not_taken_and_its_id_is_not_used_up(here: Here) -> None:
    data = material.message(here)
    token, content = envelopes.unframe(data)
    for place in range(0, len(token), 97):
        changed = token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :]
        assert accept(here, envelopes.frame(changed, content)).outcome == "bad", place
    assert rows("acts.Inbox") == []
    assert accept(here, data).outcome == "accepted"


def test_3_an_envelope_signed_with_another_key(here: Here) -> None:
    from dataclasses import replace

    stranger = replace(here.partner, node=SigningKey.generate())
    reply = accept(here, material.message(here, node=stranger))
    assert receipt(here, reply)["ground"] == "seal.signer.unknown"


def test_4_a_unit_that_is_not_here(here: Here) -> None:
    for changes in ({"to_unit": "BE-POLICE/CHOIR"}, {"to_node": "FR-POLICE"}):
        assert receipt(here, accept(here, material.message(here, **changes)))["ground"] == "channel.recipient"


def test_5_a_content_that_was_not_signed_for(here: Here) -> None:
    data = material.message(here)
    token, content = envelopes.unframe(data)
    assert receipt(here, accept(here, envelopes.frame(token, content[:-1])))["ground"] == "content.digest"
    assert receipt(here, accept(here, envelopes.frame(token, b"\0" + content[1:])))["ground"] == "content.digest"
    assert accept(here, data).outcome == "accepted"


def test_6_a_replay_gets_the_same_receipt_byte_for_byte(here: Here) -> None:
    data = material.message(here)
    first = accept(here, data)
    here.clock.forward(days=60)  # long past its expiry: still the same answer
    assert [accept(here, data) for _ in range(3)] == [first] * 3
    assert len(rows("acts.Inbox")) == 1
    assert len(rows("acts.Leaf", kind="received")) == 1


def test_6_a_rejection_is_repeated_too(here: Here) -> None:
    data = material.message(here, handling="H3")
    assert accept(here, data) == accept(here, data)
    assert len(rows("acts.Leaf", kind="rejected")) == 1


def test_6_an_id_reused_for_other_bytes(here: Here) -> None:
    data = material.message(here)
    first = accept(here, data)
    other = material.message(here, id=material.head(here).id.__class__(material.id_of(data)))
    reply = accept(here, other)
    assert reply.outcome == "conflict"
    assert receipt(here, reply)["ground"] == "inbox.reused"
    assert [row.code for row in rows("acts.Alarm")] == ["inbox.reused"]
    assert accept(here, data) == first
    assert len(rows("acts.Inbox")) == 1


def test_7_expired_and_from_the_future(here: Here) -> None:
    now = here.clock.now()
    old = material.message(here, created=now - timedelta(days=40), expires=now - timedelta(days=10))
    assert receipt(here, accept(here, old))["ground"] == "envelope.expired"
    ahead = material.message(here, created=now + timedelta(minutes=11))
    assert receipt(here, accept(here, ahead))["ground"] == "clock.future"
    # The clock was wrong and not the message: its id is free when time has caught up.
    here.clock.forward(minutes=5)
    assert accept(here, ahead).outcome == "accepted"
    assert accept(here, material.message(here, created=here.clock.now() + timedelta(minutes=9))).outcome == "accepted"


def test_a_field_of_the_wrong_kind(here: Here) -> None:
    from mithaq.seal import canonical

    made = material.head(here).core()
    for field, value in (("id", 7), ("plan", "x"), ("categories", "identity"), ("created", "yesterday"), ("to", None)):
        payload = {**made, field: value, "sequence": 1, "previous": None, "content": {"digest": "x", "size": 0}}
        token = jws.sign(payload, [here.partner.node], envelopes.ENVELOPE_TYPE)
        assert receipt(here, accept(here, envelopes.frame(token, b"")))["ground"] == "envelope.field", field
    assert canonical.digest(b"")  # the module is what signs them
