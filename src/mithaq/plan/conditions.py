"""One condition for each dimension of an act, in the order in which they are asked.

Rule: a condition is true only for what the clause and the plan say in words; empty and unknown are false. The numbers
are those of `decide`. Design: architecture, "One idea" (an empty or unknown clause refuses).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mithaq.plan.clauses import CATEGORIES, LOCAL, Clause, rank, word_of
from mithaq.plan.instruments import ActFacts
from mithaq.plan.parts import JOINT, Plan


@dataclass(frozen=True, slots=True)
class Condition:
    """A numbered condition: the ground when it is false, and what the clause would have allowed, for people."""

    number: int
    ground: str
    holds: Callable[[Plan, Clause, ActFacts], bool]
    allowed: Callable[[Clause], Mapping[str, str | int]]


def _recipient(plan: Plan, clause: Clause, act: ActFacts) -> bool:
    """A joint plan sends to a named unit of another authority; a domestic instrument to nobody."""
    if plan.kind != JOINT:
        return act.recipient is None and LOCAL in clause.recipients
    if act.recipient is None or act.recipient not in clause.recipients:
        return False
    receiver = plan.authority_of(act.recipient)
    return receiver is not None and receiver != plan.authority_of(act.sender)


def _quota(_: Plan, clause: Clause, act: ActFacts) -> bool:
    return clause.quota is None or 0 <= act.used < clause.quota.count


def _quota_params(clause: Clause) -> Mapping[str, str | int]:
    return {"count": clause.quota.count, "hours": clause.quota.hours} if clause.quota else {}


def _nothing(_: Clause) -> Mapping[str, str | int]:
    return {}


def _list(values: tuple[str, ...]) -> Mapping[str, str | int]:
    return {"allowed": ", ".join(values)}


CONDITIONS = (
    Condition(
        7,
        "plan.act",
        lambda _, clause, act: act.word in {word_of(name) for name in clause.acts},
        _nothing,
    ),
    Condition(8, "plan.act.version", lambda _, clause, act: act.name in clause.acts, lambda clause: _list(clause.acts)),
    Condition(
        9,
        "plan.sender",
        lambda plan, clause, act: act.sender in clause.senders and plan.authority_of(act.sender) is not None,
        lambda clause: _list(clause.senders),
    ),
    Condition(10, "plan.recipient", _recipient, lambda clause: _list(clause.recipients)),
    Condition(
        11,
        "plan.category",
        lambda _, clause, act: (
            bool(act.categories) and act.categories <= frozenset(clause.categories) & frozenset(CATEGORIES)
        ),
        lambda clause: _list(clause.categories),
    ),
    Condition(
        12,
        "plan.handling",
        lambda _, clause, act: 0 <= rank(act.handling) <= rank(clause.handling),
        lambda clause: {"highest": clause.handling},
    ),
    Condition(
        13,
        "plan.purpose",
        lambda plan, clause, act: (
            act.purpose in clause.purposes and any(act.purpose == one.id for one in plan.purposes)
        ),
        lambda clause: _list(clause.purposes),
    ),
    Condition(
        14,
        "plan.language",
        lambda plan, clause, act: act.language in clause.languages and act.language in plan.languages,
        lambda clause: _list(clause.languages),
    ),
    Condition(
        15,
        "plan.urgency",
        lambda _, clause, act: clause.deadlines.get(act.urgency, 0) > 0,
        lambda clause: _list(tuple(clause.deadlines)),
    ),
    Condition(
        16,
        "plan.retention",
        lambda plan, clause, _: plan.kind != JOINT or (clause.retention_days or 0) > 0,
        _nothing,
    ),
    Condition(17, "plan.quota", _quota, _quota_params),
)


def first_failing(plan: Plan, clause: Clause, act: ActFacts) -> Condition | None:
    """The first condition that a permitting clause does not meet; None when it permits the act."""
    return next((one for one in CONDITIONS if not one.holds(plan, clause, act)), None)


def prohibits(clause: Clause, act: ActFacts) -> bool:
    """True when an act fits everything that a prohibition says; a dimension that it leaves empty narrows nothing.

    `handling` catches its own code and every stricter one, and any code that is unknown. A clause of an unknown effect
    is read as a prohibition.
    """
    return (
        (not clause.acts or act.name in clause.acts)
        and (not clause.senders or act.sender in clause.senders)
        and (not clause.recipients or (act.recipient or LOCAL) in clause.recipients)
        and (not clause.categories or not act.categories.isdisjoint(clause.categories))
        and (not clause.purposes or act.purpose in clause.purposes)
        and (not clause.languages or act.language in clause.languages)
        and (not clause.deadlines or act.urgency in clause.deadlines)
        and (rank(act.handling) < 0 or rank(act.handling) >= rank(clause.handling))
    )
