"""A list that changes: every generation answers as one index of it would, none sees half of a change."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError, MithaqError
from mithaq.screening import Result, Subject, Traveller, build, screen
from mithaq.screening import layers as module
from mithaq.screening.evidence import birth_date
from mithaq.screening.files import read_subjects, read_travellers
from mithaq.screening.layers import Held, Layers
from mithaq.screening.store import load, save
from tests.screening.lists import ASKED, LISTS, TRAVELLERS
from tests.shared_data import shared

LOW = -60.0
CHANGES = st.lists(st.tuples(LISTS, st.sets(st.integers(0, 11).map("s{:02}".format), max_size=4)), max_size=4)


@pytest.fixture(autouse=True)
def few_born() -> Iterator[None]:
    """A day that three share is one that many share."""
    with patch.object(birth_date, "MOST_BORN", 2):
        yield


def whole(layers: Layers, listed: dict[str, Subject], travellers: Sequence[Traveller], **asked: Any) -> list[Result]:
    """What one index of the list answers that has the rarity of the base."""
    return screen(build(listed.values(), layers.base.rarity), travellers, **asked)


def changed(listed: dict[str, Subject], added: Sequence[Subject], removed: set[str]) -> dict[str, Subject]:
    return {key: one for key, one in listed.items() if key not in removed} | {one.id: one for one in added}


@given(base=LISTS, changes=CHANGES, travellers=TRAVELLERS, asked=ASKED)
@settings(max_examples=80, deadline=None)
def test_every_generation_answers_as_one_index_with_the_rarity_of_the_base(
    base: list[Subject],
    changes: list[tuple[list[Subject], set[str]]],
    travellers: list[Traveller],
    asked: dict[str, Any],
) -> None:
    layers, listed = Layers(build(base)), {one.id: one for one in base}
    seen = [(layers, listed)]
    for added, wanted in changes:
        removed = wanted & listed.keys()
        layers, listed = layers.with_changes(added, removed), changed(listed, added, removed)
        seen.append((layers, listed))
    # The earlier ones are asked when the later ones are there: they are what they were.
    for generation, (one, people) in enumerate(seen):
        assert one.screen(travellers, **asked) == whole(one, people, travellers, **asked)
        assert one.generation == generation
        assert len(one) == len(people)
        assert {key for key in (f"s{n:02}" for n in range(12)) if key in one} == people.keys()
        assert one.unsearchable == build(people.values()).unsearchable
    merged, anew = layers.merged(), build(listed.values())
    assert (merged.generation, merged.delta) == (layers.generation + 1, None)
    assert merged.screen(travellers, **asked) == screen(anew, travellers, **asked)


@given(base=LISTS, changes=CHANGES, at=st.integers(0, 4), travellers=TRAVELLERS)
@settings(max_examples=40, deadline=None)
def test_changes_that_come_while_it_is_merged_stay(
    base: list[Subject], changes: list[tuple[list[Subject], set[str]]], at: int, travellers: list[Traveller]
) -> None:
    layers, listed = Layers(build(base)), {one.id: one for one in base}
    since, then = layers, listed
    for number, (added, wanted) in enumerate(changes, 1):
        removed = wanted & listed.keys()
        layers, listed = layers.with_changes(added, removed), changed(listed, added, removed)
        if number <= at:
            since, then = layers, listed
    merged = since.merged()
    later = layers.onto(merged, since)
    assert later.generation > max(layers.generation, merged.generation)
    told = screen(build(listed.values(), build(then.values()).rarity), travellers, floor=LOW)
    assert later.screen(travellers, floor=LOW) == told


def test_a_thousand_changes_of_a_real_list_answer_as_one_index() -> None:
    people = list(read_subjects(shared("bench/screening/public.jsonl.gz")))
    asked = [one for one, _ in zip(read_travellers(shared("bench/screening/travellers.jsonl.gz")), range(600))]  # noqa: B905  so many
    base, fresh = people[:-900], people[-900:]
    removed = {one.id for one in base[::40]}
    layers = Layers(build(base)).with_changes(fresh, removed)
    listed = changed({one.id: one for one in base}, fresh, removed)
    for floor in (LOW, 0.0):
        told = layers.screen(asked, 3, floor, told_from=-5.0)
        assert told == whole(layers, listed, asked, limit=3, floor=floor, told_from=-5.0)
    assert sum(bool(one.candidates) for one in told) > 20
    some = asked[:300]
    assert layers.merged().screen(some, floor=LOW) == screen(build(listed.values()), some, floor=LOW)


def answer(layers: Layers, name: str, born: str | None = None, **more: Any) -> dict[str, float]:
    found = layers.screen([Traveller("t", (name,), born, **more)], floor=LOW)[0].candidates
    return {one.subject: one.score for one in found}


def test_a_person_whose_records_stand_in_base_and_change_is_one() -> None:
    base = [
        Subject("1", ("Tarik Zemmouri",), "p", birth_dates=("1980-03-04",), sex="M"),
        Subject("2", ("Joris Vandamme",), "p", nationalities=("be",)),
        Subject("3", ("Karim Zouher",), birth_dates=("1990-01-02",)),
    ]
    layers = Layers(build(base)).with_changes([Subject("4", ("Abou Hajar",), "p", documents=("AB12345",))])
    for name in ("Tarik Zemmouri", "Joris Vandamme", "Abou Hajar"):
        (found,) = layers.screen([Traveller("t", (name,), "1980-03-04", "be", "AB12345", "M")], limit=1)[0].candidates
        whys = {one.why for one in found.evidence}
        assert (found.person, {"birth_date.exact", "nationality.same", "document.same", "sex.same"} - whys) == (
            "p",
            set(),
        )
    # What one of the records said goes with it; what the others said stays.
    less = layers.with_changes(removed=["1"])
    (found,) = less.screen([Traveller("t", ("Joris Vandamme",), "1980-03-04", "be", sex="M")], limit=1)[0].candidates
    assert {"birth_date.missing", "nationality.same", "sex.missing"} <= {one.why for one in found.evidence}
    # A record that has moved to another person, whose only record stood in the base.
    moved = layers.with_changes([Subject("4", ("Abou Hajar",), "3")])
    (found,) = moved.screen([Traveller("t", ("Abou Hajar",), "1990-01-02")], limit=1)[0].candidates
    assert (found.person, found.subject) == ("3", "4")
    assert "birth_date.exact" in {one.why for one in found.evidence}


def test_how_rare_a_name_is_stays_that_of_the_base() -> None:
    base = [Subject("1", ("Qarqour Zemmouri",)), *(Subject(f"f{n}", ("Mohamed Alaoui",)) for n in range(60))]
    layers = Layers(build(base))
    before = answer(layers, "Qarqour Zemmouri")["1"]
    many = layers.with_changes([Subject(f"q{n}", ("Qarqour Idrissi",)) for n in range(40)])
    assert answer(many, "Qarqour Zemmouri")["1"] == before
    assert answer(many.merged(), "Qarqour Zemmouri")["1"] < before - 1
    # A word that the base does not know weighs as one that nobody listed bears, of whom one is counted.
    strange = layers.with_changes([Subject("x", ("Wutzliputzli Zemmouri",))])
    once = Layers(build([*base, Subject("x", ("Wutzliputzli Zemmouri",))]))
    assert abs(answer(strange, "Wutzliputzli Zemmouri")["x"] - answer(once, "Wutzliputzli Zemmouri")["x"]) < 1.5
    found = strange.screen([Traveller("t", ("Wutzliputzli",))])[0].candidates[0].evidence[0].params
    assert found == {"borne": 0, "persons": 61}


@pytest.mark.parametrize(
    ("base", "added", "found"),
    [
        # Whoever is written so is found though a consonant is left out; who has it as two words only when somebody of
        # the base is written so.
        ("Karim Zouher", "Karimzouher", {"2"}),
        ("Karimzouher", "Karim Zouher", {"1", "2"}),
        ("Qarqour", "Karim Zouher", set()),
        ("Karim Zouher", "Qarqour", set()),
    ],
)
def test_a_name_is_found_by_the_same_keys_whoever_is_listed_beside_it(base: str, added: str, found: set[str]) -> None:
    layers = Layers(build([Subject("1", (base,))])).with_changes([Subject("2", (added,))])
    assert answer(layers, "Kaimzouher").keys() == found
    listed = {"1": Subject("1", (base,)), "2": Subject("2", (added,))}
    asked = [Traveller("t", ("Kaimzouher",))]
    assert layers.screen(asked, floor=LOW) == whole(layers, listed, asked, floor=LOW)


def test_spellings_that_are_read_alike_are_one_in_every_layer() -> None:
    both = ("Elqarqouri", "El Qarqouri")
    for base, added in (([Subject("1", both)], []), ([], [Subject("1", both)])):
        layers = Layers(build(base)).with_changes([*added, Subject("2", ("Joris Vandamme",))])
        listed = {"1": Subject("1", both), "2": Subject("2", ("Joris Vandamme",))}
        for name in (*both, "Qarqouri"):
            asked = [Traveller("t", (name,))]
            assert layers.screen(asked, floor=LOW) == whole(layers, listed, asked, floor=LOW)


def test_a_day_is_shared_by_as_many_as_share_it_in_the_base() -> None:
    def listed(many: int, first: str) -> list[Subject]:
        return [Subject(f"{first}{n}", ("Joris Vandamme",), birth_dates=("1980-03-04",)) for n in range(many)]

    # The name brings nobody up: the day does, where two at most share it.
    few, several = Layers(build(listed(2, "b"))), Layers(build(listed(3, "b")))
    assert len(answer(few, "Qarqour Zemmouri", "1980-03-04")) == 2
    assert len(answer(few.with_changes(listed(3, "d")), "Qarqour Zemmouri", "1980-03-04")) == 5
    assert not answer(several.with_changes(removed=["b0", "b1"]), "Qarqour Zemmouri", "1980-03-04")
    assert len(answer(several.with_changes(removed=["b0", "b1"]).merged(), "Qarqour Zemmouri", "1980-03-04")) == 1


def test_equal_scores_stand_in_the_order_of_the_ids_whichever_layer_they_are_of() -> None:
    base, added = ([Subject(one, ("Tarik Zemmouri",), f"p{9 - int(one)}") for one in some] for some in ("24", "135"))
    layers = Layers(build(base)).with_changes(added)
    (found,) = layers.screen([Traveller("t", ("Tarik Zemmouri",))], limit=4)
    assert [one.subject for one in found.candidates] == ["1", "2", "3", "4"]
    assert len({one.score for one in found.candidates}) == 1


def test_who_is_left_out_is_found_by_nothing() -> None:
    base = [
        Subject("1", ("Tarik Zemmouri",), birth_dates=("1980-03-04",), documents=("AB12345",)),
        Subject("2", ("...",)),
    ]
    layers = Layers(build(base))
    for name in ("Tarik Zemmouri", "Qarqour", ""):
        assert answer(layers, name, "1980-03-04", document="AB12345")
        assert not answer(layers.with_changes(removed=["1"]), name, "1980-03-04", document="AB12345")
    assert layers.unsearchable == ("2",)
    assert layers.with_changes([Subject("3", ())], ["2"]).unsearchable == ("3",)


@pytest.mark.parametrize("base", [(), (Subject("1", ("Tarik Zemmouri",)),)])
def test_changed_twice_removed_and_added_again(base: tuple[Subject, ...]) -> None:
    layers = Layers(build(base))
    for name in ("Joris Vandamme", "Karim Zouher"):
        layers = layers.with_changes([Subject("1", (name,))])
        assert answer(layers, name).keys() == {"1"}
    assert not answer(layers, "Joris Vandamme")
    assert not answer(layers, "Tarik Zemmouri")
    layers = layers.with_changes(removed=["1"])
    assert ("1" in layers, len(layers), answer(layers, "Karim Zouher")) == (False, 0, {})
    layers = layers.with_changes([Subject("1", ("Tarik Zemmouri",))])
    assert answer(layers, "Tarik Zemmouri").keys() == {"1"}
    # Removed and added in one change; and a change of nothing.
    layers = layers.with_changes([Subject("1", ("Joris Vandamme",))], ["1"]).with_changes()
    assert answer(layers, "Joris Vandamme").keys() == {"1"}
    assert layers.generation == 6


def test_what_cannot_be_changed_is_refused_and_nothing_has_changed() -> None:
    layers = Layers(build([Subject("1", ("Tarik Zemmouri",))])).with_changes([Subject("2", ("Karim Zouher",))])
    gone = layers.with_changes(removed=["1"])
    refused: list[tuple[Layers, list[Subject], list[str], str]] = [
        (layers, [], ["3"], "screening.subject.unknown"),
        (gone, [], ["1"], "screening.subject.unknown"),
        (layers.with_changes(removed=["2"]), [], ["2"], "screening.subject.unknown"),
        (layers, [Subject("3", ("A",))], ["3"], "screening.subject.unknown"),
        (layers, [Subject("3", ("A",)), Subject("3", ("B",))], [], "screening.subject.twice"),
    ]
    for one, added, removed, code in refused:
        held = Held(one)
        with pytest.raises(InputError) as caught:
            held.change(added, removed)
        assert caught.value.code == code
        assert caught.value.where == f"subject {(removed or ['3'])[0]}"
        assert caught.value.remedy
        assert held.now is one
    assert (len(layers), len(gone)) == (2, 1)


def test_the_base_may_be_mapped_and_is_not_copied(tmp_path: Path) -> None:
    names, day = ("Tarik Zemmouri", "Joris Zemmouri", "Karim Zemmouri", "Brahim Ouali"), ("1980-03-04",)
    base = [Subject(str(n), (name,), "p" * (n < 2), birth_dates=day) for n, name in enumerate(names)]
    fresh = [Subject("9", ("Qarqour Zouher",), birth_dates=day)]
    save(build(base), tmp_path / "list.index")
    mapped = load(tmp_path / "list.index")
    layers = Layers(mapped).with_changes(fresh, ["0"])
    told = whole(layers, changed({one.id: one for one in base}, fresh, {"0"}), TARIK)
    assert layers.screen(TARIK) == told
    assert layers.base.vocabulary is mapped.vocabulary
    assert all(
        getattr(layers.base, name) is getattr(mapped, name)
        for name in ("texts", "postings", "post_name", "units_of", "unit_word", "name_person", "ids")
    )
    # What is built with the rarity of another is so in its file as well.
    assert layers.delta is not None
    save(layers.delta, tmp_path / "delta.index")
    again = load(tmp_path / "delta.index")
    assert screen(again, TARIK, floor=LOW) == screen(layers.delta, TARIK, floor=LOW)
    # Three share the day in the base: it brings up nobody, there or here.
    assert [len(one.candidates) for one in screen(again, TARIK, floor=LOW)] == [1, 1, 0]


TARIK = [
    Traveller("a", ("Joris Zemmouri",)), Traveller("b", ("Qarqour Zouhair",), "1980-03-04", "ma"),
    Traveller("c", ("Nobody",), "1980-03-04"),
]  # fmt: skip


def test_no_question_is_unanswered_and_none_sees_half_of_a_change() -> None:
    held = Held(Layers(build([Subject("0", ("Joris Vandamme",))])))
    pair = [Subject("1", ("Tarik Zemmouri",)), Subject("2", ("Tarik Zemmouri",))]
    seen: list[frozenset[str]] = []
    ended, asked = threading.Event(), threading.Event()
    traveller = [Traveller("t", ("Tarik Zemmouri",)), Traveller("u", ("Joris Vandamme",))]

    def ask() -> None:
        while not ended.is_set():
            both, always = held.now.screen(traveller)
            seen.append(frozenset(one.subject for one in both.candidates))
            assert [one.subject for one in always.candidates] == ["0"]
            asked.set()

    failed: list[threading.ExceptHookArgs] = []
    with patch.object(threading, "excepthook", failed.append):
        thread = threading.Thread(target=ask)
        thread.start()
        asked.wait(60)
        for number in range(40):
            held.change(pair)
            if number % 10 == 5:
                held.merge()
            held.change(removed=["1", "2"])
        ended.set()
        thread.join(60)
    assert not failed
    assert set(seen) <= {frozenset(), frozenset(("1", "2"))}
    assert held.now.generation > 80


def test_one_merge_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(Layers(build([Subject("0", ("Joris Vandamme",))])))
    held.change([Subject("1", ("Tarik Zemmouri",))])
    codes: list[str] = []

    def meanwhile(self: Layers, rarity: object = None) -> Layers:
        with pytest.raises(MithaqError) as caught:
            held.merge()
        codes.append(caught.value.code)
        held.change([Subject("2", ("Karim Zouher",))], ["0"])
        return merged(self)

    merged = Layers.merged
    monkeypatch.setattr(Layers, "merged", meanwhile)
    now = held.merge()
    assert codes == ["screening.merging"]
    assert sorted(one.id for one in now.subjects()) == ["1", "2"]
    assert set(now.changed) == {"2"}


def test_a_delta_that_is_long_is_to_be_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GROWN", 2)
    layers = Layers(build([])).with_changes([Subject("1", ("A",))])
    assert [layers.is_grown, layers.with_changes([Subject("2", ("B",))]).is_grown] == [False, True]
