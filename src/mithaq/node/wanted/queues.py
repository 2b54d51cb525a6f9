"""What of this subject waits: drafts to approve, notices to publish, and notices whose review is near.

Rule: a person is shown the notices of the own unit and lines, and never the own draft to approve. Design: subjects,
"Wanted persons"; architecture, "Layout" (needs-me).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mithaq.node.acts import queue
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.needs import Need, Queue, Row, Rows
from mithaq.node.start import Node
from mithaq.node.wanted.known import known_to
from mithaq.node.wanted.models import Notice

# So long before its end is a notice shown to who may extend it.
AHEAD = timedelta(days=30)
ENDING = _("Notice that ends: extend it or let it end")
LINE = {"line": "line"}
REVIEW = _("Notice to review")
TEXTS = {
    "draft": (_("Notice to approve"), _("Notices to approve")),
    "approved": (_("Notice to publish"), _("Notices to publish")),
}


def _own(actor: Actor, state: str) -> Any:
    return Notice.objects.filter(known_to(actor), state=state, authority=Node.config.authority, unit=actor.unit)


def _in_state(state: str) -> Rows:
    def rows(actor: Actor, _now: datetime) -> Iterable[Any]:
        """The notices in a state on which this supervisor can act."""
        if "supervisor" in actor.roles:
            found = _own(actor, state)
            if state == "draft":
                found = found.exclude(drafted_by=actor.name)
            due = queue.due_after("changed", "urgency", queue.deadlines("approve-notice", actor.unit))
            yield queue.row(found, since="changed", record="reference", due=due, more=LINE)

    return rows


def ending(actor: Actor, now: datetime) -> Iterable[Any]:
    """Published notices of this unit that end before long unless they are extended."""
    if "supervisor" in actor.roles:
        found = _own(actor, "active").filter(review__lte=now + AHEAD)
        yield queue.row(found, since="changed", record="reference", due="review", more=LINE)


def review(actor: Actor, _now: datetime) -> Iterable[Any]:
    """Published notices of this unit that must be reviewed."""
    if actor.roles & {"case-officer", "supervisor"}:
        yield queue.row(_own(actor, "active"), since="review", record="reference", due="review", more=LINE)


def _need(kind: str, text: Any) -> Callable[[Row], Need]:
    return lambda row: Need(
        kind, text, row.record, f"/notices/{row.key}", row.since, row.due, row.key, line=row.more["line"]
    )


QUEUES: tuple[Any, ...] = (
    *(Queue(state, "needs", many, _in_state(state), _need(state, one)) for state, (one, many) in TEXTS.items()),
    Queue("ending", "needs", _("Notices that end: extend them or let them end"), ending, _need("ending", ENDING)),
    Queue("review", "expiring", _("Notices to review"), review, _need("review", REVIEW)),
)
