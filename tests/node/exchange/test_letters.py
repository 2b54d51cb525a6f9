"""Dead letters that were sent: seen with their ground, sent again once as a new message, or closed with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import arrive, perform, road
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import UnknownError
from mithaq.node.exchange import letters
from mithaq.node.exchange.requests import CloseDeadLetter, SendAgain
from mithaq.node.wanted.requests import WithdrawNotice
from mithaq.seal import jws
from tests.node import acts_material as material
from tests.node.acts.test_road import published, round_trip
from tests.node.here import Here, rows, waits
from tests.peers.partner import Partner

OTHERS = replace(material.CHIEF, name="other-chief")  # a supervisor of another unit


def rejected(here: Here, partner: Partner) -> tuple[str, str]:
    """A notice that the partner rejects; the notice and the letter."""
    partner.mood = "rejecting"
    key = published()
    round_trip(here, partner)
    partner.mood = "good"
    return key, str(rows("acts.Wish", record=key)[0].pk)


def suspend(here: Here, *, until: bool = False) -> None:
    from mithaq.node.acts.models import Suspension

    if until:
        Suspension.objects.update(until=here.clock.now())
    else:
        Suspension.objects.create(
            id=uuid4(), plan=material.PLAN_ID, line="wanted-persons", by="MA", since=here.clock.now(), reason="test"
        )


def open_letters(actor: Actor = material.APPROVER) -> list[tuple[str, str]]:
    return [(one.id, one.ground) for one in letters.page(actor).letters]


def needs(actor: Actor) -> list[str]:
    return [need.url for need in waits(actor, material.NOW) if "dead-letters" in need.url]


def test_a_rejected_message_is_seen_by_its_unit_with_its_ground(here: Here) -> None:
    key, letter = rejected(here, Partner(here))
    assert open_letters() == [(letter, "plan.line.suspended")]
    found = letters.letter(letter)
    assert found.target is not None
    assert (found.kind, found.unit, found.target.url) == ("sent", "BE-POLICE/WANTED", f"/notices/{key}")
    assert [step.kind for step in found.sent.journey.steps if found.sent] == ["wished", "sent", "RX"]
    assert needs(material.APPROVER) == [f"/dead-letters/{letter}"]
    assert open_letters(OTHERS) == []
    assert needs(OTHERS) == needs(material.DRAFTER) == []  # another unit's; one who may not publish


def test_it_is_sent_again_as_a_new_message_that_names_the_old_one(here: Here) -> None:
    partner = Partner(here)
    key, letter = rejected(here, partner)
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    round_trip(here, partner)
    first, second = partner.payloads()
    assert second["id"] != first["id"]
    assert (second["supersedes"], second["thread"]) == (first["id"], first["thread"])
    assert (first["supersedes"], second["act"], second["to"]) == (None, first["act"], first["to"])
    assert [one.state for one in road.journeys("wanted.Notice", key)] == ["rejected", "accepted"]
    assert open_letters() == needs(material.APPROVER) == []
    (leaf,) = [one for one in rows("acts.Leaf", kind="act") if b"send-again@1" in bytes(one.data)]
    assert letter.encode() in bytes(leaf.data)


def test_a_third_message_names_the_second_and_keeps_the_thread(here: Here) -> None:
    partner = Partner(here)
    _key, letter = rejected(here, partner)
    partner.mood = "rejecting"
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    round_trip(here, partner)
    ((second, _ground),) = open_letters()
    partner.mood = "good"
    perform.perform("send-again@1", SendAgain(second), material.APPROVER)
    round_trip(here, partner)
    one, two, three = partner.payloads()
    assert [two["supersedes"], three["supersedes"]] == [one["id"], two["id"]]
    assert one["thread"] == two["thread"] == three["thread"]


def test_sending_twice_is_refused_and_sends_once(here: Here) -> None:
    partner = Partner(here)
    _key, letter = rejected(here, partner)
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    for asked in ("send-again@1", SendAgain(letter)), ("close-dead-letter@1", CloseDeadLetter(letter, "enough")):
        with pytest.raises(StateError) as twice:
            perform.perform(*asked, material.APPROVER)
        assert twice.value.code == "letter.handled"
    round_trip(here, partner)
    assert len(rows("acts.Wish")) == 2
    assert len(partner.payloads()) == 2


def test_two_who_press_at_once_send_once(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    _key, letter = rejected(here, Partner(here))
    stale = letters.letter(letter)
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    # The second one has read before the first one wrote.
    monkeypatch.setattr("mithaq.node.exchange.letters.letter", lambda _key, _who: stale)
    with pytest.raises(StateError) as late:
        perform.perform("send-again@1", SendAgain(letter), replace(material.APPROVER, name="third"))
    assert late.value.code == "record.exists"
    assert len(rows("acts.Wish")) == 2


@pytest.mark.parametrize("mood", ["down", "good"])
def test_what_is_on_its_way_or_arrived_is_no_dead_letter(here: Here, mood: str) -> None:
    published()
    round_trip(here, Partner(here, mood=mood))
    key = str(rows("acts.Wish")[0].pk)
    assert open_letters() == []
    with pytest.raises(InputError) as unknown:
        perform.perform("send-again@1", SendAgain(key), material.APPROVER)
    assert unknown.value.code == "letter.unknown"


def test_a_receipt_of_delivery_that_comes_late_takes_it_off(here: Here) -> None:
    partner = Partner(here, mood="deaf")  # took it, and the answer was lost
    published()
    round_trip(here, partner)
    here.clock.forward(days=31)
    round_trip(here, partner)
    ((_letter, ground),) = open_letters()
    assert ground == "envelope.expired"
    from mithaq.node.acts import envelope as envelopes

    token, _ = envelopes.unframe(partner.got[0])
    arrive.take_receipt(
        partner.receipt(jws.peek(token), token, "R2", unit="MA-POLICE/WANTED"), "MA-POLICE", here.clock.now()
    )
    assert open_letters() == []


def test_the_plan_decides_again_at_the_door_and_keeps_its_refusal(here: Here) -> None:
    partner = Partner(here)
    published()
    suspend(here)
    round_trip(here, partner)
    ((letter, ground),) = open_letters()
    assert ground == "plan.line.suspended"
    before = len(rows("acts.Refusal"))
    with pytest.raises(RefusedError) as refused:
        perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    assert refused.value.code == "plan.line.suspended"
    assert [row.act for row in rows("acts.Refusal")[before:]] == ["publish-notice@1"]
    assert letters.letter(letter).handled is None
    suspend(here, until=True)
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    round_trip(here, partner)
    (payload,) = partner.payloads()
    assert payload["supersedes"] is None  # the first wish never became a message
    assert payload["thread"] == letter


def test_only_who_may_send_it_sends_it_again(here: Here) -> None:
    _key, letter = rejected(here, Partner(here))
    for actor, code in (
        (OTHERS, "letter.unknown"),
        (replace(OTHERS, unit="MA-POLICE/WANTED"), "letter.unknown"),
        (material.DRAFTER, "letter.role"),
        (material.COORDINATOR, "letter.role"),
        (replace(material.APPROVER, roles=frozenset({"analyst"})), "role.missing"),
    ):
        for name, asked in (
            ("send-again@1", SendAgain(letter)),
            ("close-dead-letter@1", CloseDeadLetter(letter, "why not")),
        ):
            with pytest.raises((RefusedError, UnknownError)) as refused:
                perform.perform(name, asked, actor)
            assert refused.value.code == code, actor
    assert len(rows("acts.Wish")) == 1
    assert rows("exchange.Handled") == []


def test_what_was_withdrawn_meanwhile_is_closed_and_not_sent(here: Here) -> None:
    partner = Partner(here)
    key, letter = rejected(here, partner)
    perform.perform("withdraw-notice@1", WithdrawNotice(key, 3, "found"), material.APPROVER)
    with pytest.raises(StateError) as gone:
        perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    assert gone.value.code == "letter.gone"
    for reason in (" ", "x" * 501):
        with pytest.raises(InputError):
            perform.perform("close-dead-letter@1", CloseDeadLetter(letter, reason), material.APPROVER)
    perform.perform("close-dead-letter@1", CloseDeadLetter(letter, " withdrawn "), material.APPROVER)
    (row,) = rows("exchange.Handled")
    assert (row.how, row.reason, row.by) == ("closed", "withdrawn", "approver")
    assert open_letters() == []
    # What the partner never accepted is not withdrawn there: that would be the next dead letter.
    round_trip(here, partner)
    assert [payload["act"] for payload in partner.payloads()] == ["publish-notice@1"]


def test_a_withdrawal_follows_the_message_that_arrived_in_the_end(here: Here) -> None:
    partner = Partner(here)
    key, letter = rejected(here, partner)
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    round_trip(here, partner)
    perform.perform("withdraw-notice@1", WithdrawNotice(key, 3, "found"), material.APPROVER)
    round_trip(here, partner)
    _first, second, third = partner.payloads()
    assert (third["act"], third["in_reply_to"]) == ("withdraw-notice@1", second["id"])


def test_a_record_that_went_out_otherwise_is_not_sent_a_second_time(here: Here) -> None:
    from mithaq.node.acts.models import Wish

    _key, letter = rejected(here, Partner(here))
    again = Wish.objects.get(pk=letter)
    again.pk, again.message, again.state = uuid4(), None, "open"
    again.created += timedelta(seconds=1)
    again.save(force_insert=True)
    assert open_letters() == []
    with pytest.raises(StateError) as replaced:
        perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
    assert replaced.value.code == "letter.replaced"


@pytest.mark.parametrize(
    "ground", ["<script>alert(1)</script>", "Call our officer at once.", {"a": 1}, "x" * 5000, "a.b\nc", "", None, 7]
)
def test_a_partners_ground_is_a_code_and_nothing_else(here: Here, ground: object) -> None:
    partner = Partner(here, mood="hostile")
    partner.ground = ground
    published()
    round_trip(here, partner)
    ((letter, shown),) = open_letters()
    assert shown == ("" if ground == "" else "receipt.ground")
    assert rows("acts.Receipt")[0].ground == shown
    assert [row.state for row in rows("acts.Outbox")] == ["rejected"]
    perform.perform("send-again@1", SendAgain(letter), material.APPROVER)
