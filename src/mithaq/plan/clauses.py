"""What a line permits and prohibits, and the words a clause may use.

Rule: a clause that permits says every dimension of an act; a value that is empty or unknown permits nothing. A clause
that prohibits says the dimensions that it narrows, and prohibits every act that fits all of them. Design: architecture,
"One idea"; the closed lists are those of exchange ("Envelope") and subjects ("Every object").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PERMIT, PROHIBIT = "permit", "prohibit"
HANDLING = ("H0", "H1", "H2", "H3")  # from free to strictest
URGENCIES = ("urgent", "to-obtain", "normal")
CATEGORIES = (
    "identity",
    "portrait",
    "document",
    "judicial-basis",
    "travel",
    "warning",
    "sanction-list",
    "organisational",
)
# The recipient of a local act: nobody outside the authority. A clause says so in words, since an empty list permits
# nothing.
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `count` acts in any `hours` that end now."""

    count: int
    hours: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a line.

    `acts` are `word@version`; `handling` is the highest code that a permit allows, or the lowest that a prohibition
    catches; `deadlines` are hours by urgency; `settings` are figures that a subject reads (a threshold, a clock), kept
    in the signed text so that no constant of the software replaces them.
    """

    id: str
    effect: str
    acts: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    handling: str = ""
    purposes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    deadlines: Mapping[str, int] = field(default_factory=dict)
    quota: Quota | None = None
    retention_days: int | None = None
    settings: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def permits(self) -> bool:
        """True for `permit`; any other effect, known or not, is read as a prohibition."""
        return self.effect == PERMIT


def rank(code: str) -> int:
    """How strict a handling code is, 0 to 3; -1 for a code that is not one."""
    return HANDLING.index(code) if code in HANDLING else -1


def word_of(act: str) -> str:
    """`publish-notice` of `publish-notice@1`."""
    return act.partition("@")[0]
