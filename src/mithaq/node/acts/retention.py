"""What a retention rule is: which records of a model end, when, and what is erased together with them.

Rule: a rule is data, so that the job that erases, the page that shows what ends next and the test that finds a model
without a rule read the same. A model is named by a rule, goes with one, or is exempt for a reason that is written down.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Takes:
    """Rows of another model that are erased with a record: those whose `field` has the value of the record's `of`."""

    model: str
    field: str
    of: str = "pk"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The end of one kind of record.

    `moment` is the field that holds when a record ends, `where` which records of the model the rule is about; `ends`
    says in words what ends them, `source` the act whose clause or setting lays the time down. `takes` goes in the same
    transaction. `whose` narrows to what a unit may know of (None: only oversight sees these); `unit` and `reference`
    name the fields that say so to a person, `line` the one with the line of a plan (who does not work on it is told
    nothing), `url` the record's page.
    """

    name: str
    title: Any
    model: str
    moment: str
    ends: Any
    source: str
    where: Q = field(default_factory=Q)
    takes: tuple[Takes, ...] = ()
    whose: Callable[[str], Q] | None = None
    unit: str = ""
    reference: str = ""
    line: str = ""
    url: str = ""

    def until(self, moment: datetime) -> QuerySet[Model]:
        """The records that end by a moment, soonest first. Inside `node/acts` and for reads of the retention pages."""
        rows: QuerySet[Model] = apps.get_model(self.model)._default_manager.filter(self.where)
        return rows.filter(**{f"{self.moment}__lte": moment}).order_by(self.moment, "pk")

    def fields(self) -> tuple[str, ...]:
        """The fields of a record that its erasure needs."""
        named = ("pk", self.moment, self.unit, self.line, self.reference, *(one.of for one in self.takes))
        return tuple(dict.fromkeys(name for name in named if name))


def covered(rules: list[RetentionRule]) -> Iterator[str]:
    """The models that a rule names or takes."""
    for rule in rules:
        yield rule.model
        yield from (one.model for one in rule.takes)
