"""Wakes the worker when a transaction that left it work commits.

Rule: a lost wake loses nothing: the tables hold the work, and the worker also looks by itself. It is a notification and
not a job: a job with a queueing lock would make writers wait for each other's commit (docs/decisions/0004).
"""

from __future__ import annotations

from django.db import connection

CHANNEL = "mithaq_road"


def wake() -> None:
    """Notify the worker at the commit of the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
