"""Who may know of manifests, candidates and hits: one predicate a model, inside every query of this subject.

Rules: manifests and candidates are known to the unit of their post, and to oversight. A hit is known to the units that
it concerns, there to who works on its line. A candidate has no line: what an officer must know of a listed person who
may stand before him is on the card of whatever line, and the rest of the notice is its line's (`at_post`).
Design: decision 19; subjects, "Wanted persons" (Hit) and safeguard 1.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q

from mithaq.errors import RefusedError, StateError
from mithaq.node.acts import instruments
from mithaq.node.acts.definition import Actor
from mithaq.node.acts.need_to_know import of_lines
from mithaq.node.acts.nouns import Card
from mithaq.node.border.models import Post


def manifests(who: Actor | None) -> Q:
    """The manifests that a person may know of; all for the software itself (None), and for oversight."""
    return Q() if _sees_all(who) else Q(post__in=Post.objects.filter(unit=who.unit).values("id"))  # type: ignore[union-attr]


def counts(unit: str, who: Actor) -> bool:
    """Whether a person may know what came to a post of this unit: how many lists, travellers and candidates."""
    return _sees_all(who) or unit == who.unit


def check_counts(unit: str, who: Actor) -> None:
    """RefusedError `candidate.unit` when a person may not know what came to a post of this unit."""
    if not counts(unit, who):
        raise RefusedError("candidate.unit", "This is for the officers of another unit.")


def candidates(who: Actor | None) -> Q:
    """The candidates that a person may know of."""
    return Q() if _sees_all(who) else Q(unit=who.unit)  # type: ignore[union-attr]


def hits(who: Actor | None) -> Q:
    """The hits that a person may know of: found at the unit's posts, told to it, or on its notices."""
    concerned = Q() if _sees_all(who) else Q(unit=who.unit) | Q(owner_unit=who.unit)  # type: ignore[union-attr]
    return concerned & of_lines(who)


def silences(who: Actor | None) -> Q:
    """The silences that a person may know of: asked by the unit; and for who works on the line of the notice those that
    wait for the unit, that it decided, or that are against its notices."""
    if _sees_all(who):
        return Q()
    assert who is not None
    concerned = Q(decided_unit=who.unit) | Q(owner_unit=who.unit)
    if decides(who):
        concerned |= Q(state="asked", found_here=True)
    return Q(unit=who.unit, found_here=True) | (concerned & of_lines(who))


def decides(who: Actor) -> bool:
    """Whether the domestic instrument lets the person's unit decide on silences, and the person has a role for it."""
    if not who.roles & {"case-officer", "supervisor"}:
        return False
    try:
        return instruments.lets(instruments.domestic_plan(), "domestic", "decide-silence@1", who.unit)
    except StateError:
        return False


def sees_all(who: Actor | None) -> bool:
    """Whether a person knows of every record of this subject: oversight, and the software itself (None)."""
    return _sees_all(who)


def at_post(card: Card, candidate: object, who: Actor | None) -> Card:
    """The card of a listed person as an officer at the post may see it.

    Who does not work on its line gets what compares and what keeps him safe: who it is, what is asked, the warnings,
    and the reference to ask a colleague by. Not what it is for, and no way to the notice.
    """
    if who is None:
        return card
    # The portrait is the candidate's, for who may know of the candidate.
    shown = replace(card, portrait_url=f"/candidates/{candidate}/portrait") if card.portrait_url else card
    return shown if who.knows(card.line) else replace(shown, basis="", url="", plan="", line="", message="")


def _sees_all(who: Actor | None) -> bool:
    return who is None or "oversight" in who.roles
