"""`mithaq exchange ...`: what waits on the road, which messages there are, the proof of one, and dead letters.

Rule: nothing here shows a content: envelopes, receipts and commitments only. Design: exchange, "Receipts" and "Ledger".
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import exchange_letters, session
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError, StateError

if TYPE_CHECKING:
    from mithaq.node.exchange.facts import Line

app = typer.Typer(no_args_is_help=True, help="Messages to and from the partner, and their proofs.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="exchange")
    exchange_letters.register(app)


@app.command()
def status(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Count what waits: wishes, messages not accepted, messages not opened, leaves not in the tree."""
    session.open_node(config)
    session.person(name, password_file)  # whoever has signed in sees these counts on the home page
    from mithaq.node.acts import road

    waiting = road.waiting()
    if as_json:
        typer.echo(json.dumps(waiting))
    else:
        for what, count in waiting.items():
            typer.echo(f"{what}\t{count}")


@app.command()
def messages(
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many each way, latest first.")] = 1000,
    as_json: JsonOption = False,
) -> None:
    """List messages sent and received, with the kinds of their receipts."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.exchange import facts

    log_reading(actor, "exchange.messages", "exchange messages")

    found = facts.messages(limit)
    if as_json:
        typer.echo(json.dumps({"messages": [_as_json(one) for one in found]}))
        return
    for one in found:
        typer.echo("\t".join((one.message, one.direction, one.partner, one.act, one.state, " ".join(one.receipts))))


@app.command()
def prove(
    message: Annotated[str, typer.Argument(metavar="MESSAGE", help="The message's id.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The bundle to write.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Write the evidence bundle of a message, which `mithaq ledger verify` proves offline."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.prove import bundle

    data = bundle(message)
    log_reading(actor, "exchange.proof", "exchange prove", message)
    write_new(out, data)
    typer.echo(str(out))


def _as_json(one: Line) -> dict[str, Any]:
    return {
        "message": one.message,
        "act": one.act,
        "plan": one.plan,
        "line": one.line,
        "state": one.state,
        "direction": one.direction,
        "partner": one.partner,
        "at": one.at.isoformat().replace("+00:00", "Z"),
        "receipts": list(one.receipts),
    }


def write_new(out: Path, data: bytes) -> None:
    """Write a new file, and never over one that is there. InputError `bundle.exists` or `bundle.file`."""
    try:
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as target:
            target.write(data)
    except FileExistsError:
        raise StateError(
            "bundle.exists", "The file exists already.", remedy="Name a new one.", where=str(out)
        ) from None
    except OSError as error:
        raise InputError("bundle.file", f"The file cannot be written: {error.strerror}.", where=str(out)) from None
