"""What of this subject waits: drafts to approve, notices to publish, and notices whose review is near.

Rule: a person is shown the notices of the own unit, and never the own draft to approve. Design: subjects, "Wanted
persons"; architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Found, Need, Queue, Slice
from mithaq.node.start import Node
from mithaq.node.wanted.known import known_to
from mithaq.node.wanted.models import Notice

# So long before its end is a notice shown to who may extend it.
AHEAD = timedelta(days=30)
ENDING = _("Notice that ends: extend it or let it end")
TEXTS = {"draft": _("Notice to approve"), "approved": _("Notice to publish")}


def _in_state(state: str) -> Callable[[Actor, datetime, Slice], Found]:
    def find(actor: Actor, now: datetime, asked: Slice) -> Found:
        """The notices in a state on which this supervisor can act."""
        if "supervisor" not in actor.roles:
            return Found()
        found = Notice.objects.filter(state=state, authority=Node.config.authority, unit=actor.unit)
        found = found.filter(known_to(actor))
        if state == "draft":
            found = found.exclude(drafted_by=actor.name)
        laid_down = queue.deadlines("approve-notice", actor.unit)
        moment = queue.due_after("changed", "urgency", laid_down)
        if asked.until is not None:
            found = found.filter(urgency__in=sorted(laid_down))
        names = ("id", "reference", "changed", "urgency", "line")
        page, total, late = queue.rows(found.only(*names), state, moment, asked, now)
        needs = (
            Need(state, TEXTS[state], row.reference, f"/notices/{row.id}", row.changed,
                 row.pressing if row.urgency in laid_down else None, str(row.id), row.line)
            for row in page
        )  # fmt: skip
        return Found(tuple(needs), total, late if laid_down else 0)

    return find


def ending(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Published notices of this unit that end before long unless they are extended, the nearest end first."""
    if "supervisor" not in actor.roles:
        return Found()
    found = Notice.objects.filter(
        state="active", authority=Node.config.authority, unit=actor.unit, review__lte=now + AHEAD
    )
    found = found.filter(known_to(actor))
    names = ("id", "reference", "review", "changed", "line")
    page, total, late = queue.rows(found.only(*names), "ending", F("review"), asked, now)
    needs = (
        Need("ending", ENDING, row.reference, f"/notices/{row.id}", row.changed, row.review, str(row.id), row.line)
        for row in page
    )
    return Found(tuple(needs), total, late)


def review(actor: Actor, now: datetime, asked: Slice) -> Found:
    """Published notices of this unit that must be reviewed, the nearest review first."""
    if not actor.roles & {"case-officer", "supervisor"}:
        return Found()
    found = Notice.objects.filter(state="active", authority=Node.config.authority, unit=actor.unit)
    found = found.filter(known_to(actor))
    page, total, late = queue.rows(found.only("id", "reference", "review"), "review", F("review"), asked, now)
    text = _("Notice to review")
    needs = (
        Need("review", text, row.reference, f"/notices/{row.id}", row.review, row.review, str(row.id)) for row in page
    )
    return Found(tuple(needs), total, late)


QUEUES: tuple[Any, ...] = (
    *(Queue(state, "needs", text, _in_state(state)) for state, text in TEXTS.items()),
    Queue("ending", "needs", ENDING, ending),
    Queue("review", "expiring", _("Notice to review"), review),
)
