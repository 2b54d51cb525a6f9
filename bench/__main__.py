"""`python -m bench [PREFIX]`: runs the benches whose NAME begins with PREFIX, prints one table, writes their results.

Rule: every bench that was asked for has its rows, or a line on stderr and exit status 1; a prefix that no bench has is
status 2. A figure out of its bounds is marked, and says nothing of the status: machines differ.
Document: issue 2, "Numbers".
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.record import Figure, write


class Bench(NamedTuple):
    """A module that measures."""

    name: str
    run: Callable[[], list[Figure]]


def discover(prefix: str) -> list[Bench]:
    """Benches in order of name; modules without NAME and run are no benches."""
    found = []
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name == "__main__":
            continue
        held = importlib.import_module(f"bench.{module.name}")
        name, run = getattr(held, "NAME", None), getattr(held, "run", None)
        if isinstance(name, str) and callable(run):
            found.append(Bench(name, run))
    return sorted((one for one in found if one.name.startswith(prefix)), key=lambda one: one.name)


def table(rows: list[tuple[str, Figure]]) -> Table:
    """All figures of a run, with what they were held against."""
    shown = Table(title="Mithaq: figures beside their references, of one run")
    for title in ("bench", "figure"):
        shown.add_column(title, overflow="fold")
    for title in ("value", "lowest", "highest"):
        shown.add_column(title, justify="right")
    shown.add_column("unit")
    shown.add_column("reference", overflow="fold")
    for title in ("its value", "ratio"):
        shown.add_column(title, justify="right")
    shown.add_column("promised")
    for bench, figure in rows:
        shown.add_row(bench, *_cells(figure))
    return shown


def _cells(figure: Figure) -> list[str]:
    spread, reference, ratio = figure.spread, figure.reference, figure.ratio
    mark = "" if not figure.bounds else "  ✓" if figure.holds else "  [bold red]missed[/]"
    return [
        figure.name,
        _number(figure.value),
        *((_number(spread.low), _number(spread.high)) if spread else ("", "")),
        figure.unit,
        *((reference.name, _number(reference.value)) if reference else ("", "")),
        "" if ratio is None else _number(ratio),
        figure.bounds + mark,
    ]


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def main(arguments: list[str]) -> int:
    prefix = arguments[0] if arguments else ""
    chosen = discover(prefix)
    if not chosen:
        names = ", ".join(one.name for one in discover(""))
        print(f"no bench begins with {prefix!r}; there are: {names}", file=sys.stderr)
        return 2
    rows, failed = [], False
    for one in chosen:
        print(f"{one.name} ...", file=sys.stderr, flush=True)
        try:
            figures = one.run()
        except Exception:  # noqa: BLE001  one bench that breaks must not hide the figures of the others
            traceback.print_exc()
            print(f"{one.name} broke; it has no figures", file=sys.stderr)
            failed = True
            continue
        write(one.name, figures)
        rows += [(one.name, figure) for figure in figures]
    console = Console()
    if not console.is_terminal:
        console = Console(width=200)
    console.print(table(rows))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
