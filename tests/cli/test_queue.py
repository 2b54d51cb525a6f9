"""`mithaq queue ...`: the next one, many at once with preview, hold and undo; by words, by --json, by exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Mithaq
from tests.cli.test_border import manifest
from tests.cli.test_wanted import line

TWO = (("AL TAFRASTY", "ZUHAIR", "1984-03-17"), ("TAFRASTI", "ZOHAIR", "1984-03-17"))


@pytest.fixture
def approved(mithaq: Mithaq, tmp_path: Path) -> list[str]:
    """Two notices that may go out."""
    path = tmp_path / "notices.jsonl"
    path.write_text("\n".join(json.dumps(line()) for _ in range(2)), encoding="utf8")
    mithaq("wanted", "draft", path, person="drafter")
    done = mithaq("wanted", "approve", "--all", "--json", person="approver")
    return [one["reference"] for one in done.json["approved"]]


def test_the_next_one_is_one_persons_until_it_is_given_back(mithaq: Mithaq, approved: list[str]) -> None:
    taken = mithaq("queue", "next", person="approver")
    told = dict(one.split(": ", 1) for one in taken.lines)
    assert (taken.code, told["reference"] in approved, told["holder"]) == (0, True, "approver")
    assert mithaq("queue", "next", "--json", person="approver").json["hold"] == told["hold"]
    other = mithaq("queue", "next", "--json", person="drafter").json["reference"]
    assert {told["reference"], other} == set(approved)
    held = mithaq("queue", "held", "--json", person="drafter").json["held"]
    assert {one["holder"] for one in held} == {"approver", "drafter"}
    assert mithaq("queue", "next", "--json", person="officer").json == {}
    assert mithaq("queue", "next", person="officer").out == ""
    assert mithaq("queue", "next", person="coordinator").code == 3
    assert mithaq("queue", "release", told["hold"], "--json", person="officer").json == {"released": ""}
    assert mithaq("queue", "release", told["hold"], person="approver").lines == [f"released: {told['hold']}"]
    assert [row.what for row in mithaq.rows("acts.Access", actor="approver")][-1] == "console.release"


def test_many_notices_wait_half_a_minute_and_can_be_undone(mithaq: Mithaq, approved: list[str]) -> None:
    from mithaq.node.console import planned

    seen = mithaq("queue", "publish", *approved, "--json", person="approver")
    assert (seen.code, seen.json["batch"]) == (0, "")
    assert [one["becomes"] for one in seen.json["records"]] == ["published"] * 2
    assert mithaq.rows("console.Planned") == []
    batch = mithaq("queue", "publish", *approved, "--yes", person="approver").lines[-1].removeprefix("batch: ")
    assert mithaq("queue", "undo", batch, person="drafter").code == 0  # a supervisor sees it; it is not his to undo
    assert {one.state for one in planned.batch(batch)} == {"waiting"}
    assert mithaq("queue", "undo", batch, person="officer").code == 5
    assert mithaq("queue", "undo", batch, "--json", person="approver").json == {"undone": 2}
    mithaq.here.clock.forward(minutes=1)
    planned.every_round(mithaq.here.clock.now())
    assert {row.state for row in mithaq.rows("wanted.Notice")} == {"approved"}
    batch = mithaq("queue", "publish", *approved, "--yes", "--json", person="approver").json["batch"]
    mithaq("wanted", "withdraw", approved[0], "--reason", "found", person="approver")
    mithaq.here.clock.forward(minutes=1)
    planned.every_round(mithaq.here.clock.now())
    ended = mithaq("queue", "planned", batch, "--json", person="approver")
    failed, done = sorted(ended.json["planned"], key=lambda one: one["state"] == "done")
    assert (ended.code, failed["state"], done["state"]) == (1, "failed", "done")
    assert (failed["reference"], failed["code"]) == (approved[0], "record.stale")
    # What cannot be done is told with its code, and nothing is planned of it.
    again = mithaq("queue", "publish", *approved, "--yes", person="approver")
    assert (again.code, "batch: " in again.out, "code: " in again.out) == (3, False, True)
    assert mithaq("queue", "publish", "BE-POLICE/2026/WP/99999", person="approver").code == 5
    assert mithaq("queue", "publish", approved[1], person="administrator").code == 3
    assert mithaq("queue", "publish", person="approver").code == 2


def test_candidates_are_rejected_together_for_one_reason(mithaq: Mithaq, approved: list[str], tmp_path: Path) -> None:
    from mithaq.node.console import planned

    assert mithaq("wanted", "publish", "--all", person="approver").code == 0
    path = manifest(tmp_path / "m.edi", *TWO)
    found = mithaq("border", "screen", path, "--post", "BEBRU", "--json", person="officer")
    keys = [one["candidate"] for one in found.json["candidates"]]
    asked = ["queue", "reject", found.json["manifest"], *(word for key in keys for word in ("--candidate", key))]
    assert mithaq(*asked, "--remark", " ", person="officer").code == 5
    seen = mithaq(*asked, "--remark", "another person", person="officer")
    assert (seen.code, seen.out.count("becomes: rejected")) == (0, len(keys))
    assert "--yes" in seen.err
    batch = mithaq(*asked, "--remark", "another person", "--yes", "--json", person="officer").json["batch"]
    mithaq.here.clock.forward(seconds=planned.HOLD.total_seconds() + 1)
    planned.every_round(mithaq.here.clock.now())
    ended = mithaq("queue", "planned", batch, "--json", person="officer")
    assert {one["state"] for one in ended.json["planned"]} == {"done"}
    assert {row.state for row in mithaq.rows("border.Candidate")} == {"rejected"}
    assert mithaq(*asked, "--remark", "x", person="approver").code == 5  # another unit's manifest is not there
    part = mithaq(*asked[:3], "--candidate", "x", "--remark", "x", "--json", person="officer")
    assert (part.code, part.json["records"][0]["code"]) == (5, "candidate.unknown")


def test_what_others_wrote_is_one_line_and_no_command(capsys: pytest.CaptureFixture[str]) -> None:
    from mithaq.cli import queue

    queue._lines([{"reference": "a\nhold: x\x1b[2J\u202eb"}, {"reference": "c"}])
    assert capsys.readouterr().out == "reference: a hold: x [2J b\n\nreference: c\n"
