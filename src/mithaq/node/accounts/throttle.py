"""Slows guessing of passwords and codes without ever shutting a person out.

Rule: after a few failures of one name from one address (or of many names from one address) the next attempt waits, at
most half a minute; nobody can lock a colleague out. From elsewhere, because another address is another count; from
the same address, because a browser in which the person has signed in before has a count of its own (`device`). A
passkey and the authority's own provider are not slowed: there is nothing to guess. Counted in the database, over all
processes, before the password is looked at, so that attempts at once do not pass together. No name is kept, only a
digest: what is typed in a hurry may be a password.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

FREE = 4
FREE_ADDRESS = 20
LONGEST = timedelta(seconds=30)
FORGET = timedelta(minutes=15)
_COUNT = """
INSERT INTO accounts_guess AS held (key, count, last) VALUES (%(key)s, 1, %(now)s::timestamptz)
ON CONFLICT (key) DO UPDATE
SET count = CASE WHEN %(now)s::timestamptz - held.last > %(forget)s::interval THEN 1 ELSE held.count + 1 END,
    last = %(now)s::timestamptz
WHERE held.count < %(free)s::int OR %(now)s::timestamptz - held.last
    >= least(%(longest)s::interval, power(2, least(held.count - %(free)s::int + 1, 10)) * interval '1 second')
RETURNING count
"""
_LEFT = "SELECT count, last FROM accounts_guess WHERE key = %s"
_BACK = "UPDATE accounts_guess SET count = greatest(count - 1, 0) WHERE key = %s"
_OLD = "DELETE FROM accounts_guess WHERE last < %s::timestamptz"
_PASSED = "DELETE FROM accounts_guess WHERE key = %s"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries, from where: `device` is the mark of a browser in which this person has signed in before, or empty."""

    name: str
    address: str
    device: str = ""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Digests to count under, with the failures that are free."""
        if self.device:
            return ((_digest("device", self.device), FREE),)
        return ((_digest("name", self.name, self.address), FREE), (_digest("address", self.address), FREE_ADDRESS))


def count(attempt: Attempt, now: datetime) -> int:
    """Count an attempt; seconds that it must wait, 0 when it may be made.

    Effects: rows of `accounts_guess`, and what is old is dropped.
    """
    taken: list[str] = []
    with connection.cursor() as cursor:
        for key, free in attempt.counts:
            values: dict[str, Any] = {"key": key, "now": now, "free": free, "forget": FORGET, "longest": LONGEST}
            cursor.execute(_COUNT, values)
            if cursor.fetchone() is None:
                for one in taken:
                    cursor.execute(_BACK, (one,))
                cursor.execute(_LEFT, (key,))
                return _seconds(cursor.fetchone() or (0, now), free, now)
            taken.append(key)
        if len(taken) > 1:
            cursor.execute(_OLD, (now - FORGET,))
    return 0


def passed(attempt: Attempt) -> None:
    """Forget the failures of who has signed in (effects: rows of `accounts_guess`)."""
    (own, _), *shared = attempt.counts
    with connection.cursor() as cursor:
        cursor.execute(_PASSED, (own,))
        for key, _ in shared:
            cursor.execute(_BACK, (key,))


def _seconds(held: tuple[int, datetime], free: int, now: datetime) -> int:
    failures, last = held
    pause = min(LONGEST, timedelta(seconds=2 ** min(failures - free + 1, 10)))
    return max(1, math.ceil((last + pause - now).total_seconds()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
