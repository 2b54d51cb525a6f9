"""A `Plan` back to plain values: the tables that canonical bytes, `mithaq plan show --json` and a reader share.

Rule: `building.build(plain(plan))` is the same plan; what a clause does not say is absent, never null.
Design: architecture, "One idea" (the digest is over the RFC 8785 form).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mithaq.plan.clauses import Clause
from mithaq.plan.parts import FORMAT, Line, Plan


def plain(plan: Plan) -> dict[str, Any]:
    """The tables of a plan."""
    return {
        "format": FORMAT,
        "id": plan.id,
        "kind": plan.kind,
        "languages": list(plan.languages),
        "title": dict(plan.title),
        "starts": moment(plan.starts),
        "ends": moment(plan.ends),
        "parties": [{"id": one.id, "name": dict(one.name), "root": one.root} for one in plan.parties],
        "authorities": [{"id": one.id, "party": one.party, "name": dict(one.name)} for one in plan.authorities],
        "units": [{"id": one.id, "authority": one.authority, "name": dict(one.name)} for one in plan.units],
        "purposes": [{"id": one.id, "name": dict(one.name)} for one in plan.purposes],
        "lineage": [{"title": dict(one.title), "signed": moment(one.signed)} for one in plan.lineage],
        "lines": [_line(one) for one in plan.lines],
    }


def moment(at: datetime) -> str:
    """A time in UTC as RFC 3339 text, whole seconds."""
    # not strftime("%Y"), which writes the year 1 without its zeros
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": dict(line.title),
        "purpose": dict(line.purpose),
        "clauses": [_clause(clause) for clause in line.clauses],
        "programme": [
            {
                "id": item.id,
                "title": dict(item.title),
                "leader": item.leader,
                "co_leader": item.co_leader,
                "due": moment(item.due),
            }
            for item in line.programme
        ],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": clause.id,
        "effect": clause.effect,
        "acts": list(clause.acts),
        "senders": list(clause.senders),
        "recipients": list(clause.recipients),
        "categories": list(clause.categories),
        "handling": clause.handling,
        "purposes": list(clause.purposes),
        "languages": list(clause.languages),
        "deadlines": {urgency: f"{hours}h" for urgency, hours in clause.deadlines.items()},
        "quota": {"count": clause.quota.count, "window": f"{clause.quota.hours}h"} if clause.quota else None,
        "retention_days": clause.retention_days,
        "settings": dict(clause.settings),
    }
    return {key: value for key, value in said.items() if value}
