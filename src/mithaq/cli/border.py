"""`mithaq border ...`: screen a manifest, read its candidates, judge them, report a hit; `border_post` has the rest.

Rule: a candidate is a question to two officers, never an answer; the page, where portrait and document stand side by
side, is the better place to judge, and the rules are the same here. Design: subjects, "Border posts"; safeguard 4.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import border_post, border_silence, border_threshold, session
from mithaq.cli.exits import FINDING
from mithaq.cli.reading import read_of
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import InputError
from mithaq.plurals import counted

if TYPE_CHECKING:
    from mithaq.node.acts.definition import Actor
    from mithaq.node.border.facts import CandidateFacts

RELATIONS = {
    "again": "the same list as one before, compared with the listed persons of now",
    "later": "a later list of a flight that was here before",
    "late": "this list comes late, after a newer one of its flight",
}
LIMIT = 32 * 1024 * 1024
app = typer.Typer(no_args_is_help=True, help="Manifests of travellers and their candidates.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    border_post.register(app)
    app.add_typer(border_threshold.app, name="threshold")
    app.add_typer(border_silence.app, name="silence")
    root.add_typer(app, name="border")


@app.command()
def screen(
    file: Annotated[Path, typer.Argument(help="The manifest: UN/EDIFACT PAXLST or PNRGOV.")],
    post: Annotated[str, typer.Option(help="The code of the post where it arrived.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Screen a manifest; exit status 1 when somebody on it may be a listed person (0 with --json)."""
    data = _bytes(file)
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.border.requests import ScreenManifest

    key: str = perform("screen-manifest@1", ScreenManifest(post, file.name, data), actor)
    _print(key, actor, "border screen", reason, as_json=as_json)


@app.command()
def candidates(
    manifest: Annotated[str, typer.Argument(metavar="MANIFEST", help="The id that `border screen` printed.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print the candidates of a manifest, likeliest first; exit status 1 when there are some (0 with --json)."""
    session.open_node(config)
    _print(manifest, session.person(name, password_file), "border candidates", reason, as_json=as_json)


@app.command()
def judge(
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE", help="The id that `border candidates` printed.")],
    verdict: Annotated[str, typer.Option(help="match or no-match.")],
    version: Annotated[int, typer.Option(help="The version of the candidate that you have read.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    identifier: Annotated[
        str, typer.Option(help="What you compared: document, portrait, fingerprints, marks or biometric-chip.")
    ] = "",
    remark: Annotated[str, typer.Option(help="What a colleague should know.")] = "",
) -> None:
    """Judge a candidate as one officer; prints the state, and the hit when a second confirmation made one."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import wire
    from mithaq.node.acts.perform import perform
    from mithaq.node.border.requests import JudgeCandidate

    asked = {"candidate": candidate, "version": version, "verdict": verdict, "identifier": identifier, "remark": remark}
    answer = perform("judge-candidate@1", wire.decode(JudgeCandidate, asked), actor)
    typer.echo("\t".join(part for part in (answer["state"], answer["hit"]) if part))


@app.command()
def report(
    hit: Annotated[str, typer.Argument(metavar="HIT", help="The id of the hit.")],
    version: Annotated[int, typer.Option(help="The version of the hit that you have read.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Tell the owner of the notice again, after the plan had refused it."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.border.requests import ReportHit

    typer.echo(perform("report-hit@1", ReportHit(hit, version), actor))


def _print(key: str, actor: Actor, command: str, reason: str, *, as_json: bool) -> None:
    from mithaq.node.border import facts

    manifest = read_of(actor, "border.manifest", command, key, lambda: facts.manifest(key, actor), reason)
    found = facts.candidates(key, actor)
    if as_json:
        head = {"manifest": key, "travellers": manifest.travellers, "crew": manifest.crew}
        head |= {"subjects": manifest.subjects, "warnings": len(manifest.warnings)}
        head |= {"again": manifest.again, "relation": manifest.relation, "follows": manifest.follows}
        head |= {"silenced": manifest.silenced}
        typer.echo(json.dumps({**head, "candidates": [plain(one) for one in found]}, ensure_ascii=False))
        return
    typer.echo(key)
    for one in found:
        reference = one.card.reference if one.card else one.subject
        cells = (one.id, one.state, f"{one.score:.1f}", reference, one.traveller.names[0], one.traveller.birth_date)
        typer.echo("\t".join(cells))
    if manifest.again:
        typer.echo(f"the same list came {counted(manifest.again, 'time')} more; nothing was screened twice", err=True)
    if manifest.relation:
        typer.echo(f"{RELATIONS[manifest.relation]}: {manifest.follows}; only new candidates are shown", err=True)
    numbers = ((manifest.travellers, "traveller"), (manifest.subjects, "subject"), (len(found), "candidate"))
    typer.echo(", ".join(counted(number, one) for number, one in numbers), err=True)
    if manifest.silenced:
        typer.echo(f"{manifest.silenced} silenced", err=True)
    if found:
        raise typer.Exit(FINDING)


def plain(one: CandidateFacts) -> dict[str, Any]:
    """A candidate as JSON tells it."""
    from mithaq.node.acts import wire

    return {
        "candidate": one.id,
        "version": one.version,
        "state": one.state,
        "score": round(one.score, 2),
        "subject": one.subject,
        "notice": one.card.reference if one.card else "",
        "traveller": wire.encode(one.traveller),
        "evidence": [dict(item) for item in one.evidence],
        "judgements": [
            {"officer": said.officer, "verdict": said.verdict, "identifier": said.identifier} for said in one.judgements
        ],
    }


def _bytes(file: Path) -> bytes:
    try:
        # One byte more than any manifest may have: a file of a gigabyte is not read to its end to be refused.
        with file.open("rb") as source:
            data = source.read(LIMIT + 1)
    except OSError as error:
        raise InputError("manifest.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
    if len(data) > LIMIT:
        raise InputError("upload.size", "The file is larger than 32 MiB.", remedy="Send it in parts.", where=str(file))
    return data
