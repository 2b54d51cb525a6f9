"""The review of a notice: it ends when it comes, here and at the partner, and is put off by another person each time,
with the judicial basis checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mithaq.errors import InputError, MithaqError, RefusedError, StateError
from mithaq.node.acts import arrive, deliver, dispatch, erase, opening, perform
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts.custody import Custody
from mithaq.node.console import standing
from mithaq.node.wanted import endings, extending, facts
from mithaq.node.wanted.requests import (
    ApproveNotice,
    BasisAgain,
    DraftNotice,
    ExtendedNotice,
    ExtendNotice,
    PublishNotice,
)
from mithaq.seal import jws
from tests.node import acts_material as material
from tests.node.border.test_border import WANTED, post, screen  # noqa: F401  a fixture
from tests.node.here import Here, rows
from tests.peers.partner import Partner, worker_keys

BASIS = BasisAgain("2026/117", "Invented court", "2026-01-12")
SECOND = replace(material.APPROVER, name="second-chief")


def day(here: Here, days: int) -> str:
    return (here.clock.now() + timedelta(days=days)).date().isoformat()


def published(here: Here, review: int = 30) -> str:
    asked = DraftNotice(material.content(review=day(here, review)))
    key = str(perform.perform("draft-notice@1", asked, material.DRAFTER))
    perform.perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    return key


def extend(here: Here, key: str, actor: Any = material.APPROVER, days: int = 100, **changes: Any) -> Any:
    asked = ExtendNotice(key, facts.notice(key).version, day(here, days), "still sought", BASIS)
    return perform.perform("extend-notice@1", replace(asked, **changes), actor)


def refused(here: Here, key: str, **changes: Any) -> str:
    with pytest.raises(MithaqError) as error:
        extend(here, key, **changes)
    assert facts.notice(key).review.date().isoformat() == day(here, 30)
    assert rows("wanted.Extension") == []
    return error.value.code


def test_another_person_each_time_and_the_partner_is_told(here: Here) -> None:
    key, partner = published(here), Partner(here)
    dispatch.dispatch_open(worker_keys(here))
    extend(here, key)
    with pytest.raises(RefusedError) as again:
        extend(here, key, days=150)
    assert again.value.code == "extension.person"
    extend(here, key, SECOND, days=150)
    extend(here, key, days=200)
    found = facts.notice(key)
    assert found.review.date().isoformat() == day(here, 200)
    assert found.kept_until == here.clock.now() + timedelta(days=365)
    assert [one.by for one in facts.extensions(key)] == ["approver", "second-chief", "approver"]
    assert facts.extensions(key)[1].before == facts.extensions(key)[0].after
    dispatch.dispatch_open(worker_keys(here))
    deliver.deliver_due(partner, here.clock.now())
    first, *told = partner.payloads()
    assert [one["act"] for one in told] == ["extend-notice@1"] * 3
    assert {one["in_reply_to"] for one in told} == {first["id"]}
    _token, content = envelopes.unframe(partner.got[1])
    body = envelopes.open_content(
        told[0], content, here.partner.sealing["MA-POLICE/WANTED"], here.own.signing["BE-POLICE/WANTED"].public
    )
    assert (body["warrant"], body["reference"]) == ("2026/117", found.reference)


def test_what_is_refused_changes_nothing(here: Here) -> None:
    key = published(here)
    assert refused(here, key, actor=replace(material.DRAFTER, roles=frozenset({"supervisor"}))) == "extension.person"
    assert refused(here, key, actor=material.DRAFTER) == "role.missing"
    assert refused(here, key, actor=material.CHIEF) in {"notice.unit", "plan.sender"}
    assert refused(here, key, actor=replace(SECOND, via="system")) == "officer.second"
    assert refused(here, key, reason=" ") == "extension.reason"
    assert refused(here, key, version=2) == "record.stale"
    assert refused(here, key, days=30) == "extension.review"
    assert refused(here, key, days=366) == "extension.review"
    assert refused(here, key, review="soon") == "extension.review"
    for name in ("warrant", "court", "issued"):
        assert refused(here, key, basis=replace(BASIS, **{name: "another"})) == "extension.basis"
    for stands in ("expired", "withdrawn"):
        assert refused(here, key, basis=replace(BASIS, standing=stands)) == "extension.standing"
    assert rows("acts.Wish", act="extend-notice@1") == []


def test_a_notice_ends_at_its_review_and_is_matched_no_more(post: Here) -> None:  # noqa: F811
    data = material.message(post, material.notice_body(review=day(post, 10)))
    arrive.accept(data, "MA-POLICE", Custody(post.own.node), post.clock.now())
    opening.open_waiting(worker_keys(post))
    (row,) = rows("wanted.Notice")
    generation = facts.generation()
    endings.expire(post.clock.now())
    assert facts.generation() == generation
    post.clock.forward(days=10)
    card = facts.card_by_reference(row.reference)
    assert card is not None
    assert not card.live  # before the job has run
    endings.expire(post.clock.now())
    endings.expire(post.clock.now())
    assert facts.generation() != generation
    assert facts.notice(str(row.id)).state == "expired"
    assert len(rows("acts.Leaf", kind="expired")) == 1
    assert screen(WANTED) == ()
    assert len(rows("wanted.Notice")) == 1
    post.clock.forward(days=355)
    erase.erase_expired(post.clock.now())
    assert rows("wanted.Notice") == []


def test_one_that_has_ended_is_not_extended_and_one_that_ends_is_shown(here: Here) -> None:
    key = published(here)
    needs = standing.standing(material.APPROVER, here.clock.now()).shown
    assert "ending" in {one.kind for one in needs if one.url == f"/notices/{key}"}
    here.clock.forward(days=30)
    endings.expire(here.clock.now())
    with pytest.raises(StateError) as ended:
        extend(here, key)
    assert ended.value.code == "notice.state"


def receive(here: Here, notice: str, sequence: int = 2, **changes: Any) -> str:
    """MA's extension of its notice arrives; returns the ground, empty when it was taken."""
    (row,) = rows("wanted.Notice")
    told = {
        "reference": row.reference, "review": day(here, 200), "reason": "still sought", "warrant": "2026/117",
        "court": "Invented court", "issued": "2026-01-12", "purpose": "locate", "language": "fr",
        "urgency": "normal", "handling": "H1",
    }  # fmt: skip
    data = material.message(
        here, {**told, **changes}, sequence=sequence, in_reply_to=notice, act="extend-notice@1",
        categories=("identity", "judicial-basis"),
    )  # fmt: skip
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    sent = str(jws.peek(envelopes.unframe(data)[0])["id"])
    return "".join(one.ground for one in rows("acts.Receipt", outgoing=True, message=sent, kind="RX"))


def received(here: Here) -> str:
    data = material.message(here, material.notice_body(review=day(here, 10)))
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    return material.id_of(data)


def test_the_partners_extension_is_compared_with_the_copy_here(here: Here) -> None:
    notice = received(here)
    assert receive(here, notice, warrant="2026/118") == "extension.basis"
    assert receive(here, notice, 3, review=day(here, 5)) == "extension.review"
    assert receive(here, notice, 4, review=day(here, 400)) == "extension.review"
    assert receive(here, notice, 5, reference="MA-POLICE/2026/WP/99999") == "notice.unknown"
    (row,) = rows("wanted.Notice")
    assert row.review.date().isoformat() == day(here, 10)
    here.clock.forward(days=5)
    assert receive(here, notice, 6) == ""
    (row,) = rows("wanted.Notice")
    assert row.review.date().isoformat() == day(here, 200)
    assert row.kept_until == here.clock.now() + timedelta(days=365)
    assert [one.by for one in rows("wanted.Extension")] == ["MA-POLICE/WANTED"]


def test_an_extension_that_was_on_its_way_takes_the_notice_up_again_and_a_late_one_does_not(here: Here) -> None:
    notice = received(here)
    (row,) = rows("wanted.Notice")
    here.clock.forward(days=11)
    endings.expire(here.clock.now())
    assert receive(here, notice) == "extension.late"
    context = _context(here, row.review - timedelta(hours=1))
    told = ExtendedNotice(
        row.reference, day(here, 100), "still sought", "2026/117", "Invented court", "2026-01-12", "locate", "fr"
    )
    changed, _history = extending.receive_extension(told, facts.notice(str(row.id)), context).rows
    assert changed.fields["state"] == "active"


def _context(here: Here, created: datetime) -> Any:
    from uuid import uuid4

    from mithaq.node.acts.definition import Actor, Context, Incoming

    message = Incoming(
        uuid4(), "", "", "MA-POLICE", "MA-POLICE/WANTED", "BE-POLICE/WANTED", uuid4(), None, created, 365, "H1"
    )
    return Context(here.clock.now().astimezone(UTC), Actor("a", "b"), None, uuid4, "BE-POLICE", message)  # type: ignore[arg-type]


def test_the_line_that_is_suspended_extends_nothing(here: Here) -> None:
    from mithaq.node.exchange.requests import SuspendLine

    key = published(here)
    plan = facts.notice(key).plan
    perform.perform("suspend-line@1", SuspendLine(plan, "wanted-persons", "a review of the line"), material.COORDINATOR)
    assert refused(here, key) == "plan.line.suspended"
    with pytest.raises(InputError):
        extend(here, "019a0000-0000-7000-8000-000000000000")
