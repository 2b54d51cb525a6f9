"""`mithaq oversight ...`: check the whole access log; check evidence of readings offline; the group of the others.

Rule: `verify` names no person: rows are named by their numbers; `check` needs no node. Design: subjects, safeguard 7.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli import oversight_alarms, oversight_look, session
from mithaq.cli.exits import FINDING
from mithaq.cli.session import ConfigOption, JsonOption
from mithaq.plurals import counted

if TYPE_CHECKING:
    from mithaq.ledger.access_evidence import Outcome
    from mithaq.node.acts.chain import Checked

app = typer.Typer(no_args_is_help=True, help="The access log: who read what, and that nobody changed the log.")

SAID = {
    "missing": "row {row} is missing",
    "changed": "row {row} was changed, or was put in",
    "head": "rows from {row} on are not those whose head stands in the ledger",
    "leaf": "the ledger's entry for row {row} was changed",
    "cut": "the rows up to {row} were ended by no rule",
    "tree": "the ledger that holds the head at row {row} is not the one whose head was signed",
}


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="oversight")


oversight_look.register(app)
oversight_alarms.register(app)


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
        typer.echo(counted(found.total, "row holds", "rows hold"))
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


@app.command("check")
def check_evidence(
    evidence: Annotated[Path, typer.Argument(help="The evidence of readings, a JSON file.")],
    root: Annotated[list[str], typer.Option(help="A party's root key that you hold: MA=ed25519:...")] = [],  # noqa: B006
    as_json: JsonOption = False,
) -> None:
    """Check evidence of readings offline, with no access to the node, and tell what it proves."""
    from mithaq.cli.ledger import bytes_of, pinned
    from mithaq.ledger import access_evidence

    found = access_evidence.verify(bytes_of(evidence), dict(map(pinned, root)))
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        _print(found)
    if not found.ok:
        raise typer.Exit(FINDING)


def _plain(found: Outcome) -> dict[str, object]:
    return {
        "ok": found.ok,
        "checks": [
            {"number": one.number, "result": one.result, "code": one.code, "detail": one.detail} for one in found.checks
        ],
        "rows": [row.plain() for row in found.rows],
        "messages": [report.plain() for report in found.messages],
        "on_trust": found.on_trust,
    }


def _print(found: Outcome) -> None:
    from mithaq.ledger.access_evidence import CHECKS

    for one in found.checks:
        line = f"{one.number}  {one.result:<11}  {CHECKS[one.number]}"
        typer.echo(line if one.result == "ok" else f"{line}: {one.detail} [{one.code}]")
    typer.echo("")
    for row in found.rows:
        said = ", ".join(filter(None, (row.why, row.reason)))
        typer.echo(
            f"Row {row.number}: {row.actor} ({row.unit}) {row.what} {row.record} {row.at:%Y-%m-%d %H:%M:%S} UTC"
            f"{f': {said}' if said else ''}"
        )
    for report in found.messages:
        for sentence in report.story:
            typer.echo(sentence)
    if found.on_trust:
        typer.echo(f"Taken on trust from this file, compare it with the root you hold: {found.on_trust}.")
