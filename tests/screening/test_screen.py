"""Build and screen on an invented list: who is found, who is not, how it is explained."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.screening import FLOOR, WHYS, Candidate, Index, Subject, Traveller, build, screen
from mithaq.screening.evidence.birth_date import MOST_BORN

FILLER = tuple(
    Subject(f"f{number:03}", (f"{given} {family}",), birth_dates=(f"{1940 + number % 60}-{1 + number % 12:02}-17",))
    for number, (given, family) in enumerate(
        (given, family)
        for given in ("Mohamed", "Ahmed", "Fatima", "Pieter", "Brahim", "Saida", "Yves", "Hamza")
        for family in ("Tahiri", "El Idrissi", "Peeters", "Zouine", "Lambrecht", "Ouali", "Ramdani", "Claes")
    )
)
LIST = (
    Subject("a1", ("Tarik Zemmouri", "طارق الزموري"), birth_dates=("1980-03-04",), nationalities=("ma",), sex="M"),
    Subject("a2", ("Joris Van den Abbeele",), birth_dates=("1975",), documents=("EK 112233",)),
    Subject("a3", ("Abdelouahed Ben Chekroun",), person="p3", birth_dates=("1969-11-30",)),
    Subject("a4", ("Abd al-Wahid Benchekroun",), person="p3", weak_names=("Abou Hajar",)),
    Subject("a5", ("Mohamed Said",), birth_dates=("1990-05-05",)),
    Subject("a6", ("Dragan Petrović",), nationalities=("SRB",)),
    Subject("a7", ("Tinghir",)),
    Subject("a8", ("...", "")),
    Subject("a9", (), weak_names=("Sakrane",)),
    Subject("a10", ()),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return build((*LIST, *FILLER))


def first(index: Index, name: str, born: str | None = None, **more: str) -> Candidate | None:
    found = screen(index, [Traveller("t", (name,), born, **more)])[0].candidates
    return found[0] if found else None


@pytest.mark.parametrize(
    ("name", "born", "subject"),
    [
        ("Tarik Zemmouri", "1980-03-04", "a1"),
        ("ZEMOURI<<TAREK<<<<", "1980-03-04", "a1"),
        ("Tariq al-Zammuri", "1980-04-03", "a1"),
        ("الزموري طارق", "1980-01-01", "a1"),
        ("Tarik Zemmouri", None, "a1"),
        ("Vandenabbeele Joris", "1975-10-11", "a2"),
        ("Van Den Abele Joris", "1975-10-11", "a2"),
        ("عبد الواحد بن شقرون", "1969-11-30", "a3"),
        ("Abou Hajar", "1969-11-30", "a4"),
        ("Драган Петровић", None, "a6"),
        ("Tinghir", None, "a7"),
        ("Sakrane", None, "a9"),
    ],
)
def test_found(index: Index, name: str, born: str | None, subject: str) -> None:
    found = first(index, name, born)
    assert found is not None
    assert found.subject == subject


def test_one_result_for_one_human_with_the_dates_of_all_records(index: Index) -> None:
    found = screen(index, [Traveller("t", ("Abdelwahid Benchekroun",), "1969-11-30")])[0].candidates
    assert [one.person for one in found].count("p3") == 1
    assert any(one.why == "birth_date.exact" for one in found[0].evidence)


def test_a_common_name_alone_is_never_enough(index: Index) -> None:
    common, rare = first(index, "Mohamed Said"), first(index, "Joris Van den Abbeele")
    assert common is not None
    assert rare is not None
    assert rare.score > common.score + 4
    dated = first(index, "Mohamed Said", "1990-05-05")
    assert dated is not None
    assert dated.subject == "a5"
    assert dated.score > common.score + 8


def test_a_contradicting_birth_date_costs(index: Index) -> None:
    agree, silent, differ = (first(index, "Tarik Zemmouri", born) for born in ("1980-03-04", None, "1951-12-12"))
    assert agree is not None
    assert silent is not None
    assert differ is not None
    assert agree.score > silent.score > differ.score


def test_a_document_finds_its_holder_under_another_name(index: Index) -> None:
    found = first(index, "Someone Else", "1975-01-02", document="ek-112233")
    assert found is not None
    assert found.subject == "a2"
    assert "document.same" in [one.why for one in found.evidence]


def test_a_document_finds_its_holder_without_a_name(index: Index) -> None:
    alone, among = (
        screen(index, [*others, Traveller("t", (), document="EK112233")])[-1]
        for others in ((), (Traveller("o", ("Joris Van den Abbeele",)), Traveller("n", ())))
    )
    assert [one.subject for one in alone.candidates] == ["a2"]
    assert alone == among
    assert screen(index, [Traveller("t", ())])[0].candidates == ()


def test_a_listed_document_is_found_below_the_floor_and_beyond_the_limit_when_wanted(index: Index) -> None:
    asked = Traveller("t", ("Ahmed Tahiri",), "1980-03-17", document="EK112233")
    others = [Traveller(f"o{number}", ("Joris Van den Abbeele",)) for number in range(3)]
    assert screen(index, [asked], floor=60.0)[0].candidates == ()
    for floor, limit in ((60.0, 5), (-100.0, 1), (60.0, 0)):
        alone = screen(index, [asked], limit, floor, documented=True)[0]
        batch = screen(index, [*others, asked, *others], limit, floor, documented=True)
        assert alone == batch[len(others)]
        assert "a2" in [one.subject for one in alone.candidates]
        plain = screen(index, [asked], limit, floor)[0].candidates
        assert [one for one in alone.candidates if one.subject != "a2"] == [one for one in plain if one.subject != "a2"]
        assert all(one.candidates == screen(index, others, limit, floor)[0].candidates for one in batch[: len(others)])


def test_strangers_have_no_candidates(index: Index) -> None:
    assert screen(index, [Traveller("t", ("Ingrid Solheim",), "1980-03-24")])[0].candidates == ()
    assert screen(index, [Traveller("t", ("",)), Traveller("u", ())])[0].candidates == ()


def test_the_same_day_brings_together_who_shares_no_key() -> None:
    """Whole date, day and month swapped, a year off: the names are compared word by word, and the sum is told."""
    index = build([Subject("listed", ("Morteza Rezai",), birth_dates=("1971-04-06",)), *FILLER])
    for born in ("1971-04-06", "1971-06-04", "1970-04-06", "1972-04-06"):
        found = first(index, "Murtadi Radhai", born)
        assert found is not None, born
        assert found.subject == "listed"
        assert ("Radhai", "Rezai") in [(one.left, one.right) for one in found.evidence if one.weight > 0]
        assert sum(one.weight for one in found.evidence) == found.score
    for born in ("1971-04-07", "1971", None):
        assert first(index, "Murtadi Radhai", born) is None, born


def test_the_same_day_alone_is_far_from_an_alert(index: Index) -> None:
    found = first(index, "Ingrid Solheim", "1980-03-04", nationality="ma", sex="M")
    assert found is not None
    assert (found.subject, found.score < 8) == ("a1", True)
    assert all(one.weight <= 0 for one in found.evidence if one.kind == "name")


def test_a_day_that_many_share_brings_nobody_together() -> None:
    for many in (MOST_BORN, MOST_BORN + 1):
        born = [Subject(f"{place:03}", (f"Morteza R{chr(97 + place % 26)}zai",), f"{place}") for place in range(many)]
        index = build([Subject(one.id, one.names, birth_dates=("1971-01-01",)) for one in born])
        assert (first(index, "Murtadi Radhai", "1971-01-01") is not None) == (many <= MOST_BORN), many


def test_what_cannot_be_found_by_name_is_told(index: Index) -> None:
    assert index.unsearchable == ("a10", "a8")


def test_the_evidence_is_complete_and_known(index: Index) -> None:
    found = first(index, "Tariq Benchekroun Zammuri", "1980-03-04", nationality="BEL", sex="F")
    assert found is not None
    whys = [one.why for one in found.evidence]
    assert set(whys) <= set(WHYS)
    assert {one.kind for one in found.evidence} == {"name", "birth_date", "nationality", "document", "sex"}
    assert {"name.seen_only", "birth_date.exact", "nationality.differs", "document.missing", "sex.differs"} <= set(whys)
    assert sum(one.weight for one in found.evidence) == found.score
    pair = found.evidence[0]
    assert (pair.params["borne"], pair.params["persons"]) == (1, len(index.persons))


def test_the_spelling_rule_is_named(index: Index) -> None:
    def rules(name: str) -> set[str]:
        found = first(index, name)
        assert found is not None
        return {one.why for one in found.evidence if one.kind == "name" and one.weight > 0} - {"name.learned"}

    assert rules("Tarik Zemmouri") == {"name.exact"}
    assert "name.skeleton" in rules("Jorris Vandenabele")
    assert rules("يوريس فاندنابيله") == {"name.script"}
    assert rules("Драган Петровић") == {"name.exact"}
    assert "name.joined" in rules("TarikZemmouri")


def test_limit_and_floor(index: Index) -> None:
    traveller = [Traveller("t", ("Ahmed Tahiri",), "1980-03-17")]
    everyone = screen(index, traveller, limit=100, floor=-100)[0].candidates
    assert len(everyone) > 3
    assert screen(index, traveller, limit=3, floor=-100)[0].candidates == everyone[:3]
    assert screen(index, traveller, limit=0)[0].candidates == ()
    assert all(one.score >= FLOOR for one in screen(index, traveller, limit=100)[0].candidates)


def test_no_evidence_on_request_and_the_same_scores(index: Index) -> None:
    traveller = [Traveller("t", ("Tariq Zamouri",), "1980-03-04")]
    with_, without = (screen(index, traveller, evidence=wanted)[0].candidates for wanted in (True, False))
    assert [(one.subject, one.score) for one in with_] == [(one.subject, one.score) for one in without]
    assert all(one.evidence == () for one in without)


def test_an_empty_list_answers_nobody() -> None:
    nobody = build(())
    traveller = Traveller("t", ("Tarik Zemmouri",), "1980-03-04", "ma", "EK112233", "M")
    assert screen(nobody, [traveller])[0].candidates == ()
    assert screen(build([Subject("s", ())]), [Traveller("t", ("Tarik",))])[0].candidates == ()


def test_two_subjects_with_one_id_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        build([Subject("s", ("A B",)), Subject("s", ("C D",))])
    assert caught.value.code == "screening.subject.twice"


HOSTILE = ("x" * 10_000, "ab " * 4_000, "\u202e\u0000\u200fمحمد" * 2_000, "ﷺ" * 9_000, "Tarik " * 500)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_answered(index: Index, name: str) -> None:
    result = screen(index, [Traveller("t", (name,) * 100, "x" * 10_000, "y" * 10_000, "z" * 10_000, "\u0000")])[0]
    assert all(sum(one.weight for one in found.evidence) == found.score for found in result.candidates)
    assert list(build([Subject("s", (name,) * 10)]).persons) == ["s"]
