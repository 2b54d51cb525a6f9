"""What a partner says is checked against what this node did: receipts, duties, cited clauses, stored signatures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from mithaq.errors import InputError, RefusedError, TrustError
from mithaq.node.acts import arrive, enact, instruments, opening, perform, receipts
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.models import Instrument, Suspension
from mithaq.node.exchange import facts as exchange
from mithaq.node.wanted.requests import DraftNotice, WithdrawNotice
from mithaq.node.worker import drain
from mithaq.plan.document import canonical_plan, plan_digest
from mithaq.seal import age, canonical, jws
from tests.node import acts_material as material
from tests.node.acts.test_road import published, round_trip, states
from tests.node.authorities import EXAMPLES, PLAN_ID, make, signed
from tests.node.here import Here, rows
from tests.peers.partner import Partner, worker_keys

WITHDRAWAL: dict[str, Any] = {
    "act": "withdraw-notice@1",
    "purposes": ("information",),
    "categories": ("identity",),
    "clauses": ("wanted-persons/withdraw",),
}


def accept(here: Here, data: bytes) -> arrive.Reply:
    return arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())


def ground(here: Here, reply: arrive.Reply) -> str:
    said = jws.verify(reply.token, {here.own.node.public.kid: here.own.node.public}, receipts.TYPE)
    return str(said.get("ground", ""))


def opened(here: Here) -> list[tuple[str, str]]:
    opening.open_waiting(worker_keys(here))
    return [(row.kind, row.ground) for row in rows("acts.Receipt", outgoing=True)]


def suspend(here: Here, plan: str, line: str) -> None:
    Suspension.objects.create(id=uuid4(), plan=plan, line=line, by="BE", since=here.clock.now(), reason="test")


def r2(here: Here, message: str, envelope: str, unit: str = "MA-POLICE/WANTED") -> bytes:
    return receipts.make("R2", message, envelope, "MA-POLICE", unit, here.clock.now(), here.partner.signing[unit])


def sent(here: Here) -> tuple[str, str, str]:
    """A notice on its way: its key, the message's id and the digest of its envelope."""
    key = published()
    round_trip(here, Partner(here))
    row = rows("acts.Outbox")[0]
    return key, str(row.message), row.digest


def test_a_receipt_is_believed_for_the_bytes_that_went_out_and_by_the_unit_they_went_to(here: Here) -> None:
    key, message, digest = sent(here)
    with pytest.raises(TrustError) as other:
        arrive.take_receipt(r2(here, message, "sha256:other"), "MA-POLICE", here.clock.now())
    assert other.value.code == "receipt.envelope"
    with pytest.raises(TrustError) as unit:
        arrive.take_receipt(r2(here, message, digest, "MA-POLICE/BORDER"), "MA-POLICE", here.clock.now())
    assert unit.value.code == "receipt.unit"
    assert states(key) == ["accepted"]
    arrive.take_receipt(r2(here, message, digest), "MA-POLICE", here.clock.now())
    assert states(key) == ["delivered"]


def test_a_receipt_for_what_was_never_sent_makes_no_duty(here: Here) -> None:
    suspend(here, material.PLAN_ID, "wanted-persons")
    never = str(uuid4())
    token = receipts.make("R0", never, "sha256:x", "MA-POLICE", None, here.clock.now(), here.partner.node)
    with pytest.raises(InputError) as unknown:
        arrive.take_receipt(token, "MA-POLICE", here.clock.now())
    assert unknown.value.code == "receipt.unknown"
    body = {"reference": "x", "reason": "r", "language": "fr"}
    claim = material.message(here, body, in_reply_to=never, **WITHDRAWAL)
    assert ground(here, accept(here, claim)) == "plan.line.suspended"


@pytest.mark.parametrize("how", ["expired", "suspended"])
def test_withdrawing_what_went_out_is_a_duty_that_nothing_refuses(here: Here, how: str) -> None:
    key, _, _ = sent(here)
    if how == "expired":
        here.clock.moment = here.world.joint.plan.ends + timedelta(days=1)
    else:
        suspend(here, "BE-POLICE/domestic", "domestic")
        suspend(here, material.PLAN_ID, "wanted-persons")
    partner = Partner(here)
    perform.perform("withdraw-notice@1", WithdrawNotice(key, 3, "found"), material.APPROVER)
    round_trip(here, partner)
    assert [one["act"] for one in partner.payloads()] == ["withdraw-notice@1"]


def test_withdrawing_a_draft_is_no_duty(here: Here) -> None:
    key = str(perform.perform("draft-notice@1", DraftNotice(material.content()), material.DRAFTER))
    suspend(here, "BE-POLICE/domestic", "domestic")
    with pytest.raises(RefusedError):
        perform.perform("withdraw-notice@1", WithdrawNotice(key, 1, "not needed"), material.APPROVER)


@pytest.mark.parametrize(
    "changes", [{"plan_digest": "sha256:older"}, {"plan": "MA-BE/2023-2024", "plan_digest": "sha256:older"}]
)
def test_a_duty_arrives_whatever_became_of_the_text_of_the_plan(here: Here, changes: dict[str, str]) -> None:
    first = material.message(here)
    accept(here, first)
    opened(here)
    (notice,) = rows("wanted.Notice")
    body = {"reference": notice.reference, "reason": "found", "language": "fr"}
    second = material.message(here, body, in_reply_to=material.id_of(first), **{**WITHDRAWAL, **changes})
    assert ground(here, accept(here, second)) == ""
    assert opened(here)[-1] == ("R2", "")
    assert rows("wanted.Notice")[0].state == "withdrawn"


@pytest.mark.parametrize("how", ["another message", "another unit"])
def test_a_withdrawal_answers_the_message_of_its_notice_and_comes_from_its_unit(here: Here, how: str) -> None:
    first, other = material.message(here), material.message(here)
    accept(here, first)
    accept(here, other)
    opened(here)
    reference = next(row.reference for row in rows("wanted.Notice") if row.message == material.id_of(first))
    body = {"reference": reference, "reason": "r", "language": "fr"}
    answers = material.id_of(other if how == "another message" else first)
    changes = {"from_unit": "MA-POLICE/BORDER"} if how == "another unit" else {}
    accept(here, material.message(here, body, in_reply_to=answers, **WITHDRAWAL, **changes))
    assert opened(here)[-1] == ("RX", "notice.unknown")
    assert {row.state for row in rows("wanted.Notice")} == {"active"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"purposes": ("locate", "curiosity")}, "plan.purpose"),
        ({"purposes": ()}, "plan.purpose"),
        ({"clauses": ("made/up",)}, "envelope_terms.differ"),
        ({"clauses": ("wanted-persons/withdraw",)}, "envelope_terms.differ"),
        ({"clauses": ()}, "envelope_terms.differ"),
        ({"retention_days": 99999}, "envelope_terms.differ"),
    ],
)
def test_what_an_envelope_states_beyond_the_clauses_is_refused(
    here: Here, changes: dict[str, Any], expected: str
) -> None:
    assert ground(here, accept(here, material.message(here, **changes))) == expected


def test_the_content_is_as_urgent_as_its_envelope_says(here: Here) -> None:
    accept(here, material.message(here, material.notice_body(urgency="urgent"), urgency="normal"))
    assert opened(here) == [("RX", "envelope_terms.differ")]


@pytest.mark.parametrize("review", ["next spring", "2001-01-01", "2026-02-30"])
def test_a_review_is_a_day_to_come(here: Here, review: str) -> None:
    with pytest.raises(InputError) as wrong:
        perform.perform("draft-notice@1", DraftNotice(material.content(review=review)), material.DRAFTER)
    assert wrong.value.code == "notice.review"
    accept(here, material.message(here, material.notice_body(review=review)))
    assert opened(here) == [("RX", "notice.review")]


@pytest.mark.parametrize("broken", [{"body": [1]}, {"body": None}, {"recipients": 5}])
def test_a_content_of_another_shape_is_refused_at_once(here: Here, broken: dict[str, Any]) -> None:
    head = material.head(here)
    inner = {
        "act": head.act,
        "body": material.notice_body(),
        "recipients": [head.to_unit],
        "core": canonical.digest(canonical.canonical(head.core())),
        **broken,
    }
    signed_content = jws.sign(inner, [here.partner.signing["MA-POLICE/WANTED"]], envelopes.CONTENT_TYPE)
    content = age.seal(signed_content.ljust(4096), [here.own.sealing["BE-POLICE/WANTED"].public])
    accept(here, envelopes.frame(envelopes.sign_envelope(head, content, 1, "", here.partner.node), content))
    assert opened(here) == [("RX", "content.field")]


@pytest.mark.parametrize("changes", [{"supersedes": 7}, {"due": 5}, {"sequence": -5}, {"sequence": 0}])
def test_an_envelope_of_another_shape_is_refused(here: Here, changes: dict[str, Any]) -> None:
    core = material.head(here).core()
    made = {**core, "sequence": 1, "previous": None, "content": {"digest": canonical.digest(b""), "size": 0}, **changes}
    token = jws.sign(made, [here.partner.node], envelopes.ENVELOPE_TYPE)
    assert ground(here, accept(here, envelopes.frame(token, b""))) == "envelope.field"


def test_a_plan_in_the_database_permits_by_its_signatures_and_not_by_their_names(here: Here) -> None:
    found = signed(EXAMPLES / "plan.toml", here.world.ma, here.world.be, change=(PLAN_ID, "MA-BE/2027"))
    Instrument.objects.create(
        plan=found.plan.id,
        digest="sha256:whatever",
        kind="joint",
        document=canonical_plan(found.plan),
        signatures={"MA": "x", "BE": "y"},
        enacted=here.clock.now(),
    )
    (stored,) = (one for one in instruments.in_force() if one.plan.id == "MA-BE/2027")
    assert (stored.signed, stored.digest) == (frozenset(), plan_digest(found.plan))


def test_a_plan_whose_stored_signatures_do_not_hold_brings_no_root_and_an_alarm(here: Here) -> None:
    own, theirs = instruments.keys_of("BE-POLICE"), instruments.keys_of("MA-POLICE")
    # Another root for MA, as only who owns the database can write it there; its name sorts after the real plan's.
    found = signed(EXAMPLES / "plan.toml", make("MA-POLICE", "MA"), here.own, change=(PLAN_ID, "MA-BE/2099"))
    row = {"digest": plan_digest(found.plan), "kind": "joint", "document": canonical_plan(found.plan)}
    tokens = {str(jws.peek(token)["party"]): token.decode() for token in found.signatures}
    Instrument.objects.create(
        plan=found.plan.id, **row, signatures={"BE": tokens["BE"], "MA": "x"}, enacted=here.clock.now()
    )
    assert "MA-BE/2099" in {one.plan.id for one in instruments.in_force()}
    assert (instruments.keys_of("BE-POLICE"), instruments.keys_of("MA-POLICE")) == (own, theirs)
    assert accept(here, material.message(here)).outcome == "accepted"
    for _ in range(2):
        drain.every_minute()
    (alarm,) = rows("acts.Alarm")
    assert (alarm.code, alarm.detail) == ("plan.signatures", "MA-BE/2099")
    assert [(code, about) for _at, code, about in exchange.alarms()] == [("plan.signatures", "MA-BE/2099")]


def test_no_plan_brings_another_root_for_a_party_that_has_one(here: Here) -> None:
    found = signed(EXAMPLES / "plan.toml", make("MA-POLICE", "MA"), here.own, change=(PLAN_ID, "MA-BE/2027"))
    with pytest.raises(TrustError) as other:
        enact.enact(found.plan, found.signatures, [], here.clock.now())
    assert other.value.code == "plan.root.other"
