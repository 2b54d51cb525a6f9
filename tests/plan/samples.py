"""A small plan for tests, its parts replaceable one by one, and an act that it permits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mithaq.plan.clauses import Clause, Quota
from mithaq.plan.decide import ActFacts, Instrument
from mithaq.plan.document import Plan, plan_digest, read_plan
from mithaq.seal.keys import SigningKey

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "plan"
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
ROOTS = {party: SigningKey(bytes([number]) * 32) for number, party in enumerate(("MA", "BE"), start=1)}

TEXT = f"""\
format = "mithaq/plan/1"
id = "MA-BE/test"
kind = "joint"
languages = ["en", "fr"]
starts = "2025-01-01T00:00:00Z"
ends = "2027-01-01T00:00:00Z"
title = {{ en = "A plan", fr = "Un plan" }}

[[parties]]
id = "MA"
name = {{ en = "Morocco", fr = "Maroc" }}
root = "{ROOTS["MA"].public.text}"

[[parties]]
id = "BE"
name = {{ en = "Belgium", fr = "Belgique" }}
root = "{ROOTS["BE"].public.text}"

[[authorities]]
id = "MA-POLICE"
party = "MA"
name = {{ en = "Police", fr = "Police" }}

[[authorities]]
id = "BE-POLICE"
party = "BE"
name = {{ en = "Police", fr = "Police" }}

[[units]]
id = "MA-POLICE/WANTED"
authority = "MA-POLICE"
name = {{ en = "Wanted", fr = "Recherches" }}

[[units]]
id = "BE-POLICE/WANTED"
authority = "BE-POLICE"
name = {{ en = "Wanted", fr = "Recherches" }}

[[purposes]]
id = "locate"
name = {{ en = "Locate", fr = "Localiser" }}

[[lines]]
id = "wanted-persons"
title = {{ en = "Wanted persons", fr = "Personnes recherchées" }}
purpose = {{ en = "To find them.", fr = "Les trouver." }}

[[lines.clauses]]
id = "wanted-persons/publish"
effect = "permit"
acts = ["publish-notice@1", "withdraw-notice@1"]
senders = ["MA-POLICE/WANTED", "BE-POLICE/WANTED"]
recipients = ["MA-POLICE/WANTED", "BE-POLICE/WANTED"]
categories = ["identity", "portrait"]
handling = "H2"
purposes = ["locate"]
languages = ["en", "fr"]
deadlines = {{ urgent = "8h", normal = "7d" }}
quota = {{ count = 5, window = "1d" }}
retention_days = 365
settings = {{ candidate_hours = 72 }}
"""

PLAN: Plan = read_plan(TEXT, "sample.toml")
CLAUSE: Clause = PLAN.lines[0].clauses[0]
LINE = PLAN.lines[0].id
assert CLAUSE.quota == Quota(5, 24)

ACT = ActFacts(
    word="publish-notice",
    version=1,
    plan=PLAN.id,
    line=LINE,
    sender="MA-POLICE/WANTED",
    recipient="BE-POLICE/WANTED",
    categories=frozenset({"identity"}),
    handling="H1",
    purpose="locate",
    language="fr",
    urgency="urgent",
)


def with_clauses(*clauses: Clause) -> Plan:
    """The sample plan with these clauses on its line."""
    return replace(PLAN, lines=(replace(PLAN.lines[0], clauses=clauses),))


def instrument(plan: Plan = PLAN, signed: tuple[str, ...] = ("MA", "BE"), **more: object) -> Instrument:
    """The plan, enacted with these signatures."""
    return Instrument(plan=plan, digest=plan_digest(plan), signed=frozenset(signed), **more)  # type: ignore[arg-type]
