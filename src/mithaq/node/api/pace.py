"""The pace of a client's requests: so many in ten seconds, over all processes of the console.

Rule: one statement counts and decides, in the database, on the database's clock: it holds across processes, threads and
machines, and no request is counted that was turned away. The table is not logged, so that counting waits for no disk.
A leaky bucket that leaks evenly (the generic cell rate algorithm); header fields: draft-ietf-httpapi-ratelimit-headers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.db import connection

from mithaq.node.api.facts import ClientFacts

WINDOW = 10.0
_COUNT = """
INSERT INTO api_pace AS held (client, until) VALUES (%(client)s, clock_timestamp() + %(step)s * interval '1 second')
ON CONFLICT (client) DO UPDATE
SET until = greatest(held.until, clock_timestamp()) + %(step)s * interval '1 second'
WHERE held.until - clock_timestamp() <= (%(window)s - %(step)s) * interval '1 second'
RETURNING extract(epoch FROM until - clock_timestamp())
"""
_LEFT = "SELECT extract(epoch FROM until - clock_timestamp()) FROM api_pace WHERE client = %(client)s"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a client stands: whether this request may pass, how many more may now, and the seconds until one may or,
    when it passed, until all of them may again."""

    quota: int
    passed: bool
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The header fields that tell the client."""
        found = {
            "RateLimit-Policy": f'"client";q={self.quota};w={int(WINDOW)}',
            "RateLimit": f'"client";r={self.left};t={self.seconds}',
        }
        return found if self.passed else {**found, "Retry-After": str(self.seconds)}


def count(client: ClientFacts) -> Pace:
    """Count a request of the client, unless it has none left (effects: one row of `api_pace`)."""
    step = WINDOW / client.pace
    values: dict[str, str | float] = {"client": client.id, "step": step, "window": WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
        if row is not None:
            used = max(0.0, float(row[0]))
            return Pace(client.pace, True, max(0, int((WINDOW - used) / step + 1e-6)), math.ceil(used))
        cursor.execute(_LEFT, values)
        held = float((cursor.fetchone() or (0,))[0])
    return Pace(client.pace, False, 0, max(1, math.ceil(held + step - WINDOW)))
