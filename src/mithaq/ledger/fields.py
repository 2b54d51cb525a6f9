"""Typed reads of parsed JSON, strict base64url and RFC 3339 times: the edge where unknown bytes become values.

Rule: what is missing or of the wrong kind is an InputError `ledger.field` that says where; nothing else is raised.
RFC 4648 section 5 (base64url without padding, one spelling only), RFC 3339.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from mithaq.errors import InputError

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", re.ASCII)
# RFC 8785 numbers are doubles: above this an integer is no longer exact.
_LARGEST = 2**53 - 1


def wrong(where: str, what: str) -> InputError:
    """The error for a field that is not what it must be."""
    return InputError("ledger.field", f"This must be {what}.", where=where)


def record(value: object, where: str) -> Mapping[str, Any]:
    """`value` as a JSON object."""
    if not isinstance(value, dict):
        raise wrong(where, "an object")
    return value


def array(value: object, where: str) -> list[Any]:
    """`value` as a JSON array."""
    if not isinstance(value, list):
        raise wrong(where, "an array")
    return value


def text(owner: Mapping[str, Any], name: str, where: str) -> str:
    """The text field `name`."""
    value = owner.get(name)
    if not isinstance(value, str):
        raise wrong(f"{where}.{name}", "a text")
    return value


def texts(owner: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """The field `name` as an array of texts."""
    found = array(owner.get(name), f"{where}.{name}")
    if not all(isinstance(each, str) for each in found):
        raise wrong(f"{where}.{name}", "an array of texts")
    return tuple(found)


def number(owner: Mapping[str, Any], name: str, where: str) -> int:
    """The field `name` as a whole number from 0 to 2^53 - 1."""
    value = owner.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise wrong(f"{where}.{name}", "a whole number")
    return value


def time(owner: Mapping[str, Any], name: str, where: str) -> datetime:
    """The field `name` as a moment: RFC 3339 in UTC, whole seconds or milliseconds."""
    value = text(owner, name, where)
    if not _TIME.fullmatch(value):
        raise wrong(f"{where}.{name}", "a time such as 2025-01-01T00:00:00Z")
    try:
        return datetime.fromisoformat(value[:-1] + "+00:00")
    except ValueError:
        raise wrong(f"{where}.{name}", "a time that exists") from None


def time_text(moment: datetime) -> str:
    """RFC 3339 in UTC to the millisecond. InputError `ledger.field` when the moment has no zone."""
    if moment.tzinfo is None:
        raise wrong("at", "a time with its zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(value: str, where: str, size: int | None = None) -> bytes:
    """The bytes of a base64url text in its one spelling; of `size` bytes when that is given."""
    try:
        data = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise wrong(where, "base64url without padding") from None
    if encode(data) != value or (size is not None and len(data) != size):
        raise wrong(where, "base64url without padding" + (f" of {size} bytes" if size is not None else ""))
    return data
