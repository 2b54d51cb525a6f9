"""How records of the console end: what was planned for many at once, and what became of it.

Rule: what still waits to be done never ends before it is done or undone. Design: subjects, safeguard 6.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mithaq.node.acts.retention import RetentionRule
from mithaq.node.console.planned import PLANNED


def _of_unit(unit: str) -> Q:
    return Q(unit=unit)


RULES = (
    RetentionRule(
        "planned", _("What was planned for many at once"), PLANNED, "expires",
        _("A day has passed since it was done, undone or failed."), "console planned",
        where=~Q(state="waiting"), whose=_of_unit, unit="unit", url="/planned/{}",
    ),
)  # fmt: skip

KEPT = {
    "console.Hold": "who works on what, until a moment within the hour; a reference and no person sought",
    "console.Choice": "whether single keys do something for a person of the authority",
}
