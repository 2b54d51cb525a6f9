"""The page that asks why something is read, before it is shown; and the reasons in force.

Rules: what is asked for is shown only once the reason is kept; nothing of the record stands on the page that asks. The
form holds what the node asked about, signed for the person: a reason is given for that, and for nothing else.
"""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from mithaq.errors import InputError, RefusedError
from mithaq.node.console import people, tasks

SALT = "mithaq.reason"
AGE = timedelta(days=1)


class ReasonForm(forms.Form):
    """Why something is read."""

    reason = forms.CharField(
        label=_("Why do you read this?"),
        help_text=_("The case, the request or the order that it is for. It stands in the access log."),
        min_length=tasks.LEAST,
        max_length=tasks.MOST,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    question = forms.CharField(widget=forms.HiddenInput, max_length=4000)


@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest) -> HttpResponse:
    """The reasons in force; posted, one more, and back to what was asked for."""
    if request.method != "POST":
        return render(request, "console/reasons.html", {"tasks": tasks.tasks(request)})
    form = ReasonForm(request.POST)
    what, record, back = _asked(request, request.POST.get("question", ""))
    if not form.is_valid():
        return _page(request, form, what, status=400)
    tasks.begin(request, what, record, form.cleaned_data["reason"])
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
    # What was posted is done again from its page: a reason is no reason to do it.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    question = [people.actor(request).name, error.where, str(error.params["record"]), back[:2000]]
    form = ReasonForm(initial={"question": signing.dumps(question, salt=SALT)})
    return _page(request, form, str(error.where), status=403)


def _page(request: HttpRequest, form: ReasonForm, what: str, status: int) -> HttpResponse:
    return render(request, "console/reason.html", {"form": form, "minutes": tasks.lasts(what)}, status=status)


def _asked(request: HttpRequest, question: str) -> tuple[str, str, str]:
    """What the node asked this person about: the page, the record, the way back. InputError `read.question`."""
    try:
        name, what, record, back = signing.loads(question, salt=SALT, max_age=AGE)
    except signing.BadSignature:
        name = ""
    if name != people.actor(request).name:
        raise InputError(
            "read.question", "This form was not made for what you were asked.",
            remedy="Open what you want to read again.", where="question",
        )  # fmt: skip
    return what, record, back
