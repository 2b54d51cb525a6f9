"""`mithaq plan enact` and `mithaq plan suspend`: what a node does with a signed plan.

Rule: enacting is not a person's act: what all parties signed is its own authority, and a half-signed plan never passes.
Suspending is an act of a party's coordinator. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli import session
from mithaq.cli.session import AsOption, ConfigOption, PasswordOption
from mithaq.errors import InputError
from mithaq.plan.document import read_plan


def register(group: typer.Typer) -> None:
    """Add both commands to the group `plan`."""
    group.command("enact")(enact)
    group.command("suspend")(suspend)


def enact(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The pinned plan, a TOML file.")],
    signature: Annotated[list[Path], typer.Option(help="A party's signature; once for each party.")],
    config: ConfigOption,
    keys: Annotated[list[Path] | None, typer.Option(help="An authority's signed key list; repeat for more.")] = None,
) -> None:
    """Enact a plan that every party has signed, with the key lists of its authorities."""
    plan = read_plan(_bytes(file).decode("utf-8", "replace").replace("\r\n", "\n"), str(file))
    signatures = [_bytes(path) for path in signature]
    key_lists = [_bytes(path) for path in keys or ()]
    # No process of the node may enact: this is the operator's, as `node init` is.
    session.open_node(config, "owner")
    from mithaq.node.acts import enact as road
    from mithaq.node.start import Node

    digest = road.enact(plan, signatures, key_lists, Node.clock.now())
    typer.echo(f"{plan.id} {digest}")


def suspend(
    line: Annotated[str, typer.Argument(metavar="LINE", help="The line of the plan.")],
    plan: Annotated[str, typer.Option(help="The plan's id, e.g. MA-BE/2025-2026.")],
    reason: Annotated[str, typer.Option(help="Why; the partner reads it.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Suspend a line of a plan, here at once and at the partner when it hears of it."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.exchange.requests import SuspendLine

    key = perform("suspend-line@1", SuspendLine(plan, line, reason), actor)
    typer.echo(key)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("plan.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
