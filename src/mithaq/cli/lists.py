"""`mithaq lists import FILE --list UN`: a published list becomes subjects of screening.

Rule: the count of the source's elements equals what was used plus what was reported, and both are printed.
Design: subjects, "Wanted persons"; screening, "Files in and out".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError

app = typer.Typer(no_args_is_help=True, help="Imported lists of persons.")
LISTS = ("UN",)


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="lists")


@app.callback()
def _group() -> None:
    """Imported lists of persons."""


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="The list as its publisher gives it.")],
    source: Annotated[str, typer.Option("--list", help="Which list it is: UN.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a list; it replaces the one before."""
    if source not in LISTS:
        raise typer.BadParameter(f"Known lists: {', '.join(LISTS)}.", param_hint="--list")
    data = _bytes(file)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import ImportList

    answer: dict[str, Any] = perform("import-list@1", ImportList("UN", file.name, data), actor)
    counted = {name: answer[name] for name in ("elements", "used", "reported")}
    if as_json:
        typer.echo(json.dumps({"list": source, "import": answer["import"], **counted}))
    else:
        typer.echo("{elements} elements = {used} used + {reported} reported".format(**counted))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("list.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
