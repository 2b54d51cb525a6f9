"""`mithaq retention ...`: what ends next, and the proof that a record was erased.

Rule: nothing of a person is printed but the reference; who asked is in the access log before it is printed.
Design: subjects, safeguard 6.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli import session
from mithaq.cli.exchange import write_new
from mithaq.cli.exits import FINDING
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption

app = typer.Typer(no_args_is_help=True, help="What ends next, and proofs of erasure.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="retention")


@app.command("list")
def list_kinds(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """How many records of each kind are kept, end within 7 and 30 days, and are overdue; 1 when any is overdue."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.retention import facts
    from mithaq.node.start import Node

    log_reading(actor, "retention.ending", "retention list")
    found = facts.kinds(actor, Node.clock.now())
    rows = [
        {"kind": one.rule.name, "kept": one.here, "week": one.week, "month": one.month, "overdue": one.overdue}
        for one in found
    ]
    if as_json:
        typer.echo(json.dumps({"kinds": rows}))
    else:
        for row in rows:
            typer.echo("\t".join(f"{key}={value}" if key != "kind" else str(value) for key, value in row.items()))
    if any(one.overdue for one in found):
        raise typer.Exit(FINDING)


@app.command()
def prove(
    record: Annotated[str, typer.Argument(help="The reference or the id of the record, as it was.")],
    config: ConfigOption,
    name: AsOption,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file; stdout when none is named.")] = None,
    password_file: PasswordOption = None,
) -> None:
    """Write the proof that a record was erased; `mithaq ledger verify` checks it without this node."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import prove_erasure

    log_reading(actor, "retention.proof", "retention prove", record[:64])
    data = prove_erasure.proof(record, who=actor)
    if out is None:
        typer.echo(data.decode().rstrip("\n"))
    else:
        write_new(out, data)
        typer.echo(str(out))
