"""Notices about minors are looked at sooner and kept no longer than that (safeguard 13); words about letters go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from mithaq.errors import InputError
from mithaq.node.acts import arrive, erase, opening
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.nouns import Person
from mithaq.node.acts.perform import perform
from mithaq.node.exchange import endings as letters
from mithaq.node.wanted import endings
from mithaq.node.wanted.minors import minor_until
from mithaq.node.wanted.requests import ApproveNotice, BasisAgain, DraftNotice, ExtendNotice, PublishNotice
from tests.node import acts_material as material
from tests.node.border.crossings_material import enacted
from tests.node.here import Here, rows
from tests.peers.partner import worker_keys

CHILD = Person(("Yassine Tafrasti",), "male", ("2012",), ("MAR",))


@pytest.mark.parametrize(
    ("dates", "until"),
    [
        ((), None),
        (("2009-05-01",), (2027, 5, 1)),
        (("2008-02-29",), (2026, 3, 1)),
        (("2009-05",), (2027, 6, 1)),
        (("2009-12",), (2028, 1, 1)),
        (("2009",), (2028, 1, 1)),
        (("2005/2009",), (2028, 1, 1)),
        (("1984-03-17", "2010"), (2029, 1, 1)),
    ],
)
def test_the_youngest_that_somebody_may_be_counts(dates: tuple[str, ...], until: tuple[int, int, int] | None) -> None:
    assert minor_until(dates) == (datetime(*until, tzinfo=UTC) if until else None)


def published(**changes: Any) -> Any:
    """A published notice of ours; its row."""
    key = perform("draft-notice@1", DraftNotice(material.content(**changes)), material.DRAFTER)
    perform("approve-notice@1", ApproveNotice(key, 1), material.APPROVER)
    perform("publish-notice@1", PublishNotice(key, 2), material.APPROVER)
    return one(key)


def one(key: object) -> Any:
    (row,) = rows("wanted.Notice", pk=key)
    return row


def days_of(here: Here, row: Any) -> tuple[int, int]:
    """In how many days a notice is reviewed, and erased."""
    now = here.clock.now()
    return (row.review - now).days, (row.kept_until - now).days


def test_a_minors_notice_ends_sooner_here_whoever_made_it_and_when(here: Here) -> None:
    adult, child = published(), published(person=CHILD)
    body = material.notice_body(person=Person(("Ilyas Amrani",), "male", ("2011-06",)))
    sent = material.message(here, body, categories=("identity", "judicial-basis"))
    arrive.accept(sent, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))
    (theirs,) = rows("wanted.Notice", authority="MA-POLICE")
    # As one that lay here before the node knew of minors' reviews.
    old = published(person=CHILD)
    type(old).objects.filter(pk=old.pk).update(review=here.clock.now() + timedelta(days=300))
    assert days_of(here, child)[0] == 90
    endings.shorten(here.clock.now())
    assert days_of(here, one(adult.pk)) == days_of(here, adult)
    assert [days_of(here, one(row.pk)) for row in (child, theirs, old)] == [(90, 90)] * 3
    moved = len(rows("acts.Leaf", kind="review"))
    endings.shorten(here.clock.now())
    assert len(rows("acts.Leaf", kind="review")) == moved == 3
    here.clock.forward(days=91)
    endings.expire(here.clock.now())
    erase.erase_expired(here.clock.now())
    assert [str(row.pk) for row in rows("wanted.Notice")] == [str(adult.pk)]
    assert {row.rule for row in rows("acts.Tombstone")} == {"notice"}


def test_it_is_extended_by_another_person_and_by_as_much_at_most(here: Here) -> None:
    child = published(person=CHILD)
    endings.shorten(here.clock.now())
    here.clock.forward(days=60)
    basis = child.content["basis"]
    again = BasisAgain(basis["warrant"], basis["court"], basis["issued"])
    asked = ExtendNotice(str(child.pk), one(child.pk).version, "", "still missed", again)
    chief = replace(material.APPROVER, name="chief")
    for days, works in ((91, False), (89, True)):
        review = (here.clock.now() + timedelta(days=days)).date().isoformat()
        if works:
            perform("extend-notice@1", replace(asked, review=review), chief)
            continue
        with pytest.raises(InputError) as wrong:
            perform("extend-notice@1", replace(asked, review=review), chief)
        assert wrong.value.code == "extension.review"
    endings.shorten(here.clock.now())
    assert days_of(here, one(child.pk)) == (88, 88)
    # Of full age: a notice as others are.
    here.clock.forward(days=88)
    type(child).objects.filter(pk=child.pk).update(minor_until=here.clock.now(), kept_until=child.kept_until)
    endings.shorten(here.clock.now())
    assert one(child.pk).kept_until == child.kept_until


def test_the_domestic_instrument_says_how_long(here: Here) -> None:
    own = 'id = "domestic/notices"\neffect = "permit"\n'
    enacted(here, (own, f"{own}settings = {{ minor_review_days = 30 }}\n"))
    child = published(person=CHILD)
    assert days_of(here, child)[0] == 30


def test_the_words_about_a_letter_go_and_that_it_was_closed_stays(here: Here) -> None:
    from django.apps import apps

    made = apps.get_model("exchange.Handled").objects.create(
        id="01900000-0000-7000-8000-000000000001", how="closed", reason="asked about Tafrasti", by="approver",
        at=here.clock.now(),
    )  # fmt: skip
    here.clock.forward(days=364)
    letters.forget_reasons(here.clock.now())
    assert rows("exchange.Handled")[0].reason
    here.clock.forward(days=1)
    letters.forget_reasons(here.clock.now())
    (row,) = rows("exchange.Handled")
    assert (row.pk, row.how, row.reason, row.by) == (UUID(made.pk), "closed", "", "approver")
    assert len(rows("acts.Leaf", kind="erased")) == 1
    letters.forget_reasons(here.clock.now())
    assert len(rows("acts.Leaf", kind="erased")) == 1
