"""What became of many things that one command did: the good went through, the bad are told with where and why.

Rule: nothing bad is hidden behind what went well: the exit code is the highest of the errors.
Design: architecture, "Tests, docs, commands"; the exit codes stand in `mithaq.cli.exits`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import typer

from mithaq.cli.exits import OK, REFUSED, exit_code
from mithaq.errors import MithaqError
from mithaq.plurals import counted


@dataclass(slots=True)
class Outcome:
    """What became of many notices: `done` in order, `bad` with where and why."""

    done: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)
    errors: list[MithaqError] = field(default_factory=list)

    def failed(self, error: MithaqError, **where: Any) -> None:
        self.bad.append({**where, "code": error.code, "detail": error.detail, "where": error.where})
        self.errors.append(error)

    @property
    def code(self) -> int:
        """0 when all went through; the highest code of the errors otherwise, so that bad input is not hidden."""
        return max(map(exit_code, self.errors), default=OK)


def report(found: Outcome, verb: str, *, as_json: bool) -> None:
    """Print what was done to stdout and what was not to stderr. Exits with the outcome's code when it is not 0."""
    if as_json:
        typer.echo(json.dumps({verb: found.done, "bad": found.bad}, ensure_ascii=False))
    else:
        for one in found.done:
            typer.echo(one.get("reference", one["notice"]))
    _complain(found)
    typer.echo(f"{len(found.done)} {verb}, {len(found.bad)} not", err=True)
    if found.code:
        raise typer.Exit(found.code)


def _complain(found: Outcome) -> None:
    """One line for each bad line; refusals of the same ground are counted instead of repeated."""
    grounds: Counter[str] = Counter()
    for where, error in zip(found.bad, found.errors, strict=True):
        if exit_code(error) == REFUSED:
            grounds[str(error)] += 1
        else:
            place = f"line {where['line']}" if "line" in where else where["notice"]
            typer.echo(f"mithaq: {place}: {error}", err=True)
    for ground, count in grounds.items():
        typer.echo(f"mithaq: {counted(count, 'time')}: {ground}", err=True)
