"""Raises an alarm for a plan in the database whose stored signatures do not hold.

Rule: such a plan permits nothing and brings no root key (`plan.decide`, `acts/instruments.py`); that it lies there at
all is a matter for a person, who is told once. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from datetime import datetime

from mithaq.node.acts import instruments
from mithaq.node.acts.models import Alarm

GROUND = "plan.signatures"


def alarm(now: datetime) -> None:
    """Raise an alarm for each plan in force that not all parties have signed, unless it has been raised."""
    for instrument in instruments.in_force():
        named = {"code": GROUND, "detail": instrument.plan.id}
        if not instruments.is_signed(instrument) and not Alarm.objects.filter(**named).exists():
            Alarm.objects.create(at=now, **named)
