"""`mithaq border ...` at a post: compare one traveller, how the feeds do, kept crossings again, and who crossed.

Rule: what the register does not keep is answered `not-kept`, never as if nobody had crossed; a question and its reason
are in the access log before the answer. Design: subjects, "Border posts"; architecture, "Border: two stores".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.exits import FINDING
from mithaq.cli.reading import log_reading, looked
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import InputError
from mithaq.plurals import counted

PostOption = Annotated[str, typer.Option(help="The code of the post.")]
# Two or three lines; what is longer is no machine-readable zone.
_ZONE_BYTES = 4096
_DAYS = 30


def register(group: typer.Typer) -> None:
    """Add the commands to the group `border`."""
    group.command()(traveller)
    group.command()(posts)
    group.command()(rescreen)
    group.command()(crossings)


def traveller(
    post: PostOption,
    config: ConfigOption,
    name: AsOption,
    mrz: Annotated[
        Path | None, typer.Option(help="A file with the lines at the foot of the document; - for standard input.")
    ] = None,
    names: Annotated[str, typer.Option("--name", help="The name, as the document has it.")] = "",
    birth_date: Annotated[str, typer.Option(help="1984-03-17, or what is known of it.")] = "",
    nationality: Annotated[str, typer.Option(help="A code of two or three letters.")] = "",
    document: Annotated[str, typer.Option(help="The number of the document.")] = "",
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Compare one traveller; exit status 1 when it may be a listed person (0 with --json)."""
    zone = _zone(mrz) if mrz else ""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.cli.border import plain
    from mithaq.node.acts.perform import perform
    from mithaq.node.border import facts
    from mithaq.node.border.requests import ScreenTraveller

    key: str = perform(
        "screen-traveller@1", ScreenTraveller(post, zone, names, birth_date, nationality, document), actor
    )
    log_reading(actor, "border.traveller", "border traveller", key, reason)
    made, found = facts.manifest(key, actor), facts.candidates(key, actor)
    if as_json:
        answer = {"traveller": key, "threshold": made.threshold, "compared": list(made.compared)}
        answer |= {"warnings": list(made.warnings), "candidates": [plain(one) for one in found]}
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    typer.echo(key)
    for warning in made.warnings:
        typer.echo(f"{warning['offset']}: {_sentence(warning)}", err=True)
    for one in found:
        reference = one.card.reference if one.card else one.subject
        typer.echo("\t".join((one.id, one.state, f"{one.score:.1f}", reference)))
    with_lists = ", ".join(f"{one['name']} ({one['subjects']}) of {one['at'] or 'no date'}" for one in made.compared)
    said = counted(len(found), "candidate") if found else f"no candidate above {made.threshold:.1f} bits"
    typer.echo(f"{said}; compared with: {with_lists}", err=True)
    if found:
        raise typer.Exit(FINDING)


def posts(
    config: ConfigOption, name: AsOption, password_file: PasswordOption = None, as_json: JsonOption = False
) -> None:
    """Print the posts of your unit and how their feeds do; exit status 1 when one is silent (0 with --json)."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.border import facts, feeds, known, silence
    from mithaq.node.start import Node

    log_reading(actor, "border.posts", "border posts")
    now, settings = Node.clock.now(), silence.settings()
    rows = [
        (post.id, one)
        for post in facts.posts()
        if known.counts(post.unit, actor)
        for one in feeds.of_post(post.id, settings, now - timedelta(days=_DAYS), now)
    ]
    if as_json:
        typer.echo(json.dumps([_feed(post, one) for post, one in rows]))
        return
    for post, one in rows:
        cells = (
            post,
            one.feed,
            f"{one.last:%Y-%m-%dT%H:%MZ}" if one.last else "never",
            counted(one.lists, "list"),
            f"{one.again} again",
        )
        kept = f"kept {one.clause.retention_hours} h" if one.clause.retention_hours else "not kept"
        typer.echo("\t".join((*cells, kept, "silent" if one.silent else "")).rstrip("\t"))
    if any(one.silent for _post, one in rows):
        raise typer.Exit(FINDING)


def rescreen(post: PostOption, config: ConfigOption, name: AsOption, password_file: PasswordOption = None) -> None:
    """Compare kept crossings of a post with the subjects of now; prints how many manifests there were to compare."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.border.requests import RescreenCrossings

    done = 0
    while more := perform("rescreen-crossings@1", RescreenCrossings(post), actor):
        done += more
    typer.echo(done)


def crossings(
    reason: Annotated[str, typer.Option(help="Why you ask; it goes into the access log.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day.")],
    config: ConfigOption,
    name: AsOption,
    names: Annotated[str, typer.Option("--name", help="The name, in any spelling.")] = "",
    document: Annotated[str, typer.Option(help="The number of the document.")] = "",
    password_file: PasswordOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the register who crossed; prints found, none, not-kept or nothing, and the crossings."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import wire
    from mithaq.node.border import kept
    from mithaq.node.border.requests import CrossingQuery
    from mithaq.node.start import Node

    asked = CrossingQuery(names, document, since.date(), until.date(), reason)
    command = f"border crossings, {kept.reason(asked)}"
    with looked(actor, "border.crossings", command, reason, frozenset({"case-officer", "supervisor"})) as row:
        answer = kept.ask(asked, actor.unit, Node.clock.now())
        row.also = tuple(one.id for one in answer.crossings)
    if as_json:
        plain = {"answer": answer.word, "lists": answer.lists, "not_kept": answer.not_kept}
        found = [
            {"traveller": wire.encode(one.traveller), "travel": wire.encode(one.travel)} for one in answer.crossings
        ]
        typer.echo(json.dumps({**plain, "crossings": found}, ensure_ascii=False))
        return
    typer.echo(answer.word)
    for one in answer.crossings:
        documents = " ".join(paper.number for paper in one.traveller.documents)
        typer.echo("\t".join((one.travel.flight, one.travel.departs, one.post, one.traveller.names[0], documents)))
    typer.echo(f"{counted(answer.lists, 'list')}, {answer.not_kept} of them not kept", err=True)


def _feed(post: str, one: Any) -> dict[str, Any]:
    plain = {
        name: getattr(one, name) for name in ("feed", "lists", "travellers", "candidates", "again", "late", "silent")
    }
    kept = {"kept": one.kept, "retention_hours": one.clause.retention_hours, "threshold": one.clause.threshold}
    return {"post": post, **plain, **kept, "last": one.last.isoformat() if one.last else None}


def _sentence(warning: Mapping[str, Any]) -> str:
    params = warning.get("params")
    return str(warning["detail"]) % params if params else str(warning["detail"])


def _zone(file: Path) -> str:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(_ZONE_BYTES)
        else:
            with file.open("rb") as source:
                data = source.read(_ZONE_BYTES)
    except OSError as error:
        raise InputError("manifest.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
    return data.decode("utf-8", "replace")
