"""The access log ends by a rule, in whole prefixes: what is left is proved, and what was altered is still found."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mithaq.ledger import access_evidence
from mithaq.ledger.verify import verify_file
from mithaq.node.acts import access, access_end, chain, dispatch, prove_erasure
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.registry import Asked
from mithaq.node.oversight import doing, evidence, follow, holds
from mithaq.node.oversight.requests import CloseAlarm, HoldLog, ReleaseLog
from mithaq.node.worker import drain
from tests.node import acts_material as material
from tests.node.border.crossings_material import enacted
from tests.node.here import NOW, Here, rows
from tests.node.oversight.material import prepared, sealed, signed_in
from tests.node.oversight.test_chain import OVERSEER, READER, as_owner, forge, whole
from tests.peers.partner import worker_keys

DAYS = 400
START = NOW - timedelta(days=DAYS + 2)
OTHER = Actor("second", "BE-POLICE/WANTED", frozenset({"oversight"}))
ROW = "SELECT {}, at, actor, unit, what, record, reason, why, also, salt, chain FROM acts_access WHERE id = {}"
COLUMNS = "(id, at, actor, unit, what, record, reason, why, also, salt, chain)"


def days_of_reading(here: Here, *counts: int) -> None:
    """So many rows on each day that follows, each day's head in the ledger and signed."""
    for count in counts:
        for number in range(count):
            access.log(READER, "wanted.notice", here.clock.now(), f"record-{number}")
        sealed(here)
        here.clock.forward(days=1)


def aged(here: Here) -> None:
    """Eight rows of three days, of which the first two days are over: rows 1 to 6."""
    enacted(here, ("access_log_days = 1826", f"access_log_days = {DAYS}"))
    here.clock.moment = START
    days_of_reading(here, 3, 3, 2)
    here.clock.moment = NOW


def numbers() -> list[int]:
    return [row.pk for row in rows("acts.Access")]


def test_rows_that_are_over_end_together_and_the_rest_still_holds(here: Here) -> None:
    aged(here)
    assert access_end.end_rows(here.clock.now()) == 6
    assert numbers() == [7, 8]
    (cut,) = rows("acts.AccessCut")
    seal = next(leaf for leaf in rows("acts.Leaf", kind="access") if leaf.rows == 6)
    assert (cut.number, cut.rows, cut.days, cut.seal) == (6, 6, DAYS, seal.pk)
    assert access_end.end_rows(here.clock.now()) == 0
    end = holds.standing(here.clock.now())
    assert (end.days, end.first, [one.number for one in end.cuts]) == (DAYS, 7, [6])
    # Before the leaf of the erasure is in the tree, and after: the log begins at the cut, and goes on as before.
    assert whole() == chain.Checked(8, 8)
    days_of_reading(here, 2)
    assert numbers() == [7, 8, 9, 10]
    assert whole() == chain.Checked(10, 10)
    drain.every_minute()
    state = rows("acts.ChainCheck")[0]
    assert (state.fault, state.newest) == ("", 10)
    assert rows("acts.Alarm") == []
    # The proof of that erasure, offline.
    report = verify_file(prove_erasure.proof("access-log/6"), {"BE": here.own.root.public})
    assert report.ok
    assert report.plain()["facts"]["rows"] == "6"
    assert report.plain()["facts"]["days"] == str(DAYS)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE acts_access SET actor = 'somebody else' WHERE id = 7", chain.Fault(7, "changed")),
        ("DELETE FROM acts_access WHERE id = 7", chain.Fault(7, "missing")),
        ("DELETE FROM acts_access", chain.Fault(7, "missing")),
        ("DELETE FROM acts_accesscut", chain.Fault(1, "missing")),
        ("UPDATE acts_accesscut SET chain = sha256(chain)", chain.Fault(6, "cut")),
        ("DELETE FROM acts_leaf WHERE kind = 'erased'", chain.Fault(6, "cut")),
        (f"INSERT INTO acts_access {COLUMNS} {ROW.format(6, 7)}", chain.Fault(6, "cut")),
        (
            "WITH gone AS (DELETE FROM acts_access WHERE id = 7) UPDATE acts_accesscut SET number = 7, chain = "
            "(SELECT chain FROM acts_access WHERE id = 7)",
            chain.Fault(7, "cut"),
        ),
        (
            "UPDATE acts_treenode SET hash = sha256(hash) WHERE level = 0 AND index = "
            "(SELECT index FROM acts_leaf WHERE rows = 6)",
            chain.Fault(6, "leaf"),
        ),
    ],
)
def test_after_a_cut_an_altered_row_a_missing_one_and_a_false_cut_are_found(
    here: Here, change: str, found: chain.Fault
) -> None:
    aged(here)
    assert access_end.end_rows(here.clock.now()) == 6
    sealed(here)
    assert whole().fault is None
    as_owner(here, change)
    assert whole().fault == found


def test_a_cut_of_young_rows_is_found_by_the_moments_that_were_signed(here: Here) -> None:
    """Who owns the database cuts as the software does, with a leaf that the node signs: the rows were too young."""
    days_of_reading(here, 3, 3, 2)
    (seal,) = rows("acts.Leaf", rows=6)
    access_end._end(0, seal, 6, here.clock.now())
    days_of_reading(here, 1)
    assert [cut.number for cut in rows("acts.AccessCut")] == [6]
    assert whole().fault == chain.Fault(6, "cut")


def test_a_row_altered_before_the_cut_keeps_the_log_from_being_cut(here: Here) -> None:
    aged(here)
    as_owner(here, "UPDATE acts_access SET actor = 'nobody' WHERE id = 2")
    # Before any check has found it, and after it was made to hold again up to the head in the ledger.
    assert access_end.end_rows(here.clock.now()) == 0
    forge(here, 2)
    assert access_end.end_rows(here.clock.now()) == 0
    assert len(numbers()) == 8
    assert not chain.check_minute(here.clock.now())
    assert [one.detail for one in rows("acts.Alarm")] == ["head 1"]
    as_owner(here, "UPDATE acts_access SET actor = 'officer-a' WHERE id = 2")
    forge(here, 2)
    assert access_end.end_rows(here.clock.now()) == 0, "its alarm is open"
    (alarm,) = rows("acts.Alarm")
    asked = CloseAlarm(str(alarm.pk), 1, "mistaken", "row 2 was mended from the backup")
    doing.do("close-alarm@1", asked, str(alarm.pk), OVERSEER)
    assert access_end.end_rows(here.clock.now()) == 0, "the fault stands until a check says that it is mended"
    assert chain.check_minute(here.clock.now())
    assert access_end.end_rows(here.clock.now()) == 6


def test_an_open_alarm_and_a_hold_keep_their_rows(here: Here) -> None:
    from mithaq.node.acts.models import Alarm

    aged(here)
    now = here.clock.now()
    # An alarm of the second day keeps the eight days before it: nothing here is older.
    alarm = Alarm.objects.create(at=START + timedelta(days=1), code="reading.unusual", about="x", detail="1 records=40")
    assert access_end.end_rows(now) == 0
    Alarm.objects.filter(pk=alarm.pk).update(closed=True)
    first, second = START + timedelta(days=1), now + timedelta(days=30)
    hold = doing.do("hold-log@1", HoldLog(first - timedelta(hours=1), second, "asked for by the judge"), "", OVERSEER)
    # The hold keeps rows 4 on: the prefix before it ends all the same.
    assert access_end.end_rows(now) == 3
    assert numbers()[0] == 4
    assert access_end.end_rows(now) == 0
    doing.do("release-log@1", ReleaseLog(hold, 1, "the judge has answered"), hold, OTHER)
    assert access_end.end_rows(now) == 3
    assert whole().fault is None
    assert [cut.number for cut in rows("acts.AccessCut")] == [3, 6]


def test_the_last_row_stays_and_a_year_is_the_least(here: Here) -> None:
    enacted(here, ("access_log_days = 1826", "access_log_days = 10"))
    days_of_reading(here, 2)
    here.clock.moment = NOW + timedelta(days=300)
    assert access_end.days() == chain.LEAST_DAYS
    assert access_end.end_rows(here.clock.now()) == 0
    here.clock.moment = NOW + timedelta(days=4000)
    assert access_end.end_rows(here.clock.now()) == 0, "the only head is that of the last row"
    access.log(READER, "wanted.notice", here.clock.now())
    assert access_end.end_rows(here.clock.now()) == 2
    assert numbers() == [3]
    enacted(here, ("access_log_days = 1826", "other = 1"))
    assert access_end.days() == access_end.DAYS


def test_a_long_log_ends_in_turns(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(here)
    monkeypatch.setattr(access_end, "BATCH", 2)
    assert [access_end.end_rows(here.clock.now()) for _turn in range(3)] == [3, 3, 0]
    assert whole() == chain.Checked(8, 8)


def test_evidence_made_before_a_cut_still_verifies_and_is_made_after_it(here: Here) -> None:
    place = prepared(here)
    enacted(here, ("access_log_days = 1826", f"access_log_days = {DAYS}"))
    asked, roots = Asked(reference=place.reference), {"BE": here.own.root.public, "MA": here.partner.root.public}
    assert signed_in("officer-a").get(f"/notices/{place.notice}").status_code == 200
    dispatch.dispatch_open(worker_keys(here))
    sealed(here)
    before = evidence.make(follow.trail(asked)).data
    here.clock.forward(days=DAYS + 2)
    # The first row after the cut: evidence of it begins with the chain that the cut has kept.
    access.log(material.OFFICER_B, "wanted.notice", here.clock.now(), place.notice)
    sealed(here)
    assert access_end.end_rows(here.clock.now()) > 1
    sealed(here)
    assert whole().fault is None
    found = access_evidence.verify(before, roots)
    assert found.ok, found.checks
    assert [row.actor for row in found.rows] == ["officer-a"]
    after = access_evidence.verify(evidence.make(follow.trail(asked)).data, roots)
    assert after.ok, after.checks
    assert [row.actor for row in after.rows] == ["officer-b"]
    assert len(rows("acts.AccessCut")) == 1
