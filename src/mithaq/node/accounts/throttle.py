"""Slows guessing of passwords and codes without locking a person out.

Rule: after a few failures of one name from one address (or of many names from one address) the next attempt waits, at
most half a minute. From elsewhere nobody slows a colleague, because another address is another count; from the same
address not in a browser in which the person has signed in before, which has a count of its own (`device`). Who shares
an address with a guesser, in a browser that is new to him, waits as long as the guessing goes on. The address is the
browser's own only where the proxies are named (`console/forwarded.py`): else everybody shares the proxy's. A
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
    """Who tries, from where: `device` is the mark of a browser in which this person has signed in before, or empty.

    `door` is where: failures of people at the console do not slow own systems at the API, which may share an address.
    """

    name: str
    address: str
    device: str = ""
    door: str = "console"

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Digests to count under, with the failures that are free."""
        if self.device:
            return ((_digest("device", self.device), FREE),)
        name = _digest("name", self.door, self.name, self.address)
        return ((name, FREE), (_digest("address", self.door, self.address), FREE_ADDRESS))


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


def left(attempt: Attempt, now: datetime) -> int:
    """Seconds that an attempt must wait, without counting it; its failure is counted afterwards.

    For what comes many at once under one name (an own system's processes, commands of a script): counted beforehand,
    they would slow each other.
    """
    found = []
    with connection.cursor() as cursor:
        for key, free in attempt.counts:
            cursor.execute(_LEFT, (key,))
            held = cursor.fetchone()
            if held and held[0] >= free and now - held[1] <= FORGET:
                found.append(_until(held, free, now))
    return max([0, *found])


def passed(attempt: Attempt, *, counted: bool = True) -> None:
    """Forget the failures of who has signed in (effects: rows of `accounts_guess`)."""
    (own, _), *shared = attempt.counts
    with connection.cursor() as cursor:
        cursor.execute(_PASSED, (own,))
        for key, _ in shared if counted else ():
            cursor.execute(_BACK, (key,))


def _seconds(held: tuple[int, datetime], free: int, now: datetime) -> int:
    return max(1, _until(held, free, now))


def _until(held: tuple[int, datetime], free: int, now: datetime) -> int:
    failures, last = held
    pause = min(LONGEST, timedelta(seconds=2 ** min(failures - free + 1, 10)))
    return max(0, math.ceil((last + pause - now).total_seconds()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
