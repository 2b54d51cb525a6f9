"""The page of a post's threshold: what one would bring, as a picture and an equal table, and the form to choose it.

Rules: it is for who may know what came to the post; what is posted becomes the request of an act; no script is needed.
Design: screening, "Calibrated" and "Fair".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mithaq.errors import InputError, MithaqError, RefusedError, StateError
from mithaq.node.acts.perform import perform
from mithaq.node.border import facts, known, silence, threshold_facts, thresholds
from mithaq.node.border.forms import ThresholdForm
from mithaq.node.border.requests import SetThreshold
from mithaq.node.border.threshold_facts import Point
from mithaq.node.console import people
from mithaq.node.start import Node

# The picture, in its own units: how wide and high the field of the lines is, and the space left and below for figures.
_WIDE, _HIGH, _LEFT, _TOP = 600, 220, 50, 12


@require_http_methods(["GET", "HEAD", "POST"])
def threshold(request: HttpRequest, key: str) -> HttpResponse:
    """The threshold of a post and a feed: what is in force, what another would bring; posted, the choice."""
    who = people.reads(request, "border.threshold", key)
    post = facts.post(key)
    known.check_counts(post.unit, who)
    asked = request.POST if request.method == "POST" else request.GET
    feed = asked.get("feed", "") or thresholds.FEEDS[0]
    thresholds.check_feed(feed)
    problem: MithaqError | None = None
    form = ThresholdForm(request.POST or None, initial={"feed": feed, "one_in": asked.get("one_in", "")})
    if request.method == "POST" and form.is_valid():
        try:
            perform("set-threshold@1", SetThreshold(post.id, **form.cleaned_data), who)
        except (InputError, RefusedError, StateError) as error:
            if error.code == "role.missing":
                raise
            problem = error
        else:
            messages.info(request, _("The threshold is chosen: it holds from now on."))
            return HttpResponseRedirect(f"/posts/{post.id}/threshold?feed={feed}")
    status = 400 if request.method == "POST" else 200
    about = _about(post.id, feed, asked.get("one_in", ""))
    may = post.unit == who.unit and people.may(who, "supervisor")
    form.initial["follows"] = about["own"].chosen
    shown = {"post": post, "feed": feed, "feeds": thresholds.FEEDS, "form": form, "may": may, "problem": problem}
    return render(request, "border/threshold.html", {**about, **shown}, status=status)


def _about(post: str, feed: str, one_in: str) -> dict[str, Any]:
    """What the page shows: of the rate that is asked for, else of the threshold in force."""
    seen = threshold_facts.of_feed(post, feed, Node.clock.now())
    own = threshold_facts.own_clause(silence.settings(), post, feed)
    few: InputError | None = None
    prospect = seen.prospect(own.threshold)
    if one_in.isascii() and one_in.isdigit() and len(one_in) < 10:
        try:
            prospect = seen.by_rate(int(one_in))
        except InputError as error:
            few = error
    curve = seen.curve()
    return {
        "own": own, "seen": seen, "prospect": prospect, "few": few, "curve": curve, "picture": _picture(curve),
        "history": threshold_facts.history(post, feed), "one_in": one_in, "choices": ThresholdForm.RATES,
    }  # fmt: skip


def _picture(curve: Sequence[Point]) -> dict[str, Any]:
    """A line a labelled list: alerts a day from left to right, the share found upwards; one mark a threshold."""
    most = max((point.alerts for point in curve), default=0.0) or 1.0
    lines = {}
    for name in curve[0].found if curve else ():
        lines[name] = [
            (round(_LEFT + _WIDE * point.alerts / most, 1), round(_TOP + _HIGH * (1 - point.found[name]), 1))
            for point in curve
        ]
    joined = [(name, " ".join(f"{x},{y}" for x, y in marks), marks) for name, marks in lines.items()]
    return {"lines": joined, "most": most, "left": _LEFT, "right": _LEFT + _WIDE, "top": _TOP, "foot": _TOP + _HIGH}
