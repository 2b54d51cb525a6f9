"""A page that reads names as screening does: how one is read, and why two do or do not meet.

Rule: nothing is kept or compared with a list; names are posted, so that they stand in no address and no history, and
the access log says that the page was asked, not for whom. Design: screening, "Explained"; subjects, safeguard 7.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from mithaq.node.console import people
from mithaq.screening.meeting import Meeting, Pair, meet, spelling

MOST = 200
# Pairs that meet are all shown; of the others, those that share a key, which is where a spelling was nearly found.
_SHOWN = 60


class NamesForm(forms.Form):
    """One name, or the two that are compared."""

    name = forms.CharField(label=_("Name"), max_length=MOST, help_text=_("As a traveller bears it, in any script."))
    listed = forms.CharField(
        label=_("Name to compare with"), max_length=MOST, required=False, help_text=_("As a list or a notice has it.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """The form; posted, how the names are read and why they do or do not meet."""
    people.reads(request, "console.names")
    form = NamesForm(request.POST if request.method == "POST" else None)
    about: dict[str, Any] = {"form": form}
    if form.is_valid():
        name, listed = form.cleaned_data["name"], form.cleaned_data["listed"]
        about |= told(meet(name, listed)) if listed else {"spellings": (spelling(name),)}
    return render(request, "console/names.html", about, status=400 if form.errors else 200)


def told(met: Meeting) -> dict[str, Any]:
    """What the page says of two names."""
    # How rare a word is depends on the list, and there is none: the reasons are told without it.
    return {
        "spellings": (met.left, met.right),
        "met": met,
        "evidence": [
            {"kind": one.kind, "why": one.why, "left": one.left, "right": one.right, "weight": one.weight}
            for one in met.evidence
        ],
        "pairs": [{"why": pair.why, "pair": pair} for pair in sorted(met.pairs, key=_order)[:_SHOWN]],
        "shares": any(pair.bits is not None for pair in met.pairs),
    }


def _order(pair: Pair) -> tuple[bool, float, int]:
    return pair.bits is None, -(pair.bits or 0.0), -len(pair.shared)
