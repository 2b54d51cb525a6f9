"""`mithaq lists import`: every element of the source is used or reported."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Mithaq
from tests.shared_data import shared


def test_the_un_list_as_published(mithaq: Mithaq) -> None:
    file = shared("data/lists/un_sc_consolidated.xml")
    answer = mithaq("lists", "import", file, "--list", "UN", "--json", person="drafter")
    assert answer.code == 0
    found = answer.json
    assert found["elements"] == found["used"] + found["reported"]
    assert found["used"] > 500
    assert len(mithaq.rows("lists.ListEntry")) == found["used"]
    again = mithaq("lists", "import", file, "--list", "UN", person="officer")
    assert again.lines[0] == "{elements} elements = {used} used + {reported} reported".format(**found)
    assert again.lines[1] == "unchanged: 0 added, 0 changed, 0 removed"
    assert len(mithaq.rows("lists.ListEntry")) == found["used"]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"<CONSOLIDATED_LIST",
        b'<!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>',
        b"\x00\xff\xfe",
    ],
    ids=["empty", "cut", "entity", "bytes"],
)
def test_what_is_no_list_is_bad_input(mithaq: Mithaq, text: bytes) -> None:
    file = mithaq.folder / "list.xml"
    file.write_bytes(text)
    answer = mithaq("lists", "import", file, "--list", "UN", person="drafter")
    assert (answer.code, answer.out) == (5, "")
    assert mithaq.rows("lists.ListVersion") == []


def test_an_unknown_list_and_a_missing_file(mithaq: Mithaq) -> None:
    assert mithaq("lists", "import", "x.xml", "--list", "XX", person="drafter").code == 2
    missing = mithaq("lists", "import", mithaq.folder / "none.xml", "--list", "UN", person="drafter")
    assert (missing.code, "list.file" in missing.err) == (5, True)


def test_a_role_without_lists_is_refused(mithaq: Mithaq) -> None:
    file = mithaq.folder / "list.xml"
    file.write_bytes(b"<x/>")
    answer = mithaq("lists", "import", file, "--list", "UN", person="administrator")
    assert (answer.code, "role.missing" in answer.err) == (3, True)
