"""The API's routes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from mithaq.errors import MithaqError
from mithaq.node.api import border, errors, granting, lists, once, search, wanted
from mithaq.node.api.answers.client import ClientAnswer
from mithaq.node.api.described import shown
from mithaq.node.api.door import ByToken, client_of
from mithaq.node.start import Node

PREFIX = "/api/v1"


class ClientCredentials(ByToken):
    """By token, as the OpenAPI document describes it."""

    openapi_type = "oauth2"
    openapi_flows: dict[str, Any] = {"clientCredentials": {"tokenUrl": f"{PREFIX}/token", "scopes": {}}}  # noqa: RUF012


api = NinjaAPI(
    title="Mithaq",
    version="1",
    description="For the own systems of one authority. How to ask: docs/api.md; what the codes mean: docs/errors.md.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    auth=ClientCredentials(),
)
api.add_exception_handler(MithaqError, errors.told)
api.add_exception_handler(ValidationError, errors.not_fitting)
api.add_exception_handler(HttpError, errors.unread)
api.add_exception_handler(Exception, errors.fault)
for router in (granting.router, border.router, wanted.router, lists.router, search.router):
    api.add_router("", router)


@api.get("/client", response=shown(ClientAnswer), tags=["client"])
def client(request: HttpRequest) -> HttpResponse:
    """Who the node takes the system for, and the node's time."""
    found = client_of(request)
    told = ClientAnswer(found.name, found.unit, tuple(sorted(found.roles)), found.pace, Node.clock.now())
    return once.json(told)


urlpatterns = [path("", api.urls)]
