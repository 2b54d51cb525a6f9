"""`mithaq node ...`: set a node up and run its processes."""

from __future__ import annotations

import json
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING
from mithaq.cli.session import ConfigOption, JsonOption
from mithaq.errors import InputError
from mithaq.node import lifeline
from mithaq.seal import canonical

if TYPE_CHECKING:
    from rich.progress import TaskID

app = typer.Typer(no_args_is_help=True, help="Set up and run this authority's node.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="node")


@app.command()
def init(config: ConfigOption) -> None:
    """Create the database, its roles and tables; safe to repeat, and what an upgrade runs."""
    from mithaq.node import setup

    setup.init(config)
    typer.echo("ready", err=True)


@app.command()
def reindex(config: ConfigOption, as_json: JsonOption = False) -> None:
    """Make what search finds anew from the records, while the node runs; repeats and broken-off runs do no harm."""
    session.open_node(config)
    from rich.console import Console
    from rich.progress import Progress

    from mithaq.node.acts import search_index

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        tasks: dict[str, TaskID] = {}

        def told(label: str, done: int, every: int) -> None:
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=every)
            bar.update(tasks[label], completed=done)

        records = search_index.rebuild(told)
    typer.echo(json.dumps({"records": records}) if as_json else f"{records} records")


@app.command()
def serve(config: ConfigOption) -> None:
    """Run the database (when embedded), the gateway, the worker and the console until SIGTERM or Ctrl-C."""
    from mithaq.node import supervise

    raise typer.Exit(supervise.run(config.resolve()))


@app.command()
def gateway(config: ConfigOption) -> None:
    """Run the gateway alone."""
    lifeline.end_with_supervisor()
    found = session.open_node(config, "gateway")
    from mithaq.node.gateway import serve as process

    process.run(found)


@app.command()
def worker(config: ConfigOption) -> None:
    """Run the worker alone."""
    lifeline.end_with_supervisor()
    found = session.open_node(config, "worker")
    from mithaq.node import database
    from mithaq.node.worker import serve as process

    process.run(found, database.url_of(found, "worker"))


@app.command()
def console(config: ConfigOption) -> None:
    """Run the console alone."""
    lifeline.end_with_supervisor()
    os.environ["MITHAQ_CONFIG"] = str(config.resolve())
    from mithaq.node.console import serve as process

    process.run(config)


@app.command()
def doctor(
    config: ConfigOption,
    accept: Annotated[list[str] | None, typer.Option(help="A code that is known and meant; repeat for more.")] = None,
    language: Annotated[str, typer.Option(help="en, fr, nl or ar.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Say what is wrong with this node and what to do; exit status 1 when there is something. Changes nothing."""
    from mithaq.node.doctor import examine

    findings = list(examine.examine(config.resolve()))
    well = examine.is_well(findings, accept or ())
    told = [(one, one.told(language)) for one in findings]
    if as_json:
        lines = [
            {"number": number, "code": one.code, "state": one.state, "detail": detail, "remedy": advice}
            for number, (one, (detail, advice)) in enumerate(told, 1)
        ]
        typer.echo(json.dumps({"ok": well, "findings": lines}, ensure_ascii=False))
    else:
        for number, (one, (detail, advice)) in enumerate(told, 1):
            typer.echo(f"{number:>2}  {one.state:<5}  {detail} [{one.code}]")
            if advice:
                typer.echo(f"           {advice}")
    if not well:
        raise typer.Exit(FINDING)


@app.command("add-person")
def add_person(
    name: Annotated[str, typer.Option(help="The name to sign in with.")],
    full_name: Annotated[str, typer.Option(help="The name that colleagues read.")],
    unit: Annotated[str, typer.Option(help="The unit, e.g. BE-POLICE/BORDER.")],
    role: Annotated[list[str], typer.Option(help="A role; repeat for more.")],
    password_file: Annotated[Path, typer.Option(help="A file with the first password.")],
    config: ConfigOption,
    language: Annotated[str, typer.Option(help="en, fr, nl or ar.")] = "",
) -> None:
    """Add a person who may sign in."""
    session.open_node(config)
    from mithaq.node.accounts.acts import add_person as act
    from mithaq.node.accounts.requests import AddPerson
    from mithaq.node.acts import local
    from mithaq.node.acts.ids import uuid7
    from mithaq.node.start import Node

    now = Node.clock.now()
    request = AddPerson(name, full_name, unit, tuple(role), password_file.read_text(encoding="utf8").strip(), language)
    local.apply("person", act(request, str(uuid7(now))), now)


@app.command("add-people")
def add_people(
    file: Annotated[Path, typer.Argument(help="JSON Lines: name, full_name, unit, roles, language, password_file.")],
    config: ConfigOption,
) -> None:
    """Add many people at once; all of them or none. Passwords lie in files beside the list, never in it."""
    session.open_node(config)
    from mithaq.node.accounts.acts import add_person as act
    from mithaq.node.accounts.requests import AddPerson
    from mithaq.node.acts import local, wire
    from mithaq.node.acts.ids import uuid7
    from mithaq.node.start import Node

    now, people = Node.clock.now(), []
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        fields = canonical.parse(line)
        if not isinstance(fields, dict) or not isinstance(fields.get("password_file"), str):
            raise InputError("person.password", "Each line names a password_file.", where=f"{file}:{number}")
        password = (file.parent / fields.pop("password_file")).read_text(encoding="utf8").strip()
        people.append(act(wire.decode(AddPerson, {**fields, "password": password}), str(uuid7(now))))
    local.apply_all("person", people, now)


@app.command("add-client")
def add_client(
    name: Annotated[str, typer.Argument(help="The system's name, e.g. airport-counters.")],
    unit: Annotated[str, typer.Option(help="The unit that it works for, e.g. BE-POLICE/BORDER.")],
    role: Annotated[list[str], typer.Option(help="A role; repeat for more.")],
    config: ConfigOption,
    pace: Annotated[int, typer.Option(help="How many requests it may make in ten seconds.")] = 1000,
    line: Annotated[
        list[str] | None, typer.Option(help="A line of a plan that it works on; none: all of its unit.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add an own system that may use the API; prints its secret, which is shown this once."""
    session.open_node(config)
    from mithaq.node.acts import local
    from mithaq.node.acts.ids import uuid7
    from mithaq.node.api import clients, facts
    from mithaq.node.api.requests import AddClient
    from mithaq.node.start import Node

    now, secret = Node.clock.now(), secrets.token_urlsafe(32)
    request = AddClient(name, unit, tuple(role), pace, tuple(line or ()))
    local.apply("client", clients.add(request, facts.is_taken(name), str(uuid7(now)), secret), now)
    typer.echo(json.dumps({"client_id": name, "client_secret": secret}) if as_json else secret)
    typer.echo("keep the secret: it is not shown again", err=True)


@app.command("revoke-client")
def revoke_client(
    name: Annotated[str, typer.Argument(help="The system's name.")],
    config: ConfigOption,
) -> None:
    """Take an own system's right to use the API, at once."""
    session.open_node(config)
    from mithaq.node.acts import local
    from mithaq.node.api import clients, facts
    from mithaq.node.start import Node

    found = facts.client(name)
    local.apply("client", clients.revoke(found, facts.tokens(found.id)), Node.clock.now())


@app.command("add-post")
def add_post(
    code: Annotated[str, typer.Argument(help="The post's code, e.g. BEBRU.")],
    unit: Annotated[str, typer.Option(help="The unit whose officers work there.")],
    name: Annotated[list[str], typer.Option(help="A name by language: en=Brussels Airport; repeat for fr, nl, ar.")],
    config: ConfigOption,
    kind: Annotated[str, typer.Option(help="air, sea or land.")] = "air",
) -> None:
    """Add a border post."""
    session.open_node(config)
    from mithaq.node.acts import local
    from mithaq.node.border.posts import AddPost, add
    from mithaq.node.start import Node

    names = dict(item.split("=", 1) for item in name if "=" in item)
    local.apply("post", add(AddPost(code, unit, kind, names)), Node.clock.now())
