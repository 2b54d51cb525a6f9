"""One traveller at the counter: by the zone of a document or by hand; candidates as a manifest has, honest if none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mithaq.errors import InputError, RefusedError
from mithaq.formats.mrz_values import Zone
from mithaq.formats.mrz_write import write_mrz
from mithaq.node.acts import perform
from mithaq.node.border import facts, kept, papers
from mithaq.node.border.facts import ManifestFacts
from mithaq.node.border.requests import CrossingQuery, ScreenTraveller
from tests.node import acts_material as material
from tests.node.border.crossings_material import keeping
from tests.node.border.test_border import judge, notice, post
from tests.node.here import Here, rows
from tests.shared_data import shared

__all__ = ["post"]
DAY = date(2026, 5, 4)
PASSPORT = Zone(
    "TD3", "P", "MAR", "ZX4417702", "TAFRASTI", "ZOHAIR", nationality="MAR", birth_date="1984-03-17", sex="male",
    expires="2030-01-01",
)  # fmt: skip
CARD = Zone(
    "TD1", "I", "MAR", "ZX4417702", "TAFRASTI", "ZOHAIR", nationality="MAR", birth_date="1984-03-17", sex="male",
    expires="2030-01-01",
)  # fmt: skip


def compare(actor: Any = material.OFFICER_A, **words: str) -> ManifestFacts:
    return facts.manifest(perform.perform("screen-traveller@1", ScreenTraveller("BEBRU", **words), actor))


@pytest.mark.parametrize("zone", [PASSPORT, CARD])
def test_a_document_with_two_or_three_lines_gives_its_holder(post: Here, zone: Zone) -> None:
    notice(post)
    made = compare(mrz="\n".join(write_mrz(zone)))
    (found,) = facts.candidates(made.id)
    assert found.traveller.names == ("ZOHAIR TAFRASTI",)
    assert (found.traveller.birth_date, found.traveller.nationality, found.traveller.sex) == (
        "1984-03-17", "MAR", "male",
    )  # fmt: skip
    assert found.traveller.documents[0].number == "ZX4417702"
    assert found.score == pytest.approx(sum(one["weight"] for one in found.evidence))
    assert (made.feed, made.travellers, made.warnings) == ("traveller", 1, ())


def test_the_candidate_is_judged_like_a_manifests(post: Here) -> None:
    notice(post)
    (found,) = facts.candidates(compare(mrz="\n".join(write_mrz(PASSPORT))).id)
    assert judge(found, material.OFFICER_A)["state"] == "verifying"
    answer = judge(found, material.OFFICER_B)
    assert answer["state"] == "confirmed"
    hit = facts.hit(answer["hit"])
    assert (hit.report.travel.post, hit.report.travel.flight) == ("BEBRU", "")
    assert len(rows("acts.Wish", act="report-hit@1")) == 1


def test_words_by_hand_and_a_zone_agree(post: Here) -> None:
    notice(post)
    by_hand = compare(name=" Zohair  TAFRASTI ", birth_date="17.03.1984", nationality="mar", document="ZX4417702")
    by_zone = compare(mrz="\n".join(write_mrz(PASSPORT)))
    first, second = (facts.candidates(one.id)[0] for one in (by_hand, by_zone))
    assert first.traveller.names == ("Zohair TAFRASTI",)
    kinds = ("name", "birth_date", "nationality", "document")
    for kind in kinds:
        a, b = (next(one["weight"] for one in found.evidence if one["kind"] == kind) for found in (first, second))
        assert a == b, kind
    # What the officer writes counts where both are given: a scanner may have misread it.
    corrected = compare(mrz="\n".join(write_mrz(PASSPORT)), birth_date="1951-01-01")
    assert all(one.traveller.birth_date == "1951-01-01" for one in facts.candidates(corrected.id))


def test_nobody_is_told_with_threshold_and_days_and_nothing_is_kept(post: Here) -> None:
    notice(post)
    made = compare(name="Pieter Vandenbroucke", birth_date="1991-11-30", document="EL220011")
    assert made.candidates == 0
    assert made.threshold == 8.0
    (edition,) = made.compared
    assert (edition["name"], edition["subjects"]) == ("notices", 1)
    assert edition["at"].startswith("2026-05-04T03:40")
    everything = b"|".join(
        str(vars(row)).encode() for label in ("border.Manifest", "border.Candidate", "acts.Leaf") for row in rows(label)
    )
    for word in (b"VANDENBROUCKE", b"EL220011", b"1991-11-30"):
        assert word not in everything.upper()
    assert rows("border.Crossing") == []


def test_a_posts_own_threshold_counts_and_a_listed_document_is_shown_all_the_same(post: Here) -> None:
    keeping(post, "crossings_retention_hours = 0\nthreshold_centibits_bebru_traveller = 9000")
    notice(post)
    made = compare(name="Zohair TAFRASTI", birth_date="1984-03-17")
    assert (made.threshold, made.candidates) == (90.0, 0)
    made = compare(name="Someone Else", document="ZX4417702")
    (found,) = facts.candidates(made.id)
    assert found.score < made.threshold
    assert found.documented


def test_a_clause_can_have_single_travellers_kept(post: Here) -> None:
    keeping(post, "crossings_retention_hours_bebru_traveller = 2")
    compare(mrz="\n".join(write_mrz(PASSPORT)))
    today = post.clock.now().date()
    answer = kept.ask(CrossingQuery("", "ZX4417702", today, today, "x"), "BE-POLICE/BORDER", post.clock.now())
    assert answer.word == "found"


def test_what_scanners_give_is_read_and_a_wrong_check_digit_told() -> None:
    specimens = shared("data/border/mrz_specimens.txt").read_text(encoding="utf8").split("\n\n")
    zones = ["\n".join(line for line in one.splitlines() if not line.startswith("#")) for one in specimens]
    for zone in filter(str.strip, zones):
        one, _warnings = papers.one_traveller(ScreenTraveller("BEBRU", mrz=zone), DAY)
        assert one.names == ("ANNA MARIA ERIKSSON",), zone
    first, second = write_mrz(PASSPORT)
    wrong = second.replace("840317", "840318")
    one, warnings = papers.one_traveller(ScreenTraveller("BEBRU", mrz=f"{first}\r\n{wrong}"), DAY)
    assert one.birth_date == "1984-03-18"
    assert "mrz.check" in {warning["code"] for warning in warnings}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({}, "traveller.empty"),
        ({"birth_date": "1984-03-17"}, "traveller.empty"),
        ({"name": "A", "birth_date": "1984-13-17"}, "traveller.birth_date"),
        ({"name": "A", "birth_date": "yesterday"}, "traveller.birth_date"),
        ({"name": "A", "birth_date": "31.02.1984"}, "traveller.birth_date"),
        ({"name": "A", "nationality": "M4R"}, "traveller.nationality"),
        ({"mrz": "no zone"}, "mrz.none"),
        ({"mrz": "\n".join((*write_mrz(PASSPORT), *write_mrz(PASSPORT)))}, "traveller.zones"),
    ],
)
def test_what_cannot_be_compared_says_why(words: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as wrong:
        papers.one_traveller(ScreenTraveller("BEBRU", **words), DAY)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1984-03-17", "1984-03-17"), ("17/3/1984", "1984-03-17"), ("1984-03", "1984-03"), ("1984", "1984"), ("", "")],
)
def test_birth_dates_as_officers_write_them(written: str, meant: str) -> None:
    one, _ = papers.one_traveller(ScreenTraveller("BEBRU", name="A", birth_date=written), DAY)
    assert one.birth_date == meant


def test_a_birth_date_from_the_future_is_warned_of() -> None:
    _, warnings = papers.one_traveller(ScreenTraveller("BEBRU", name="A", birth_date="2031-01-01"), DAY)
    assert [one["code"] for one in warnings] == ["manifest.unborn"]


def test_another_units_officer_compares_nobody_here(post: Here) -> None:
    with pytest.raises(RefusedError) as refused:
        compare(material.APPROVER, name="Zohair Tafrasti")
    assert refused.value.code in {"candidate.unit", "plan.sender"}
    assert rows("border.Manifest") == []
