"""The page of the access log, and the same rows as a file.

Rule: a search leaves a row with its words; a file of rows leaves one, too.
"""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mithaq.node.console import words
from mithaq.node.oversight import log
from mithaq.node.oversight.forms import LogForm
from mithaq.node.oversight.views import looking, number


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The access log, searched."""
    form = LogForm(request.GET or None, auto_id="log-%s")
    said = _said(form)
    with looking(request, "oversight.log", reason=urlencode(said)):
        found = log.page(_asked(form), number(request.GET.get("before", "")))
    about = {"form": form, "page": found, "counted": log.COUNTED, "query": urlencode(said), "bad": bool(form.errors)}
    return render(request, "oversight/log.html", about, status=400 if form.errors else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The latest rows that the search finds, as a table in a file (CSV)."""
    form = LogForm(request.GET or None)
    target = io.StringIO()
    table = csv.writer(target)
    table.writerow(log.COLUMNS)
    with looking(request, "oversight.export", reason=urlencode(_said(form))):
        table.writerows(log.each(log.export(_asked(form)), words.reading))
    response = HttpResponse(target.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mithaq-access-log.csv"'
    return response


def _given(form: LogForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}


def _said(form: LogForm) -> dict[str, str]:
    """The words of the search that a form asks for."""
    return {name: str(value) for name, value in _given(form).items()}


def _asked(form: LogForm) -> log.Search:
    """The search that a form asks for; a form that is not right finds nothing. A record is looked up for it."""
    if not form.is_bound:
        return log.Search()
    if not form.is_valid():
        return log.Search(records=frozenset())
    given = _given(form)
    return log.Search(
        actor=given.get("actor", ""),
        unit=given.get("unit", ""),
        what=words.same_reading(given["what"]) if "what" in given else (),
        records=log.resolve(given["record"]) if "record" in given else None,
        since=given.get("since"),
        until=given.get("until"),
        refused=bool(given.get("refused")),
    )
