"""Rejecting several candidates of a manifest at once: chosen, looked at one by one, confirmed, and done half a minute
later, each by an act of its own.

Rule: only a rejection is ever given to many; a confirmation is one officer's look at one person. The page says what
becomes of each before it does. Design: subjects, safeguard 4; issue 4, part 4.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from mithaq.errors import InputError, MithaqError
from mithaq.node.border import facts, many
from mithaq.node.border.views import seen
from mithaq.node.console import people


@require_POST
def reject(request: HttpRequest, key: str) -> HttpResponse:
    """Preview what a rejection of the chosen candidates does, or plan it."""
    who, found = people.actor(request), seen(request, key, "border.reject")
    remark, sure = request.POST.get("remark", "").strip()[:500], request.POST.get("sure") == "yes"
    chosen = set(request.POST.getlist("candidate")[: many.MOST])
    # The version that the preview showed: a candidate that has changed since is not judged unseen.
    versions = {key: int(text) for key in chosen if _is_version(text := request.POST.get(f"version-{key}", ""))}
    rows = many.foreseen((one for one in facts.candidates(found.id, who) if one.id in chosen), versions, remark, who)
    good = [one for one in rows if one.problem is None]
    problem: MithaqError | None = None
    if sure and not remark:
        problem = InputError(
            "candidate.reason", "Several candidates are rejected for one reason.", remedy="Write it.", where="remark"
        )
    elif sure and good:
        return HttpResponseRedirect(f"/planned/{many.reject_later(good, remark, who)}")
    about = {"manifest": found, "rows": rows, "good": len(good), "remark": remark, "problem": problem}
    return render(request, "border/reject.html", about, status=400 if problem else 200)


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7
