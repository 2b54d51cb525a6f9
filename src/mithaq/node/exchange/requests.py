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
