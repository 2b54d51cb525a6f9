"""A plan: what the signed document says, as frozen values, and its one canonical form.

Rule: `load_canonical(canonical_plan(plan)) == plan`, and two plans are the same if and only if their digests are; no
`Plan` that was read holds an unknown key, an unresolved reference or a text that misses a language. Documents:
TOML 1.0, RFC 3339, RFC 8785. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from mithaq.plan.building import build
from mithaq.plan.clauses import Clause, Quota
from mithaq.plan.form import plain
from mithaq.plan.locate import Path, locate
from mithaq.plan.parts import DOMESTIC, JOINT, UNPINNED, Authority, Line, Party, Plan, Purpose, Unit
from mithaq.plan.problems import PlanErrors, Problem, Problems
from mithaq.plan.references import check_references
from mithaq.seal import canonical

__all__ = [
    "DOMESTIC",
    "JOINT",
    "UNPINNED",
    "Authority",
    "Clause",
    "Line",
    "Party",
    "Plan",
    "Purpose",
    "Quota",
    "Unit",
    "canonical_plan",
    "load_canonical",
    "plan_digest",
    "read_plan",
]


def read_plan(text: str, name: str, *, draft: bool = False) -> Plan:
    """The plan of a TOML text; `name` is how errors call the file.

    A `draft` may have root keys that are not pinned yet. Raises PlanErrors (an InputError) with every problem, each
    with its TOML path and line.
    """
    try:
        data = tomllib.loads(text)
        lines = locate(text)
    except tomllib.TOMLDecodeError as error:
        raise PlanErrors(name, [_syntax(error, text)], "plan.toml") from None
    except RecursionError:
        raise PlanErrors(name, [Problem(0, "", "is nested too deeply")], "plan.toml") from None
    return _read(data, name, lines, draft=draft)


def load_canonical(data: bytes, name: str = "plan.json") -> Plan:
    """The plan of canonical bytes. Raises InputError; `plan.canonical` when the bytes are not the canonical ones."""
    plan = _read(canonical.parse(data), name, {}, draft=False)
    if canonical_plan(plan) != data:
        raise PlanErrors(name, [Problem(0, "", "is not in canonical form")], "plan.canonical")
    return plan


def canonical_plan(plan: Plan) -> bytes:
    """The RFC 8785 bytes that are signed and stored."""
    return canonical.canonical(plain(plan))


def plan_digest(plan: Plan) -> str:
    """The digest of the canonical bytes."""
    return canonical.digest(canonical_plan(plan))


def _read(data: Any, name: str, lines: Mapping[Path, int], *, draft: bool) -> Plan:
    problems = Problems(name, lines)
    plan = build(data, problems)
    check_references(plan, problems, draft=draft)
    problems.settle()
    return plan


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> Problem:
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)\Z", str(error))
    if not found:
        return Problem(0, "", str(error))
    last = text.count("\n") + 1
    return Problem(int(found[1] or last), "", str(error)[: found.start()].rstrip("."))
