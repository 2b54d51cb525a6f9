"""The course of a verification: numbered checks in their order, each on the ground of earlier ones.

Rule: a check whose ground is missing is not reached, and a failure is a result, never an exception.
Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from mithaq.errors import MithaqError
from mithaq.ledger.report import Check

T = TypeVar("T")


class Course:
    """Runs the checks in order and keeps their results; a check whose ground is missing is not reached."""

    def __init__(self) -> None:
        self.checks = [Check(1, "ok")]

    def take(self, work: Callable[[], T], *ground: object) -> T | None:
        number = len(self.checks) + 1
        if None in ground:
            self.checks.append(Check(number, "not reached", "ledger.not_reached", "An earlier check failed."))
            return None
        try:
            found = work()
        except MithaqError as error:
            place = f" ({error.where})" if error.where else ""
            self.checks.append(Check(number, "failed", error.code, error.detail + place))
            return None
        self.checks.append(Check(number, "ok"))
        return found


def known(value: T | None) -> T:
    """A ground that is there. Effect: none."""
    # Said for the type checker: `take` never calls a check whose ground is missing.
    assert value is not None
    return value
