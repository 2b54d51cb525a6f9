"""The page of how long the access log is kept: the rule, what has ended with its proof, and what stays as evidence.

Rules: only oversight holds rows, and another person than who placed a hold releases it. Decision 18.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mithaq.node.acts.definition import Actor
from mithaq.node.console import people
from mithaq.node.oversight import doing, holds, log, rules
from mithaq.node.oversight.alarm_views import checked
from mithaq.node.oversight.forms import HoldForm, ReleaseForm
from mithaq.node.oversight.requests import HoldLog, ReleaseLog
from mithaq.node.oversight.views import reads
from mithaq.node.start import Node

PLACE = "/oversight/keeping"


@require_safe
def keeping(request: HttpRequest) -> HttpResponse:
    """How the access log ends, and what keeps it."""
    who, now = reads(request, "oversight.keeping"), Node.clock.now()
    found = [(one, _stands(one, now), _form(one, who)) for one in holds.listing(now)]
    return render(request, "oversight/keeping.html", {"end": holds.standing(now), "holds": found, "form": HoldForm()})


def _stands(one: holds.HoldFacts, now: datetime) -> bool:
    return one.released is None and one.until > now


def _form(one: holds.HoldFacts, who: Actor) -> ReleaseForm | None:
    may = rules.may_release(who, one.by)
    return ReleaseForm(initial={"version": one.version}, auto_id=f"{one.id}-%s") if may else None


@require_POST
def hold(request: HttpRequest) -> HttpResponse:
    """Keep rows as evidence."""
    given = checked(HoldForm(request.POST)).cleaned_data
    until = log.begin_of(given["until"] + timedelta(days=1))
    doing.do("hold-log@1", HoldLog(log.begin_of(given["since"]), until, given["reason"]), "", people.actor(request))
    messages.info(request, _("These rows stay until that day."))
    return HttpResponseRedirect(PLACE)


@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    """End a hold before its day."""
    given = checked(ReleaseForm(request.POST)).cleaned_data
    asked = ReleaseLog(key, given["version"], given["reason"])
    doing.do("release-log@1", asked, key, people.actor(request))
    messages.info(request, _("The hold has ended."))
    return HttpResponseRedirect(PLACE)
