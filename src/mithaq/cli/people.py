"""`mithaq people ...`: who there is, what is proposed, and what a second person decides; roles lent while away.

Rules: nothing here shows a case; what takes a second person takes one on the command line, too.
Design: subjects, safeguard 8.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import RefusedError

if TYPE_CHECKING:
    from mithaq.node.accounts.people_facts import PersonFacts
    from mithaq.node.acts.definition import Actor

app = typer.Typer(no_args_is_help=True, help="People, their roles, and who stands in for whom.")
PersonArgument = Annotated[str, typer.Argument(metavar="PERSON", help="The name to sign in with.")]
ProposalArgument = Annotated[str, typer.Argument(metavar="PROPOSAL", help="The id that `people proposals` printed.")]
UnitOption = Annotated[str, typer.Option(help="The unit, e.g. BE-POLICE/BORDER.")]
RoleOption = Annotated[list[str], typer.Option("--role", help="A role; repeat for more.")]
LineOption = Annotated[
    list[str] | None, typer.Option("--line", help="A line of the plan; repeat for more. None: all of the unit.")
]
ReasonOption = Annotated[str, typer.Option(help="Why: it is kept.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="people")


def _reader(actor: Actor, what: str, unit: str = "") -> None:
    from mithaq.node.accounts import rules
    from mithaq.node.acts import access
    from mithaq.node.start import Node

    try:
        rules.check_reader(actor, unit)
    except RefusedError:
        access.log(actor, f"refused:{what}", Node.clock.now(), reason="command line")
        raise
    access.log(actor, what, Node.clock.now(), reason="command line")


def _show(row: dict[str, Any], *, as_json: bool, columns: tuple[str, ...]) -> None:
    plain = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}
    texts = (" ".join(one) if isinstance(one := plain[key], tuple | list) else str(one) for key in columns)
    typer.echo(json.dumps(plain, ensure_ascii=False) if as_json else "\t".join(texts))


@app.command("list")
def list_people(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Print the people whom you look after."""
    session.open_node(config)
    actor = session.person(name, password_file)
    _reader(actor, "accounts.people")
    from mithaq.node.accounts import people_facts, rules

    for one in people_facts.people(None if rules.APART & actor.roles else actor.unit):
        _show(asdict(one), as_json=as_json, columns=("name", "unit", "roles", "lines", "is_active"))


@app.command()
def proposals(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Print what is proposed and waits for a second person."""
    session.open_node(config)
    actor = session.person(name, password_file)
    _reader(actor, "accounts.people")
    from mithaq.node.accounts import people_facts, rules

    for one in people_facts.proposals(None if rules.APART & actor.roles else actor.unit):
        columns = ("id", "kind", "name", "unit", "by", "at")
        _show({key: getattr(one, key) for key in (*columns, "version")}, as_json=as_json, columns=columns)


def _found(config: ConfigOption, name: str, password_file: Any, person: str) -> tuple[Actor, PersonFacts]:
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts import people_facts

    return actor, people_facts.named(person)


def _perform(act: str, request: Any, actor: Actor) -> str:
    from mithaq.node.acts.perform import perform

    return str(perform(act, request, actor))


@app.command()
def invite(
    person: PersonArgument,
    full_name: Annotated[str, typer.Option(help="The name that colleagues read.")],
    unit: UnitOption,
    role: RoleOption,
    config: ConfigOption,
    name: AsOption,
    line: LineOption = None,
    language: Annotated[str, typer.Option(help="en, fr, nl or ar.")] = "",
    password_file: PasswordOption = None,
) -> None:
    """Propose a person; prints the proposal, which a second person confirms."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts.requests import InvitePerson

    request = InvitePerson(person, full_name, unit, tuple(role), tuple(line or ()), language)
    typer.echo(_perform("invite-person@1", request, actor))


@app.command("change-role")
def change_role(
    person: PersonArgument,
    unit: UnitOption,
    role: RoleOption,
    reason: ReasonOption,
    config: ConfigOption,
    name: AsOption,
    line: LineOption = None,
    password_file: PasswordOption = None,
) -> None:
    """Propose roles, unit and lines; prints the proposal, which a second person confirms."""
    actor, found = _found(config, name, password_file, person)
    from mithaq.node.accounts.requests import ChangeRole

    request = ChangeRole(found.id, found.version, unit, tuple(role), tuple(line or ()), reason)
    typer.echo(_perform("change-role@1", request, actor))


@app.command()
def reset(
    person: PersonArgument, reason: ReasonOption, config: ConfigOption, name: AsOption,
    password_file: PasswordOption = None,
) -> None:  # fmt: skip
    """Propose to take every second factor away; prints the proposal, which a second person confirms."""
    actor, found = _found(config, name, password_file, person)
    from mithaq.node.accounts.requests import ResetSecondFactor

    typer.echo(_perform("reset-second-factor@1", ResetSecondFactor(found.id, found.version, reason), actor))


@app.command("reset-password")
def reset_password(
    person: PersonArgument, reason: ReasonOption, config: ConfigOption, name: AsOption,
    password_file: PasswordOption = None,
) -> None:  # fmt: skip
    """Propose that a person chooses a new password; prints the proposal, which a second person confirms."""
    actor, found = _found(config, name, password_file, person)
    from mithaq.node.accounts.requests import ResetPassword

    typer.echo(_perform("reset-password@1", ResetPassword(found.id, found.version, reason), actor))


@app.command()
def deactivate(
    person: PersonArgument, reason: ReasonOption, config: ConfigOption, name: AsOption,
    password_file: PasswordOption = None,
) -> None:  # fmt: skip
    """Shut a person out, at once."""
    actor, found = _found(config, name, password_file, person)
    from mithaq.node.accounts import deciding
    from mithaq.node.accounts.requests import DeactivatePerson

    deciding.shut_out("deactivate-person@1", DeactivatePerson(found.id, found.version, reason), actor)


@app.command()
def confirm(
    proposal: ProposalArgument, config: ConfigOption, name: AsOption, password_file: PasswordOption = None
) -> None:
    """Confirm as the second person; prints the one-time code of who is to choose a password, this once."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts import deciding, people_facts

    found = people_facts.proposal(proposal)
    if code := deciding.confirm(found, found.version, actor):
        typer.echo(code)
        typer.echo("hand it over yourself: it is not shown again", err=True)


@app.command()
def refuse(
    proposal: ProposalArgument, reason: ReasonOption, config: ConfigOption, name: AsOption,
    password_file: PasswordOption = None,
) -> None:  # fmt: skip
    """Refuse as the second person."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts import deciding, people_facts

    found = people_facts.proposal(proposal)
    deciding.refuse(found, found.version, reason, actor)


@app.command()
def delegate(
    taker: Annotated[str, typer.Argument(metavar="COLLEAGUE", help="The colleague's name to sign in with.")],
    role: RoleOption,
    until: Annotated[datetime, typer.Option(help="The moment at which it ends, in UTC.")],
    config: ConfigOption,
    name: AsOption,
    starts: Annotated[datetime | None, typer.Option("--from", help="The moment at which it begins; else now.")] = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    password_file: PasswordOption = None,
) -> None:
    """Lend roles of yours to a colleague of your unit while you are away; prints the delegation."""
    from datetime import UTC

    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts.requests import Delegate
    from mithaq.node.start import Node

    first, last = (one.replace(tzinfo=UTC) if one else Node.clock.now() for one in (starts, until))
    typer.echo(_perform("delegate@1", Delegate(taker, tuple(role), first, last, reason), actor))


@app.command("end-delegation")
def end_delegation(
    delegation: Annotated[str, typer.Argument(help="The id that `people delegate` printed.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """End a delegation now."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.accounts import people_facts
    from mithaq.node.accounts.requests import EndDelegation

    found = people_facts.loan(delegation)
    _perform("end-delegation@1", EndDelegation(found.id, found.version), actor)
