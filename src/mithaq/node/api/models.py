"""Storage of own systems: clients, their tokens, the answers kept for repeated requests, and their pace.

Rule: no secret, token or idempotency key is stored, only what checks one; a kept answer holds no person.
"""

from __future__ import annotations

from django.db import models


class Client(models.Model):
    """An own system: its unit, roles, lines (null: all) and pace (requests that it may make in ten seconds)."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField(unique=True)
    unit = models.TextField()
    roles = models.JSONField()
    lines = models.JSONField(null=True)
    secret = models.BinaryField()
    pace = models.IntegerField()
    is_active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)


class Token(models.Model):
    """An access token: the SHA-256 of it, in hexadecimal, is its key."""

    id = models.TextField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    expires = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)


class Answer(models.Model):
    """The answer to a request that took effect; its key is a hash of the client and the idempotency key, `asked` a
    keyed hash of the request, under a key that is not stored."""

    id = models.TextField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    asked = models.BinaryField()
    status = models.IntegerField()
    body = models.BinaryField()
    expires = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)


class Pace(models.Model):
    """Up to when a client's requests have been counted, on the database's own clock. Not logged: lost in a crash of the
    database, when everyone starts anew."""

    client = models.UUIDField(primary_key=True)
    until = models.DateTimeField()
