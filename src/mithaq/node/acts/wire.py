"""Frozen request types to canonical JSON and back: the wire body, the fixture and the CLI file are the same form.

Rule: what does not fit the type is an InputError that names the field; unknown optional fields are kept aside, not
refused, so that a later version of a partner can add some. Design: exchange, "Envelope".
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from mithaq.errors import InputError
from mithaq.seal import canonical

T = TypeVar("T")


# Bytes travel as base64 text; the types themselves stay plain dataclasses that know nothing of pydantic.
_CONFIG = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", extra="ignore")
_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        kind.__pydantic_config__ = _CONFIG
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def encode(value: Any) -> dict[str, Any]:
    """A frozen value as plain JSON types."""
    plain: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return plain


def decode(kind: type[T], data: Any) -> T:
    """The frozen value from plain JSON types. Raises InputError `body.field` that names the first field at fault."""
    try:
        value: T = _adapter(kind).validate_json(canonical.canonical(data))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(
            "body.field",
            "A field of the content is not as it has to be ({rule}).",
            where=where or kind.__name__,
            rule=first["type"],
        ) from None
    return value
