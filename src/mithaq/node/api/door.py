"""What every request of the API passes: its token, its pace, its officer; and the middleware that bounds its body.

Rules: a session is no way in; a body is read once, up to its limit, before anything else; what Django itself answers
(no such address, another method) has the API's shape. Document: RFC 6750, section 2.1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from mithaq.errors import InputError, MithaqError, RefusedError
from mithaq.node.accounts import facts as accounts
from mithaq.node.acts.definition import Actor
from mithaq.node.api import errors, pace
from mithaq.node.api.facts import ClientFacts
from mithaq.node.console import uploads
from mithaq.node.console.errors import HEADER
from mithaq.node.console.middleware import API
from mithaq.node.start import Node

Get = Callable[[HttpRequest], HttpResponse]
# A file of the largest size, as base64, with what stands around it.
LIMIT = uploads.LIMIT * 4 // 3 + uploads.FRAME
_HELD = "mithaq_pace"
OFFICER = "Mithaq-Officer"
REASON = "Mithaq-Reason"
OFFICERS = frozenset({"case-officer", "supervisor"})


class ByToken(HttpBearer):
    """The client that holds the request's token, once its pace is counted."""

    def __call__(self, request: HttpRequest) -> ClientFacts:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, token.strip() if kind.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> ClientFacts:
        """Raises RefusedError `client.token`, `client.pace.over`."""
        found = pace.count(token, Node.clock.now()) if token else None
        if found is None:
            raise errors.no_token()
        client, counted = found
        setattr(request, _HELD, counted)
        if not counted.passed:
            raise RefusedError(
                "client.pace.over",
                "These are more requests than this system may make in ten seconds ({most}).",
                remedy="Wait for as many seconds as Retry-After says.",
                most=counted.quota,
            )
        return client


def client_of(request: HttpRequest) -> ClientFacts:
    """The client that asks."""
    found: ClientFacts = request.auth  # type: ignore[attr-defined]
    return found


def reason_of(request: HttpRequest) -> str:
    """The reason that the system gives for reading: percent-encoded UTF-8, as a name is; empty when it gives none."""
    return unquote(request.headers.get(REASON, "")).replace("\0", "").strip()


def officer_of(request: HttpRequest) -> Actor:
    """The officer whose decision the system brings, with the roles that both have.

    What a person answers for names the person: the officer is one of the system's own unit who may sign in at the node.
    A header field is ASCII: the name is percent-encoded UTF-8 where it holds other letters or a space.
    Raises InputError `officer.missing`, RefusedError `officer.unknown`.
    """
    client, name = client_of(request), unquote(request.headers.get(OFFICER, ""))
    if not name:
        raise InputError(
            "officer.missing", "A decision names the officer who made it.", remedy="Send the name.", where=OFFICER
        )
    found = accounts.of_name(name) if "\0" not in name else None
    if found is None or found.unit != client.unit or not found.roles & OFFICERS:
        raise RefusedError(
            "officer.unknown", "No officer of this unit has that name.", remedy="Send the name of the sign-in.",
            where=OFFICER,
        )  # fmt: skip
    # What neither of the two works on, the two together do not either.
    lines = [held for held in (found.lines, client.lines) if held is not None]
    bound = frozenset.intersection(*lines) if lines else None
    return replace(found.cut_to(client.roles), via=client.actor.name, lines=bound)


class ApiDoor:
    """Bounds bodies, adds the pace's header fields, and gives Django's own answers the API's shape."""

    def __init__(self, get: Get) -> None:
        self.get = get

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get(request)
        try:
            _read(request)
            response = self.get(request)
        except MithaqError as error:
            response = errors.response(error)
        if response.status_code in errors.BARE and not response.has_header(HEADER):
            allowed = response.headers.get("Allow", "")
            response = errors.response(errors.BARE[response.status_code], response.status_code)
            if allowed:
                response["Allow"] = allowed
        counted: Any = getattr(request, _HELD, None)
        for name, value in counted.headers.items() if counted is not None else ():
            response[name] = value
        return response


def _read(request: HttpRequest) -> None:
    """Read the body into the request. InputError `upload.size`, `upload.cut`, `body.nul`."""
    if any("\0" in text for text in (request.path, *request.GET.values(), *request.GET)):
        raise InputError("body.nul", "A text holds the character NUL.", remedy="Leave it out.")
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdigit() and int(length) > LIMIT:
        raise uploads.too_large()
    data = request.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise uploads.too_large()
    if length.isdigit() and len(data) < int(length):
        raise InputError(
            "upload.cut",
            "The upload broke off before its end; nothing of it was screened or kept.",
            remedy="Send the whole file again.",
            where="body",
        )
    request._body = data
