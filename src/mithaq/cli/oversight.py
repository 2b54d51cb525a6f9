"""`mithaq oversight ...`: check the whole access log.

Rule: what is shown names no person: rows are named by their numbers. Design: subjects, safeguard 7.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING
from mithaq.cli.session import ConfigOption, JsonOption

if TYPE_CHECKING:
    from mithaq.node.acts.chain import Checked

app = typer.Typer(no_args_is_help=True, help="The access log: who read what, and that nobody changed the log.")

SAID = {
    "missing": "row {row} is missing",
    "changed": "row {row} was changed, or was put in",
    "head": "rows from {row} on are not those whose head stands in the ledger",
    "leaf": "the ledger's entry for row {row} was changed",
    "tree": "the ledger that holds the head at row {row} is not the one whose head was signed",
}


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="oversight")


@app.callback()
def _group() -> None:
    """The access log, and that nobody changed it."""


@app.command()
def verify(config: ConfigOption, as_json: JsonOption = False) -> None:
    """Check every row of the access log against its chain and the heads in the ledger; says the first bad row."""
    session.open_node(config)
    found = _swept()
    fault = found.fault
    if as_json:
        bad = {"row": fault.row, "kind": fault.kind} if fault else None
        typer.echo(json.dumps({"rows": found.total, "held": found.place, "fault": bad}))
    elif fault:
        typer.echo(f"{found.place} of {found.total} rows hold; {SAID[fault.kind].format(row=fault.row)}")
    else:
        typer.echo(f"{found.total} rows hold")
    if fault:
        raise typer.Exit(FINDING)


def _swept() -> Checked:
    from rich.console import Console
    from rich.progress import Progress

    from mithaq.node.acts import chain

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task("Checking", total=None)
        for found in chain.sweep():
            bar.update(task, completed=found.place, total=found.total)
    return found
