"""JSON shapes from frozen types: the one definition of an act's request is also its schema in the API.

Rules: a field that the type does not have is an error (a misspelt birth date must not be left aside unseen); bytes are
base64, in either alphabet; text holds no NUL, which no database keeps. Design: architecture, "One definition".
"""

from __future__ import annotations

import base64
import binascii
import dataclasses
import types
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

T = TypeVar("T")
_CONFIG = ConfigDict(extra="forbid")
_PLAIN = (int, float, bool, datetime, type(None))
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str) or not value.isascii():
        raise ValueError("not base64")
    plain = value.encode().translate(_TO_STANDARD)
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("text holds no NUL")
    return value


Base64 = Annotated[
    bytes,
    BeforeValidator(_bytes),
    WithJsonSchema({"type": "string", "format": "byte", "pattern": "^([A-Za-z0-9+/_-]{4})*$"}),
]
Text = Annotated[str, AfterValidator(_text), Field(json_schema_extra={"pattern": "^[^\\u0000]*$"})]


_MODELS: dict[tuple[type[Any], frozenset[str]], type[BaseModel]] = {}


def model_of(kind: type[Any], leaving: frozenset[str] = frozenset()) -> type[BaseModel]:
    """The schema of a frozen type, by its name; `leaving` names fields that the address gives."""
    if (kind, leaving) not in _MODELS:
        _MODELS[kind, leaving] = _made(kind, leaving)
    return _MODELS[kind, leaving]


def _made(kind: type[Any], leaving: frozenset[str]) -> type[BaseModel]:
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for one in dataclasses.fields(kind):
        if one.name not in leaving:
            default = ... if one.default is dataclasses.MISSING else one.default
            fields[one.name] = (_type(hints[one.name]), default)
    return create_model(kind.__name__, __config__=_CONFIG, __doc__=kind.__doc__, **fields)


def _type(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return model_of(hint)  # type: ignore[arg-type]
    if hint is bytes:
        return Base64
    if hint is str:
        return Text
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        return tuple[_type(parts[0]), ...]  # type: ignore[misc]
    if origin in {Union, types.UnionType}:
        return Union[tuple(_type(part) for part in parts)]  # noqa: UP007  built at run time
    if origin is Literal or hint in _PLAIN:
        return hint
    raise TypeError(f"no shape for {hint}")


def request_of(kind: type[T], model: BaseModel, **given: Any) -> T:
    """The frozen request from a validated body and what the address gives."""
    return _built(kind, {**{name: getattr(model, name) for name in type(model).model_fields}, **given})


def _built(kind: type[T], values: Mapping[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in values.items()})


def _value(hint: Any, value: Any) -> Any:
    if isinstance(value, BaseModel):
        kind = next(one for one in (hint, *get_args(hint)) if dataclasses.is_dataclass(one))
        return _built(kind, {name: getattr(value, name) for name in type(value).model_fields})  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return tuple(_value(get_args(hint)[0], one) for one in value)
    return value
