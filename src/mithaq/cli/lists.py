"""`mithaq lists ...`: a published list becomes subjects of screening.

Rules: the count of the source's elements equals what was used plus what was reported, and both are printed; an import
in one command takes effect at once, `--hold` leaves it to be looked at; the rule of half holds in both.
Design: issue 3, "Lists as subjects"; screening, "Files in and out".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError
from mithaq.formats.un_list import MAX_BYTES

if TYPE_CHECKING:
    from mithaq.node.lists.facts import VersionFacts

app = typer.Typer(no_args_is_help=True, help="Imported lists of persons.")
LISTS = ("UN", "OFAC", "EU", "OWN")
ListOption = Annotated[str, typer.Option("--list", help=f"Which list it is: {', '.join(LISTS)}.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="lists")


@app.callback()
def _group() -> None:
    """Imported lists of persons."""


@app.command("import")
def import_list(
    file: Annotated[Path, typer.Argument(help="The list as its publisher gives it; OWN is JSON Lines of subjects.")],
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    more: Annotated[Path | None, typer.Option("--more", help="OFAC's second file, alt.csv.")] = None,
    hold: Annotated[bool, typer.Option("--hold", help="Leave it to be looked at and confirmed.")] = False,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Import a list and let it take effect; with --hold it waits for `lists confirm`."""
    _check(source)
    data, beside = _bytes(file), _bytes(more) if more else b""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import ConfirmList, ImportList

    request = ImportList(source, file.name, data, beside)  # type: ignore[arg-type]
    answer: dict[str, Any] = perform("import-list@1", request, actor)
    if answer["state"] == "pending" and not hold:
        answer = perform("confirm-list@1", ConfirmList(answer["version"]), actor)
    if as_json:
        typer.echo(json.dumps({"list": source, **answer}))
        return
    typer.echo("{elements} elements = {used} used + {reported} reported".format(**answer))
    typer.echo("{state}: {added} added, {changed} changed, {removed} removed".format(**answer))


@app.command()
def show(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Print what is live of each list, what waits, and how its refresh stands."""
    session.open_node(config)
    log_reading(session.person(name, password_file), "lists.listing", "lists show")
    from mithaq.node.lists import facts

    refreshes = facts.refreshes()
    for one in LISTS:
        found = {state: facts.in_state(one, state) for state in ("live", "pending")}
        refresh = refreshes.get(one)
        row: dict[str, Any] = {"list": one, **{state: _row(version) for state, version in found.items()}}
        if refresh:
            row["refresh"] = {"due": refresh.due.isoformat(), "failures": refresh.failures, "code": refresh.code}
        if as_json:
            typer.echo(json.dumps(row))
        elif any(found.values()):
            typer.echo("\n".join(_line(version) for version in found.values() if version))


def _row(version: VersionFacts | None) -> dict[str, Any] | None:
    if version is None:
        return None
    names = ("elements", "used", "reported", "added", "changed", "removed", "generated")
    return {"version": version.id, **{name: getattr(version, name) for name in names}}


def _line(version: VersionFacts) -> str:
    counts = f"{version.used} persons, {version.added} added, {version.changed} changed, {version.removed} removed"
    return f"{version.list} {version.state}: {counts}"


@app.command()
def diff(
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Print what the version that waits changes, one JSON object an entry: added, changed, removed."""
    _check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.lists import facts

    version = _pending(source)
    log_reading(actor, "lists.version", "lists diff", version.id)
    for kind in ("added", "changed", "removed"):
        for offset in range(0, getattr(version, kind), 500):
            for one in facts.differences(version, kind, offset, 500):
                fields = {field: {"before": was, "after": now} for field, was, now in one.fields}
                names = list(one.shown.names) if one.shown else []
                row = {"kind": kind, "reference": one.reference, "names": names, "fields": fields}
                typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def confirm(
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    reason: Annotated[str, typer.Option(help="Needed where half or more of the entries would vanish.")] = "",
    password_file: PasswordOption = None,
) -> None:
    """Let the version that waits take effect."""
    _check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import ConfirmList

    perform("confirm-list@1", ConfirmList(_pending(source).id, reason), actor)


@app.command()
def discard(source: ListOption, config: ConfigOption, name: AsOption, password_file: PasswordOption = None) -> None:
    """Drop the version that waits."""
    _check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.lists.requests import DiscardList

    perform("discard-list@1", DiscardList(_pending(source).id), actor)


def _pending(source: str) -> VersionFacts:
    from mithaq.node.lists import facts

    version = facts.in_state(source, "pending")
    if version is None:
        raise InputError("list.none", "No version of this list waits.", remedy="Import it with --hold.", where=source)
    return version


def _check(source: str) -> None:
    if source not in LISTS:
        raise typer.BadParameter(f"Known lists: {', '.join(LISTS)}.", param_hint="--list")


def _bytes(file: Path) -> bytes:
    try:
        # One byte more than the reader takes, which refuses it: what is larger is not read to its end for that.
        with file.open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError("list.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
