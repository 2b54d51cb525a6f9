"""Rejecting several candidates of a manifest at once: chosen, looked at one by one, confirmed, and done half a minute
later, each by an act of its own.

Rule: only a rejection is ever given to many; a confirmation is one officer's look at one person. The page says what
becomes of each before it does. Design: subjects, safeguard 4; issue 4, part 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from mithaq.errors import InputError, MithaqError
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import rehearse
from mithaq.node.border import facts
from mithaq.node.border.requests import JudgeCandidate
from mithaq.node.border.views import seen
from mithaq.node.console import people, planned
from mithaq.node.start import Node

ACT = "judge-candidate@1"
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A chosen candidate, and the state that a rejection gives it now, or why it cannot be rejected."""

    candidate: facts.CandidateFacts
    version: int
    state: str
    problem: MithaqError | None


@require_POST
def reject(request: HttpRequest, key: str) -> HttpResponse:
    """Preview what a rejection of the chosen candidates does, or plan it."""
    who, found = people.actor(request), seen(request, key, "border.reject")
    remark, sure = request.POST.get("remark", "").strip()[:500], request.POST.get("sure") == "yes"
    rows = _foreseen(request, found.id, remark, who)
    good = [one for one in rows if one.problem is None]
    problem: MithaqError | None = None
    if sure and not remark:
        problem = InputError(
            "candidate.reason", "Several candidates are rejected for one reason.", remedy="Write it.", where="remark"
        )
    elif sure and good:
        items = [_item(one, remark) for one in good]
        return HttpResponseRedirect(f"/planned/{planned.plan(ACT, items, who, Node.clock.now())}")
    about = {"manifest": found, "rows": rows, "good": len(good), "remark": remark, "problem": problem}
    return render(request, "border/reject.html", about, status=400 if problem else 200)


def _foreseen(request: HttpRequest, manifest: str, remark: str, who: Actor) -> list[Foreseen]:
    chosen = set(request.POST.getlist("candidate")[:MOST_AT_ONCE])
    return [
        _one(one, request.POST.get(f"version-{one.id}", ""), remark, who)
        for one in facts.candidates(manifest, who)
        if one.id in chosen
    ]


def _one(candidate: facts.CandidateFacts, shown: str, remark: str, who: Actor) -> Foreseen:
    # The version that the preview showed: a candidate that has changed since is not judged unseen.
    version = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 7 else candidate.version
    try:
        answer = rehearse(ACT, JudgeCandidate(candidate.id, version, "no-match", "", remark), who)
    except MithaqError as error:
        return Foreseen(candidate, candidate.version, "", error)
    return Foreseen(candidate, version, answer["state"], None)


def _item(one: Foreseen, remark: str) -> planned.Item:
    key = one.candidate.id
    card = one.candidate.card
    request = JudgeCandidate(key, one.version, "no-match", "", remark)
    reference = card.reference if card else one.candidate.subject
    return planned.Item(request, f"candidate/{key}", reference, f"/manifests/{one.candidate.manifest}#{key}")
