"""`mithaq wanted ...`: draft, approve, publish, withdraw and list notices, many at a time.

Rules: every notice is an act of its own, decided and logged as on a page; the good go through and the bad are reported
with their line; what is printed of a person is in the access log before it is printed.
Design: subjects, "Wanted persons"; architecture, "The road".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.exits import OK, REFUSED, exit_code
from mithaq.cli.reading import log_reading
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption
from mithaq.errors import InputError, MithaqError
from mithaq.seal import canonical

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.wanted.facts import NoticeFacts
    from mithaq.node.wanted.requests import NoticeContent

app = typer.Typer(no_args_is_help=True, help="Notices of wanted and missing persons.")
MAX_LINE = 64 * 1024

AllOption = Annotated[bool, typer.Option("--all", help="Every notice of your unit that waits for this.")]
Notices = Annotated[list[str] | None, typer.Argument(metavar="NOTICE...", help="Ids or references of notices.")]


@dataclass(slots=True)
class Outcome:
    """What became of many notices: `done` in order, `bad` with where and why."""

    done: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)
    errors: list[MithaqError] = field(default_factory=list)

    def failed(self, error: MithaqError, **where: Any) -> None:
        self.bad.append({**where, "code": error.code, "detail": error.detail, "where": error.where})
        self.errors.append(error)

    @property
    def code(self) -> int:
        """0 when all went through; the highest code of the errors otherwise, so that bad input is not hidden."""
        return max(map(exit_code, self.errors), default=OK)


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
    lines = _lines(file)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import DraftNotice

    found = Outcome()

    def one(numbered: tuple[int, bytes]) -> None:
        number, line = numbered
        try:
            key = perform("draft-notice@1", DraftNotice(_content(line, portraits)), actor)
        except MithaqError as error:
            found.failed(error, line=number)
        else:
            found.done.append({"line": number, "notice": key})

    session.progress(lines, "drafting", one)
    _report(found, "drafted", as_json=as_json)


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

    found = _find(notice)
    perform("withdraw-notice@1", WithdrawNotice(found.id, found.version, reason), actor)
    typer.echo(found.reference)


@app.command("list")
def list_notices(
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    state: Annotated[str, typer.Option(help="draft, approved, active or withdrawn.")] = "",
    authority: Annotated[str, typer.Option(help="Only notices of this authority.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many, latest change first.")] = 1000,
    as_json: JsonOption = False,
) -> None:
    """List notices, ours and the partner's, with what became of ours on the road."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import road
    from mithaq.node.wanted import facts

    log_reading(actor, "wanted.notices", "wanted list")
    rows, count = facts.listing(state=state, authority=authority, limit=limit)
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
            row = notice if every else _find(notice)
            act(row)
        except MithaqError as error:
            found.failed(error, notice=notice if isinstance(notice, str) else notice.reference)
        else:
            found.done.append({"notice": row.id, "reference": row.reference})

    session.progress(chosen, verb, one)
    _report(found, {"approve": "approved", "publish": "published"}[verb], as_json=as_json)


def _act(verb: str, actor: Actor) -> Callable[[NoticeFacts], Any]:
    from mithaq.node.acts.perform import perform
    from mithaq.node.wanted.requests import ApproveNotice, PublishNotice

    request = {"approve": ApproveNotice, "publish": PublishNotice}[verb]
    return lambda row: perform(f"{verb}-notice@1", request(row.id, row.version), actor)


def _waiting(state: str, actor: Actor) -> tuple[NoticeFacts, ...]:
    from mithaq.node.start import Node
    from mithaq.node.wanted import facts

    return tuple(row for row in facts.in_state(state, Node.config.authority) if row.unit == actor.unit)


def _find(text: str) -> NoticeFacts:
    from mithaq.node.wanted import facts

    return facts.by_reference(text) or facts.notice(text)


def _lines(file: Path) -> list[tuple[int, bytes]]:
    try:
        text = file.read_bytes()
    except OSError as error:
        raise InputError("wanted.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _content(line: bytes, portraits: Path | None) -> NoticeContent:
    """The notice of a line. InputError that names the field."""
    from mithaq.node.acts import wire
    from mithaq.node.wanted.requests import NoticeContent

    if len(line) > MAX_LINE:
        raise InputError("wanted.line", "A line has at most 64 KiB; name portraits by portrait_file.")
    fields = canonical.parse(line.strip())
    if not isinstance(fields, dict):
        raise InputError("wanted.line", "A line holds one JSON object.")
    named = fields.pop("portrait_file", None)
    content = wire.decode(NoticeContent, fields)
    return content if named is None else replace(content, portrait=_portrait(named, portraits))


def _portrait(named: object, portraits: Path | None) -> bytes:
    # A line may come from elsewhere: it names a file of the directory that the officer chose, and no other.
    if not isinstance(named, str) or portraits is None or Path(named).name != named or named.startswith("."):
        raise InputError(
            "portrait.file",
            "A portrait is named by its file name.",
            remedy="Give the directory with --portraits.",
            where="portrait_file",
        )
    try:
        return (portraits / named).read_bytes()
    except OSError as error:
        raise InputError(
            "portrait.file", f"The portrait cannot be read: {error.strerror}.", where="portrait_file"
        ) from None


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


def _report(found: Outcome, verb: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({verb: found.done, "bad": found.bad}, ensure_ascii=False))
    else:
        for one in found.done:
            typer.echo(one.get("reference", one["notice"]))
    _complain(found)
    typer.echo(f"{len(found.done)} {verb}, {len(found.bad)} not", err=True)
    if found.code:
        raise typer.Exit(found.code)


def _complain(found: Outcome) -> None:
    """One line for each bad line; refusals of the same ground are counted instead of repeated."""
    grounds: Counter[str] = Counter()
    for where, error in zip(found.bad, found.errors, strict=True):
        if exit_code(error) == REFUSED:
            grounds[str(error)] += 1
        else:
            place = f"line {where['line']}" if "line" in where else where["notice"]
            typer.echo(f"mithaq: {place}: {error}", err=True)
    for ground, count in grounds.items():
        typer.echo(f"mithaq: {count} times: {ground}", err=True)
