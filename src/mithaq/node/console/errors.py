"""The one table from errors to pages: status, and the sentences in the reader's language.

Rule: a page of an error says what, why and what next, with the code; never a trace and never the name of a person.
Design: subjects, "What people like to have".
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mithaq import plurals
from mithaq.errors import (
    ConfigError,
    InputError,
    MithaqError,
    RefusedError,
    StateError,
    TransportError,
    TrustError,
    filled,
)
from mithaq.node.console import words

STATUS: dict[type[MithaqError], int] = {
    InputError: 400,
    RefusedError: 403,
    StateError: 409,
    TrustError: 409,
    TransportError: 502,
    ConfigError: 500,
}
# What a door asks of a system before anything else has a status of its own.
BY_CODE = {"client.token": 401, "client.credentials": 401, "client.pace.over": 429, "client.wait": 429}
# What is not there is not there, whatever kind of error says so.
NOT_FOUND = frozenset(
    {
        "alarm.unknown",
        "candidate.unknown",
        "erasure.unknown",
        "factor.unknown",
        "hit.unknown",
        "letter.unknown",
        "list.unknown",
        "manifest.unknown",
        "message.unknown",
        "notice.unknown",
        "oversight.hold.unknown",
        "page.unknown",
        "delegation.unknown",
        "person.proposal.unknown",
        "person.unknown",
        "planned.unknown",
        "post.unknown",
        "retention.kind",
        "silence.unknown",
    }
)

# Answers of Django itself that have no page yet, and the error that each one is.
BARE: dict[int, InputError] = {
    404: InputError("page.unknown", "There is no such page.", remedy="Go back to the home page."),
    405: InputError("page.method", "This address answers to another kind of request.", remedy="Open the page again."),
}
HEADER = "X-Mithaq-Error"


def status_of(error: MithaqError) -> int:
    """The HTTP status of an error."""
    if error.code in NOT_FOUND:
        return 404
    if error.code in BY_CODE:
        return BY_CODE[error.code]
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def heading(error: MithaqError) -> str:
    """What kind of error it is, in the reader's language."""
    words = {
        InputError: _("That cannot be read"),
        RefusedError: _("Refused"),
        StateError: _("Not possible any more"),
        TrustError: _("A proof does not hold"),
        TransportError: _("The partner does not answer"),
        ConfigError: _("The node is set up wrongly"),
    }
    if error.code in NOT_FOUND:
        return _("Not found")
    return next(text for kind, text in words.items() if isinstance(error, kind))


def told(text: str, params: Mapping[str, object] | None = None, code: str = "") -> tuple[str, str]:
    """A sentence of an error in the reader's language, and the language that it really is in.

    Its places are filled with the reader's words for the values of `params`, where there are words for them; `code` is
    the error's own, by which it is known what some values are.
    """
    if not text:
        return "", ""
    counted, here = plurals.forms(text, params or {}), get_language() or "en"
    found = ngettext(*counted) if counted else _(text)
    language = here if found not in {text, *(counted or ())} else "en"
    shown = {name: words.parameter(name, value, code) for name, value in (params or {}).items()}
    return filled(found, shown), language


def small_print(error: MithaqError) -> list[tuple[str, str]]:
    """The values of an error that its sentence does not say already, each with what it is called, in words."""
    rest = {name: value for name, value in error.params.items() if f"{{{name}}}" not in error.sentence}
    return [
        (words.word("parameter", name), words.parameter(name, value, error.code))
        for name, value in rest.items()
        if value not in ("", None)
    ]


def page(request: HttpRequest, error: MithaqError) -> HttpResponse:
    """The page of an error."""
    detail, remedy = (told(text, error.params, error.code) for text in (error.sentence, error.remedy))
    about = {
        "heading": heading(error),
        "detail": detail,
        "remedy": remedy,
        "error": error,
        "back": _back(request),
    }
    response = render(request, "console/error.html", about, status=status_of(error))
    response[HEADER] = error.code
    return response


def bare(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page in place of an answer of Django's that has none; its status and headers stay."""
    found = page(request, BARE[response.status_code])
    found.status_code = response.status_code
    if response.has_header("Allow"):
        found["Allow"] = response["Allow"]
    return found


def fault(request: HttpRequest) -> HttpResponse:
    """The page of a fault of ours (Django's `handler500`); it asks nothing of the database."""
    logging.getLogger("mithaq.console").error(
        "fault at %s", request.resolver_match and request.resolver_match.view_name
    )
    return HttpResponse(render_to_string("console/fault.html"), status=500)


def _back(request: HttpRequest) -> str:
    # The page that the form stood on, so that what to do next is one key away.
    referer = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}) or not urlsplit(referer).netloc:
        return ""
    parts = urlsplit(referer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
