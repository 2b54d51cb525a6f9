"""Errors of the API: one JSON shape, the status of the one table, the sentence in a language that the system accepts.

Rule: `code`, `detail`, `remedy` and `where`, always all four and nothing else; a system decides by `code`. The token
endpoint adds `error` and `error_description`, which RFC 6749, section 5.2, prescribes.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import ValidationError

from mithaq.errors import InputError, MithaqError, RefusedError
from mithaq.node.console import errors

JSON = "application/json"
FAULT = InputError("node.fault", "The node has a fault.", remedy="Tell the operator; what you asked for was not done.")
BARE = {
    404: InputError("page.unknown", "There is no such page.", remedy="Look at the API's description."),
    405: InputError("page.method", "This address answers to another kind of request."),
}


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """Why a request was not done: a stable code (docs/errors.md), a sentence, what to do, and where the fault lies."""

    code: str
    detail: str
    remedy: str
    where: str


def answer_of(error: MithaqError) -> ErrorAnswer:
    """An error as the API tells it."""
    detail, _ = errors.told(error.sentence, error.params)
    remedy, _ = errors.told(error.remedy, error.params)
    return ErrorAnswer(error.code, detail, remedy, error.where)


def response(failed: MithaqError, status: int = 0, **more: str) -> HttpResponse:
    """The response to a request that failed; `more` is what a standard adds."""
    found = answer_of(failed)
    body = {"code": found.code, "detail": found.detail, "remedy": found.remedy, "where": found.where, **more}
    status = status or errors.status_of(failed)
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=JSON)
    answer[errors.HEADER] = failed.code
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="mithaq"' if more else 'Bearer realm="mithaq"'
    return answer


def told(_request: HttpRequest, error: Any) -> HttpResponse:
    """The response to an error of the tree."""
    return response(error)


def unread(_request: HttpRequest, _error: Any) -> HttpResponse:
    """The response to a body that is no JSON."""
    return response(InputError("body.json", "The body is not JSON.", remedy="Send JSON in UTF-8.", where="body"))


def not_fitting(_request: HttpRequest, error: Any) -> HttpResponse:
    """The response to a request that does not fit its schema: names the first field at fault, never its value."""
    assert isinstance(error, ValidationError)
    first = error.errors[0]
    place, rest = str(first["loc"][0]), first["loc"][1:]
    # In a body the library puts the name of our function's argument before the field's path.
    where = ".".join(str(part) for part in (rest[1:] if place == "body" else rest)) or place
    return response(
        InputError(
            "body.field",
            "A field of the content is not as it has to be ({rule}).",
            where=where[:200],
            rule=str(first["type"]),
        )
    )


def fault(_request: HttpRequest, error: Any) -> HttpResponse:
    """The response to a fault of ours; the log gets its kind, and no content."""
    logging.getLogger("mithaq.api").error("fault: %s", type(error).__name__)
    return response(FAULT, 500)


def no_token() -> RefusedError:
    """The error of a request without a token that is good."""
    return RefusedError("client.token", "There is no access token, or it is good no more.", remedy="Ask for a new one.")
