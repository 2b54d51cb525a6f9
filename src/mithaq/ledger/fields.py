"""Typed reads of parsed JSON and RFC 3339 times: the edge where unknown bytes become values.

Rule: what is missing or of the wrong kind is an InputError that says where; nothing else is raised. RFC 3339.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mithaq.errors import InputError
from mithaq.seal import canonical
from mithaq.seal.keylist import read_time, write_time

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
    try:
        return read_time(text(owner, name, where))
    except InputError:
        raise wrong(f"{where}.{name}", "a time such as 2025-01-01T00:00:00Z") from None


def time_text(moment: datetime) -> str:
    """RFC 3339 in UTC, cut to the millisecond. InputError `ledger.field` when the moment has no zone."""
    if moment.tzinfo is None:
        raise wrong("at", "a time with its zone")
    return write_time(moment)


def decode(value: str, where: str, size: int | None = None) -> bytes:
    """The bytes of a base64url text in its one spelling; of `size` bytes when that is given."""
    data = canonical.from_base64url(value, where)
    if size is not None and len(data) != size:
        raise wrong(where, f"base64url of {size} bytes")
    return data
