"""Pages of alarms: those that are open with their age, those that were closed, and one with what was said of it.

Rules: only oversight reads them and closes alarms, and nobody one about himself; each act leaves a leaf and a row.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mithaq.errors import InputError
from mithaq.node.console import people
from mithaq.node.oversight import alarms, doing, rules
from mithaq.node.oversight.forms import CloseForm, ReopenForm
from mithaq.node.oversight.requests import CloseAlarm, ReopenAlarm
from mithaq.node.oversight.views import number, reads

Form = TypeVar("Form", bound=forms.Form)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Alarms: open ones, the oldest first; or closed ones, the latest first."""
    closed = request.GET.get("state") == "closed"
    reads(request, "oversight.alarms", reason="closed" if closed else "open")
    found = alarms.listing(closed=closed, before=number(request.GET.get("before", "")), limit=alarms.PAGE + 1)
    following = found[alarms.PAGE - 1].id if len(found) > alarms.PAGE else ""
    about = {"alarms": found[: alarms.PAGE], "closed": closed, "following": following}
    return render(request, "oversight/alarms.html", about)


@require_safe
def alarm(request: HttpRequest, key: str) -> HttpResponse:
    """One alarm: what it is about, since when it waits, what was said of it, and the act that is next."""
    who = reads(request, "oversight.alarm", key)
    found = alarms.alarm(key)
    about: dict[str, Any] = {"alarm": found, "may": rules.may_judge(who, found.about)}
    about["form"] = (ReopenForm if found.closed else CloseForm)(initial={"version": found.version})
    return render(request, "oversight/alarm.html", about)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    """Close an alarm with what was found."""
    form = checked(CloseForm(request.POST))
    given = form.cleaned_data
    asked = CloseAlarm(key, given["version"], given["finding"], given["words"])
    doing.do("close-alarm@1", asked, key, people.actor(request))
    messages.info(request, _("The alarm is closed."))
    return HttpResponseRedirect(f"/oversight/alarms/{key}")


@require_POST
def reopen(request: HttpRequest, key: str) -> HttpResponse:
    """Look at a closed alarm a second time."""
    form = checked(ReopenForm(request.POST))
    asked = ReopenAlarm(key, form.cleaned_data["version"], form.cleaned_data["words"])
    doing.do("reopen-alarm@1", asked, key, people.actor(request))
    messages.info(request, _("The alarm is open again."))
    return HttpResponseRedirect(f"/oversight/alarms/{key}")


def checked(form: Form) -> Form:
    """A form that is whole. InputError `oversight.form` that names the field."""
    if not form.is_valid():
        raise InputError(
            "oversight.form",
            "The form is not whole, or says too little.",
            remedy="Go back and fill it in.",
            where=next(iter(form.errors)),
        )
    return form
