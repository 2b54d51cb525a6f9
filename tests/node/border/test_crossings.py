"""The crossings register: kept as long as the clause says, erased with proof, compared again when subjects change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mithaq.errors import InputError
from mithaq.formats.paxlst import TravelDocument
from mithaq.node.acts import arrive, erase, opening, perform
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.nouns import Document, Person
from mithaq.node.border import crossings, facts, kept, matcher
from mithaq.node.border.clause import post_clause
from mithaq.node.border.models import KeptManifest
from mithaq.node.border.requests import CrossingQuery, RescreenCrossings, ScreenManifest
from mithaq.node.worker import drain
from tests.node import acts_material as material
from tests.node.border.crossings_material import ACTS, enacted, keeping
from tests.node.border.test_border import OTHER, WANTED, judge, manifest, notice, post, screen, traveller
from tests.node.here import Here, rows
from tests.node.lists.material import confirmed, imported, un_list
from tests.peers.partner import worker_keys

__all__ = ["post"]
DAY = date(2026, 5, 4)
STRANGER = Person(("Nobody Atall",), birth_dates=("1951-01-02",), documents=(Document("P", "QQ0000001"),))


def ask(here: Here, name: str = "", document: str = "", since: date | None = None, until: date | None = None) -> str:
    return answer(here, name, document, since, until).word


def answer(
    here: Here, name: str = "", document: str = "", since: date | None = None, until: date | None = None
) -> kept.Answer:
    today = here.clock.now().date()
    asked = CrossingQuery(name, document, since or today, until or today, "enquiry 2026/117")
    return kept.ask(asked, "BE-POLICE/BORDER", here.clock.now())


def test_the_more_precise_setting_wins() -> None:
    settings = {"crossings_retention_hours": 0, "threshold_centibits": 800, "candidate_hours": 72}
    settings |= {"crossings_retention_hours_bebru": 24, "crossings_retention_hours_bebru_pnrgov": 48}
    hours = {
        (place, feed): post_clause(settings, place, feed).retention_hours
        for place in ("BEBRU", "BEANR")
        for feed in ("paxlst", "pnrgov")
    }
    assert hours == {
        ("BEBRU", "paxlst"): 24, ("BEBRU", "pnrgov"): 48, ("BEANR", "paxlst"): 0, ("BEANR", "pnrgov"): 0,
    }  # fmt: skip


def test_nothing_is_kept_unless_a_clause_says_so(post: Here) -> None:
    screen(WANTED, OTHER)
    assert rows("border.KeptManifest") == []
    assert rows("border.Crossing") == []
    assert ask(post, name="Pieter Vandenbroucke") == "not-kept"
    assert ask(post, document="EL220011") == "not-kept"


def test_another_feed_or_post_keeps_nothing(post: Here) -> None:
    keeping(post, "crossings_retention_hours_bebru_pnrgov = 48\ncrossings_retention_hours_beanr = 48")
    screen(WANTED, OTHER)
    assert rows("border.Crossing") == []


def test_what_is_kept_is_found_until_its_time_and_erased_with_proof(post: Here) -> None:
    keeping(post, "crossings_retention_hours_bebru_paxlst = 48")
    assert ask(post, name="Pieter Vandenbroucke") == "nothing"
    screen(WANTED, OTHER)
    for asked in ({"name": "Vandenbroucke Pieter"}, {"name": "Pieter Van den Broucke"}, {"document": "el-220011"}):
        (found,) = answer(post, **asked).crossings
        assert found.traveller.documents[0].number == "EL220011"
        assert (found.travel.flight, found.post) == ("XX123", "BEBRU")
    assert ask(post, name="Joris Wauters") == "none"
    assert ask(post, document="EL220012") == "none"
    # A list of an earlier release, whose names were not packed, is read whole.
    KeptManifest.objects.update(roll=b"")
    assert len(answer(post, name="Pieter Van den Broucke").crossings) == 1
    assert ask(post, name="Joris Wauters") == "none"
    assert kept.ask(
        CrossingQuery("", "EL220011", DAY, DAY + timedelta(days=400), "x"), "MA-POLICE/BORDER", post.clock.now()
    ).word == "nothing"  # fmt: skip
    first = post.clock.now().date()
    post.clock.forward(hours=47)
    assert erase.erase_expired(post.clock.now()) == 0
    post.clock.forward(hours=2)
    # Past its time nobody is found, erased already or not.
    assert ask(post, document="EL220011", since=first) == "not-kept"
    assert erase.erase_expired(post.clock.now()) == 1
    assert rows("border.Crossing") == []
    assert ask(post, document="EL220011", since=first) == "not-kept"
    assert ask(post, name="Joris Wauters", since=first) == "not-kept"
    (leaf,) = rows("acts.Leaf", kind="erased")
    assert b"EL220011" not in bytes(leaf.data)
    said = json.loads(bytes(leaf.data))["subject"]
    assert said.pop("id_hash").startswith("sha256:")
    clause = "screen-manifest crossings_retention_hours"
    assert said == {"model": "border.KeptManifest", "records": "3", "rule": "crossings", "clause": clause}


def test_a_question_needs_a_person_and_days_in_order(post: Here) -> None:
    with pytest.raises(InputError) as wrong:
        ask(post, name=" ", document="--")
    assert wrong.value.code == "crossing.question"
    with pytest.raises(InputError) as wrong:
        ask(post, name="x", since=DAY, until=DAY - timedelta(days=1))
    assert wrong.value.code == "crossing.window"


# Re-screening


def renew(here: Here) -> int:
    return crossings.rescreen_changed(here.clock.now())


def another_notice(here: Here) -> None:
    data = material.message(here, material.notice_body(person=STRANGER))
    arrive.accept(data, "MA-POLICE", Custody(here.own.node), here.clock.now())
    opening.open_waiting(worker_keys(here))


def test_a_notice_that_arrives_later_finds_who_has_crossed_once(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    assert screen(WANTED, OTHER) == ()
    assert renew(post) == 0
    post.clock.forward(hours=3)
    notice(post)
    assert renew(post) == 1
    (found,) = facts.open_candidates(frozenset({"BE-POLICE/BORDER"}))
    assert found.rescreened == {"changed": ["notice"], "at": post.clock.now()}
    assert found.traveller.documents[0].number == "ZX4417702"
    assert rows("border.Manifest")[0].candidates == 1
    assert found.expires == post.clock.now() + timedelta(hours=72)
    assert renew(post) == 0
    # Another change does not bring the same pair back, rejected or not.
    judge(found, material.OFFICER_A, verdict="no-match")
    another_notice(post)
    assert renew(post) == 1
    assert len(rows("border.Candidate")) == 1


def test_who_was_a_candidate_at_once_is_none_again(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    notice(post)
    (found,) = screen(WANTED)
    assert found.rescreened is None
    another_notice(post)
    assert renew(post) == 1
    assert len(rows("border.Candidate")) == 1


def test_who_stands_on_two_lists_of_a_flight_crosses_once(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    screen(WANTED, OTHER)
    screen(OTHER, WANTED, traveller("JORIS", "WAUTERS", "1980-01-01", "EL220099"))
    assert len(rows("border.KeptManifest")) == 2
    notice(post)
    assert renew(post) == 2
    assert len(rows("border.Candidate")) == 1
    # On its own, another list of the flight brings the pair back neither.
    screen(WANTED)
    another_notice(post)
    assert renew(post) == 3
    assert len(rows("border.Candidate")) == 1


def test_what_is_past_its_time_is_compared_with_nothing(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    screen(WANTED)
    post.clock.forward(hours=49)
    notice(post)
    assert renew(post) == 0
    assert rows("border.Candidate") == []


def test_many_manifests_are_taken_in_parts_and_a_cut_goes_on(post: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping(post, "crossings_retention_hours = 48")
    monkeypatch.setattr(crossings, "_MANIFESTS", 2)
    for number in range(5):
        screen(traveller("ZOHAIR", "TAFRASTI", "1984-03-17", f"ZX000000{number}"))
    notice(post)
    assert perform.perform("rescreen-crossings@1", RescreenCrossings("BEBRU"), material.OFFICER_A) == 2
    assert len(rows("border.Candidate")) == 2
    assert renew(post) == 3
    assert len(rows("border.Candidate")) == 5
    assert perform.perform("rescreen-crossings@1", RescreenCrossings("BEBRU"), material.OFFICER_A) == 0


def test_many_manifests_are_loaded_by_as_many_queries_as_one(post: Here) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            found = crossings.load(RescreenCrossings("BEBRU"), material.OFFICER_A)
        assert {one.id for one in found.kept} == set(found.manifests)
        return len(found.manifests), len(asked)

    keeping(post, "crossings_retention_hours = 48")
    screen(OTHER)
    notice(post)
    alone = queries()
    for number in range(4):
        screen(traveller("NOBODY", "ATALL", "1951-01-02", f"QQ000000{number}"))
    notice(post)
    assert queries() == (alone[0] + 4, alone[1])


def test_a_list_that_takes_effect_finds_who_has_crossed(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    assert screen(WANTED, OTHER) == ()
    waits = imported("UN", un_list(CDi=("Zohair Tafrasti", "1984")))["version"]
    assert renew(post) == 0
    confirmed(waits)
    assert renew(post) == 1
    (found,) = facts.open_candidates(frozenset({"BE-POLICE/BORDER"}))
    assert found.rescreened == {"changed": ["list"], "at": post.clock.now()}
    assert found.card is not None
    assert (found.card.purpose, found.card.source) == ("list", "UN")


def test_subjects_that_change_meanwhile_make_it_all_due_again(post: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping(post, "crossings_retention_hours = 48")
    monkeypatch.setattr(crossings, "_MANIFESTS", 1)
    for number in range(3):
        screen(replace(OTHER, documents=(TravelDocument("P", f"EL00000{number}", "BEL"),)))
    notice(post)
    acts: list[int] = []

    def interrupted(*asked: Any) -> int:
        acts.append(perform.perform(*asked))
        if len(acts) == 2:
            another_notice(post)
        return acts[-1]

    monkeypatch.setattr(crossings, "perform", interrupted)
    assert renew(post) == 5
    assert acts == [1] * 5
    generations = {row.generation for row in rows("border.KeptManifest")}
    assert generations == {matcher.text_of(matcher.current())}


def test_the_worker_compares_once_a_minute(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    screen(WANTED)
    notice(post)
    drain.every_minute()
    assert [row.rescreened["changed"] for row in rows("border.Candidate")] == [["notice"]]


def test_a_post_that_the_plan_refuses_is_not_tried_every_minute(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    screen(WANTED)
    notice(post)
    enacted(post, (ACTS, 'acts = ["screen-manifest@1"]'))
    assert renew(post) == 0
    assert len(rows("acts.Refusal", act="rescreen-crossings@1")) == 1
    assert renew(post) == 0
    assert len(rows("acts.Refusal", act="rescreen-crossings@1")) == 1


def test_the_manifest_itself_says_how_long_it_is_kept(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 48")
    key = perform.perform("screen-manifest@1", ScreenManifest("BEBRU", "x", manifest(OTHER)), material.OFFICER_A)
    assert facts.manifest(key).kept_until == post.clock.now() + timedelta(hours=48)
