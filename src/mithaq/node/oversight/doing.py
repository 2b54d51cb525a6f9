"""Doing an act of oversight at a door: its row of the access log is written with it, or says that it was refused.

Rule: who tries what is not his to do leaves a row that oversight reads, whichever door it was.
"""

from __future__ import annotations

from typing import Any

from mithaq.errors import RefusedError
from mithaq.node.acts import access
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.perform import perform
from mithaq.node.start import Node


def do(act: str, request: Any, record: str, who: Actor, door: str = "") -> Any:
    """Perform an act of this subject; its answer. Raises what `perform` raises."""
    what = f"oversight.{act.partition('@')[0]}"
    try:
        return perform(act, request, who, reading=access.Reading(who, what, record[:64], door))
    except RefusedError:
        access.log(who, f"{access.REFUSED}{what}", Node.clock.now(), record[:64], door)
        raise
