"""Material of the register's tests: a node whose domestic instrument says other than the example's."""

from __future__ import annotations

import itertools
from datetime import timedelta

from mithaq.node.acts import enact
from mithaq.node.acts.models import Instrument
from tests.node.authorities import EXAMPLES, NOW, signed
from tests.node.here import Here

RETENTION = "crossings_retention_hours = 0"
ACTS = 'acts = ["screen-manifest@1", "screen-traveller@1", "rescreen-crossings@1"]'
_SECONDS = itertools.count(1)


def keeping(here: Here, settings: str) -> None:
    """Enact BE's domestic instrument anew, with `settings` in the place of the retention that the example has."""
    enacted(here, (RETENTION, settings))


def enacted(here: Here, change: tuple[str, str]) -> None:
    """Enact BE's domestic instrument anew with one text of the example's replaced."""
    changed = signed(EXAMPLES / "domestic-BE-POLICE.toml", here.own, change=change)
    # One text of a plan stands at a time: the example's makes room, as on a node that was set up with this one. What
    # was read of it is known by its moment, so that each one has its own.
    Instrument.objects.filter(plan=changed.plan.id).delete()
    enact.enact(changed.plan, changed.signatures, (), NOW + timedelta(seconds=next(_SECONDS)))
