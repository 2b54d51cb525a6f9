"""Storage of silences for a pair of document and listed record: ours, and those that a partner tells of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Silence(models.Model):
    """A document that makes no candidate for one listed record, while in force: its keyed hash, no number and no name.

    `record` is the keyed hash of the listed record as it was; `candidate` the rejected one that it was asked on. Of one
    that the partner tells of (`found_here` false) neither hash is known, and `told` is its id there. `until` is the
    last moment at which it holds, `expires` when the row is erased.
    """

    id = models.UUIDField(primary_key=True)
    found_here = models.BooleanField()
    candidate = models.UUIDField(null=True, db_index=True)
    post = models.TextField(default="")
    unit = models.TextField()
    subject = models.TextField(default="")
    reference = models.TextField(db_index=True)
    owner = models.TextField()
    owner_unit = models.TextField()
    partner = models.TextField(default="")
    plan = models.TextField(default="")
    line = models.TextField(default="")
    message = models.TextField(default="")
    told = models.TextField(default="")
    purpose = models.TextField(default="")
    handling = models.TextField()
    document = models.TextField(default="")
    record = models.TextField(default="")
    ground = models.TextField()
    reason = models.TextField(default="")
    state = models.TextField()
    asked_by = models.TextField(default="")
    at = models.DateTimeField()
    decided_by = models.TextField(default="")
    decided_unit = models.TextField(default="")
    answer = models.TextField(default="")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended = models.TextField(default="")
    ended_by = models.TextField(default="")
    ended_why = models.TextField(default="")
    expires = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "border"
        indexes: ClassVar = [
            models.Index(fields=["-at"], name="silence_latest"),
            # What screening asks for: the few that hold, by the record.
            models.Index(fields=["subject"], condition=models.Q(state="in-force"), name="silence_in_force"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document", "subject"],
                condition=models.Q(state__in=("asked", "in-force"), found_here=True),
                name="silence_once",
            ),
            models.UniqueConstraint(
                fields=["partner", "told"], condition=models.Q(found_here=False), name="silence_told_once"
            ),
        ]


class Silenced(models.Model):
    """That a silence kept a traveller of a manifest from being a candidate, and how many there: what oversight counts.
    It names no person."""

    id = models.UUIDField(primary_key=True)
    silence = models.UUIDField()
    manifest = models.UUIDField(db_index=True)
    number = models.IntegerField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)

    class Meta:
        app_label = "border"
        constraints: ClassVar = [models.UniqueConstraint(fields=["silence", "manifest"], name="silenced_once")]
