"""The parts of a plan, as frozen values.

Rule: values only; what makes them a good plan is checked where they are read (`building`, `references`).
Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mithaq.plan.clauses import Clause

FORMAT = "mithaq/plan/1"
JOINT, DOMESTIC = "joint", "domestic"
UNPINNED = "unpinned"  # stands for a root key in a draft, until `mithaq plan pin`
Texts = Mapping[str, str]  # a text by language


@dataclass(frozen=True, slots=True)
class Party:
    """A State. `root` is its public root key as text, or `unpinned` in a draft."""

    id: str
    name: Texts
    root: str


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority of a party: one node."""

    id: str
    party: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of an authority, holder of keys; its id begins with the authority's: `MA-POLICE/WANTED`."""

    id: str
    authority: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose that clauses may name."""

    id: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Forebear:
    """An earlier text that this plan continues."""

    title: Texts
    signed: datetime


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """An item of a line's work programme; led by `leader` together with `co_leader`, parties."""

    id: str
    title: Texts
    leader: str
    co_leader: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of action: its purpose in words, its clauses, its work programme."""

    id: str
    title: Texts
    purpose: Texts
    clauses: tuple[Clause, ...]
    programme: tuple[ProgrammeItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, in force from `starts` until just before `ends` once all parties have signed it."""

    id: str
    kind: str
    languages: tuple[str, ...]
    title: Texts
    starts: datetime
    ends: datetime
    parties: tuple[Party, ...]
    authorities: tuple[Authority, ...]
    units: tuple[Unit, ...]
    purposes: tuple[Purpose, ...]
    lines: tuple[Line, ...]
    lineage: tuple[Forebear, ...] = ()

    def line(self, line_id: str) -> Line | None:
        """The line of an id, or None."""
        return next((line for line in self.lines if line.id == line_id), None)

    def authority_of(self, unit_id: str) -> str | None:
        """The authority of a unit, or None for a unit that the plan does not name."""
        return next((unit.authority for unit in self.units if unit.id == unit_id), None)

    def clause(self, line_id: str, clause_id: str) -> Clause | None:
        """A clause of a line, or None."""
        line = self.line(line_id)
        return next((clause for clause in line.clauses if clause.id == clause_id), None) if line else None
