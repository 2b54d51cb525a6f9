"""`mithaq wanted ...`: the good lines go through, the bad ones are named, and nobody approves her own draft."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Mithaq


def line(**changes: Any) -> dict[str, Any]:
    """A notice of an invented person in wire form."""
    return {
        "category": "wanted",
        "purpose": "locate",
        "language": "fr",
        "person": {"names": ["زهير التفراستي", "Zouhair Tafrasti"], "sex": "male", "birth_dates": ["1984-03-17"]},
        "basis": {
            "warrant": "2026/117", "court": "Invented court", "issued": "2026-01-12", "offence": "Fraud",
            "law": "Invented code, article 1", "facts": "Invented facts.",
        },
        **changes,
    }  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """Writes lines (objects or raw text) and gives the path."""

    def write(*lines: Any) -> Path:
        path = tmp_path / "notices.jsonl"
        texts = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines]
        path.write_text("\n".join(texts) + "\n", encoding="utf8")
        return path

    return write


def drafted(mithaq: Mithaq, path: Path, *words: object) -> list[str]:
    """Draft all lines; the ids."""
    answer = mithaq("wanted", "draft", path, *words, "--json", person="drafter")
    assert answer.code == 0, answer.err
    return [one["notice"] for one in answer.json["drafted"]]


def test_good_lines_go_through_and_bad_ones_are_named(mithaq: Mithaq, file: Any) -> None:
    bad_date = line(person={"names": ["A B"], "birth_dates": ["1984-02-31"]})
    path = file(line(), "{not json", "", line(purpose="revenge"), bad_date, '{"a": 1, "a": 2}', "[]", line())
    answer = mithaq("wanted", "draft", path, "--json", person="drafter")
    assert answer.code == 5
    assert [one["line"] for one in answer.json["drafted"]] == [1, 8]
    assert [(one["line"], one["code"]) for one in answer.json["bad"]][1:3] == [
        (4, "body.field"),
        (5, "notice.birth_date"),
    ]
    assert [one["line"] for one in answer.json["bad"]] == [2, 4, 5, 6, 7]
    assert "line 5:" in answer.err
    assert "2 drafted, 5 not" in answer.err
    assert len(mithaq.rows("wanted.Notice")) == 2


def test_a_portrait_is_taken_from_the_named_directory_and_from_nowhere_else(
    mithaq: Mithaq, file: Any, tmp_path: Path
) -> None:
    from tests.node.acts_material import portrait

    folder = tmp_path / "portraits"
    folder.mkdir()
    (folder / "one.png").write_bytes(portrait())
    (tmp_path / "secret.png").write_bytes(portrait())
    path = file(line(portrait_file="one.png"), line(portrait_file="../secret.png"), line(portrait_file="none.png"))
    answer = mithaq("wanted", "draft", path, "--portraits", folder, "--json", person="drafter")
    assert answer.code == 5
    assert [one["line"] for one in answer.json["drafted"]] == [1]
    assert {one["code"] for one in answer.json["bad"]} == {"portrait.file"}
    assert bytes(mithaq.rows("wanted.Notice")[0].portrait).startswith(b"\xff\xd8")
    without = mithaq("wanted", "draft", file(line(portrait_file="one.png")), person="drafter")
    assert without.code == 5
    assert "--portraits" in without.err


def test_own_approval_is_refused_and_a_colleague_approves_and_publishes(mithaq: Mithaq, file: Any) -> None:
    ids = drafted(mithaq, file(line(), line()))
    own = mithaq("wanted", "approve", "--all", "--json", person="drafter")
    assert own.code == 3
    assert own.json["approved"] == []
    assert [one["code"] for one in own.json["bad"]] == ["notice.second_person"] * 2
    assert "2 times" in own.err
    early = mithaq("wanted", "publish", ids[0], person="approver")
    assert early.code == 3
    assert "notice.state" in early.err
    approved = mithaq("wanted", "approve", "--all", person="approver")
    assert (approved.code, len(approved.lines)) == (0, 2)
    published = mithaq("wanted", "publish", ids[0], approved.lines[1], "--json", person="approver")
    assert published.code == 0
    assert {one["notice"] for one in published.json["published"]} == set(ids)
    assert {row.state for row in mithaq.rows("wanted.Notice")} == {"active"}
    assert [row.recipient for row in mithaq.rows("acts.Wish")] == ["MA-POLICE/WANTED"] * 2


def test_all_is_of_the_own_unit_only(mithaq: Mithaq, file: Any) -> None:
    drafted(mithaq, file(line()))
    answer = mithaq("wanted", "approve", "--all", "--json", person="officer")
    assert answer.json == {"approved": [], "bad": []}


def test_ids_or_all_but_not_both_and_not_neither(mithaq: Mithaq) -> None:
    assert mithaq("wanted", "approve", person="approver").code == 2
    assert mithaq("wanted", "approve", "--all", "an-id", person="approver").code == 2


def test_withdraw_tells_the_reason(mithaq: Mithaq, file: Any) -> None:
    ids = drafted(mithaq, file(line()))
    mithaq("wanted", "approve", "--all", person="approver")
    mithaq("wanted", "publish", "--all", person="approver")
    empty = mithaq("wanted", "withdraw", ids[0], "--reason", " ", person="approver")
    assert (empty.code, "notice.reason" in empty.err) == (5, True)
    done = mithaq("wanted", "withdraw", ids[0], "--reason", "Found.", person="approver")
    assert done.code == 0
    assert done.out.strip() == mithaq.rows("wanted.Notice")[0].reference
    assert mithaq.rows("wanted.Notice")[0].state == "withdrawn"
    unknown = mithaq("wanted", "withdraw", "BE-POLICE/2026/WP/99999", "--reason", "Found.", person="approver")
    assert (unknown.code, "notice.unknown" in unknown.err) == (5, True)


def test_a_list_is_printed_only_after_the_access_log_says_who_read_it(mithaq: Mithaq, file: Any) -> None:
    drafted(mithaq, file(line()))
    assert mithaq.readings() == []
    answer = mithaq("wanted", "list", "--json", person="officer")
    assert answer.json["count"] == 1
    assert answer.json["notices"][0]["names"] == ["زهير التفراستي", "Zouhair Tafrasti"]
    assert [(row.actor, row.what) for row in mithaq.readings()] == [("officer", "wanted.notices")]
    plain = mithaq("wanted", "list", "--state", "draft", person="officer")
    assert plain.lines[0].split("\t")[1:3] == ["draft", "-"]
    assert mithaq("wanted", "list", "--state", "active", person="officer").out == ""


def test_an_administrator_reads_no_content(mithaq: Mithaq, file: Any) -> None:
    drafted(mithaq, file(line()))
    answer = mithaq("wanted", "list", person="administrator")
    assert (answer.code, answer.out) == (3, "")
    assert "read.role" in answer.err


def test_who_does_not_prove_who_he_is_does_nothing(mithaq: Mithaq, file: Any) -> None:
    answer = mithaq("wanted", "draft", file(line()), person="drafter", password="another password")
    assert (answer.code, "sign_in.failed" in answer.err) == (3, True)
    assert mithaq.rows("wanted.Notice") == []


def test_a_missing_file_is_bad_input(mithaq: Mithaq, tmp_path: Path) -> None:
    answer = mithaq("wanted", "draft", tmp_path / "none.jsonl", person="drafter")
    assert (answer.code, "wanted.file" in answer.err) == (5, True)


def test_a_line_that_the_plan_refuses_ends_with_refused(mithaq: Mithaq, file: Any) -> None:
    answer = mithaq("wanted", "draft", file(line(), line()), person="officer")
    assert answer.code == 3
    assert len(mithaq.rows("acts.Refusal")) == 2


def test_an_extension_takes_the_warrant_again_and_another_person(mithaq: Mithaq, file: Any) -> None:
    (key,) = drafted(mithaq, file(line(review="2026-06-01")))
    assert mithaq("wanted", "approve", key, person="approver").code == 0
    assert mithaq("wanted", "publish", key, person="approver").code == 0
    words = ("wanted", "extend", key, "--review", "2026-09-01", "--reason", "still sought", "--court", "Invented court")
    wrong = mithaq(*words, "--warrant", "2026/118", "--issued", "2026-01-12", person="approver")
    assert (wrong.code, "extension.basis" in wrong.err) == (3, True)
    asked = (*words, "--warrant", "2026/117", "--issued", "2026-01-12")
    assert mithaq(*asked, person="approver").code == 0
    again = mithaq(*asked, person="approver")
    assert (again.code, "extension.person" in again.err) == (3, True)


def test_what_is_kept_is_listed_and_what_was_never_erased_is_not_proved(mithaq: Mithaq, file: Any) -> None:
    drafted(mithaq, file(line()))
    answer = mithaq("retention", "list", "--json", person="approver")
    assert answer.code == 0, answer.err
    assert {one["kind"]: one["kept"] for one in answer.json["kinds"]}["notice"] == 1
    unknown = mithaq("retention", "prove", "BE-POLICE/2026/WP/99999", person="approver")
    assert (unknown.code, "erasure.unknown" in unknown.err) == (5, True)
