"""The page of one person's data, and its evidence as a file.

Rule: a question by name is posted, so that no address holds it; each question leaves a row with whom it was about.
"""

from __future__ import annotations

import hashlib
from contextlib import AbstractContextManager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mithaq.errors import InputError
from mithaq.node.acts.access import Reading
from mithaq.node.acts.registry import Asked
from mithaq.node.oversight import evidence, follow
from mithaq.node.oversight.forms import PersonForm
from mithaq.node.oversight.strip import strip
from mithaq.node.oversight.views import looking, number


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Whose data is asked for; then every record about the person, and what was done with each."""
    form = PersonForm(_given(request) or None)
    asked = _asked(form)
    about: dict[str, Any] = {"form": form}
    with _looking(request, "oversight.person", asked) as row:
        if asked is not None:
            before = number(_given(request).get("before", ""))
            trail = follow.trail(asked, before, follow.LISTED)
            row.also = tuple(one.record for one in trail.held)
            about |= {
                "trail": trail,
                # The file is that of this page: who looks adds rows meanwhile.
                "before": before or (trail.part[0] + 1 if trail.part else None),
                "asked": asked,
                "strip": strip(trail.events),
                "followed": asked.reference,
            }
    return render(request, "oversight/person.html", about, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_of(request: HttpRequest) -> HttpResponse:
    """The evidence of the same, to download."""
    asked = _asked(PersonForm(_given(request)))
    with _looking(request, "oversight.bundle", asked) as row:
        if asked is None:
            raise InputError(
                "oversight.question", "The question names nobody.", remedy="Give a reference, or a name and birth date."
            )
        trail = follow.trail(asked, number(_given(request).get("before", "")))
        row.also = tuple(one.record for one in trail.held)
        made = evidence.make(trail)
    response = HttpResponse(made.data, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="mithaq-evidence.json"'
    response["Mithaq-Left-Out"] = str(made.left_out)
    return response


def _looking(request: HttpRequest, what: str, asked: Asked | None) -> AbstractContextManager[Reading]:
    # A reason for one person is none for another: who is asked for by name is told apart by a hash, which names nobody.
    said = _said(asked)
    about = hashlib.sha256(said.encode()).hexdigest()[:32] if said else ""
    return looking(request, what, asked.reference if asked else "", said, about)


def _given(request: HttpRequest) -> Any:
    # What is posted counts; a link may give a reference alone.
    return request.POST if request.method == "POST" else request.GET


def _asked(form: PersonForm) -> Asked | None:
    if not form.is_bound or not form.is_valid():
        return None
    given = form.cleaned_data
    born = given["birth_date"].isoformat() if given["birth_date"] else ""
    return Asked(given["reference"].strip(), given["name"].strip() if born else "", born)


def _said(asked: Asked | None) -> str:
    return f"{asked.name} {asked.birth_date}".strip() if asked else ""
