"""The node's clock: the wall clock, or in a demo one that runs from a moment inside the plan's period.

Rule: nothing below the doors reads a clock; time comes in as a parameter, and only this module asks the system.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mithaq.node.config import Config


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall clock plus a fixed shift, so that processes that share a configuration agree to the millisecond."""

    shift: timedelta = timedelta()

    def now(self) -> datetime:
        """The present moment in UTC, to the millisecond, as documents carry it."""
        moment = datetime.now(UTC) + self.shift
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    @property
    def is_real(self) -> bool:
        return not self.shift


def clock_of(config: Config) -> Clock:
    """The clock that a configuration asks for."""
    if config.clock_starts is None or config.clock_anchor is None:
        return Clock()
    return Clock(config.clock_starts - config.clock_anchor)
