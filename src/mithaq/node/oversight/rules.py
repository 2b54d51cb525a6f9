"""The one rule of oversight: its pages are for that role alone, and nothing on them changes anything. Pure.

Design: subjects, roles ("oversight: reads every log, changes nothing").
"""

from __future__ import annotations

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor

ROLE = "oversight"


def check_role(who: Actor) -> None:
    """RefusedError `oversight.role` for everyone else."""
    if ROLE not in who.roles:
        raise RefusedError(
            "oversight.role", "These pages are for oversight alone.", remedy="Ask oversight of your authority."
        )
