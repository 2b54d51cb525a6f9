"""`mithaq oversight log, person`: the access log searched, and one person's data through every subject.

Rules: oversight alone, as on the page; the row of the own reading stands in the log before anything is printed, with
what was asked for; a name is given by option and stands in no file. Design: subjects, safeguards 7 and 12.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

import typer

from mithaq.cli import session
from mithaq.cli.exchange import write_new
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError, RefusedError

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.acts.registry import Asked
    from mithaq.node.oversight.follow import Event
    from mithaq.node.oversight.log import Reading

DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day of the node's first zone.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `oversight`."""
    group.command("log")(log)
    group.command("person")(person)


def reads(actor: Actor, what: str, record: str = "", reason: str = "", also: Iterable[str] = ()) -> None:
    """The row of oversight's own reading by a command. RefusedError `oversight.role` for everyone else, logged, too."""
    from mithaq.node.console import people
    from mithaq.node.oversight import rules

    said = f"command line: {reason}".strip()
    try:
        rules.check_role(actor)
    except RefusedError:
        people.refused(actor, what, record, said)
        raise
    people.read(actor, what, record, said, also)


def log(
    config: ConfigOption,
    name: AsOption,
    person: Annotated[str, typer.Option(help="The name to sign in with of who read.")] = "",
    unit: Annotated[str, typer.Option(help="The unit of who read.")] = "",
    what: Annotated[str, typer.Option(help="What was read, e.g. wanted.notice or accounts.sign-in.")] = "",
    record: Annotated[str, typer.Option(help="A record, by its reference or id.")] = "",
    since: DayOption = None,
    until: DayOption = None,
    refused: Annotated[bool, typer.Option("--refused", help="Refused attempts only.")] = False,
    before: Annotated[int | None, typer.Option(min=1, help="Rows before this number: the next page.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="At most so many rows.")] = 100,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print rows of the access log, latest first: who read what, when, why."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.console import words
    from mithaq.node.oversight import holds
    from mithaq.node.oversight import log as rows

    given = {
        "actor": person, "unit": unit, "what": what, "record": record, "since": _day(since), "until": _day(until),
        "refused": "on" if refused else "",
    }  # fmt: skip
    reads(actor, "oversight.log", reason=urlencode({key: value for key, value in given.items() if value}))
    asked = rows.Search(
        actor=person,
        unit=unit,
        what=words.same_reading(what) if what else (),
        records=rows.resolve(record) if record else None,
        since=since.date() if since else None,
        until=until.date() if until else None,
        refused=refused,
    )
    found, begins = rows.page(asked, before, limit), holds.begins()
    if as_json:
        told = {
            "rows": [_plain(row) for row in found.rows], "total": found.total, "more": found.more,
            "following": found.following, "ended": begins.number if begins else 0,
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for row in found.rows:
        typer.echo("\t".join(map(str, _plain(row).values())))
    if found.following:
        typer.echo(f"next page: --before {found.following}", err=True)
    elif begins:
        typer.echo(f"rows up to {begins.number} have ended by the rule", err=True)


def _day(value: datetime | None) -> str:
    return value.date().isoformat() if value else ""


def _plain(row: Reading) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at.astimezone(UTC).isoformat(timespec="seconds"),
        "person": row.actor,
        "unit": row.unit,
        "what": row.what,
        "refused": row.refused,
        "record": row.target.reference if row.target else row.record,
        "asked": row.reason,
        "why": row.why,
        "records_listed": row.also,
    }


def person(
    config: ConfigOption,
    name: AsOption,
    reference: Annotated[str, typer.Option(help="A reference or an id of a record about the person.")] = "",
    full_name: Annotated[str, typer.Option("--name", help="The person's name, with --birth-date.")] = "",
    birth_date: DayOption = None,
    before: Annotated[int | None, typer.Option(min=1, help="Readings before this row: the next page.")] = None,
    evidence: Annotated[
        Path | None, typer.Option(help="Write the evidence there: `oversight check` proves it.")
    ] = None,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow one person's data through every subject: what is held, who saw it, why, and what was done with it."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import evidence as proving
    from mithaq.node.oversight import follow, rules

    asked = _asked(reference, full_name, birth_date.date() if birth_date else None)
    said = f"{asked.name} {asked.birth_date}".strip()
    # Nothing is looked up for who may not: the refusal has its row at once.
    trail = follow.trail(asked, before) if rules.ROLE in actor.roles else None
    shown = [one.record for one in trail.held] if trail else ()
    reads(actor, "oversight.bundle" if evidence else "oversight.person", asked.reference, said, shown)
    assert trail is not None
    if evidence:
        made = proving.make(trail)
        write_new(evidence, made.data)
        if made.left_out:
            typer.echo(f"{made.left_out} readings are not in the ledger yet, and not in this file", err=True)
    if as_json:
        told = {
            "held": [_held(one) for one in trail.held], "readers": [_moments(asdict(one)) for one in trail.readers],
            "events": [_event(one) for one in trail.events], "earlier": trail.earlier, "cut": list(trail.cut),
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in trail.held:
        typer.echo("\t".join(("held", *map(str, _held(one).values()))))
    for reader in trail.readers:
        typer.echo("\t".join(("seen", *map(str, _moments(asdict(reader)).values()))))
    for event in trail.events:
        typer.echo("\t".join(map(str, _event(event).values())))
    if trail.cut:
        typer.echo(f"there is more than is told, the newest stand here: {', '.join(trail.cut)}", err=True)
    if trail.earlier:
        typer.echo(f"earlier readings: --before {trail.earlier}", err=True)


def _asked(reference: str, full_name: str, birth_date: date | None) -> Asked:
    from mithaq.node.acts.registry import Asked

    if not reference.strip() and not (full_name.strip() and birth_date):
        raise InputError(
            "oversight.question", "The question names nobody.", remedy="Give a reference, or a name and birth date."
        )
    born = birth_date.isoformat() if birth_date else ""
    return Asked(reference.strip(), full_name.strip() if born else "", born)


def _held(one: Any) -> dict[str, Any]:
    return {
        "model": one.model, "reference": one.reference, "names": ", ".join(one.names),
        "birth_dates": ", ".join(one.birth_dates), "purpose": one.purpose, "basis": one.basis,
        "since": one.at.astimezone(UTC).isoformat(timespec="seconds"), "state": one.state,
    }  # fmt: skip


def _event(one: Event) -> dict[str, Any]:
    return _moments({key: value for key, value in asdict(one).items() if value not in ("", None)})


def _moments(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value
        for key, value in plain.items()
    }
