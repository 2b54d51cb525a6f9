"""Pages of a listing: latest first, each beginning where the one before ended.

Rule: a cursor names the last record that was given, not a number: what is added meanwhile stands on no later page and
moves none. Ids of records are UUIDs of version 7, whose order is that of their making.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from mithaq.errors import InputError

LIMIT, MOST = 50, 200


class Kept(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


K = TypeVar("K", bound=Kept)


def before(cursor: str) -> UUID | None:
    """The id that a page begins after; None for the first page. InputError `cursor.unknown`."""
    if not cursor:
        return None
    try:
        plain = base64.b64decode(cursor.encode() + b"==", b"-_", validate=True)
        if len(cursor) != 22:  # 16 bytes in base64, without padding
            raise ValueError
        return UUID(bytes=plain)
    except (binascii.Error, ValueError):
        raise InputError(
            "cursor.unknown", "This is no cursor of a listing.", remedy="Begin at the first page.", where="cursor"
        ) from None


def cut(found: Sequence[K], limit: int) -> tuple[Sequence[K], str]:
    """The page out of one record more than it holds, and the cursor of the next; empty when there is none."""
    if len(found) <= limit:
        return found, ""
    page = found[:limit]
    return page, base64.urlsafe_b64encode(UUID(page[-1].id).bytes).rstrip(b"=").decode()
