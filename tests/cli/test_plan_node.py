"""`mithaq plan enact` and `suspend`: a half-signed plan is never enacted; a coordinator suspends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Mithaq

PLAN = "MA-BE/2025-2026"


@pytest.fixture
def documents(mithaq: Mithaq, tmp_path: Path) -> dict[str, Path]:
    """The signed plan as files, and a node on which nothing is enacted yet."""
    from tests.node import here as place

    place._empty()
    world = mithaq.here.world
    found = {"plan": tmp_path / "plan.toml"}
    found["plan"].write_text(world.joint.text, encoding="utf8")
    for number, signature in enumerate(world.joint.signatures):
        found[f"signature{number}"] = tmp_path / f"{number}.sig"
        found[f"signature{number}"].write_bytes(signature)
    for number, token in enumerate(world.key_lists):
        found[f"keys{number}"] = tmp_path / f"{number}.keys"
        found[f"keys{number}"].write_bytes(token)
    return found


def words(
    documents: dict[str, Path], *, signatures: tuple[int, ...] = (0, 1), keys: tuple[int, ...] = (0, 1)
) -> list[Any]:
    found: list[Any] = [documents["plan"]]
    for number in signatures:
        found += ["--signature", documents[f"signature{number}"]]
    for number in keys:
        found += ["--keys", documents[f"keys{number}"]]
    return found


def test_a_plan_that_both_signed_is_enacted_once(mithaq: Mithaq, documents: dict[str, Path]) -> None:
    answer = mithaq("plan", "enact", *words(documents))
    assert answer.code == 0, answer.err
    plan, digest = answer.out.split()
    assert plan == PLAN
    assert mithaq.rows("acts.Instrument")[0].digest == digest
    assert mithaq("plan", "enact", *words(documents)).out == answer.out
    assert len(mithaq.rows("acts.Instrument")) == 1
    assert len(mithaq.rows("acts.KeyList")) == 2


@pytest.mark.parametrize("number", [0, 1])
def test_a_half_signed_plan_is_refused(mithaq: Mithaq, documents: dict[str, Path], number: int) -> None:
    answer = mithaq("plan", "enact", *words(documents, signatures=(number,)))
    assert (answer.code, answer.out) == (1, "")
    assert "plan.unsigned" in answer.err
    assert mithaq.rows("acts.Instrument") == mithaq.rows("acts.KeyList") == []


def test_a_changed_text_is_refused(mithaq: Mithaq, documents: dict[str, Path]) -> None:
    text = documents["plan"].read_text(encoding="utf8")
    assert "count = 500" in text
    documents["plan"].write_text(text.replace("count = 500", "count = 5000"), encoding="utf8")
    answer = mithaq("plan", "enact", *words(documents))
    assert (answer.code, "plan.signature" in answer.err) == (1, True)
    assert mithaq.rows("acts.Instrument") == []


def test_without_the_partners_key_list_it_is_refused(mithaq: Mithaq, documents: dict[str, Path]) -> None:
    answer = mithaq("plan", "enact", *words(documents, keys=(1,)))
    assert (answer.code, "keys.none" in answer.err) == (1, True)
    assert mithaq.rows("acts.Instrument") == []


def test_files_that_cannot_be_read(mithaq: Mithaq, documents: dict[str, Path]) -> None:
    missing = mithaq("plan", "enact", documents["plan"], "--signature", mithaq.folder / "none.sig")
    assert (missing.code, "plan.file" in missing.err) == (5, True)
    documents["plan"].write_bytes(b"\xff\xfe broken")
    broken = mithaq("plan", "enact", *words(documents))
    assert broken.code == 5
    assert broken.err.startswith("mithaq:")


def test_a_coordinator_suspends_a_line_and_the_partner_is_told(mithaq: Mithaq) -> None:
    answer = mithaq(
        "plan", "suspend", "wanted-persons", "--plan", PLAN, "--reason", "Court order.", person="coordinator"
    )
    assert answer.code == 0, answer.err
    (suspension,) = mithaq.rows("acts.Suspension")
    assert (str(suspension.id), suspension.line, suspension.by) == (answer.out.strip(), "wanted-persons", "BE")
    assert [(row.act, row.recipient) for row in mithaq.rows("acts.Wish")] == [("suspend-line@1", "MA-POLICE/WANTED")]
    twice = mithaq("plan", "suspend", "wanted-persons", "--plan", PLAN, "--reason", "Again.", person="coordinator")
    assert (twice.code, "plan.suspended" in twice.err) == (3, True)


def test_others_suspend_nothing(mithaq: Mithaq) -> None:
    answer = mithaq("plan", "suspend", "wanted-persons", "--plan", PLAN, "--reason", "No.", person="approver")
    assert (answer.code, "role.missing" in answer.err) == (3, True)
    line = mithaq("plan", "suspend", "no-line", "--plan", PLAN, "--reason", "No.", person="coordinator")
    assert (line.code, "plan.line" in line.err) == (5, True)
    plan = mithaq("plan", "suspend", "wanted-persons", "--plan", "XX", "--reason", "No.", person="coordinator")
    assert (plan.code, "plan.unknown" in plan.err) == (5, True)
