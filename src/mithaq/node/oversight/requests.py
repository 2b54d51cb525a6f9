"""The frozen request types of this subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CloseAlarm:
    """Close an alarm: `finding` is allowed, not-allowed or mistaken, `words` say why; `version` is the one read."""

    alarm: str
    version: int
    finding: str
    words: str


@dataclass(frozen=True, slots=True)
class ReopenAlarm:
    """Look at a closed alarm a second time, for the reason in `words`."""

    alarm: str
    version: int
    words: str


@dataclass(frozen=True, slots=True)
class HoldLog:
    """Keep the access log from the moment `since` on as evidence until `until`."""

    since: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseLog:
    """End such a hold before its day."""

    hold: str
    version: int
    reason: str
