"""Storage of notices and of their extensions."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform


class Notice(models.Model):
    """A notice: drafted here, or received from the authority that owns it."""

    id = models.UUIDField(primary_key=True)
    reference = models.TextField(unique=True)
    authority = models.TextField()
    unit = models.TextField()
    plan = models.TextField()
    line = models.TextField()
    state = models.TextField()
    category = models.TextField()
    purpose = models.TextField()
    urgency = models.TextField()
    handling = models.TextField()
    language = models.TextField()
    content = models.JSONField()
    portrait = models.BinaryField(null=True)
    message = models.TextField(default="", db_index=True)
    drafted_by = models.TextField(default="")
    approved_by = models.TextField(default="")
    created = models.DateTimeField()
    changed = models.DateTimeField()
    review = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-changed"], name="notice_state"),
            models.Index(fields=["-changed", "reference"], name="notice_latest"),
            # What is counted by owner and state is counted without its contents.
            models.Index(fields=["authority", "state", "line"], name="notice_counted"),
            GinIndex(KeyTransform("birth_dates", KeyTransform("person", "content")), name="notice_born"),
            models.Index(fields=["review"], condition=models.Q(state="active"), name="notice_review"),
        ]


class Extension(models.Model):
    """One time that a notice's review was put off, `before` to `after`: by a person here, or by the partner's unit."""

    id = models.UUIDField(primary_key=True)
    notice = models.UUIDField(db_index=True)
    by = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    before = models.DateTimeField()
    after = models.DateTimeField()
    version = models.IntegerField(default=1)
