"""`mithaq search WORDS`: find records by a name in any script, a reference, the number of a document, or a flight.

Rules: what is found is bounded by who asks, as on the page; the words and what they found are in the access log before
anything is printed.
Design: architecture, "Layout" (search).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import InputError

if TYPE_CHECKING:
    from mithaq.node.acts.searching import Result


def register(root: typer.Typer) -> None:
    """Add the command `search`."""
    if root.registered_callback is None:
        # Typer takes an app with one command for that command and would read its name as an argument.
        root.callback()(_root)
    root.command("search")(search)


def _root() -> None:
    """Joint action of sovereign authorities: the signed plan is the policy."""


def search(
    words: Annotated[list[str], typer.Argument(help="A name, a reference, the number of a document, or a flight.")],
    config: ConfigOption,
    name: AsOption,
    kind: Annotated[str, typer.Option(help="Only records of this kind: notice, list-entry, hit, candidate, ...")] = "",
    following: Annotated[str, typer.Option(help="The next page, as the page before names it.")] = "",
    reason: ReasonOption = "",
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find records of any kind that you may read, best first."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import searching
    from mithaq.node.console import people

    asked = " ".join(words)
    if not asked.strip() or "\0" in asked:
        raise InputError("search.words", "Say what you are looking for.", where="words")
    with people.looked(actor, "console.search", reason=f"command line: {kind} {asked}", why=reason) as row:
        found = searching.search(actor, asked, kind, following)
        row.also = tuple(one.record for one in found.found)
    lines = [_line(one) for one in found.found]
    if as_json:
        told = {"found": lines, "total": found.total, "more": found.more, "following": found.following}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for line in lines:
            typer.echo("\t".join(str(value) for value in line.values()))
        typer.echo(f"{'more than ' if found.more else ''}{found.total} found", err=True)
        if found.following:
            typer.echo(f"next page: --following '{found.following}'", err=True)


def _line(one: Result) -> dict[str, Any]:
    line = one.line
    return {
        "kind": one.kind,
        "reference": line.reference,
        "name": one.name,
        "state": line.state,
        "unit": line.unit,
        "at": line.at.isoformat(),
        "url": line.url,
    }
