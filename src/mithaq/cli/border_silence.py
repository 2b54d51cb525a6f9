"""`mithaq border silence list, show, ask, agree, decline, end, tell`: silence for a pair of document and listed record.

Rule: one unit asks on a rejected candidate, a person of another unit agrees; the rules are those of the pages. Design:
subjects, "Wanted persons" (Hit).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.reading import log_reading, read_of
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption

if TYPE_CHECKING:
    from mithaq.node.border.silence_facts import SilenceFacts, Use

app = typer.Typer(no_args_is_help=True, help="Documents that make no candidate for one listed record.")
SilenceArgument = Annotated[str, typer.Argument(metavar="SILENCE", help="The id that `border silence list` prints.")]
VersionOption = Annotated[int, typer.Option(help="The version that you have read.")]
WhyOption = Annotated[str, typer.Option("--reason", help="Why: it is kept with the silence.")]


@app.command("list")
def listing(
    config: ConfigOption,
    name: AsOption,
    state: Annotated[str, typer.Option(help="asked, in-force, declined or ended; all without it.")] = "",
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print the latest silences that you may know of, with what each has silenced."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.border import silence_facts

    found = silence_facts.silences(actor, state)
    log_reading(actor, "border.silences", "border silence list", why=reason, also=[one.id for one in found])
    uses = silence_facts.uses([one.id for one in found])
    if as_json:
        told = {"silences": [plain(one, uses.get(one.id)) for one in found]}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in found:
        cells = plain(one, uses.get(one.id))
        names = ("silence", "state", "record", "ground", "since", "until", "silenced")
        typer.echo("\t".join(str(cells[cell]) for cell in names))


@app.command()
def show(
    silence: SilenceArgument,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print one silence: who asked and agreed, why, until when, and what it has silenced."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.border import silence_facts

    def load() -> SilenceFacts:
        return silence_facts.silence(silence, actor)

    found = read_of(actor, "border.silence", "border silence show", silence, load, reason)
    told = plain(found, silence_facts.uses([found.id]).get(found.id))
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for key, value in told.items():
        typer.echo(f"{key}\t{value}")


@app.command()
def ask(
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE", help="A rejected candidate.")],
    version: VersionOption,
    ground: Annotated[str, typer.Option(help="biometrics, document, owner or other.")],
    because: WhyOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Ask that the document of a rejected candidate makes no candidate for the same record; prints the silence."""
    asked = {"candidate": candidate, "version": version, "ground": ground, "reason": because}
    _do("ask-silence@1", "AskSilence", asked, config, name, password_file)


@app.command()
def agree(
    silence: SilenceArgument,
    version: VersionOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Agree to a silence as the second person, of another unit."""
    asked = {"silence": silence, "version": version, "verdict": "agree", "reason": ""}
    _do("decide-silence@1", "DecideSilence", asked, config, name, password_file)


@app.command()
def decline(
    silence: SilenceArgument,
    version: VersionOption,
    because: WhyOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Decline a silence, with a reason."""
    asked = {"silence": silence, "version": version, "verdict": "decline", "reason": because}
    _do("decide-silence@1", "DecideSilence", asked, config, name, password_file)


@app.command()
def end(
    silence: SilenceArgument,
    version: VersionOption,
    because: WhyOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """End a silence before its time, with a reason."""
    _do("end-silence@1", "EndSilence", {"silence": silence, "version": version, "reason": because}, config, name,
        password_file)  # fmt: skip


@app.command()
def tell(
    silence: SilenceArgument,
    version: VersionOption,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Tell the owner of the notice again, after the plan had refused it."""
    _do("tell-silence@1", "TellSilence", {"silence": silence, "version": version}, config, name, password_file)


def _do(act: str, request: str, asked: dict[str, Any], config: Any, name: str, password_file: Any) -> None:
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts import wire
    from mithaq.node.acts.perform import perform
    from mithaq.node.border import requests

    typer.echo(perform(act, wire.decode(getattr(requests, request), asked), actor))


def plain(one: SilenceFacts, use: Use | None) -> dict[str, Any]:
    """A silence as JSON tells it."""
    from mithaq.node.start import Node

    return {
        "silence": one.id,
        "version": one.version,
        "state": one.standing(Node.clock.now()),
        "record": one.reference,
        "owner": one.owner,
        "unit": one.unit,
        "partner": one.partner,
        "found_here": one.found_here,
        "ground": one.ground,
        "reason": one.reason,
        "asked_by": one.asked_by,
        "decided_by": one.decided_by,
        "answer": one.answer,
        "since": one.since.isoformat() if one.since else "",
        "until": one.until.isoformat() if one.until else "",
        "ended": one.ended,
        "silenced": use.number if use else 0,
    }
