"""What a reader understood of a file, in one shape for every format.

Rules: nothing is passed over in silence: what was read is a record, what was bent is a warning, and what was left out
stands in `not_understood`; each says where. Sentences name no person. Design: architecture, "Layout" (formats).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mithaq.errors import english
from mithaq.formats.edifact import MAX_WARNINGS

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that was tolerated: a stable code, a place such as `line 3, column 20`, a sentence and its values.

    `sentence` is English with places for `params`, such as `{expected}`; pages translate it before they fill it.
    """

    code: str
    where: str
    sentence: str
    params: Params = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The sentence in English with its values."""
        return english(self.sentence, self.params)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was understood: what it is (`traveller`, `zone`, `person` ...), where, and its plain values."""

    kind: str
    where: str
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: `kind` names the format; what was understood, what was bent, and what was left out."""

    kind: str
    records: tuple[Record, ...]
    warnings: tuple[Warning, ...] = ()
    not_understood: tuple[Warning, ...] = ()


def counted(warnings: Sequence[Warning]) -> int:
    """How many there were, with those that `bounded` left out."""
    last = warnings[-1] if warnings else None
    if last is None or last.code != "read.warnings":
        return len(warnings)
    return len(warnings) - 1 + int(last.params["more"])


def bounded(warnings: Sequence[Warning]) -> tuple[Warning, ...]:
    """The first of them, when there are more than anybody reads: the last one then says how many are not told."""
    more = len(warnings) - MAX_WARNINGS
    if more <= 0:
        return tuple(warnings)
    where = warnings[MAX_WARNINGS].where
    last = Warning("read.warnings", where, "{more} further warnings were left out.", {"more": more})
    return (*warnings[:MAX_WARNINGS], last)
