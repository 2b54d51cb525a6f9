"""`mithaq lists import`: every element of the source is used or reported."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Mithaq
from tests.shared_data import shared

SIZE = 512 * 1024 * 1024


def test_the_un_list_as_published(mithaq: Mithaq) -> None:
    file = shared("data/lists/un_sc_consolidated.xml")
    answer = mithaq("lists", "import", file, "--list", "UN", "--yes", "--json", person="drafter")
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


def test_half_a_gigabyte_is_not_read_to_its_end(mithaq: Mithaq) -> None:
    file = mithaq.folder / "large.xml"
    file.write_bytes(b"<CONSOLIDATED_LIST><INDIVIDUALS>")
    with file.open("r+b") as target:
        target.truncate(SIZE)  # a hole: the disk holds nothing, a reader would get it all
    tracemalloc.start()
    answer = mithaq("lists", "import", file, "--list", "UN", person="drafter")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.code, answer.out) == (5, "")
    assert peak < SIZE / 2
    assert mithaq.rows("lists.ListVersion") == []


def un_file(mithaq: Mithaq, *persons: str) -> Path:
    from tests.node.lists.material import un_list

    file = mithaq.folder / "un.xml"
    file.write_bytes(un_list(**{name: (f"{name} Tafrasti",) for name in persons}))
    return file


def test_a_list_is_looked_at_and_confirmed(mithaq: Mithaq) -> None:
    first = un_file(mithaq, "A", "B", "C")
    answer = mithaq("lists", "import", first, "--list", "UN", person="drafter")
    assert answer.lines[1] == "pending: 3 added, 0 changed, 0 removed"
    assert answer.lines[2:] == ["+\tA\tA Tafrasti", "+\tB\tB Tafrasti", "+\tC\tC Tafrasti"]
    assert "mithaq lists confirm --list UN" in answer.err
    assert [row.what for row in mithaq.rows("acts.Access")][-1:] == ["lists.version"]
    assert mithaq("lists", "show", person="drafter").lines == ["UN pending: 3 persons, 3 added, 0 changed, 0 removed"]
    shown = [json.loads(line) for line in mithaq("lists", "diff", "--list", "UN", person="drafter").lines]
    assert [(one["kind"], one["names"]) for one in shown][:1] == [("added", ["A Tafrasti"])]
    assert mithaq("lists", "confirm", "--list", "UN", person="drafter").code == 0
    rows = [json.loads(line) for line in mithaq("lists", "show", "--json", person="drafter").lines]
    assert (rows[0]["list"], rows[0]["live"]["used"], rows[0]["pending"]) == ("UN", 3, None)
    nothing = mithaq("lists", "confirm", "--list", "UN", person="drafter")
    assert (nothing.code, "list.none" in nothing.err) == (5, True)


def test_half_that_would_vanish_stays_to_be_looked_at(mithaq: Mithaq) -> None:
    mithaq("lists", "import", un_file(mithaq, "A", "B", "C"), "--list", "UN", "--yes", person="drafter")
    stopped = mithaq("lists", "import", un_file(mithaq, "A"), "--list", "UN", "--yes", person="drafter")
    assert (stopped.code, "list.vanished" in stopped.err) == (3, True)
    assert len(mithaq.rows("lists.ListEntry")) == 4
    alone = mithaq("lists", "confirm", "--list", "UN", "--reason", "it is so", person="drafter")
    assert alone.code == 3
    assert mithaq("lists", "confirm", "--list", "UN", "--reason", "it is so", person="approver").code == 0
    assert len(mithaq.rows("lists.ListEntry")) == 1


def test_a_list_that_waits_is_discarded(mithaq: Mithaq) -> None:
    mithaq("lists", "import", un_file(mithaq, "A"), "--list", "UN", person="drafter")
    assert mithaq("lists", "discard", "--list", "UN", person="approver").code == 0
    assert mithaq.rows("lists.ListEntry") == []
    assert mithaq("lists", "discard", "--list", "XX", person="approver").code == 2


def test_ofac_with_its_second_file(mithaq: Mithaq) -> None:
    sdn, alt = (shared(f"data/lists/ofac_{name}.csv") for name in ("sdn", "alt"))
    found = mithaq("lists", "import", sdn, "--more", alt, "--list", "OFAC", "--yes", "--json", person="drafter").json
    assert (found["state"], found["elements"], found["used"]) == ("live", 8976, 4620)


def test_a_packed_table_with_a_mapping(mithaq: Mithaq) -> None:
    file, mapping = mithaq.folder / "own.csv.gz", mithaq.folder / "own.toml"
    file.write_bytes(gzip.compress(b"Number;Name\n1;Samira Oulhaj\n2;\n"))
    mapping.write_text("[columns]\nid = 'Number'\nnames = 'Name'\n", encoding="utf8")
    answer = mithaq("lists", "import", file, "--mapping", mapping, "--list", "OWN", person="drafter")
    assert answer.lines == [
        "2 elements = 1 used + 1 reported", "pending: 1 added, 0 changed, 0 removed", "+\t1\tSamira Oulhaj",
    ]  # fmt: skip
    assert "1 x A row has no name. [csv.name] line 3" in answer.err
    without = mithaq("lists", "import", file, "--list", "OWN", person="drafter")
    assert (without.code, "list.lines" in without.err) == (5, True)


def test_a_long_diff_is_cut_and_says_where_the_rest_is(mithaq: Mithaq) -> None:
    mithaq("lists", "import", un_file(mithaq, *"ABCDEFGHIJKLMNOPQRSTUVWXY"), "--list", "UN", "--yes", person="drafter")
    answer = mithaq("lists", "import", un_file(mithaq, *"BCDEFGHIJKLMNOPQRSTUVWXYZ"), "--list", "UN", person="drafter")
    assert answer.lines[2:] == ["-\tA\tA Tafrasti", "+\tZ\tZ Tafrasti"]
    long = mithaq("lists", "import", shared("data/lists/un_sc_consolidated.xml"), "--list", "UN", person="drafter")
    assert long.lines[-1].endswith("more: mithaq lists diff --list UN")
    assert len(long.lines) == 2 + 21 + 21


def test_a_list_that_went_back_is_warned_of(mithaq: Mithaq) -> None:
    first, second = (un_file(mithaq, *names).read_bytes() for names in ("ABC", "ABCD"))
    file = mithaq.folder / "un.xml"
    for data in (first, second):
        file.write_bytes(data)
        assert mithaq("lists", "import", file, "--list", "UN", "--yes", person="drafter").code == 0
    file.write_bytes(first)
    stopped = mithaq("lists", "import", file, "--list", "UN", "--yes", person="drafter")
    assert (stopped.code, "list.older" in stopped.err) == (3, True)
    assert "was replaced or discarded before" in mithaq("lists", "import", file, "--list", "UN", person="drafter").err
    assert mithaq("lists", "show", person="drafter").lines[1].endswith("1 removed, older")
    assert mithaq("lists", "confirm", "--list", "UN", "--reason", "it is so", person="drafter").code == 0


def test_a_list_without_a_source_is_not_refreshed(mithaq: Mithaq) -> None:
    answer = mithaq("lists", "refresh", "UN", person="drafter")
    assert (answer.code, "list.source" in answer.err) == (5, True)
    assert mithaq("lists", "refresh", "XX", person="drafter").code == 2


def test_show_says_how_a_refresh_went(mithaq: Mithaq, monkeypatch: pytest.MonkeyPatch) -> None:
    from mithaq.node import start
    from mithaq.node.list_sources import ListSource
    from mithaq.node.lists import refresh

    place = mithaq.folder
    source = ListSource("UN", ("none.xml",), False, timedelta(hours=6), "BE-POLICE/BORDER", True, None, place)
    monkeypatch.setattr(start.Node, "config", replace(start.Node.config, lists={"UN": source}))
    refresh.tick("UN", start.Node.clock.now(), refresh.at_once)
    (line,) = mithaq("lists", "show", person="drafter").lines
    due = start.Node.clock.now() + refresh.FIRST_PAUSE
    assert line == f"UN refresh: due {due:%Y-%m-%dT%H:%MZ}, list.unreachable"
