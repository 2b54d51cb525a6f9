"""The second person: what takes two is decided the second time by someone who has signed in at this node.

Rule: an own system may name any officer; one system that names two would be two persons in name only. So it may bring
the first decision, a draft or a rejection, and never the one that makes it count. Design: subjects, safeguards 4 and 8.
"""

from __future__ import annotations

from mithaq.errors import RefusedError
from mithaq.node.acts.definition import Actor


def check_present(actor: Actor) -> None:
    """RefusedError `officer.second` when an own system brings the decision."""
    if actor.via:
        raise RefusedError(
            "officer.second",
            "The second person decides at the node itself; a system cannot bring this decision.",
            remedy="Sign in and decide there.",
        )
