"""`mithaq lists show` and `diff`, and how an import is printed: what is live, what waits, and what that changes.

Rule: nothing of a person is printed before the access log says who read it. Design: issue 3, "Lists as subjects".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.lists.facts import Difference, VersionFacts

LISTS = ("UN", "OFAC", "EU", "OWN")
KINDS = {"removed": "-", "changed": "~", "added": "+"}
# So many entries of a kind are printed after an import; `lists diff` prints them all.
SHOWN = 20
OLDER = {
    "date": "warning: the list is older than the live one by its own date; `lists confirm` needs a --reason",
    "seen": "warning: this file was replaced or discarded before; `lists confirm` needs a --reason",
}
ListOption = Annotated[str, typer.Option("--list", help=f"Which list it is: {', '.join(LISTS)}.")]


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
            continue
        for version in filter(None, found.values()):
            typer.echo(_line(version))
        if refresh:
            due = "now" if refresh.asked else f"{refresh.due:%Y-%m-%dT%H:%MZ}"
            typer.echo(f"{one} refresh: due {due}" + (f", {refresh.code}" if refresh.code else ""))


def _row(version: VersionFacts | None) -> dict[str, Any] | None:
    if version is None:
        return None
    names = ("elements", "used", "reported", "added", "changed", "removed", "generated", "older")
    return {"version": version.id, **{name: getattr(version, name) for name in names}}


def _line(version: VersionFacts) -> str:
    counts = f"{version.used} persons, {version.added} added, {version.changed} changed, {version.removed} removed"
    return f"{version.list} {version.state}: {counts}" + (", older" if version.older else "")


def diff(
    source: ListOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Print what the version that waits changes, one JSON object an entry: added, changed, removed."""
    check(source)
    session.open_node(config)
    actor = session.person(name, password_file)
    version = pending(source)
    log_reading(actor, "lists.version", "lists diff", version.id)
    for kind in ("added", "changed", "removed"):
        for one in _differences(version, kind, getattr(version, kind)):
            fields = {field: {"before": was, "after": now} for field, was, now in one.fields}
            names = list(one.shown.names) if one.shown else []
            row = {"kind": kind, "reference": one.reference, "names": names, "fields": fields}
            typer.echo(json.dumps(row, ensure_ascii=False))


def _differences(version: VersionFacts, kind: str, most: int) -> Iterator[Difference]:
    from mithaq.node.lists import facts

    for offset in range(0, most, 500):
        yield from facts.differences(version, kind, offset, min(500, most - offset))


def print_waiting(actor: Actor, key: str) -> None:
    """Print what was not used of a version and what it changes, the first entries of each kind; and how it goes on."""
    from mithaq.errors import english
    from mithaq.node.lists import facts

    version = facts.version(key)
    log_reading(actor, "lists.version", "lists import", version.id)
    for one in version.reports:
        lines = ", ".join(map(str, one["where"])) + (", ..." if one["count"] > len(one["where"]) else "")
        typer.echo(f"{one['count']} x {english(one['detail'], one['params'])} [{one['code']}] line {lines}", err=True)
    for kind, sign in KINDS.items():
        total = getattr(version, kind)
        for difference in _differences(version, kind, min(total, SHOWN)):
            names = " / ".join(difference.shown.names[:3]) if difference.shown else ""
            fields = ", ".join(field for field, _was, _now in difference.fields)
            typer.echo("\t".join(filter(None, (sign, difference.reference, names, fields))))
        if total > SHOWN:
            typer.echo(f"{sign}\t... {total - SHOWN} more: mithaq lists diff --list {version.list}")
    if version.older:
        typer.echo(OLDER[version.older], err=True)
    typer.echo(f"it waits: mithaq lists confirm --list {version.list}, or mithaq lists discard", err=True)


def pending(source: str) -> VersionFacts:
    """The version of a list that waits. InputError `list.none`."""
    from mithaq.node.lists import facts

    version = facts.in_state(source, "pending")
    if version is None:
        raise InputError("list.none", "No version of this list waits.", remedy="Import it.", where=source)
    return version


def check(source: str) -> None:
    """A usage error when there is no such list."""
    if source not in LISTS:
        raise typer.BadParameter(f"Known lists: {', '.join(LISTS)}.", param_hint="--list")
