"""Rules of dead letters: whose they are, who may act on one, and in which state. Pure.

Rule: who may send a record may send it again, and nobody else; what is dealt with is not dealt with twice.
Design: subjects, "Every object"; exchange, "Delivery".
"""

from __future__ import annotations

from mithaq.errors import InputError, RefusedError, StateError
from mithaq.node.acts.definition import Actor
from mithaq.node.exchange.letters import Letter

MAX_REASON = 500


def may_act(letter: Letter, actor: Actor) -> bool:
    """Whether this person may do something about the letter."""
    return letter.unit == actor.unit and bool(letter.roles & actor.roles)


def check_act(letter: Letter, actor: Actor) -> None:
    """Who may act on an open letter that he may know of. RefusedError `letter.role`; StateError `letter.handled`."""
    if not letter.roles & actor.roles:
        raise RefusedError(
            "letter.role",
            "This letter is for one of the roles: {roles}.",
            remedy="Ask a colleague who has it.",
            roles=", ".join(sorted(letter.roles)),
        )
    if letter.handled is not None:
        raise StateError(
            "letter.handled",
            "This letter was dealt with already.",
            remedy="Look at what became of it.",
            where=letter.handled.how,
        )


def check_kind(letter: Letter, kind: str) -> None:
    """StateError `letter.kind` for an act that a letter of another kind is for."""
    if letter.kind != kind:
        raise StateError(
            "letter.kind",
            "This cannot be done with a letter of this kind.",
            remedy="A message is sent again; a file is mended and brought again; what was put aside is opened again.",
        )


def check_reason(reason: str) -> str:
    """The reason, trimmed. InputError `letter.reason` when there is none, or a whole report."""
    if not 0 < len(reason.strip()) <= MAX_REASON:
        raise InputError("letter.reason", "A reason of at most 500 characters is needed.", where="reason")
    return reason.strip()
