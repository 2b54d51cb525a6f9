"""The one table from errors to pages: status, and the sentences in the reader's language.

Rule: a page of an error says what, why and what next, with the code; never a trace and never the name of a person.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mithaq.errors import (
    ConfigError,
    InputError,
    MithaqError,
    RefusedError,
    StateError,
    TransportError,
    TrustError,
)

STATUS: dict[type[MithaqError], int] = {
    InputError: 400,
    RefusedError: 403,
    StateError: 409,
    TrustError: 409,
    TransportError: 502,
    ConfigError: 500,
}
# What is not there is not there, whatever kind of error says so.
NOT_FOUND = frozenset(
    {"notice.unknown", "manifest.unknown", "candidate.unknown", "hit.unknown", "message.unknown", "page.unknown"}
)


def status_of(error: MithaqError) -> int:
    """The HTTP status of an error."""
    if error.code in NOT_FOUND:
        return 404
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


def page(request: HttpRequest, error: MithaqError) -> HttpResponse:
    """The page of an error. Details are sentences of the catalogue where they are fixed texts."""
    about = {
        "heading": heading(error),
        "detail": _(error.detail) if error.detail else "",
        "remedy": _(error.remedy) if error.remedy else "",
        "code": error.code,
        "where": error.where,
        "params": dict(error.params),
    }
    return render(request, "console/error.html", about, status=status_of(error))
