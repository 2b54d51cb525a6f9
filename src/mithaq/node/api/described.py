"""What an operation says of itself in the OpenAPI document: its answers, its errors, its header fields."""

from __future__ import annotations

from typing import Any, TypeAlias

from ninja import QueryEx
from ninja.params import P

from mithaq.node.api import cursor, once
from mithaq.node.api.errors import ErrorAnswer
from mithaq.node.api.shapes import model_of

_ERROR: Any = model_of(ErrorAnswer)
_READ = (400, 401, 403, 404, 429)
_DONE = (*_READ, 409)
_KEY = {
    "name": once.HEADER,
    "in": "header",
    "required": True,
    "description": "A random key of the request; the same request under the same key is done once.",
    "schema": {"type": "string", "minLength": once.LEAST, "maxLength": once.MOST, "pattern": "^[!-~]+$"},
}
_OFFICER = {
    "name": "Mithaq-Officer",
    "in": "header",
    "required": True,
    "description": "The officer of the system's unit who decided: the name of the sign-in, percent-encoded.",
    "schema": {"type": "string", "minLength": 1, "pattern": "^[!-~]+$"},
}
_REASON = {
    "name": "Mithaq-Reason",
    "in": "header",
    "required": False,
    "description": "Why this is read, percent-encoded; needed where the domestic instrument asks for a reason.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 600, "pattern": "^[!-~]+$"},
}
From: TypeAlias = QueryEx[str, P(alias="cursor", description="Where the page before ended.")]
Limit: TypeAlias = QueryEx[int, P(ge=1, le=cursor.MOST)]
POSTED: dict[str, Any] = {"parameters": [_KEY]}
REASON: dict[str, Any] = {"parameters": [_REASON]}
OFFICER: dict[str, Any] = {"parameters": [_KEY, _OFFICER]}
FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def shown(kind: type[Any]) -> dict[int, Any]:
    """The answers of a read."""
    return {200: model_of(kind), **dict.fromkeys(_READ, _ERROR)}


def answered(kind: type[Any]) -> dict[int, Any]:
    """The answers of an act."""
    return {201: model_of(kind), **dict.fromkeys(_DONE, _ERROR)}
