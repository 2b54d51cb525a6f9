"""The page that asks why something is read, before it is shown; and the reasons in force.

Rule: what is asked for is shown only once the reason is kept; nothing of the record stands on the page that asks.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from mithaq.errors import InputError, RefusedError
from mithaq.node.console import tasks


class ReasonForm(forms.Form):
    """Why something is read."""

    reason = forms.CharField(
        label=_("Why do you read this?"),
        help_text=_("The case, the request or the order that it is for. It stands in the access log."),
        min_length=tasks.LEAST,
        max_length=tasks.MOST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    what = forms.CharField(widget=forms.HiddenInput, max_length=60)
    record = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    next = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest) -> HttpResponse:
    """The reasons in force; posted, one more, and back to what was asked for."""
    if request.method != "POST":
        return render(request, "console/reasons.html", {"tasks": tasks.tasks(request)})
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "console/reason.html", {"form": form, "longest": tasks.LONGEST}, status=400)
    given = form.cleaned_data
    tasks.begin(request, given["what"], given["record"], given["reason"])
    back = given["next"]
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End a task before its time."""
    place = request.POST.get("task", "")
    if not (place.isascii() and place.isdigit() and len(place) < 4):
        raise InputError("form.version", "The form does not say which version was read.", remedy="Open it again.")
    tasks.end(request, int(place))
    return HttpResponseRedirect("/reasons")


def ask(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """The page that asks, in the place of what was to be shown."""
    match = request.resolver_match
    record = str(match.kwargs.get("key", "")) if match else ""
    # What was posted is done again from its page: a reason is no reason to do it.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    form = ReasonForm(initial={"what": error.where, "record": record, "next": back})
    return render(request, "console/reason.html", {"form": form, "longest": tasks.LONGEST}, status=403)
