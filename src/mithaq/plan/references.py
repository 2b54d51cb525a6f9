"""What the parts of a plan say about each other: ids are unique, references resolve, the period and the keys are sane.

Rule: a plan without a problem here has no clause that names a unit, purpose or language that the plan does not have.
Design: architecture, "One idea".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from mithaq.errors import InputError
from mithaq.plan.clauses import CATEGORIES, LOCAL, Clause
from mithaq.plan.locate import Path
from mithaq.plan.parts import DOMESTIC, JOINT, UNPINNED, Plan
from mithaq.plan.problems import Problems
from mithaq.seal.keys import VerifyKey

FEWEST_JOINT = 2


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def check_references(plan: Plan, problems: Problems, *, draft: bool) -> None:
    """Note every reference that does not resolve; a `draft` may have unpinned root keys."""
    if plan.ends <= plan.starts and "ends" not in {found.path for found in problems.found}:
        problems.add(("ends",), "the plan ends before it starts")
    for key in ("parties", "authorities", "units", "purposes", "lines"):
        _unique(getattr(plan, key), (key,), problems)
    _check_roots(plan, problems, draft=draft)
    _check_parties(plan, problems)
    _check_units(plan, problems)
    seen: set[str] = set()
    for index, line in enumerate(plan.lines):
        for number, clause in enumerate(line.clauses):
            path: Path = ("lines", index, "clauses", number)
            if clause.id in seen:
                problems.add((*path, "id"), f"{clause.id} is the id of an earlier clause")
            seen.add(clause.id)
            _check_clause(plan, clause, path, problems)
        _unique(line.programme, ("lines", index, "programme"), problems)
        for number, item in enumerate(line.programme):
            for key, party in (("leader", item.leader), ("co_leader", item.co_leader)):
                _known(party, _ids(plan.parties), "party", ("lines", index, "programme", number, key), problems)


def _ids(things: Sequence[_Named]) -> set[str]:
    return {thing.id for thing in things}


def _unique(things: Sequence[_Named], path: Path, problems: Problems) -> None:
    seen: set[str] = set()
    for index, thing in enumerate(things):
        if thing.id and thing.id in seen:
            problems.add((*path, index, "id"), f"{thing.id} stands here twice")
        seen.add(thing.id)


def _known(name: str, among: Collection[str], what: str, path: Path, problems: Problems) -> None:
    if name and name not in among:
        problems.add(path, f"the plan has no {what} {name}")


def _check_roots(plan: Plan, problems: Problems, *, draft: bool) -> None:
    for index, party in enumerate(plan.parties):
        path: Path = ("parties", index, "root")
        if party.root == UNPINNED:
            if not draft:
                problems.add(path, f"the root key of {party.id} is not pinned: use mithaq plan pin")
        elif party.root:
            try:
                VerifyKey.parse(party.root)
            except InputError as error:
                problems.add(path, error.detail.rstrip("."))
            if party.root in {other.root for other in plan.parties[:index]}:
                problems.add(path, "is the root key of another party")


def _check_parties(plan: Plan, problems: Problems) -> None:
    if plan.kind == JOINT and 0 < len(plan.parties) < FEWEST_JOINT:
        problems.add(("parties",), "a joint plan has two parties or more")
    if plan.kind == DOMESTIC and len(plan.parties) > 1:
        problems.add(("parties",), "a domestic instrument has one party, its authority's own")
    if plan.kind == DOMESTIC and len(plan.authorities) > 1:
        problems.add(("authorities",), "a domestic instrument has one authority")
    for index, authority in enumerate(plan.authorities):
        _known(authority.party, _ids(plan.parties), "party", ("authorities", index, "party"), problems)
    for index, party in enumerate(plan.parties):
        if party.id and plan.authorities and party.id not in {one.party for one in plan.authorities}:
            problems.add(("parties", index), f"{party.id} has no authority in the plan")


def _check_units(plan: Plan, problems: Problems) -> None:
    for index, unit in enumerate(plan.units):
        path: Path = ("units", index)
        _known(unit.authority, _ids(plan.authorities), "authority", (*path, "authority"), problems)
        if unit.id and unit.authority and unit.id.rpartition("/")[0] != unit.authority:
            problems.add((*path, "id"), f"must be the authority, a slash and a name: {unit.authority}/NAME")


def _check_clause(plan: Plan, clause: Clause, path: Path, problems: Problems) -> None:
    if plan.kind == DOMESTIC and clause.quota is not None:
        # A quota counts what was sent or received; acts within an authority are not counted.
        problems.add((*path, "quota"), "a domestic instrument has no quotas")
    # with a kind that is no kind, that alone is the problem
    receivers = (_ids(plan.units) if plan.kind != DOMESTIC else set()) | ({LOCAL} if plan.kind != JOINT else set())
    for key, values, among, what in (
        ("senders", clause.senders, _ids(plan.units), "unit"),
        ("recipients", clause.recipients, receivers, "recipient"),
        ("categories", clause.categories, CATEGORIES, "data category"),
        ("purposes", clause.purposes, _ids(plan.purposes), "purpose"),
        ("languages", clause.languages, plan.languages, "language"),
    ):
        for index, value in enumerate(values):
            _known(value, among, what, (*path, key, index), problems)
    if plan.kind == JOINT and clause.permits and clause.senders and clause.recipients:
        sides = {plan.authority_of(unit) for unit in (*clause.senders, *clause.recipients)}
        if len(sides) == 1 and None not in sides:
            problems.add((*path, "recipients"), "no recipient is of another authority than a sender")
