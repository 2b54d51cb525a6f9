"""Pages of this subject. Rule: reads are logged before the page leaves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mithaq.node.acts.perform import perform
from mithaq.node.console import people
from mithaq.node.lists import facts
from mithaq.node.lists.forms import ListForm
from mithaq.node.lists.requests import ImportList


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The imports of lists, with what was not used and why, and one more to import."""
    who = people.reads(request, "lists.listing")
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["data"]
        perform("import-list@1", ImportList(form.cleaned_data["list"], upload.name or "", upload.read()), who)
        return HttpResponseRedirect("/lists")
    about = {"imports": facts.imports(), "form": form, "may": people.may(who, "case-officer", "supervisor")}
    return render(request, "lists/lists.html", about, status=400 if request.method == "POST" else 200)
