"""What a decision reads, an instrument and an act, and what it answers, a Permit or a Refusal.

Rule: frozen values of plain types. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mithaq.plan.parts import Plan


@dataclass(frozen=True, slots=True)
class Suspension:
    """A line is suspended since a moment, by a party, for a reason. It binds for as long as it is listed."""

    since: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A plan as a node holds it: its digest, the parties whose signatures verified, its suspended lines."""

    plan: Plan
    digest: str
    signed: frozenset[str]
    suspended: Mapping[str, Suspension] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act as the plan sees it.

    `recipient` is None for a local act. `used` counts the acts of this word, version and line within the clause's
    quota window (`decide.quota_window`), this one not included. `duty_for` names the message already exchanged, or the
    record that came from it, that a duty is owed for.
    """

    word: str
    version: int
    plan: str
    line: str
    sender: str
    recipient: str | None
    categories: frozenset[str]
    handling: str
    purpose: str
    language: str
    used: int = 0
    duty_for: str | None = None
    urgency: str = "normal"

    @property
    def name(self) -> str:
        """The act as a clause writes it: `publish-notice@1`."""
        return f"{self.word}@{self.version}"


@dataclass(frozen=True, slots=True)
class Obligations:
    """What a permit obliges to: of several clauses the strictest of each.

    `due` counts from the moment of the decision; `handling` is the highest code that the clauses carry; `settings` are
    the clauses' own figures, the smaller of two.
    """

    retention_days: int | None
    due: datetime | None
    handling: str
    purposes: tuple[str, ...]
    settings: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Permit:
    """The act is permitted under these clauses; `duty` when it is owed, whatever became of the line."""

    plan: str
    digest: str
    line: str
    clauses: tuple[str, ...]
    obligations: Obligations
    duty: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """The act is refused on a ground of `grounds.GROUNDS`; `params` are values of the plan, never of the partner."""

    ground: str
    plan: str
    line: str
    clause: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)
