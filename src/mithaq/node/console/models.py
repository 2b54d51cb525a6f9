"""Storage of the console: who works on what, acts that are held for a moment before they are done, a person's choices.

Rule: a record is held by one person and a person holds one record: the database says so.
"""

from __future__ import annotations

from django.db import models


class Hold(models.Model):
    """That a person works on something that waits (`queue/record id`) until a moment; then anyone may take over."""

    id = models.TextField(primary_key=True)
    reference = models.TextField()
    url = models.TextField()
    unit = models.TextField()
    line = models.TextField(default="")
    holder = models.TextField(unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    version = models.IntegerField(default=1)


class Planned(models.Model):
    """An act of many that a person has confirmed together: done by the worker once it is due, unless undone before.

    `roles` and `lines` (null: all) are the person's when it was confirmed; the plan decides when it is done. `line` is
    the record's.
    """

    id = models.UUIDField(primary_key=True)
    batch = models.UUIDField()
    act = models.TextField()
    request = models.JSONField()
    record = models.TextField()
    reference = models.TextField()
    url = models.TextField()
    actor = models.TextField()
    unit = models.TextField()
    roles = models.JSONField()
    lines = models.JSONField(null=True)
    line = models.TextField(default="")
    at = models.DateTimeField()
    due = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    state = models.TextField(default="waiting")
    told = models.JSONField(default=dict)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due"], condition=models.Q(state="waiting"), name="planned_waiting"),
            models.Index(fields=["batch"], name="planned_batch"),
        ]
        # What waits to be done to a record waits once.
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=models.Q(state="waiting"), name="planned_once")
        ]


class Choice(models.Model):
    """What a person chose for the pages: whether single keys do something."""

    person = models.TextField(primary_key=True)
    keys = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
