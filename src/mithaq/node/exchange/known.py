"""Who may know of dead letters: one predicate a kind, inside every query of this subject.

Rules: a letter is its unit's. A message is its line's there; a file that was refused may hold travellers, so it is for
the unit's case officers and supervisors. Oversight follows messages by the ledger and reads no other unit's letter.
Design: decision 19; exchange, "Delivery".
"""

from __future__ import annotations

from django.db.models import Q

from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import of_lines

OFFICERS = frozenset({"case-officer", "supervisor"})


def sent(who: Actor | None) -> Q:
    """The wishes of which a person may know that they came to nothing; all for the software itself (None)."""
    return Q() if who is None else Q(sender=who.unit) & of_lines(who)


def received(who: Actor | None) -> Q:
    """The messages put aside of which a person may know, but for their unit, which stands in the envelope."""
    return of_lines(who)


def files(who: Actor | None) -> Q:
    """The refused files of which a person may know."""
    if who is None:
        return Q()
    return Q(unit=who.unit if who.roles & OFFICERS else None)
