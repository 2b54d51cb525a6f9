"""Identifiers: UUIDv7 (RFC 9562, section 5.7) from a moment, so that ids sort by time on the node's own clock."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID


def uuid7(now: datetime) -> UUID:
    """A new id whose first 48 bits are `now` in milliseconds and whose other bits are random."""
    milliseconds = int(now.timestamp() * 1000)
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)


def is_uuid(text: str) -> bool:
    """Whether a text from outside is an id at all, before a table is asked for it."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
