"""`mithaq wanted ...`: draft, approve, publish, withdraw and list notices, many at a time.

Rules: every notice is an act of its own, decided and logged as on a page; the good go through and the bad are reported
with their line; what is printed of a person is in the access log before it is printed.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.notice_lines import content, numbered
from mithaq.cli.outcome import Outcome, report
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import MithaqError

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.wanted.facts import NoticeFacts

app = typer.Typer(no_args_is_help=True, help="Notices of wanted and missing persons.")

AllOption = Annotated[bool, typer.Option("--all", help="Every notice of your unit that waits for this.")]
Notices = Annotated[list[str] | None, typer.Argument(metavar="NOTICE...", help="Ids or references of notices.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="wanted")


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(help="JSON Lines: a notice a line, with an optional portrait_file.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    portraits: Annotated[Path | None, typer.Option(help="The directory of the files that portrait_file names.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Draft a notice for each line; the good lines go through, the bad ones are reported with their number."""
    lines = numbered(file)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import DraftNotice

    found = Outcome()

    def one(item: tuple[int, bytes]) -> None:
        number, line = item
        try:
            key = perform("draft-notice@1", DraftNotice(content(line, portraits)), actor)
        except MithaqError as error:
            found.failed(error, line=number)
        else:
            found.done.append({"line": number, "notice": key})

    session.progress(lines, "drafting", one)
    report(found, "drafted", as_json=as_json)


@app.command()
def approve(
    config: ConfigOption,
    name: AsOption,
    notices: Notices = None,
    every: AllOption = False,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Approve drafts, as a second person."""
    _move(config, name, password_file, notices, every=every, state="draft", verb="approve", as_json=as_json)


@app.command()
def publish(
    config: ConfigOption,
    name: AsOption,
    notices: Notices = None,
    every: AllOption = False,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Publish approved notices to every unit that the plan lets receive them."""
    _move(config, name, password_file, notices, every=every, state="approved", verb="publish", as_json=as_json)


@app.command()
def extend(
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="Id or reference of the notice.")],
    review: Annotated[str, typer.Option(help="The new review, YYYY-MM-DD.")],
    reason: Annotated[str, typer.Option(help="Why; the partner reads it.")],
    config: ConfigOption,
    name: AsOption,
    warrant: Annotated[str, typer.Option(help="The number of the warrant, as it lies before you.")] = "",
    court: Annotated[str, typer.Option(help="The court or authority that issued it.")] = "",
    issued: Annotated[str, typer.Option(help="Its date, YYYY-MM-DD.")] = "",
    standing: Annotated[str, typer.Option(help="in-force, expired or withdrawn.")] = "in-force",
    password_file: PasswordOption = None,
) -> None:
    """Put off the review of a notice, after its judicial basis was checked again."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import wire
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import BasisAgain, ExtendNotice

    found = _find(notice, actor)
    stated = {"warrant": warrant, "court": court, "issued": issued, "standing": standing}
    asked = ExtendNotice(found.id, found.version, review, reason, wire.decode(BasisAgain, stated))
    perform("extend-notice@1", asked, actor)
    typer.echo(found.reference)


@app.command()
def withdraw(
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="Id or reference of the notice.")],
    reason: Annotated[str, typer.Option(help="Why; the partner reads it.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Withdraw a notice here and at every partner that holds it."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import WithdrawNotice

    found = _find(notice, actor)
    perform("withdraw-notice@1", WithdrawNotice(found.id, found.version, reason), actor)
    typer.echo(found.reference)


@app.command("list")
def list_notices(
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    state: Annotated[str, typer.Option(help="draft, approved, active, expired or withdrawn.")] = "",
    authority: Annotated[str, typer.Option(help="Only notices of this authority.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many, latest change first.")] = 1000,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """List notices, ours and the partner's, with what became of ours on the road."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import road
    from mithaq.node.wanted import facts

    rows, count = facts.listing(actor, state=state, authority=authority, limit=limit)
    log_reading(actor, "wanted.notices", "wanted list", why=reason, also=[row.id for row in rows])
    sent = road.states("wanted.Notice", [row.id for row in rows])
    if as_json:
        plain = [_plain(row, sent.get(row.id, "")) for row in rows]
        typer.echo(json.dumps({"notices": plain, "count": count}, ensure_ascii=False))
        return
    for row in rows:
        cells = (row.reference, row.state, sent.get(row.id, "-"), row.content.person.names[0])
        typer.echo("\t".join(cells))


def _move(
    config: Path,
    name: str,
    password_file: Path | None,
    notices: list[str] | None,
    *,
    every: bool,
    state: str,
    verb: str,
    as_json: bool,
) -> None:
    if every == bool(notices):
        raise typer.BadParameter("Name the notices, or give --all.")
    session.open_node(config)
    actor = session.person(name, password_file)
    chosen: list[Any] = list(_waiting(state, actor) if every else notices or [])
    found, act = Outcome(), _act(verb, actor)

    def one(notice: Any) -> None:
        try:
            row = notice if every else _find(notice, actor)
            act(row)
        except MithaqError as error:
            found.failed(error, notice=notice if isinstance(notice, str) else notice.reference)
        else:
            found.done.append({"notice": row.id, "reference": row.reference})

    session.progress(chosen, verb, one)
    report(found, {"approve": "approved", "publish": "published"}[verb], as_json=as_json)


def _act(verb: str, actor: Actor) -> Callable[[NoticeFacts], Any]:
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import ApproveNotice, PublishNotice

    request = {"approve": ApproveNotice, "publish": PublishNotice}[verb]
    return lambda row: perform(f"{verb}-notice@1", request(row.id, row.version), actor)


def _waiting(state: str, actor: Actor) -> tuple[NoticeFacts, ...]:
    from mithaq.node.start import Node
    from mithaq.node.wanted import facts

    return tuple(row for row in facts.in_state(actor, state, Node.config.authority) if row.unit == actor.unit)


def _find(text: str, actor: Actor) -> NoticeFacts:
    from mithaq.node.wanted import facts

    return facts.found(text, actor)


def _plain(row: NoticeFacts, sent: str) -> dict[str, Any]:
    person = row.content.person
    return {
        "notice": row.id,
        "reference": row.reference,
        "authority": row.authority,
        "state": row.state,
        "sent": sent,
        "category": row.content.category,
        "purpose": row.content.purpose,
        "names": list(person.names),
        "birth_dates": list(person.birth_dates),
        "message": row.message,
    }
