"""Storage of figures of reading, made anew by the clock and dropped at their end: they are no record."""

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
