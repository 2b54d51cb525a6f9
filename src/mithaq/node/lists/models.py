"""Storage of lists: their versions, the entries of those that are live or pending, what a version changes, refreshes.

Rule: of each list at most one version is live and at most one pending; a version that is neither has no entries.
"""

from __future__ import annotations

from django.db import models


class ListVersion(models.Model):
    """One reading of a list: what its source held, what it changes, who imported it and who let it take effect."""

    id = models.UUIDField(primary_key=True)
    list = models.TextField()
    state = models.TextField()
    file = models.TextField()
    digest = models.TextField()
    generated = models.TextField(default="")
    at = models.DateTimeField()
    imported_by = models.TextField()
    elements = models.IntegerField()
    used = models.IntegerField()
    reported = models.IntegerField()
    reports = models.JSONField()
    base = models.UUIDField(null=True)
    before = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)
    older = models.TextField(default="")
    confirmed = models.DateTimeField(null=True)
    confirmed_by = models.TextField(default="")
    reason = models.TextField(default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list"], condition=models.Q(state="live"), name="list_live_once"),
            models.UniqueConstraint(fields=["list"], condition=models.Q(state="pending"), name="list_pending_once"),
        ]
        indexes = [models.Index(fields=["list", "-at"], name="list_versions")]


class ListEntry(models.Model):
    """A person of a version. `more` is what the list says beside: places, remarks, which human it is."""

    of = models.UUIDField()
    reference = models.TextField()
    person = models.JSONField()
    more = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "reference"], name="list_entry_once")]


class ListChange(models.Model):
    """What a version changes: an entry added, changed (which fields) or removed. It names no person."""

    of = models.UUIDField()
    kind = models.TextField()
    reference = models.TextField()
    fields = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "kind", "reference"], name="list_change_once")]


class ListRefresh(models.Model):
    """How the scheduled refresh of a list stands: the last attempt, the last that worked, the next, what went wrong;
    and when a person asked for one that has not come yet."""

    list = models.TextField(primary_key=True)
    tried = models.DateTimeField(null=True)
    worked = models.DateTimeField(null=True)
    due = models.DateTimeField()
    asked = models.DateTimeField(null=True)
    digest = models.TextField(default="")
    failures = models.IntegerField(default=0)
    code = models.TextField(default="")
    detail = models.TextField(default="")
    params = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
