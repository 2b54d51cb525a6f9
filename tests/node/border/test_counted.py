"""Scores are kept as counts: who is counted, when, once; what is kept tells of no person and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mithaq.formats.paxlst import Leg, Manifest, Traveller
from mithaq.formats.paxlst_write import write_paxlst
from mithaq.node.acts import erase, perform
from mithaq.node.border import counted, crossings, facts
from mithaq.node.border.requests import ScreenTraveller
from mithaq.screening.calibrate import UNDER, Histogram
from tests.node import acts_material as material
from tests.node.border.crossings_material import keeping
from tests.node.border.test_border import OTHER, WANTED, judge, notice, post, screen, traveller
from tests.node.here import Here, rows
from tests.node.lists.material import listed, un_list

__all__ = ["post"]
HIS = ("nationality", "ma")


def every(feed: str = "paxlst") -> Histogram:
    return counted.scores("BEBRU", feed).every


def flown(flight: str, *travellers: Traveller) -> tuple[facts.CandidateFacts, ...]:
    """The list of another flight."""
    leg = Leg(flight, "CMN", "2026-05-04T02:10", "BRU", "2026-05-04T06:05")
    plain = Manifest("1", "745", "XX", leg.flight, "CMN", "BRU", leg.departs, leg.arrives, (leg,), travellers)
    return screen(data=write_paxlst(plain))


def test_who_is_like_nobody_is_counted_at_once_and_the_same_list_once_more_counts_nobody(post: Here) -> None:
    notice(post)
    same = traveller("ZOHAIRA", "TAFRASTY", "1951-01-01", "ZX0000001")
    (found,) = screen(WANTED, OTHER, same)
    assert every().total == 2
    assert every().counts[UNDER] == 1, "another name is like nobody"
    near = max(every().counts)
    assert 0 <= near < 8 / 0.25, "a near name has a score under the threshold of 8 bits"
    groups = counted.scores("BEBRU", "paxlst").groups
    assert groups[HIS] == groups["nationality", "ma"] == every()
    assert sum(one.total for (kind, _), one in groups.items() if kind == "origin") == 2
    assert counted.scores("BEBRU", "paxlst").shown == {}, "groups under five are not shown"
    # The same bytes; the same list in another order; a later list of the flight: the same travellers.
    screen(WANTED, OTHER, same)
    screen(OTHER, same, WANTED)
    screen(WANTED, OTHER)
    assert every().total == 2
    flown("XX999", OTHER)
    assert every().total == 3
    (head,) = rows("border.ScoreMonth")
    assert (head.number, head.expires - post.clock.now() > timedelta(days=400)) == (3, True)
    kept = b"|".join(str(vars(row)).encode() for one in ("ScoreMonth", "ScoreCount") for row in rows(f"border.{one}"))
    assert not any(word in kept.upper() for word in (b"VANDENBROUCKE", b"EL220011", b"1991", found.manifest.encode()))


def test_a_candidate_is_counted_when_the_last_one_of_the_traveller_is_rejected(post: Here) -> None:
    notice(post)
    (found,) = screen(WANTED)
    assert every().total == 0, "nobody has said who he is"
    judge(found, material.OFFICER_A)
    judge(found, material.OFFICER_B, "no-match")
    assert every().total == 0, "two officers disagree"
    judge(found, material.CHIEF, "no-match")
    assert every() == Histogram.of([found.score])
    (again,) = flown("XX999", WANTED)
    judge(again, material.OFFICER_A)
    judge(again, material.OFFICER_B)
    assert every().total == 1, "a confirmed one is listed"


def test_who_is_like_two_listed_persons_is_counted_with_the_better_score_once_both_are_rejected(post: Here) -> None:
    notice(post)
    listed("UN", un_list(CDi=("Zohair Tafrasti", "1984")))
    better, other = screen(WANTED)
    assert better.score > other.score
    judge(better, material.OFFICER_A, "no-match")
    assert every().total == 0, "the other one is open"
    judge(other, material.OFFICER_A, "no-match")
    assert every() == Histogram.of([better.score])
    better, other = flown("XX999", WANTED)
    judge(better, material.OFFICER_A)
    judge(better, material.OFFICER_B)
    judge(other, material.OFFICER_A, "no-match")
    assert every().total == 1, "he is the first of them"


def test_a_candidate_of_a_later_list_or_of_a_re_screening_is_counted_once(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    screen(WANTED, OTHER)
    assert every().total == 2, "nobody is listed yet"
    notice(post)
    crossings.rescreen_changed(post.clock.now())
    (found,) = facts.open_candidates(frozenset({"BE-POLICE/BORDER"}))
    assert found.rescreened
    judge(found, material.OFFICER_A, "no-match")
    (later,) = screen(replace(WANTED, birth_date="1984-03-18"), OTHER)
    judge(later, material.OFFICER_A, "no-match")
    assert every().total == 2


def test_one_at_the_counter_is_counted_under_its_own_feed_and_the_counts_end(post: Here) -> None:
    request = ScreenTraveller("BEBRU", name="Zohair Tafrasti", nationality="MAR")
    perform.perform("screen-traveller@1", request, material.OFFICER_A)
    assert (every().total, every("traveller").total) == (0, 1)
    (head,) = rows("border.ScoreMonth")
    post.clock.forward(seconds=(head.expires - post.clock.now()).total_seconds() - 1)
    erase.erase_expired(post.clock.now())
    assert every("traveller").total == 1
    post.clock.forward(seconds=2)
    erase.erase_expired(post.clock.now())
    assert (rows("border.ScoreMonth"), rows("border.ScoreCount")) == ([], [])


@pytest.mark.parametrize("number", [4, 5])
def test_a_group_is_shown_from_five_on(post: Here, number: int) -> None:
    people = [traveller("PIETER", f"VANDENBROUCKE{'ABCDE'[n]}", "1991-11-30", f"EL22001{n}") for n in range(number)]
    screen(*people)
    shown = counted.scores("BEBRU", "paxlst").shown
    assert (HIS in shown) is (number == 5)
