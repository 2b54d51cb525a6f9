"""Who may know of notices: one predicate, inside every query of this subject.

Rule: a notice is known to every reader of the authority who works on its line: at a border or in a unit, whoever may
meet the person has to know. Design: decision 19; subjects, safeguard 1.
"""

from __future__ import annotations

from django.db.models import Q

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import of_lines


def known_to(who: Actor | None) -> Q:
    """The notices that a person may know of; all for the software itself (None)."""
    return of_lines(who)
