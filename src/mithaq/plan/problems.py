"""What is wrong in a document: every problem, each with its path and line.

Rule: a reader never stops at the first problem; the author sees all of them at once, in the order of the text.
Design: architecture, "One idea"; subjects, "What people like to have" (errors say what, why, what next).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mithaq.errors import InputError
from mithaq.plan.locate import Path, line_of

CODE = "plan.document"
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the line (0: unknown), the path as people write it, and what to do about it."""

    line: int
    path: str
    text: str


class PlanErrors(InputError):
    """A document that is not a plan. `problems` holds every one of them; `where` is the place of the first."""

    def __init__(self, name: str, problems: Sequence[Problem], code: str = CODE) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        first = self.problems[0]
        more = len(self.problems) - SHOWN
        said = "; ".join(f"{found.path or 'plan'}: {found.text}" for found in self.problems[:SHOWN])
        super().__init__(
            code,
            f"{said}{f'; and {more} more' if more > 0 else ''}.",
            remedy="See every problem with: mithaq plan check.",
            where=f"{name}:{first.line}" if first.line else name,
            count=len(self.problems),
        )

    def lines(self) -> list[str]:
        """One line a problem: `file:line: path: text`."""
        return [f"{self.name}:{found.line}: {found.path or 'plan'}: {found.text}" for found in self.problems]


class Problems:
    """Collects problems while a document is read; `lines` maps paths to lines (empty for canonical JSON)."""

    def __init__(self, name: str, lines: Mapping[Path, int]) -> None:
        self.name, self._lines = name, dict(lines)
        self.found: list[Problem] = []

    def add(self, path: Path, text: str) -> None:
        """Note a problem at a path."""
        self.found.append(Problem(line_of(self._lines, path), path_text(path), text))

    def settle(self) -> None:
        """Raise PlanErrors (an InputError) when anything was noted."""
        if self.found:
            raise PlanErrors(self.name, self.found)


def path_text(path: Path) -> str:
    """A path as people write it: `lines[0].clauses[1].acts`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
