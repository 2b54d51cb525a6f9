"""Out on the road, with a simulated partner: decide, dispatch, deliver, receipts; nothing lost, nothing done twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from mithaq.errors import InputError, RefusedError, StateError, TrustError
from mithaq.node.acts import arrive, deliver, dispatch, perform, road, sequence
from mithaq.node.acts import envelope as envelopes
from mithaq.node.wanted import facts
from mithaq.node.wanted.requests import ApproveNotice, DraftNotice, PublishNotice, WithdrawNotice
from mithaq.seal import age, jws
from tests.node import acts_material as material
from tests.node.here import Here, rows
from tests.peers.partner import Partner, worker_keys


def drafted(**changes: Any) -> str:
    return str(perform.perform("draft-notice@1", DraftNotice(material.content(**changes)), material.DRAFTER))


def approved(**changes: Any) -> str:
    key = drafted(**changes)
    perform.perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    return key


def published(**changes: Any) -> str:
    key = approved(**changes)
    perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    return key


def round_trip(here: Here, partner: Partner) -> None:
    dispatch.dispatch_open(worker_keys(here))
    deliver.deliver_due(partner, here.clock.now())


def states(key: str) -> list[str]:
    return [journey.state for journey in road.journeys("wanted.Notice", key)]


def test_a_notice_goes_out_sealed_signed_and_logged(here: Here) -> None:
    partner = Partner(here)
    key = published()
    assert rows("acts.Wish")[0].state == "open"
    round_trip(here, partner)
    token, content = envelopes.unframe(partner.got[0])
    payload = jws.verify(token, {here.own.node.public.kid: here.own.node.public}, envelopes.ENVELOPE_TYPE)
    assert (payload["act"], payload["line"], payload["sequence"]) == ("publish-notice@1", "wanted-persons", 1)
    assert payload["clauses"] == ["wanted-persons/publish"]
    assert payload["categories"] == ["document", "identity", "judicial-basis", "portrait"]
    assert len(content) == payload["content"]["size"]
    body = envelopes.open_content(
        payload,
        content,
        here.partner.sealing["MA-POLICE/WANTED"],
        here.own.signing["BE-POLICE/WANTED"].public,
    )
    assert body["reference"] == facts.notice(key).reference
    with pytest.raises(TrustError):
        age.unseal(content, here.partner.sealing["MA-POLICE/BORDER"])
    assert states(key) == ["accepted"]
    assert rows("acts.Outbox")[0].content is None
    sequence.sequence(worker_keys(here), here.clock.now())
    assert {leaf.kind for leaf in rows("acts.Leaf")} >= {"act", "sent", "receipt"}
    assert all(leaf.index is not None for leaf in rows("acts.Leaf"))


def test_nothing_that_identifies_a_person_is_on_the_road(here: Here) -> None:
    published()
    partner = Partner(here, mood="down")
    round_trip(here, partner)
    words = [name.encode() for name in ("Tafrasti", "التفراستي", "ZX4417702", "1984-03-17", "2026/117")]
    for label in ("acts.Outbox", "acts.Wish", "acts.Leaf", "acts.Channel", "acts.Access", "acts.Refusal"):
        for row in rows(label):
            held = b"|".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for value in vars(row).values()
            )
            assert not [word for word in words if word in held], label


def test_a_second_person_approves_and_never_the_drafter(here: Here) -> None:
    key = str(perform.perform("draft-notice@1", DraftNotice(material.content()), material.APPROVER))
    with pytest.raises(RefusedError) as refused:
        perform.perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    assert refused.value.code == "notice.second_person"
    with pytest.raises(RefusedError) as refused:
        perform.perform("approve-notice@1", ApproveNotice(key, 1), material.DRAFTER)
    assert refused.value.code == "role.missing"
    other = replace(material.APPROVER, name="third")
    perform.perform("approve-notice@1", ApproveNotice(key, 1), other)
    with pytest.raises(StateError) as stale:
        perform.perform("approve-notice@1", ApproveNotice(key, 1), other)
    assert stale.value.code == "record.stale"


@pytest.mark.parametrize(
    ("changes", "ground"),
    [({"handling": "H3"}, "plan.handling"), ({"line": "terrorism"}, "plan.act"), ({"line": "x"}, "plan.line")],
)
def test_the_sender_refuses_what_no_clause_permits_and_keeps_the_refusal(
    here: Here, changes: dict[str, Any], ground: str
) -> None:
    line = changes.pop("line", "wanted-persons")
    key = str(perform.perform("draft-notice@1", DraftNotice(material.content(**changes), line), material.DRAFTER))
    perform.perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    with pytest.raises(RefusedError) as refused:
        perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    assert refused.value.code == ground
    assert refused.value.remedy
    assert [row.ground for row in rows("acts.Refusal")] == [ground]
    assert facts.notice(key).state == "approved"
    assert rows("acts.Wish") == []


def test_a_draft_that_cannot_identify_anyone(here: Here) -> None:
    person = replace(material.content().person, birth_dates=(), documents=(), marks="")
    for changes, code in (
        ({"person": person, "portrait": None}, "notice.identity"),
        ({"person": replace(person, names=(" ",))}, "notice.names"),
        ({"person": replace(person, birth_dates=("1984-02-30",))}, "notice.birth_date"),
        ({"basis": replace(material.content().basis, warrant="")}, "notice.warrant"),
        ({"basis": replace(material.content().basis, issued="2031-01-01")}, "notice.issued"),
        ({"portrait": b"not a picture"}, "portrait.unreadable"),
    ):
        with pytest.raises(InputError) as wrong:
            drafted(**changes)
        assert wrong.value.code == code
    assert rows("wanted.Notice") == []


def test_a_partner_that_is_down_then_up(here: Here) -> None:
    partner = Partner(here, mood="down")
    keys = [published(), published()]
    round_trip(here, partner)
    assert partner.calls == 1  # a partner that is down is not asked again for the next message of the same round
    assert [states(key) for key in keys] == [["waiting"], ["waiting"]]
    first = [bytes(row.envelope) for row in rows("acts.Outbox")]
    for _ in range(20):
        here.clock.forward(minutes=6)
        round_trip(here, partner)
    partner.mood = "good"
    here.clock.forward(minutes=6)
    round_trip(here, partner)
    assert sorted(envelopes.unframe(data)[0] for data in partner.got) == sorted(first)
    assert [states(key) for key in keys] == [["accepted"], ["accepted"]]
    assert [payload["sequence"] for payload in partner.payloads()] == [1, 2]


@pytest.mark.parametrize("mood", ["deaf", "broken", "stranger", "other", "damaged"])
def test_an_answer_that_is_no_receipt_changes_nothing_and_the_same_bytes_go_again(here: Here, mood: str) -> None:
    partner = Partner(here, mood=mood)
    key = published()
    round_trip(here, partner)
    assert states(key) == ["waiting"]
    partner.mood = "good"
    here.clock.forward(minutes=6)
    round_trip(here, partner)
    assert states(key) == ["accepted"]
    assert len(set(partner.got)) == 1
    assert len(partner.got) == 2


def test_a_rejection_is_final_and_says_why(here: Here) -> None:
    partner = Partner(here, mood="rejecting")
    key = published()
    round_trip(here, partner)
    here.clock.forward(hours=1)
    round_trip(here, partner)
    assert len(partner.got) == 1
    (journey,) = road.journeys("wanted.Notice", key)
    assert (journey.state, journey.ground) == ("rejected", "plan.line.suspended")


def test_r2_comes_back_as_an_inbound_act_once(here: Here) -> None:
    partner = Partner(here)
    key = published()
    round_trip(here, partner)
    token, _ = envelopes.unframe(partner.got[0])
    receipt = partner.receipt(jws.peek(token), token, "R2", unit="MA-POLICE/WANTED")
    for _ in range(3):
        arrive.take_receipt(receipt, "MA-POLICE", here.clock.now())
    assert states(key) == ["delivered"]
    assert len(rows("acts.Receipt", kind="R2")) == 1
    by_node = partner.receipt(jws.peek(token), token, "R2")
    with pytest.raises(TrustError):
        arrive.take_receipt(by_node, "MA-POLICE", here.clock.now())
    with pytest.raises(TrustError):
        arrive.take_receipt(receipt, "BE-POLICE", here.clock.now())


def test_a_suspended_line_holds_back_what_waits_and_lets_the_withdrawal_pass(here: Here) -> None:
    partner = Partner(here)
    out = published()
    round_trip(here, partner)
    waiting, approved_only = published(), approved()
    from mithaq.node.acts.models import Suspension

    Suspension.objects.create(
        id=uuid4(), plan=material.PLAN_ID, line="wanted-persons", by="MA", since=here.clock.now(), reason="test"
    )
    round_trip(here, partner)
    (journey,) = road.journeys("wanted.Notice", waiting)
    assert (journey.state, journey.ground) == ("refused", "plan.line.suspended")
    with pytest.raises(RefusedError):
        perform.perform("publish-notice@1", PublishNotice(approved_only, 2), material.APPROVER)
    perform.perform("withdraw-notice@1", WithdrawNotice(out, 3, "found"), material.APPROVER)
    round_trip(here, partner)
    acts = [payload["act"] for payload in partner.payloads()]
    assert acts == ["publish-notice@1", "withdraw-notice@1"]
    first, second = partner.payloads()
    assert second["in_reply_to"] == first["id"]


def test_a_permit_is_not_a_promise_a_line_suspended_between_signing_and_delivery(here: Here) -> None:
    partner = Partner(here, mood="down")
    key = published()
    round_trip(here, partner)
    from mithaq.node.acts.models import Suspension

    Suspension.objects.create(
        id=uuid4(), plan=material.PLAN_ID, line="wanted-persons", by="MA", since=here.clock.now(), reason="test"
    )
    partner.mood = "good"
    here.clock.forward(minutes=6)
    round_trip(here, partner)
    assert partner.got == []
    assert states(key) == ["withheld"]


def test_a_notice_withdrawn_before_it_left_never_leaves(here: Here) -> None:
    partner = Partner(here)
    key = published()
    perform.perform("withdraw-notice@1", WithdrawNotice(key, 3, "mistake"), material.APPROVER)
    round_trip(here, partner)
    round_trip(here, partner)
    assert partner.got == []
    assert [journey.ground for journey in road.journeys("wanted.Notice", key)] == ["record.gone", "record.gone"]


def test_a_message_expires_and_is_not_sent_after(here: Here) -> None:
    partner = Partner(here, mood="down")
    key = published()
    round_trip(here, partner)
    partner.mood = "good"
    here.clock.forward(days=31)
    round_trip(here, partner)
    assert partner.got == []
    assert states(key) == ["expired"]


def test_the_drafts_portrait_is_encoded_anew(here: Here) -> None:
    import io

    from PIL import Image, PngImagePlugin

    hidden = PngImagePlugin.PngInfo()
    hidden.add_text("Comment", "a secret in the file")
    target = io.BytesIO()
    Image.new("RGB", (900, 1200), (1, 2, 3)).save(target, "PNG", pnginfo=hidden)
    stored = facts.portrait(drafted(portrait=target.getvalue()))
    assert stored is not None
    assert stored[:3] == b"\xff\xd8\xff"
    assert b"secret" not in stored
    with Image.open(io.BytesIO(stored)) as image:
        assert max(image.size) == 480


def test_an_id_that_the_partner_knows_for_other_bytes_ends_the_message_with_an_alarm(here: Here) -> None:
    key, partner = published(), Partner(here, mood="conflict")
    round_trip(here, partner)
    assert states(key) == ["rejected"]
    assert [(row.code, row.partner) for row in rows("acts.Alarm")] == [("inbox.reused", "MA-POLICE")]
    here.clock.forward(days=1)
    round_trip(here, partner)
    assert (len(partner.got), len(rows("acts.Alarm"))) == (1, 1)
