"""Storage of people."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """A person who signs in. `roles` are words of the design's list; the unit bounds what one may do and see."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField(unique=True)
    full_name = models.TextField()
    unit = models.TextField()
    roles = models.JSONField()
    language = models.TextField(default="")
    is_active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    objects = BaseUserManager()

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
