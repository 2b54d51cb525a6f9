"""Slows guessing of passwords without ever shutting a person out.

Rule: after a few failures of one name from one address (or of many names from one address) the next attempt waits, at
most half a minute; nobody can lock a colleague out from elsewhere. Kept in memory, bounded; pure but for that.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FREE = 4
FREE_ADDRESS = 20
LONGEST = timedelta(seconds=30)
FORGET = timedelta(minutes=15)
MOST = 10_000


@dataclass
class Throttle:
    """Failures by key, with the moment of the last one."""

    failures: OrderedDict[tuple[str, str], tuple[int, datetime]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, name: str, address: str, now: datetime) -> int:
        """Seconds that this attempt must wait; 0 when it may be made."""
        with self.lock:
            return max(self._left((name, address), FREE, now), self._left(("", address), FREE_ADDRESS, now))

    def failed(self, name: str, address: str, now: datetime) -> None:
        """Count a failure."""
        with self.lock:
            for key in ((name, address), ("", address)):
                count, last = self.failures.pop(key, (0, now))
                self.failures[key] = (1 if now - last > FORGET else count + 1, now)
            while len(self.failures) > MOST:
                self.failures.popitem(last=False)

    def passed(self, name: str, address: str) -> None:
        """Forget the failures of a name that has signed in from there."""
        with self.lock:
            self.failures.pop((name, address), None)

    def _left(self, key: tuple[str, str], free: int, now: datetime) -> int:
        count, last = self.failures.get(key, (0, now))
        if count < free or now - last > FORGET:
            return 0
        pause = min(LONGEST, timedelta(seconds=2 ** min(count - free + 1, 10)))
        return max(0, -int((now - last - pause).total_seconds() // 1))
