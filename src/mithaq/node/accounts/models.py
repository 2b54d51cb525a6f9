"""Storage of people, of what they may do for a time, and of what guards their sign-in."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractBaseUser):
    """A person who signs in. `roles` are words of the design's list; the unit bounds what one may do and see.

    `lines` are the lines of the plan that one works on, null for all lines of the unit. `epoch` is counted up when
    every session of the person has to end.
    """

    id = models.UUIDField(primary_key=True)
    name = models.TextField(unique=True)
    full_name = models.TextField()
    unit = models.TextField()
    roles = models.JSONField()
    lines = models.JSONField(null=True, default=None)
    language = models.TextField(default="")
    is_active = models.BooleanField(default=True)
    epoch = models.IntegerField(default=0)
    version = models.IntegerField(default=1)

    objects = BaseUserManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this at every request: a session ends when anything of it changes, and not only the password.
        about = (self.password, self.unit, *sorted(self.roles), "|", *sorted(self.lines or ("*",)), str(self.epoch))
        text = hashlib.sha256("\0".join(about).encode()).hexdigest()
        return salted_hmac("mithaq.accounts.session", text, secret=secret, algorithm="sha256").hexdigest()


class Proposal(models.Model):
    """What one administrator proposes to change of a person, until a second person confirms or refuses it.

    `kind` is the act that proposed it; `change` holds the fields as they would become, `token` the digest of the
    one-time code with which an invited person chooses a password.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    person = models.UUIDField(null=True, db_index=True)
    name = models.TextField()
    unit = models.TextField()
    change = models.JSONField()
    before = models.JSONField(default=dict)
    by = models.TextField()
    at = models.DateTimeField()
    expires = models.DateTimeField()
    state = models.TextField(default="open", db_index=True)
    decided_by = models.TextField(default="")
    decided = models.DateTimeField(null=True)
    reason = models.TextField(default="")
    token = models.TextField(default="")
    version = models.IntegerField(default=1)


class Delegation(models.Model):
    """While `giver` is away, `taker` has these roles of the same unit, from `starts` until `ends` or an earlier end."""

    id = models.UUIDField(primary_key=True)
    giver = models.TextField(db_index=True)
    taker = models.TextField(db_index=True)
    unit = models.TextField()
    roles = models.JSONField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.TextField(default="")
    by = models.TextField()
    at = models.DateTimeField()
    version = models.IntegerField(default=1)


class Guess(models.Model):
    """Attempts to sign in, by a digest of whom and from where."""

    key = models.TextField(primary_key=True)
    count = models.IntegerField()
    last = models.DateTimeField(db_index=True)


class WrongCode(models.Model):
    """How many wrong codes were given with a person's right password since the last sign-in, and when the last was."""

    person = models.UUIDField(primary_key=True)
    count = models.IntegerField()
    last = models.DateTimeField()


class UsedCode(models.Model):
    """That a one-time code was used; the shape is that of Django's cache in the database."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
