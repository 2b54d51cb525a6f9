"""`mithaq oversight alarms, close-alarm, reopen-alarm, holds, hold-log, release-log`: what oversight must look at, and
rows of the access log that stay as evidence.

Rules: oversight alone, and nobody about himself, as on the pages; `alarms` ends with 1 while one is open.
Design: subjects, safeguards 7 and 8; decision 18.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING
from mithaq.cli.oversight_look import reads
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption

if TYPE_CHECKING:
    from mithaq.node.oversight.alarms import AlarmFacts
    from mithaq.node.oversight.holds import HoldFacts

AlarmArgument = Annotated[str, typer.Argument(metavar="ALARM", help="The number that `oversight alarms` printed.")]
WordsOption = Annotated[str, typer.Option(help="What was looked at, and why: it is kept.")]
DayOption = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day of the node's first zone.")]
DOOR = "command line"


def register(group: typer.Typer) -> None:
    """Add the commands to the group `oversight`."""
    group.command("alarms")(alarms)
    group.command("close-alarm")(close_alarm)
    group.command("reopen-alarm")(reopen_alarm)
    group.command("holds")(holds)
    group.command("hold-log")(hold_log)
    group.command("release-log")(release_log)


def alarms(
    config: ConfigOption,
    name: AsOption,
    closed: Annotated[bool, typer.Option("--closed", help="Those that were closed, latest first.")] = False,
    before: Annotated[int | None, typer.Option(min=1, help="Go on from this alarm: the next page.")] = None,
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print alarms that are open, the oldest first, with their age; 1 when there is one."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import alarms as facts
    from mithaq.node.start import Node

    reads(actor, "oversight.alarms", reason="closed" if closed else "open")
    now = Node.clock.now()
    found = facts.listing(closed=closed, before=before)
    rows = [_alarm(one, now) for one in found]
    if as_json:
        typer.echo(json.dumps({"alarms": rows}, ensure_ascii=False))
    else:
        for row in rows:
            typer.echo("\t".join(str(value) for key, value in row.items() if key != "history"))
    if rows and not closed:
        raise typer.Exit(FINDING)


def _alarm(one: AlarmFacts, now: datetime) -> dict[str, Any]:
    last = one.last
    return {
        "id": one.id,
        "version": one.version,
        "code": one.code,
        "at": _text(one.at),
        "minutes_open": None if one.closed else int((now - one.at).total_seconds() // 60),
        "about": one.about,
        "subject": one.subject or " ".join(f"{name}={value}" for name, value in one.figures),
        "finding": last.finding if last and one.closed else "",
        "by": last.by if last else "",
        "words": last.words if last else "",
        "history": [
            {"kind": said.kind, "finding": said.finding, "by": said.by, "at": _text(said.at), "words": said.words}
            for said in one.history
        ],
    }


def close_alarm(
    alarm: AlarmArgument,
    finding: Annotated[str, typer.Option(help="What was found: allowed, not-allowed or mistaken.")],
    words: WordsOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Close an alarm with what was found."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import alarms as facts
    from mithaq.node.oversight import doing
    from mithaq.node.oversight.requests import CloseAlarm

    request = CloseAlarm(alarm, facts.alarm(alarm).version, finding, words)
    doing.do("close-alarm@1", request, alarm, actor, DOOR)


def reopen_alarm(
    alarm: AlarmArgument, words: WordsOption, config: ConfigOption, name: AsOption, password_file: PasswordOption = None
) -> None:
    """Look at a closed alarm a second time."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import alarms as facts
    from mithaq.node.oversight import doing
    from mithaq.node.oversight.requests import ReopenAlarm

    doing.do("reopen-alarm@1", ReopenAlarm(alarm, facts.alarm(alarm).version, words), alarm, actor, DOOR)


def holds(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Print how long the access log is kept, what has ended, and what stays as evidence."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import holds as facts
    from mithaq.node.start import Node

    reads(actor, "oversight.keeping")
    now = Node.clock.now()
    end, found = facts.standing(now), facts.listing(now)
    if as_json:
        told = {
            "days": end.days, "first": end.first, "kept_from": end.kept_from,
            "cuts": [{"number": one.number, "rows": one.rows, "at": _text(one.at), "days": one.days, "name": one.name}
                     for one in end.cuts],
            "holds": [_hold(one) for one in found],
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"days={end.days}\tfirst={end.first}\tkept_from={end.kept_from}")
    for cut in end.cuts:
        typer.echo(f"ended\t{cut.name}\t{cut.rows}\t{_text(cut.at)}\t{cut.days}")
    for one in found:
        typer.echo("\t".join(("hold", *map(str, _hold(one).values()))))


def _hold(one: HoldFacts) -> dict[str, Any]:
    return {
        "id": one.id, "since": _text(one.since), "until": _text(one.until), "by": one.by, "reason": one.reason,
        "released": _text(one.released) if one.released else None, "released_by": one.released_by,
    }  # fmt: skip


def hold_log(
    since: DayOption,
    until: DayOption,
    reason: Annotated[str, typer.Option(help="Why these rows are evidence: it is kept.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Keep rows of the access log from a day on until another; prints the hold."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import doing
    from mithaq.node.oversight.log import begin_of
    from mithaq.node.oversight.requests import HoldLog

    request = HoldLog(begin_of(since.date()), begin_of(until.date() + timedelta(days=1)), reason)
    typer.echo(doing.do("hold-log@1", request, "", actor, DOOR))


def release_log(
    hold: Annotated[str, typer.Argument(help="The id that `oversight hold-log` printed.")],
    reason: Annotated[str, typer.Option(help="Why it ends before its day: it is kept.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """End a hold before its day: another person than who placed it."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.oversight import doing
    from mithaq.node.oversight import holds as facts
    from mithaq.node.oversight.requests import ReleaseLog

    doing.do("release-log@1", ReleaseLog(hold, facts.hold(hold).version, reason), hold, actor, DOOR)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
