"""A list that went back: told by its own date or because it was here before, and it takes a person with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mithaq.errors import MithaqError, RefusedError
from mithaq.node.acts.perform import perform
from mithaq.node.lists import facts, rules
from mithaq.node.lists.requests import DiscardList
from mithaq.node.lists.source import subjects
from tests.node import acts_material as material
from tests.node.border.crossings_material import enacted
from tests.node.here import Here
from tests.node.lists.material import confirmed, imported, listed, own_list, un_list

ONE = un_list(A=("Zohair Tafrasti",), B=("Samira Oulhaj",), C=("Wouter Peeters",))
FOUR = un_list(A=("Zohair Tafrasti",), B=("Samira Oulhaj",), C=("Wouter Peeters",), D=("Anke Verhulst",))


def dated(data: bytes, moment: str) -> bytes:
    return data.replace(b"2026-01-01T00:00:00Z", moment.encode())


def refused(act: Callable[[], Any]) -> MithaqError:
    with pytest.raises(MithaqError) as error:
        act()
    return error.value


@pytest.mark.parametrize(
    ("live", "generated", "was_here", "older"),
    [
        ("2026-02-27T00:00:09.554Z", "2026-02-26T23:00:00Z", False, "date"),
        ("2026-02-27T00:30:00+01:00", "2026-02-26T23:30:00Z", False, ""),
        ("2026-02-27T00:30:00+01:00", "2026-02-26T23:29:59Z", True, "date"),
        ("2026-02-27", "2026-02-26", False, "date"),
        ("2026-02-27", "2026-02-27", True, "seen"),
        ("", "2026-02-26", False, ""),
        ("yesterday", "2026-02-26", False, ""),
        ("2026-02-27", "", True, "seen"),
    ],
)
def test_what_is_older(live: str, generated: str, was_here: bool, older: str) -> None:
    assert rules.older(live, generated, was_here) == older


@pytest.mark.usefixtures("here")
def test_an_earlier_date_takes_a_reason() -> None:
    listed("UN", FOUR)
    answer = imported("UN", dated(ONE, "2025-12-31T23:59:59Z"))
    assert facts.version(answer["version"]).older == "date"
    error = refused(lambda: confirmed(answer["version"], " "))
    assert (type(error), error.code, len(tuple(subjects()))) == (RefusedError, "list.older", 4)
    confirmed(answer["version"], "the publisher took a list back")
    assert len(tuple(subjects())) == 3


@pytest.mark.usefixtures("here")
def test_a_file_that_was_replaced_or_discarded_takes_a_reason() -> None:
    first, second = own_list({"id": "1", "names": ["A"]}), own_list({"id": "1", "names": ["B"]})
    listed("OWN", first)
    listed("OWN", second)
    back = imported("OWN", first)
    assert facts.version(back["version"]).older == "seen"
    assert refused(lambda: confirmed(back["version"])).code == "list.older"
    perform("discard-list@1", DiscardList(back["version"]), material.DRAFTER)
    third = imported("OWN", own_list({"id": "1", "names": ["C"]}))
    assert facts.version(third["version"]).older == ""
    perform("discard-list@1", DiscardList(third["version"]), material.DRAFTER)
    assert facts.version(imported("OWN", own_list({"id": "1", "names": ["C"]}))["version"]).older == "seen"
    assert imported("OWN", second)["state"] == "unchanged"


def test_where_the_instrument_asks_for_two_the_importer_does_not_confirm(here: Here) -> None:
    settings = "[lines.clauses.settings]\nlist_second_person = 1\n\n# What came to nothing"
    enacted(here, ("# What came to nothing", settings))
    answer = imported("UN", ONE)
    error = refused(lambda: confirmed(answer["version"]))
    assert (type(error), error.code) == (RefusedError, "list.second")
    confirmed(answer["version"], actor=material.APPROVER)
    assert len(tuple(subjects())) == 3
