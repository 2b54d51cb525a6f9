"""Storage of this subject: figures of reading, which are made anew by the clock and are no record; what oversight found
about alarms; and from which day on the access log stays as evidence."""

from __future__ import annotations

from django.db import models


class Figure(models.Model):
    """What one person of one unit read in the last `days`, made at `at`. `records` were opened, of which `unrelated`
    without an act of that person on the same matter within a day; `listed` were shown in lists; `refused` attempts;
    `outside` the hours."""

    days = models.IntegerField()
    actor = models.TextField()
    unit = models.TextField()
    records = models.IntegerField()
    unrelated = models.IntegerField()
    listed = models.IntegerField()
    refused = models.IntegerField()
    outside = models.IntegerField()
    at = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)


class Finding(models.Model):
    """What an oversight person said of an alarm: `kind` is closed or reopened, `finding` allowed, not-allowed or
    mistaken, `words` why. An alarm's findings are its history."""

    id = models.UUIDField(primary_key=True)
    alarm = models.BigIntegerField(db_index=True)
    kind = models.TextField()
    finding = models.TextField(default="")
    words = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)


class LogHold(models.Model):
    """Rows of the access log from `since` on stay as evidence until `until`, whatever their age, unless released."""

    id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    released = models.DateTimeField(null=True)
    released_by = models.TextField(default="")
    released_why = models.TextField(default="")
    version = models.IntegerField(default=1)
