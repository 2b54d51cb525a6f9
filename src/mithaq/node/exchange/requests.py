"""The frozen request types of this subject."""

from __future__ import annotations

from dataclasses import dataclass

from mithaq.node.acts.nouns import Language


@dataclass(frozen=True, slots=True)
class SuspendLine:
    """Suspend a line of a plan, from now on, for a reason; the body of `suspend-line@1`."""

    plan: str
    line: str
    reason: str
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class SendAgain:
    """Send the record of a dead letter again, as a new message."""

    letter: str


@dataclass(frozen=True, slots=True)
class CloseDeadLetter:
    """Nothing more is done about a dead letter, for a reason."""

    letter: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """Try once more to open a message of the partner that was put aside."""

    letter: str
