"""Storage of imported lists and their entries."""

from __future__ import annotations

from django.db import models


class ListEntry(models.Model):
    """A person of an imported list; `list` names its source (`UN`)."""

    id = models.TextField(primary_key=True)
    list = models.TextField(db_index=True)
    reference = models.TextField()
    person = models.JSONField()
    imported = models.DateTimeField()
    version = models.IntegerField(default=1)


class ListImport(models.Model):
    """One import of a list: what the source held, what was used and what was reported."""

    id = models.UUIDField(primary_key=True)
    list = models.TextField()
    at = models.DateTimeField()
    digest = models.TextField()
    elements = models.IntegerField()
    used = models.IntegerField()
    reported = models.IntegerField()
    reports = models.JSONField()
    version = models.IntegerField(default=1)
