"""Suspending a line: it binds its author at once, and the word of it still reaches the partner."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts import arrive, deliver, dispatch, opening, perform
from mithaq.node.acts.custody import Custody
from mithaq.node.exchange.requests import SuspendLine
from mithaq.node.wanted.requests import PublishNotice
from tests.node import acts_material as material
from tests.node.acts.test_road import approved
from tests.node.here import Here, rows
from tests.peers.partner import Partner, worker_keys

SUSPEND = SuspendLine(material.PLAN_ID, "wanted-persons", "review of the legal basis")


def test_the_author_is_bound_at_once_and_the_partner_is_told(here: Here) -> None:
    key = approved()
    perform.perform("suspend-line@1", SUSPEND, material.COORDINATOR)
    with pytest.raises(RefusedError) as refused:
        perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    assert refused.value.code == "plan.line.suspended"
    assert (
        arrive.accept(material.message(here), "MA-POLICE", Custody(here.own.node), here.clock.now()).outcome
        == "rejected"
    )
    partner = Partner(here)
    dispatch.dispatch_open(worker_keys(here))
    deliver.deliver_due(partner, here.clock.now())
    assert [(one["act"], one["line"]) for one in partner.payloads()] == [("suspend-line@1", "wanted-persons")]
    with pytest.raises(StateError):
        perform.perform("suspend-line@1", SUSPEND, material.COORDINATOR)


def test_who_may_and_what_is_asked(here: Here) -> None:
    with pytest.raises(RefusedError):
        perform.perform("suspend-line@1", SUSPEND, material.APPROVER)
    for wrong in (
        SuspendLine(material.PLAN_ID, "no-line", "x"),
        SuspendLine(material.PLAN_ID, "wanted-persons", " "),
        SuspendLine("no-plan", "wanted-persons", "x"),
    ):
        with pytest.raises(InputError):
            perform.perform("suspend-line@1", wrong, material.COORDINATOR)
    assert rows("acts.Suspension") == []


def test_the_partners_suspension_binds_this_side_when_it_arrives(here: Here) -> None:
    key = approved()
    terms = {
        "act": "suspend-line@1", "purposes": ("information",), "categories": ("organisational",), "handling": "H0",
        "urgency": "urgent", "language": "en",
    }  # fmt: skip
    body = {"plan": material.PLAN_ID, "line": "wanted-persons", "reason": "x", "language": "en"}
    wrong = material.message(here, {**body, "line": "terrorism"}, **terms)
    data = material.message(here, body, **terms)
    for one in (wrong, data):
        assert arrive.accept(one, "MA-POLICE", Custody(here.own.node), here.clock.now()).outcome == "accepted"
    opening.open_waiting(worker_keys(here))
    assert [(row.line, row.by) for row in rows("acts.Suspension")] == [("wanted-persons", "MA")]
    assert {row.ground for row in rows("acts.Receipt", outgoing=True)} == {"", "plan.line"}
    with pytest.raises(RefusedError):
        perform.perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
