"""Storage of what came to nothing: how a dead letter was dealt with, and files that were refused whole.

Rule: instruments, messages and leaves are the road's; the bytes of a refused file lie in a table of their own, which is
emptied long before what is known of the file. Design: subjects, safeguard 6.
"""

from __future__ import annotations

from django.db import models


class Handled(models.Model):
    """How a dead letter was dealt with, once: the id is that of its wish, its message or its file."""

    id = models.UUIDField(primary_key=True)
    how = models.TextField()
    reason = models.TextField(default="")
    by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)


class RefusedFile(models.Model):
    """What is known of a file that an act refused whole: by which error, at which offset (`place`), how often; and what
    was asked with it (a post, a list), so that a mended file can be brought in its place."""

    id = models.UUIDField(primary_key=True)
    act = models.TextField()
    unit = models.TextField()
    by = models.TextField()
    name = models.TextField()
    digest = models.TextField()
    size = models.BigIntegerField()
    code = models.TextField()
    sentence = models.TextField()
    params = models.JSONField()
    where = models.TextField()
    place = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    expires = models.DateTimeField()
    times = models.IntegerField(default=1)
    asked = models.JSONField(default=dict)
    later_model = models.TextField(default="")
    later_record = models.TextField(default="")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-at"], name="refused_file_latest"),
            models.Index(fields=["expires"], name="refused_file_expires"),
        ]


class RefusedBytes(models.Model):
    """The bytes of a refused file, or a part of it that begins at `start`, for its unit and for hours."""

    id = models.UUIDField(primary_key=True)
    start = models.BigIntegerField()
    data = models.BinaryField()
    expires = models.DateTimeField(db_index=True)
    version = models.IntegerField(default=1)
