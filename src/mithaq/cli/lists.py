"""`mithaq lists ...`: a published list becomes subjects of screening.

Rules: the count of the source's elements equals what was used plus what was reported, and both are printed; an import
prints what it changes and waits for `lists confirm`; `--yes` lets it take effect at once, unless the rules stop it.
Design: issue 3, "Lists as subjects"; docs/decisions/0014.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from mithaq.cli import lists_look, session
from mithaq.cli.lists_look import LISTS, ListOption, check, pending
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError
from mithaq.formats.unpack import MAX_BYTES

app = typer.Typer(no_args_is_help=True, help="Imported lists of persons.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="lists")


@app.callback()
def _group() -> None:
    """Imported lists of persons."""


@app.command("import")
def import_list(
    file: Annotated[
        Path, typer.Argument(help="The list as published, packed or not; OWN: JSON Lines, or CSV with --mapping.")
    ],
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    more: Annotated[Path | None, typer.Option("--more", help="OFAC's second file, alt.csv.")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="What the columns of OWN's CSV are (TOML).")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Let it take effect at once, without a look.")] = False,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a list: print what it changes; it waits for `lists confirm`, unless --yes."""
    check(source)
    data, beside, columns = (_bytes(one) if one else b"" for one in (file, more, mapping))
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import ConfirmList, ImportList

    request = ImportList(source, file.name, data, beside, columns)  # type: ignore[arg-type]
    answer: dict[str, Any] = perform("import-list@1", request, actor)
    waits = answer["state"] == "pending" and not yes
    if answer["state"] == "pending" and yes:
        answer = perform("confirm-list@1", ConfirmList(answer["version"]), actor)
    if as_json:
        typer.echo(json.dumps({"list": source, **answer}))
        return
    typer.echo("{elements} elements = {used} used + {reported} reported".format(**answer))
    typer.echo("{state}: {added} added, {changed} changed, {removed} removed".format(**answer))
    if waits:
        lists_look.print_waiting(actor, answer["version"])


app.command()(lists_look.show)
app.command()(lists_look.diff)


@app.command()
def confirm(
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    reason: Annotated[str, typer.Option(help="Needed where half or more would vanish, or the list seems older.")] = "",
    password_file: PasswordOption = None,
) -> None:
    """Let the version that waits take effect."""
    check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import ConfirmList

    perform("confirm-list@1", ConfirmList(pending(source).id, reason), actor)


@app.command()
def discard(source: ListOption, config: ConfigOption, name: AsOption, password_file: PasswordOption = None) -> None:
    """Drop the version that waits."""
    check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import DiscardList

    perform("discard-list@1", DiscardList(pending(source).id), actor)


@app.command()
def refresh(
    source: Annotated[str, typer.Argument(metavar="NAME", help=f"Which list: {', '.join(LISTS)}.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Have the worker fetch a list from its source now; `lists show` says how it went."""
    check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import RefreshList

    perform("refresh-list@1", RefreshList(source), actor)  # type: ignore[arg-type]


def _bytes(file: Path) -> bytes:
    try:
        # One byte more than the reader takes, which refuses it: what is larger is not read to its end for that.
        with file.open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except OSError as error:
        detail, reason = "The file cannot be read: {reason}.", error.strerror or ""
        raise InputError("list.file", detail, where=str(file), reason=reason) from None
