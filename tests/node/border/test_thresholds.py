"""A supervisor chooses a post's threshold by its false alerts: what the node answers, refuses, keeps, and then uses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.accounts.acts import add_person
from mithaq.node.accounts.requests import AddPerson
from mithaq.node.acts import local, perform, store
from mithaq.node.acts.definition import Counted, Effects
from mithaq.node.acts.ids import uuid7
from mithaq.node.border import counted, facts, feeds, silence, threshold_facts
from mithaq.node.border.posts import AddPost, add
from mithaq.node.border.requests import ScreenTraveller, SetThreshold, TravellerData
from tests.node import acts_material as material
from tests.node.border.test_border import WANTED, notice, post, screen
from tests.node.border.test_pages import text
from tests.node.console.test_routes import PASSWORD, signed_in
from tests.node.here import Here, rows

__all__ = ["post"]
BOSS = replace(material.OFFICER_A, name="boss", roles=frozenset({"supervisor"}))
RIGHT = {"post": "BEBRU", "feed": "paxlst"}


def count(here: Here, number: int, score: float, name: str = "Jan Peeters", nation: str = "BEL") -> None:
    """So many travellers more, as if they had been screened."""
    now = here.clock.now()
    one = counted.counts("BEBRU", "paxlst", [(TravellerData((name,), nationality=nation), score)], 400, now)
    many: list[Counted] = [replace(each, number=number) for each in one]
    with transaction.atomic():
        store.apply(Effects(counts=tuple(many)), now, lambda: uuid7(now))


def choose(actor: Any = BOSS, **fields: Any) -> Any:
    return perform.perform("set-threshold@1", SetThreshold(**{**RIGHT, **fields}), actor)


def test_a_rate_gives_the_threshold_and_says_what_to_expect_and_screening_uses_it(post: Here) -> None:
    notice(post)
    (before,) = screen(WANTED)
    count(post, 9_992, -5.0)
    count(post, 8, 12.0)
    assert before.score > 13
    answer = choose(one_in=1_000)
    assert (answer["bits"], answer["travellers"], answer["one_in"]) == (0.0, 10_000, 1_000)
    # 8 of 10,000 are fewer than 1 in 1,000, and more than 1 in 2,000: all of them have to be left out.
    first = answer["threshold"]
    answer = choose(one_in=2_000, follows=first)
    assert answer["bits"] == 12.25
    assert (answer["rate"], answer["over"], answer["alerts_a_day"]) == (0.0, [], 0.0)
    assert {(one["list"], one["names"]) for one in answer["recall"]} == {
        (name, kind) for name in ("national", "public") for kind in ("latin", "script")
    }
    assert all(0 < one["found"] < one["of"] for one in answer["recall"])
    request = ScreenTraveller("BEBRU", name="Zohair Tafrasti", birth_date="1984-03-17", nationality="MAR")
    perform.perform("screen-traveller@1", request, material.OFFICER_A)
    (used,) = rows("border.Manifest", feed="traveller")
    assert used.threshold == 8.0, "another feed keeps the clause's"
    (own,) = (one.clause for one in feeds.of_post("BEBRU", silence.settings(), post.clock.now(), post.clock.now())
              if one.feed == "paxlst")  # fmt: skip
    assert (own.threshold, own.chosen) == (answer["bits"], answer["threshold"])
    # Nothing is overwritten, and who opened the page before the other had chosen is told.
    made = threshold_facts.history("BEBRU", "paxlst")
    assert [(one.id, one.one_in) for one in made] == [(answer["threshold"], 2_000), (first, 1_000)]
    assert {one.by for one in made} == {"boss"}
    with pytest.raises(StateError) as stale:
        choose(one_in=1_000, follows=first)
    assert stale.value.code == "record.stale"
    assert len(rows("border.Threshold")) == 2


def test_too_few_are_refused_with_what_is_missing_unless_bits_are_given_with_a_reason(post: Here) -> None:
    notice(post)
    count(post, 299, -5.0)
    with pytest.raises(InputError) as few:
        choose(one_in=1_000)
    assert (few.value.code, few.value.params["counted"], few.value.params["needed"]) == ("calibrate.few", 299, 3_000)
    for fields, code in (
        ({}, "threshold.choice"),
        ({"one_in": 100, "bits": "9"}, "threshold.choice"),
        ({"bits": "nine"}, "threshold.bits"),
        ({"bits": "NaN", "reason": "x"}, "threshold.bits"),
        ({"bits": "60.01", "reason": "x"}, "threshold.bits"),
        ({"bits": "9.125", "reason": "x"}, "threshold.bits"),
        ({"bits": "9", "reason": "  "}, "threshold.reason"),
        ({"one_in": -1}, "calibrate.rate"),
        ({"one_in": 10, "feed": "smoke"}, "threshold.feed"),
        ({"one_in": 10, "post": "XXXXX"}, "post.unknown"),
    ):
        with pytest.raises(InputError) as wrong:
            choose(**fields)
        assert wrong.value.code == code, fields
    answer = choose(bits="55.5", reason="A new post: the neighbours' figure until enough are counted.")
    assert (answer["bits"], answer["one_in"], answer["alerts_a_day"]) == (55.5, 0, None)
    assert screen(WANTED)[0].documented, "who carries the listed document is a candidate all the same"
    assert screen(replace(WANTED, documents=())) == ()
    (kept,) = {row.threshold for row in rows("border.Manifest", feed="paxlst")}
    assert kept == 55.5, "the answer says which threshold was used"


def test_a_group_over_twice_the_rate_needs_a_reason_that_is_kept(post: Here) -> None:
    count(post, 95_000, -5.0)
    count(post, 50, 20.0)
    count(post, 4_955, -5.0, "Mohamed Alami", "MAR")
    count(post, 45, 20.0, "Mohamed Alami", "MAR")
    count(post, 3, 20.0, "Ivan Petrov", "RUS")
    with pytest.raises(RefusedError) as over:
        choose(one_in=1_000)
    assert over.value.code == "threshold.groups"
    assert over.value.params["groups"] == "nationality ma, origin arabic-latin", "a group of three is told to nobody"
    assert rows("border.Threshold") == []
    assert len(rows("acts.Refusal", act="set-threshold@1", ground="threshold.groups")) == 1
    answer = choose(one_in=1_000, reason="The list holds mostly nationals of one country.")
    (ma, origin) = answer["over"]
    assert (ma["kind"], ma["group"], ma["travellers"], ma["rate"]) == ("nationality", "ma", 5_000, 0.009)
    assert ma["low"] < 0.009 < ma["high"]
    assert origin["group"] == "arabic-latin"
    assert not any(one["group"] == "ru" for one in answer["groups"])
    (row,) = rows("border.Threshold")
    assert (row.reason[:8], [one["group"] for one in row.told["over"]]) == ("The list", ["ma", "arabic-latin"])


def test_only_a_supervisor_of_the_posts_unit_chooses_and_the_clause_must_let_him(post: Here) -> None:
    count(post, 1_000, -5.0)
    administrator = replace(BOSS, roles=frozenset({"administrator"}))
    for actor, code in ((material.OFFICER_A, "role.missing"), (administrator, "role.missing")):
        with pytest.raises(RefusedError) as refused:
            choose(actor, one_in=100)
        assert refused.value.code == code
    with pytest.raises(RefusedError):
        choose(replace(BOSS, unit="BE-POLICE/WANTED"), one_in=100)
    names = dict.fromkeys(("en", "fr", "nl", "ar"), "Antwerp")
    local.apply("post", add(AddPost("BEANR", "BE-POLICE/WANTED", "sea", names)), post.clock.now())
    with pytest.raises(RefusedError) as others:
        choose(post="BEANR", bits="9", reason="Another unit's post.")
    assert others.value.code == "candidate.unit"
    assert rows("border.Threshold") == []
    assert facts.post("BEBRU").unit == BOSS.unit
    assert choose(one_in=100)["bits"] == 0.0


def test_the_page_shows_what_a_rate_brings_warns_by_group_and_takes_the_choice(post: Here) -> None:
    for name, unit, role in (("boss", "BORDER", "supervisor"), ("guest", "WANTED", "supervisor")):
        person = AddPerson(name, name.title(), f"BE-POLICE/{unit}", (role,), PASSWORD)
        local.apply("person", add_person(person, str(uuid7(post.clock.now()))), post.clock.now())
    client = signed_in("boss")
    assert "No traveller is counted" in text(client.get("/posts/BEBRU/threshold"))
    few = text(client.get("/posts/BEBRU/threshold?one_in=1000"))
    assert "0 travellers are counted; to tell one false alert in 1000, 3000 are needed." in few
    count(post, 94_997, -5.0)
    count(post, 50, 20.0)
    count(post, 4_955, -5.0, "Mohamed Alami", "MAR")
    count(post, 45, 20.0, "Mohamed Alami", "MAR")
    count(post, 3, -5.0, "Ivan Petrov", "RUS")
    answer = client.get("/posts/BEBRU/threshold?one_in=1000")
    page = text(answer)
    for said in (
        "bear more than twice the false alerts of all travellers", "Nationality MA: 9.5 times", "100050", "over twice",
        "Arabic name in Latin letters", "0.9 %",
    ):  # fmt: skip
        assert said in page, said
    assert "Nationality RU" not in page
    # The picture and the table say the same: a mark a threshold and list, a row a threshold.
    shown = answer.content.decode()
    assert shown.count("<circle") == 2 * shown.count('<tr><th scope="row"><bdi dir="ltr">+')
    asked = {"feed": "paxlst", "follows": "", "one_in": "1000", "bits": "", "reason": ""}
    refused = client.post("/posts/BEBRU/threshold", asked)
    assert refused.status_code == 400
    assert "nationality ma, origin arabic-latin" in text(refused)
    done = client.post("/posts/BEBRU/threshold", asked | {"reason": "The list is of one country."}, follow=True)
    assert "The threshold is chosen" in text(done)
    assert "The list is of one country." in text(done)
    screen(WANTED)
    assert "chosen at this post" in text(client.get("/posts/BEBRU"))
    stale = client.post("/posts/BEBRU/threshold", asked | {"reason": "Another page."})
    assert "Someone else has changed this record" in text(stale)
    guest = signed_in("guest")
    assert guest.get("/posts/BEBRU/threshold").status_code == 403
    assert guest.post("/posts/BEBRU/threshold", asked).status_code == 403
