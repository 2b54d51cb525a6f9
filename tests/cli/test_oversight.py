"""Oversight on the command line: the log, one person's data, alarms and holds; for nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mithaq.cli.exits import BAD_INPUT, FINDING, OK, REFUSED
from mithaq.ledger import access_evidence
from mithaq.node.acts import access, local
from mithaq.node.acts.definition import Effects, Raised
from tests.cli.conftest import Mithaq
from tests.node.acts.test_road import published
from tests.node.here import NOW
from tests.node.oversight.material import sealed
from tests.node.oversight.test_chain import READER

WORDS = "the unit was asked, and has answered"


@pytest.fixture
def over(mithaq: Mithaq) -> Mithaq:
    """The command line with two people of oversight."""
    from mithaq.node.accounts.acts import add_person
    from mithaq.node.accounts.requests import AddPerson
    from mithaq.node.acts.ids import uuid7
    from tests.cli.conftest import PASSWORD

    for name in ("overseer", "second"):
        request = AddPerson(name, name.title(), "BE-POLICE/WANTED", ("oversight",), PASSWORD)
        local.apply("person", add_person(request, str(uuid7(NOW))), NOW)
    return mithaq


def last(mithaq: Mithaq) -> Any:
    return mithaq.rows("acts.Access")[-1]


def test_the_log_is_searched_as_on_the_page(over: Mithaq) -> None:
    for number in range(5):
        access.log(READER, "wanted.notice" if number % 2 else "border.hit", NOW, f"record-{number}", "q=x", "case 7")
    access.log(READER, "refused:border.hit", NOW, "record-9")
    found = over("oversight", "log", "--person", "officer-a", "--json", person="overseer")
    assert found.code == OK, found
    assert [row["number"] for row in found.json["rows"]] == [6, 5, 4, 3, 2, 1]
    assert found.json["rows"][1]["why"] == "case 7"
    assert (last(over).what, last(over).reason) == ("oversight.log", "command line: actor=officer-a")
    day = NOW.date().isoformat()
    for words, numbers in (
        (("--what", "border.hit"), [6, 5, 3, 1]), (("--what", "border.hit", "--refused"), [6]),
        (("--record", "record-3"), [4]), (("--unit", "BE-POLICE/BORDER", "--until", "2020-01-01"), []),
        (("--unit", "BE-POLICE/BORDER", "--since", day, "--person", "officer-a", "--limit", "2"), [6, 5]),
        (("--person", "officer-a", "--before", "3"), [2, 1]),
    ):  # fmt: skip
        shown = over("oversight", "log", *words, "--json", person="overseer")
        assert [row["number"] for row in shown.json["rows"]] == numbers, words
    plain = over("oversight", "log", "--person", "officer-a", "--limit", "1", person="overseer")
    assert plain.lines[0].split("\t")[:1] == ["6"]
    assert "--before 6" in plain.err


def test_one_persons_data_and_its_evidence(over: Mithaq, tmp_path: Path) -> None:
    key = published()
    (notice,) = over.rows("wanted.Notice")
    access.log(READER, "wanted.notice", NOW, key, why="case 7")
    sealed(over.here)
    target = tmp_path / "evidence.json"
    asked = ("--name", "Zohair Tafrasti", "--birth-date", "1984-03-17")
    found = over("oversight", "person", *asked, "--evidence", target, "--json", person="overseer")
    assert found.code == OK, found
    assert [one["reference"] for one in found.json["held"]] == [notice.reference]
    assert [(one["who"], one["reads"]) for one in found.json["readers"]] == [("officer-a", 1)]
    assert {"act", "read"} <= {one["kind"] for one in found.json["events"]}
    assert (last(over).what, last(over).reason) == ("oversight.bundle", "command line: Zohair Tafrasti 1984-03-17")
    assert key in last(over).also
    proof = access_evidence.verify(target.read_bytes(), {"BE": over.here.own.root.public})
    assert proof.ok, proof.checks
    assert [row.why for row in proof.rows] == ["case 7"]
    shown = over("oversight", "person", "--reference", notice.reference, person="overseer")
    assert shown.code == OK
    assert notice.reference in shown.out
    assert over("oversight", "person", "--name", "Zohair Tafrasti", person="overseer").code == BAD_INPUT


def test_alarms_are_listed_closed_and_reopened(over: Mithaq) -> None:
    assert over("oversight", "alarms", person="overseer").code == OK
    raised = tuple(Raised("reading.unusual", "1 records=40", name) for name in ("officer-a", "overseer"))
    local.apply("post", Effects(alarms=raised), NOW)
    first, own = (str(row.pk) for row in over.rows("acts.Alarm"))
    over.here.clock.forward(minutes=90)
    found = over("oversight", "alarms", "--json", person="overseer")
    assert found.code == FINDING
    assert [(one["id"], one["minutes_open"], one["subject"]) for one in found.json["alarms"]] == [
        (first, 90, "records=40"), (own, 90, "records=40"),
    ]  # fmt: skip
    given = ("--finding", "allowed", "--words", WORDS)
    for name, key, code in (("officer", first, REFUSED), ("overseer", own, REFUSED), ("overseer", "99", BAD_INPUT)):
        assert over("oversight", "close-alarm", key, *given, person=name).code == code, name
    assert over("oversight", "close-alarm", first, *given[:3], "no", person="overseer").code == BAD_INPUT
    assert not any(row.closed for row in over.rows("acts.Alarm"))
    assert over("oversight", "close-alarm", first, *given, person="overseer").code == OK
    assert over("oversight", "close-alarm", first, *given, person="overseer").code == REFUSED
    assert over("oversight", "close-alarm", own, *given, person="second").code == OK
    assert over("oversight", "alarms", person="overseer").code == OK
    closed = over("oversight", "alarms", "--closed", "--json", person="second").json["alarms"]
    assert [(one["id"], one["by"], one["finding"]) for one in closed] == [
        (own, "second", "allowed"), (first, "overseer", "allowed"),
    ]  # fmt: skip
    assert over("oversight", "reopen-alarm", first, "--words", WORDS, person="second").code == OK
    plain = over("oversight", "alarms", person="second")
    assert plain.code == FINDING
    assert plain.lines[0].split("\t")[0] == first


def test_rows_are_held_and_released_by_another(over: Mithaq) -> None:
    held = over(
        "oversight", "hold-log", "--since", "2026-01-01", "--until", "2026-08-01", "--reason", WORDS, person="overseer"
    )
    assert held.code == OK, held
    told = over("oversight", "holds", "--json", person="second").json
    assert [(one["by"], one["reason"]) for one in told["holds"]] == [("overseer", WORDS)]
    assert (told["days"], told["cuts"]) == (1826, [])
    key = held.out.strip()
    assert over("oversight", "release-log", key, "--reason", WORDS, person="overseer").code == REFUSED
    assert over("oversight", "release-log", key, "--reason", WORDS, person="second").code == OK
    assert over("oversight", "holds", person="second").lines[-1].endswith("second")


@pytest.mark.parametrize("command", ["log", "person", "alarms", "holds"])
def test_nobody_else_reads_them_and_the_attempt_leaves_a_row(mithaq: Mithaq, command: str) -> None:
    published()
    more = ("--name", "Zohair Tafrasti", "--birth-date", "1984-03-17") if command == "person" else ()
    for name in ("approver", "administrator"):
        ended = mithaq("oversight", command, *more, person=name)
        assert ended.code == REFUSED
        assert "oversight.role" in ended.err
        assert "Tafrasti" not in ended.out + ended.err
        assert (last(mithaq).actor, last(mithaq).refused) == (name, True)
