"""The token endpoint: client credentials for an access token.

Document: RFC 6749, sections 2.3.1, 4.4, 5.1 and 5.2.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Router

from mithaq.errors import InputError, MithaqError
from mithaq.node.api import errors, once, tokens
from mithaq.node.api.answers import client as answers
from mithaq.node.api.shapes import model_of
from mithaq.node.start import Node

router = Router(tags=["client"])
GRANT = "client_credentials"
# The standard's own words for what went wrong, beside ours.
_ERRORS = {"client.grant": "unsupported_grant_type", "client.credentials": "invalid_client"}
_REFUSED: Any = model_of(answers.TokenRefused)
_FORM = {
    "security": [{"Basic": []}],
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"grant_type": {"type": "string", "enum": [GRANT]}},
                    "required": ["grant_type"],
                }
            }
        },
    },
}


@router.post(
    "/token",
    auth=None,
    openapi_extra=_FORM,
    response={200: model_of(answers.TokenAnswer), **dict.fromkeys((400, 401, 429), _REFUSED)},
)
def token(request: HttpRequest) -> HttpResponse:
    """An access token for the system's name and secret, which stand in a Basic authorization."""
    try:
        made = _granted(request)
    except MithaqError as error:
        said = errors.answer_of(error).detail
        answer = errors.response(error, error=_ERRORS.get(error.code, "invalid_request"), error_description=said)
        if error.code == "client.wait":
            answer["Retry-After"] = str(error.params["seconds"])
        return answer
    return once.json(made)


def _granted(request: HttpRequest) -> answers.TokenAnswer:
    form = QueryDict(request.body)
    if form.getlist("grant_type") != [GRANT]:
        raise InputError(
            "client.grant",
            "Tokens are given for client credentials only.",
            remedy="Send grant_type=client_credentials as a form.",
            where="grant_type",
        )
    address = request.META.get("REMOTE_ADDR", "")
    made = tokens.issue(request.headers.get("Authorization", ""), address, Node.clock.now())
    return answers.TokenAnswer(made, "Bearer", int(tokens.LIFE.total_seconds()))
