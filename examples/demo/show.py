"""What people see: commands, progress and steps on stderr; stdout is left to the one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@dataclass
class Show:
    """The demo's voice and its record of steps."""

    console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))
    steps: list[dict[str, Any]] = field(default_factory=list)

    def title(self, text: str) -> None:
        self.console.print(f"\n[bold]{escape(text)}[/bold]")

    def note(self, text: str) -> None:
        self.console.print(f"  [dim]{escape(text)}[/dim]", soft_wrap=True)

    def line(self, text: str) -> None:
        self.console.print(f"  {escape(text)}", soft_wrap=True)

    def step(self, name: str, expected: Any, found: Any) -> bool:
        """Record one step, expected beside found."""
        ok = bool(expected == found)
        self.steps.append({"step": name, "expected": expected, "found": found, "ok": ok})
        mark = "[green]ok[/green]  " if ok else "[red]FAIL[/red]"
        shown = _short(found) if ok else f"expected {expected}, found {found}"
        self.console.print(f"  {mark} {escape(name)}: {escape(shown)}", soft_wrap=True)
        return ok

    @property
    def ok(self) -> bool:
        """Whether every step so far was as expected, and there was one."""
        return bool(self.steps) and all(step["ok"] for step in self.steps)

    def bar(self, text: str) -> Progress:
        """A progress bar on stderr; silent when stderr is no terminal."""
        columns = (TextColumn(f"  {text}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=self.console, transient=True, disable=not sys.stderr.isatty())

    def each(self, items: Iterable[Any], text: str) -> Iterator[Any]:
        """The items, with a bar."""
        every = list(items)
        with self.bar(text) as progress:
            yield from progress.track(every, total=len(every))


def _short(found: Any) -> str:
    """What was found, as one reads it in passing; the JSON object holds it whole."""
    if isinstance(found, list):
        return ", ".join(dict.fromkeys(map(str, found))) if len(found) < 4 else f"all {len(found)}"
    if isinstance(found, dict):
        return ", ".join(f"{count} {name}" for name, count in found.items()) or "none"
    return str(found)
