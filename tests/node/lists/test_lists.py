"""A list from its bytes to those who are looked for: what it changes, who lets it take effect, what stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mithaq.errors import InputError, MithaqError, RefusedError, StateError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.lists import facts, source
from mithaq.node.lists.requests import DiscardList, ImportList
from tests.node import acts_material as material
from tests.node.here import Here, rows, waits
from tests.node.lists.material import confirmed, imported, listed, own_list, un_list
from tests.shared_data import shared

pytestmark = pytest.mark.usefixtures("here")
FIRST = un_list(A=("Zohair Tafrasti", "1984"), B=("Samira Oulhaj", "1991"), C=("Wouter Peeters", "1971"))
NEXT = un_list(A=("Zohair Tafrasti", "1985"), B=("Samira Oulhaj", "1991"), D=("Anke Verhulst",))
REST = un_list(A=("Zohair Tafrasti", "1984"))


def subjects() -> dict[str, tuple[str, ...]]:
    return {one.id: one.birth_dates for one in source.subjects()}


def refused(act: Callable[[], Any]) -> MithaqError:
    with pytest.raises(MithaqError) as error:
        act()
    return error.value


def test_an_import_changes_nobody_before_it_is_confirmed() -> None:
    before = source.generation()
    answer = imported("UN", FIRST)
    assert (answer["state"], answer["added"], answer["used"]) == ("pending", 3, 3)
    assert (subjects(), source.generation()) == ({}, before)
    confirmed(answer["version"])
    assert subjects() == {"list:UN/A": ("1984",), "list:UN/B": ("1991",), "list:UN/C": ("1971",)}
    assert source.generation() != before
    assert [row.state for row in rows("lists.ListVersion")] == ["live"]


def test_what_a_version_changes_can_be_looked_at_field_by_field() -> None:
    listed("UN", FIRST)
    answer = imported("UN", NEXT)
    assert (answer["added"], answer["changed"], answer["removed"]) == (1, 1, 1)
    version = facts.version(answer["version"])
    (added,), (changed,), (removed,) = (
        facts.differences(version, kind, 0, 50) for kind in ("added", "changed", "removed")
    )
    assert (added.reference, added.shown and added.shown.names, added.before) == ("D", ("Anke Verhulst",), None)
    assert (changed.reference, changed.fields) == ("A", (("birth_dates", ("1984",), ("1985",)),))
    assert (removed.reference, removed.shown and removed.shown.names, removed.after) == ("C", ("Wouter Peeters",), None)
    assert facts.differences(version, "added", 1, 50) == ()
    confirmed(answer["version"])
    assert subjects() == {"list:UN/A": ("1985",), "list:UN/B": ("1991",), "list:UN/D": ()}
    # Who is looked for no more is kept no more: what was removed is a reference without a name.
    (gone,) = facts.differences(facts.version(answer["version"]), "removed", 0, 50)
    assert (gone.reference, gone.shown) == ("C", None)
    assert len(rows("lists.ListEntry")) == 3


def test_lists_do_not_disturb_each_other_and_bytes_that_are_live_do_nothing() -> None:
    listed("UN", FIRST)
    listed("OWN", own_list({"id": "7", "names": ["Wouter Peeters"], "person": "W", "places": ["Gent"]}))
    assert len(subjects()) == 4
    assert [one.person for one in source.subjects() if one.id == "list:OWN/7"] == ["list:OWN/W"]
    versions = len(rows("lists.ListVersion"))
    assert imported("UN", FIRST)["state"] == "unchanged"
    assert len(rows("lists.ListVersion")) == versions


def test_a_second_import_replaces_the_version_that_waited() -> None:
    first = imported("UN", FIRST)
    second = imported("UN", NEXT)
    assert [str(row.pk) for row in rows("lists.ListVersion")] == [second["version"]]
    assert {str(row.of) for row in rows("lists.ListEntry")} == {second["version"]}
    assert refused(lambda: confirmed(first["version"])).code == "list.unknown"


def test_a_file_that_is_live_already_replaces_the_version_that_waited() -> None:
    live = listed("UN", FIRST)
    imported("UN", NEXT)
    again = imported("UN", FIRST)
    assert (again["state"], again["version"], facts.pending()) == ("unchanged", live["version"], ())
    assert len(rows("lists.ListEntry")) == len(subjects()) == 3


def test_a_discarded_version_is_dropped_and_waits_no_more() -> None:
    listed("UN", FIRST)
    answer = imported("UN", NEXT)
    assert perform("discard-list@1", DiscardList(answer["version"]), material.DRAFTER)["state"] == "discarded"
    assert len(subjects()) == 3
    assert len(rows("lists.ListEntry")) == 3
    dropping = DiscardList(answer["version"])
    again = (lambda: confirmed(answer["version"]), lambda: perform("discard-list@1", dropping, material.DRAFTER))
    assert [(type(one), one.code) for one in map(refused, again)] == [(StateError, "list.state")] * 2


def test_half_that_would_vanish_takes_a_second_person_and_a_reason() -> None:
    listed("UN", FIRST)
    answer = imported("UN", REST)
    alone = refused(lambda: confirmed(answer["version"], "they were taken off"))
    without = refused(lambda: confirmed(answer["version"], " ", material.APPROVER))
    assert {(type(one), one.code) for one in (alone, without)} == {(RefusedError, "list.vanished")}
    assert (alone.params["removed"], alone.params["before"]) == (2, 3)
    assert len(subjects()) == 3
    confirmed(answer["version"], "they were taken off", material.APPROVER)
    assert list(subjects()) == ["list:UN/A"]
    (live,) = rows("lists.ListVersion", state="live")
    assert (live.reason, live.confirmed_by) == ("they were taken off", "approver")


def test_exactly_half_stops_and_less_than_half_does_not() -> None:
    listed("UN", un_list(A=("A",), B=("B",), C=("C",), D=("D",)))
    assert refused(lambda: listed("UN", un_list(A=("A",), B=("B",)))).code == "list.vanished"
    assert listed("UN", un_list(A=("A",), B=("B",), C=("C",)))["removed"] == 1


def test_a_version_takes_effect_over_the_one_that_it_was_compared_with(here: Here) -> None:
    listed("UN", FIRST)
    answer = imported("UN", NEXT)
    (live,) = rows("lists.ListVersion", state="live")
    type(live).objects.filter(pk=answer["version"]).update(base="019a0000-0000-7000-8000-000000000000")
    error = refused(lambda: confirmed(answer["version"]))
    assert (type(error), error.code) == (StateError, "list.base")


def test_the_real_lists_are_used_or_reported_whole() -> None:
    sdn, alt = (shared(f"data/lists/ofac_{name}.csv").read_bytes() for name in ("sdn", "alt"))
    ofac = listed("OFAC", sdn, alt)
    assert (ofac["elements"], ofac["used"], ofac["reported"]) == (8976, 4620, 4356)
    eu = listed("EU", shared("data/lists/eu_fsf_excerpt.xml").read_bytes())
    assert (eu["elements"], eu["used"]) == (1, 1)
    un = listed("UN", shared("data/lists/un_sc_consolidated.xml").read_bytes())
    assert (un["elements"], un["used"]) == (1003, 730)
    assert len(subjects()) == 4620 + 1 + 730
    card = source.cards(["EU/EU.27.28", "EU/gone", "XX/1"])["EU/EU.27.28"]
    assert (card.owner, card.person.nationalities) == ("EU", ("IRQ",))
    told = {item["code"]: item["count"] for item in facts.version(ofac["version"]).reports}
    assert told["ofac_list.entity"] == 4356
    assert all(len(item["where"]) <= 20 for item in facts.version(ofac["version"]).reports)


def test_of_one_id_twice_the_first_is_kept_and_the_second_told() -> None:
    data = own_list({"id": "1", "names": ["A"]}, {"id": "1", "names": ["B"]}, {"id": "2", "names": [" "]})
    answer = listed("OWN", data)
    assert (answer["elements"], answer["used"], answer["reported"]) == (3, 1, 2)
    assert [one.names for one in source.subjects()] == [("A",)]
    reports = facts.version(answer["version"]).reports
    assert [(item["code"], item["where"]) for item in reports] == [("subjects.twice", [2]), ("list.nameless", [3])]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("UN", b"", "un_list.xml"),
        ("EU", b"<export>", "eu_list.xml"),
        ("OFAC", b"1,2,3", "ofac_list.none"),
        ("OWN", b"", "list.lines"),
        ("OWN", b"\xff\xfe", "list.lines"),
        ("OWN", b"{", "subjects.none"),
        ("OWN", b'{"id": "1", "names": ["A"], "birth": "1"}', "subjects.none"),
        ("OWN", b'{"id": "1", "names": ["A"], "birth_date": "1980"}', "list.lines"),
        ("OWN", b"id;name\n1;A\n", "list.lines"),
    ],
)
def test_what_is_no_list_changes_nothing(name: str, data: bytes, code: str) -> None:
    error = refused(lambda: imported(name, data))
    assert (type(error), error.code) == (InputError, code)
    assert rows("lists.ListVersion") == []


@pytest.mark.parametrize("escaped", [r"A\u0000B", "A\u2028B", "A\x85B"])
def test_no_character_keeps_a_list_out(escaped: str) -> None:
    assert listed("OWN", f'{{"id": "1", "names": ["{escaped}"]}}\n'.encode())["used"] == 1
    (one,) = source.subjects()
    assert (one.names[0][0], one.names[0][-1]) == ("A", "B")


def test_a_files_name_is_kept_as_far_as_it_can_be() -> None:
    answer = perform("import-list@1", ImportList("UN", "un\0" + "n" * 300, FIRST), material.DRAFTER)
    assert facts.version(answer["version"]).file == "un" + "n" * 198


def test_a_role_without_lists_is_refused() -> None:
    answer = imported("UN", FIRST)
    stranger = Actor("administrator", "BE-POLICE/BORDER", frozenset({"administrator"}))
    assert refused(lambda: confirmed(answer["version"], actor=stranger)).code == "role.missing"


def test_a_version_that_waits_is_among_what_needs_somebody(here: Here) -> None:
    answer = imported("UN", FIRST)
    (need,) = (one for one in waits(material.OFFICER_A, here.clock.now()) if one.kind == "list")
    assert (need.record, need.url) == ("UN", f"/lists/{answer['version']}")
    confirmed(answer["version"])
    assert not waits(material.OFFICER_A, here.clock.now())
