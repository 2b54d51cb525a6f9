"""Whose a token is, and the pace of its client's requests: so many in ten seconds, over all processes of the console.

Rule: one statement finds the client, counts and decides, in the database, on the database's clock: it holds across
processes, threads and machines, and no request is counted that was turned away. The table is not logged, so that
counting waits for no disk. A leaky bucket that leaks evenly (the generic cell rate algorithm); header fields:
draft-ietf-httpapi-ratelimit-headers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from json import loads

from django.db import connection

from mithaq.node.api import clients
from mithaq.node.api.facts import ClientFacts

WINDOW = 10.0
_COUNT = f"""
WITH held AS (
    SELECT client.*, {WINDOW} / pace * interval '1 second' AS step
    FROM api_token AS token JOIN api_client AS client ON client.id = token.client_id
    WHERE token.id = %s AND token.expires > %s AND client.is_active
), counted AS (
    INSERT INTO api_pace AS passed (client, until) SELECT id, clock_timestamp() + step FROM held
    ON CONFLICT (client) DO UPDATE
    SET until = greatest(passed.until, clock_timestamp()) + (SELECT step FROM held)
    WHERE passed.until - clock_timestamp() <= interval '{WINDOW} seconds' - (SELECT step FROM held)
    RETURNING extract(epoch FROM until - clock_timestamp()) AS used
)
SELECT held.id::text, version, name, unit, roles::text, secret, pace, is_active, lines::text, used
FROM held LEFT JOIN counted ON true
"""  # noqa: S608  a constant of ours
_LEFT = "SELECT extract(epoch FROM until - clock_timestamp()) FROM api_pace WHERE client = %s"


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


def count(token: str, now: datetime) -> tuple[ClientFacts, Pace] | None:
    """The active client that holds a token which has not expired, or None; and its request, counted unless the client
    has none left (effects: one row of `api_pace`)."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, (clients.digest(token).hex(), now))
        row = cursor.fetchone()
        if row is None:
            return None
        key, version, name, unit, roles, secret, pace, is_active, lines, used = row
        bound = frozenset(loads(lines)) if lines else None
        client = ClientFacts(key, version, name, unit, frozenset(loads(roles)), bytes(secret), pace, is_active, bound)
        if used is not None:
            return client, _passed(pace, max(0.0, float(used)))
        cursor.execute(_LEFT, (key,))
        held = float((cursor.fetchone() or (0,))[0])
    return client, Pace(pace, False, 0, max(1, math.ceil(held + WINDOW / pace - WINDOW)))


def _passed(quota: int, used: float) -> Pace:
    return Pace(quota, True, max(0, int((WINDOW - used) / (WINDOW / quota) + 1e-6)), math.ceil(used))
