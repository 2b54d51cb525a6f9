"""The example plan: seven lines in four languages that permit what the wanted-person road needs, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mithaq.plan.decide import ActFacts, Permit, Refusal, Suspension, decide, recipients
from mithaq.plan.document import Plan, read_plan
from tests.plan.samples import EXAMPLES, NOW, instrument


def example(name: str) -> Plan:
    return read_plan((EXAMPLES / name).read_text(encoding="utf-8"), name, draft=True)


PLAN = example("plan.toml")
PUBLISH = ActFacts(
    "publish-notice", 1, PLAN.id, "wanted-persons", "MA-POLICE/WANTED", "BE-POLICE/WANTED",
    frozenset({"identity", "portrait", "document", "judicial-basis", "warning"}), "H2", "arrest", "ar",
)  # fmt: skip
HIT = replace(
    PUBLISH, word="report-hit", sender="BE-POLICE/BORDER", recipient="MA-POLICE/WANTED",
    categories=frozenset({"identity", "document", "travel"}), purpose="locate", urgency="urgent",
)  # fmt: skip


def test_seven_lines_in_four_languages() -> None:
    assert [line.id for line in PLAN.lines] == [
        "wanted-persons", "border-data", "terrorism", "organised-crime", "money-laundering", "sporting-events",
        "visits-meetings",
    ]  # fmt: skip
    for line in PLAN.lines:
        assert set(line.title) == {"ar", "fr", "nl", "en"}
        assert len(set(line.title.values())) == 4
        assert line.programme


@pytest.mark.parametrize(("here", "there"), [("MA", "BE"), ("BE", "MA")])
def test_notices_go_both_ways_and_hits_come_back(here: str, there: str) -> None:
    enacted = [instrument(PLAN)]
    sent = replace(PUBLISH, sender=f"{here}-POLICE/WANTED", recipient=f"{there}-POLICE/WANTED")
    told = replace(HIT, sender=f"{there}-POLICE/BORDER", recipient=f"{here}-POLICE/WANTED")
    for act in (sent, told, replace(sent, word="withdraw-notice", categories=frozenset({"identity"}))):
        assert isinstance(decide(enacted, act, NOW), Permit)
    assert recipients(PLAN, "wanted-persons", "publish-notice", sent.sender) == (sent.recipient,)
    assert recipients(PLAN, "wanted-persons", "report-hit", told.sender) == (told.recipient,)


@pytest.mark.parametrize(
    ("act", "hours"),
    [
        (replace(PUBLISH, urgency="urgent"), 8),
        (replace(PUBLISH, urgency="to-obtain"), 72),
        (PUBLISH, 168),
        (HIT, 12),
    ],
)
def test_deadlines(act: ActFacts, hours: int) -> None:
    answer = decide([instrument(PLAN)], act, NOW)
    assert isinstance(answer, Permit)
    assert answer.obligations.due == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("act", "ground"),
    [
        (replace(PUBLISH, handling="H3"), "plan.handling"),
        (replace(PUBLISH, sender="MA-POLICE/BORDER"), "plan.sender"),
        (replace(PUBLISH, recipient="BE-POLICE/BORDER"), "plan.recipient"),
        (replace(PUBLISH, line="terrorism"), "plan.act"),
        (replace(PUBLISH, used=500), "plan.quota"),
        (replace(HIT, recipient="BE-POLICE/WANTED"), "plan.recipient"),
        (replace(HIT, categories=frozenset({"judicial-basis"})), "plan.category"),
    ],
)
def test_and_no_more(act: ActFacts, ground: str) -> None:
    answer = decide([instrument(PLAN)], act, NOW)
    assert isinstance(answer, Refusal)
    assert answer.ground == ground


def test_every_line_can_be_suspended_by_either_party() -> None:
    for line in PLAN.lines:
        for here, there in (("MA", "BE"), ("BE", "MA")):
            act = replace(
                PUBLISH, word="suspend-line", line=line.id, sender=f"{here}-POLICE/BORDER", handling="H0",
                recipient=f"{there}-POLICE/WANTED", categories=frozenset({"organisational"}), purpose="information",
            )  # fmt: skip
            done = {line.id: Suspension(NOW, here, "reason")}
            assert isinstance(decide([instrument(PLAN, suspended=done)], act, NOW), Permit)


@pytest.mark.parametrize("party", ["MA", "BE"])
@pytest.mark.parametrize(
    ("word", "unit", "categories"),
    [
        ("draft-notice", "WANTED", {"identity", "portrait", "document", "judicial-basis", "warning"}),
        ("approve-notice", "WANTED", {"identity", "judicial-basis"}),
        ("withdraw-notice", "WANTED", {"identity"}),
        ("screen-manifest", "BORDER", {"identity", "document", "travel"}),
        ("judge-candidate", "BORDER", {"identity", "document", "travel"}),
        ("import-list", "WANTED", {"sanction-list"}),
        ("import-list", "BORDER", {"sanction-list"}),
        ("confirm-list", "BORDER", {"sanction-list"}),
        ("discard-list", "WANTED", {"sanction-list"}),
        ("refresh-list", "WANTED", {"sanction-list"}),
    ],
)
def test_the_domestic_instruments_permit_the_local_acts(party: str, word: str, unit: str, categories: set[str]) -> None:
    plan = example(f"domestic-{party}-POLICE.toml")
    act = ActFacts(
        word, 1, plan.id, "domestic", f"{party}-POLICE/{unit}", None, frozenset(categories), "H1", "domestic", "en"
    )
    assert isinstance(decide([instrument(plan, (party,))], act, NOW), Permit)


def test_the_settings_of_screening() -> None:
    clause = example("domestic-BE-POLICE.toml").clause("domestic", "domestic/screening")
    assert clause is not None
    assert clause.settings == {
        "crossings_retention_hours": 0,
        "candidate_hours": 72,
        "threshold_centibits": 800,
        "refused_file_days": 30,
        "refused_bytes_hours": 72,
    }
