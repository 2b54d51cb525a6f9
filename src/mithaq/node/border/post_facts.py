"""Reads of border posts; returns frozen values and no QuerySet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads

from django.db import connection

from mithaq.errors import InputError
from mithaq.node.border.models import Post


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post of this authority."""

    id: str
    unit: str
    kind: str
    names: Mapping[str, str]
    version: int


def posts() -> tuple[PostFacts, ...]:
    """The posts of this authority."""
    return tuple(PostFacts(row.id, row.unit, row.kind, row.names, row.version) for row in Post.objects.order_by("id"))


def post(key: str) -> PostFacts:
    """One post. InputError `post.unknown`."""
    row = None
    if "\0" not in key:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, unit, kind, names::text, version FROM border_post WHERE id = %s", (key,))
            row = cursor.fetchone()
    if row is None:
        raise InputError(
            "post.unknown", "There is no such post here.", remedy="Choose a post of the list.", where="post"
        )
    return PostFacts(row[0], row[1], row[2], loads(row[3]), row[4])


def units() -> dict[str, str]:
    """The unit of each post, by the post's id."""
    return dict(Post.objects.values_list("id", "unit"))
