"""`mithaq queue ...`: take the next one, give it back; many at once with a preview, half a minute's hold, and undo.

Rules: the same locks, previews and holds as on the pages; one fact a line with its name before it, no table and no
colour, so that it reads aloud as it stands; `--json` has the same. Exit codes: 0 done, 1 something of a batch failed,
3 refused, 5 there is no such record; 2 for a wrong call. Design: issue 4, part 4; subjects, "What people like to have".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING, OK, exit_code
from mithaq.cli.reading import log_reading, read_of
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import InputError, MithaqError

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.console.holds import HoldFacts
    from mithaq.node.console.planned import PlannedFacts

app = typer.Typer(no_args_is_help=True, help="What waits: take it one by one, or many at once.")
YesOption = Annotated[
    bool, typer.Option("--yes", help="Do it in half a minute; without it, only what would become of each.")
]
BatchArgument = Annotated[str, typer.Argument(metavar="BATCH", help="The id that `publish` or `reject` printed.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="queue")


@app.command("next")
def take_next(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Take the most pressing thing that nobody works on; the same again until it is done or given back."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.console import holds
    from mithaq.node.start import Node

    found = holds.take(actor, Node.clock.now(), Node.config.hold_minutes)
    if found is None and not as_json:
        typer.echo("nothing is free: colleagues have it in hand, or nothing waits", err=True)
        return
    _say(_held(found) if found else {}, as_json=as_json)


@app.command()
def held(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Who of the unit works on what, and until when."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.console import holds
    from mithaq.node.start import Node

    found = holds.of_unit(actor, Node.clock.now())
    log_reading(actor, "console.home", "queue held", also=[one.reference for one in found])
    _list("held", map(_held, found), as_json=as_json)


@app.command()
def release(
    hold: Annotated[str, typer.Argument(metavar="HOLD", help="What `next` and `held` call it: kind and id.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give back what you work on, or, as a supervisor, free what a colleague of the unit holds."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.console import holds
    from mithaq.node.start import Node

    found = holds.release(hold, actor, Node.clock.now())
    _say({"released": found.id if found else ""}, as_json=as_json)


@app.command()
def publish(
    notices: Annotated[list[str], typer.Argument(metavar="NOTICE...", help="Ids or references of approved notices.")],
    config: ConfigOption,
    name: AsOption,
    sure: YesOption = False,
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Publish many notices in half a minute, unless undone; what stands in the way of one is told and it stays."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.wanted import facts, many

    # Who may not know of a notice is told the same as of one that is not there.
    chosen = [
        read_of(actor, "wanted.bulk.publish", "queue publish", one, partial(facts.found, one, actor), reason)
        for one in dict.fromkeys(notices)
    ]
    rows = many.foreseen("publish", chosen, actor)
    good = [one for one, problem in rows if problem is None]
    batch = many.publish_later(good, {}, actor) if sure else ""
    told = [(one.reference, "published" if problem is None else "", problem) for one, problem in rows]
    _preview(told, batch, as_json=as_json)


@app.command()
def reject(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", help="The id that `border screen` printed.")],
    candidate: Annotated[list[str], typer.Option(help="The id of a candidate of it; repeat for more.")],
    remark: Annotated[str, typer.Option(help="The one reason for all of them.")],
    config: ConfigOption,
    name: AsOption,
    sure: YesOption = False,
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Reject several candidates of a manifest for one reason in half a minute, unless undone."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.border import facts, many

    if not remark.strip():
        raise InputError(
            "candidate.reason", "Several candidates are rejected for one reason.", remedy="Write it.", where="remark"
        )
    found = read_of(actor, "border.reject", "queue reject", manifest, lambda: facts.manifest(manifest, actor), reason)
    wanted = dict.fromkeys(candidate[: many.MOST])
    there = {one.id: one for one in facts.candidates(found.id, actor)}
    missing = [(key, "", _no_candidate()) for key in wanted if key not in there]
    rows = many.foreseen((there[key] for key in wanted if key in there), {}, remark.strip()[:500], actor)
    good = [one for one in rows if one.problem is None]
    batch = many.reject_later(good, remark.strip()[:500], actor) if sure and good else ""
    _preview([*((one.candidate.id, one.state, one.problem) for one in rows), *missing], batch, as_json=as_json)


@app.command()
def planned(
    batch: BatchArgument,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """What became of each of a batch; exit status 1 when one failed."""
    session.open_node(config)
    actor = session.person(name, password_file)
    rows = _batch(batch, actor, "queue planned")
    _list("planned", map(_planned, rows), as_json=as_json)
    if any(one.state == "failed" for one in rows):
        raise typer.Exit(FINDING)


@app.command()
def undo(
    batch: BatchArgument,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Undo what of your batch is not done yet; prints how many."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.console import planned as plans
    from mithaq.node.start import Node

    _batch(batch, actor, "queue undo")
    _say({"undone": plans.undo(batch, actor, Node.clock.now())}, as_json=as_json)


def _batch(key: str, actor: Actor, command: str) -> tuple[PlannedFacts, ...]:
    from mithaq.node.console import planned as plans

    return read_of(actor, "console.planned", command, key, lambda: plans.batch(key, actor))


def _no_candidate() -> MithaqError:
    return InputError("candidate.unknown", "There is no such candidate here; it may have been erased in time.")


def _held(one: HoldFacts) -> dict[str, Any]:
    return {
        "hold": one.id, "reference": one.reference, "page": one.url, "holder": one.holder,
        "until": one.until.isoformat(timespec="seconds"),
    }  # fmt: skip


def _planned(one: PlannedFacts) -> dict[str, Any]:
    told = {"code": one.told["code"], "detail": one.told["detail"]} if one.told else {}
    due = one.due.isoformat(timespec="seconds")
    return {"reference": one.reference, "act": one.act, "state": one.state, "due": due, **told}


def _preview(rows: list[tuple[str, str, MithaqError | None]], batch: str, *, as_json: bool) -> None:
    """What becomes of each, and the batch. Exits with the highest code of what stands in the way."""
    plain = [
        {"record": record, "becomes": state}
        if problem is None
        else {"record": record, "code": problem.code, "detail": problem.detail}
        for record, state, problem in rows
    ]
    if as_json:
        typer.echo(json.dumps({"batch": batch, "records": plain}, ensure_ascii=False))
    else:
        _lines(plain)
        if batch:
            typer.echo(f"batch: {batch}")
        later = "done in half a minute; `mithaq queue undo` until then"
        typer.echo(later if batch else "nothing is done: repeat it with --yes", err=True)
    code = max((exit_code(problem) for _record, _state, problem in rows if problem is not None), default=OK)
    if code:
        raise typer.Exit(code)


def _say(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    else:
        _lines([facts])


def _list(word: str, rows: Iterable[dict[str, Any]], *, as_json: bool) -> None:
    plain = list(rows)
    if as_json:
        typer.echo(json.dumps({word: plain}, ensure_ascii=False))
    else:
        _lines(plain)


def _lines(rows: Iterable[dict[str, Any]]) -> None:
    """One fact a line, an empty line between two records."""
    for number, row in enumerate(rows):
        if number:
            typer.echo("")
        for word, value in row.items():
            # What others wrote is one line, and no command to a terminal.
            text = "".join(letter if letter.isprintable() else " " for letter in str(value))
            typer.echo(f"{word}: {text}")
