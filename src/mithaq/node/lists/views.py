"""Pages of this subject. Rule: reads are logged before the page leaves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mithaq.errors import MithaqError
from mithaq.node.acts.perform import perform
from mithaq.node.console import people, uploads
from mithaq.node.lists import facts, moving, refresh, rules
from mithaq.node.lists.forms import NAMES, ConfirmForm, ListForm
from mithaq.node.lists.requests import ConfirmList, DiscardList, ImportList, RefreshList
from mithaq.node.start import Node

SIZE = 50
KINDS = ("added", "changed", "removed")


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """Every list: what is live, what waits, how its refresh stands; and one more to import."""
    who = people.reads(request, "lists.listing")
    # The form's last field follows its files: without it, the upload broke off.
    cut = request.method == "POST" and "whole" not in request.POST
    form = ListForm() if cut else ListForm(request.POST or None, request.FILES or None)
    problem: MithaqError | None = uploads.cut() if cut else None
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_imported(request, form))
        except MithaqError as error:
            problem = error
    about = {
        "lists": _overview(),
        "form": form,
        "problem": problem,
        "may": people.may(who, "case-officer", "supervisor"),
    }
    return render(request, "lists/lists.html", about, status=400 if request.method == "POST" else 200)


def _imported(request: HttpRequest, form: ListForm) -> str:
    found = form.cleaned_data
    more, mapping = (found[name].read() if found[name] else b"" for name in ("more", "mapping"))
    asked = ImportList(found["list"], found["data"].name or "", found["data"].read(), more, mapping)
    answer = perform("import-list@1", asked, people.actor(request))
    if answer["state"] == "unchanged":
        messages.info(request, _("The file holds what is live already: nothing is changed."))
        return "/lists"
    messages.info(request, _("The list is read. Look at what it changes, then confirm it."))
    return f"/lists/{answer['version']}"


def _overview() -> list[dict[str, Any]]:
    refreshes, standing = facts.refreshes(), facts.standing()
    found = []
    for name, title in NAMES.items():
        shown: dict[str, Any] = {
            "name": name,
            "title": title,
            "live": standing.get((name, "live")),
            "pending": standing.get((name, "pending")),
            "refresh": refreshes.get(name),
            "source": Node.config.lists.get(name),
        }
        if any(shown[part] for part in ("live", "pending", "refresh", "source")):
            found.append(shown)
    return found


@require_safe
def version(request: HttpRequest, key: str) -> HttpResponse:
    """One version: where it comes from, what it changes, page by page, and what was not used."""
    page = _number(request.GET.get("page", "1"))
    with people.looking(request, "lists.version", key) as row:
        who, found = row.actor, facts.version(key)
        kind = _kind(request.GET.get("kind", ""), found)
        row.reason = f"{kind} {page}"
    total = getattr(found, kind)
    about = {
        "version": found,
        "title": NAMES.get(found.list, found.list),
        "kind": kind,
        "kinds": [(one, getattr(found, one)) for one in KINDS],
        "differences": facts.differences(found, kind, (page - 1) * SIZE, SIZE),
        "page": page,
        "pages": max(1, -(-total // SIZE)),
        "reason": bool(found.older) or rules.vanishes(found.removed, found.before),
        "vanishes": rules.vanishes(found.removed, found.before),
        "may": found.state == "pending" and people.may(who, "case-officer", "supervisor"),
        "own": found.imported_by == who.name,
        "by_another": moving.by_another(),
        "scheduled": found.imported_by == refresh.SCHEDULE,
        "form": ConfirmForm(),
    }
    return render(request, "lists/version.html", about)


def _kind(asked: str, found: facts.VersionFacts) -> str:
    if asked in KINDS:
        return asked
    # What a reader must look at first: who would no longer be looked for.
    return next((one for one in ("removed", "changed", "added") if getattr(found, one)), "added")


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Let the version take effect."""
    form = ConfirmForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    perform("confirm-list@1", ConfirmList(key, reason), people.actor(request))
    messages.info(request, _("The list has taken effect."))
    return HttpResponseRedirect("/lists")


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Drop the version."""
    perform("discard-list@1", DiscardList(key), people.actor(request))
    messages.info(request, _("The version is discarded."))
    return HttpResponseRedirect("/lists")


@require_POST
def refresh_now(request: HttpRequest, name: str) -> HttpResponse:
    """Ask that the worker fetches a list now."""
    perform("refresh-list@1", RefreshList(name), people.actor(request))  # type: ignore[arg-type]
    messages.info(request, _("The node fetches the list now; what it finds is shown here in a moment."))
    return HttpResponseRedirect("/lists")
