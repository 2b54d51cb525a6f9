"""`mithaq exchange dead-letters, send-again, mend, close, open-again`: what came to nothing, and what is done about it.

Rule: a letter is its unit's, on the command line as on the page; a partner's ground is shown as a code. Design:
exchange, "Delivery".
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli import session
from mithaq.cli.reading import log_reading, read_of
from mithaq.cli.session import AsOption, ConfigOption, JsonOption, PasswordOption, ReasonOption
from mithaq.errors import InputError, StateError

if TYPE_CHECKING:
    from mithaq.node.exchange.letters import Letter

LIMIT = 32 * 1024 * 1024
LetterArgument = Annotated[str, typer.Argument(metavar="LETTER", help="The id that `exchange dead-letters` printed.")]


def register(group: typer.Typer) -> None:
    """Add the commands to the group `exchange`."""
    group.command("dead-letters")(dead_letters)
    group.command("dead-letter")(dead_letter)
    group.command("send-again")(send_again)
    group.command("mend")(mend)
    group.command("close")(close)
    group.command("open-again")(open_again)


def dead_letters(
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, latest first.")] = 100,
    before: Annotated[str, typer.Option(help="Go on where an earlier call ended: the place that it printed.")] = "",
    as_json: JsonOption = False,
) -> None:
    """List what your unit sent and nobody accepted, what was put aside, and files that were refused."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.exchange import letters

    log_reading(actor, "exchange.letters", "exchange dead-letters")
    page = letters.page(actor, before, limit)
    if as_json:
        plain = {"letters": [_plain(one) for one in page.letters], "earlier": page.earlier}
        typer.echo(json.dumps(plain, ensure_ascii=False))
        return
    for one in page.letters:
        typer.echo("\t".join((one.id, one.kind, one.act, one.reference, one.ground, _text(one))))
    if page.earlier:
        typer.echo(f"older ones follow: --before {page.earlier}", err=True)


def dead_letter(
    letter: LetterArgument,
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
    out: Annotated[Path | None, typer.Option("--bytes", help="Write what is kept of a refused file there.")] = None,
    reason: ReasonOption = "",
    as_json: JsonOption = False,
) -> None:
    """Print one dead letter; of a refused file also the bytes around the place at fault."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.exchange import files, letters
    from mithaq.node.start import Node

    found = read_of(
        actor,
        "exchange.letter-bytes" if out else "exchange.letter",
        "exchange dead-letter",
        letter,
        lambda: letters.letter(letter, actor),
        reason,
    )
    start, data = files.part(letter, Node.clock.now()) if found.file else (0, b"")
    if out is not None:
        _write(out, data)
    rows = files.dump(data, start, found.file.place) if found.file else ()
    if as_json:
        shown = [{"offset": row.offset, "bytes": row.hexadecimal, "text": row.text} for row in rows]
        typer.echo(json.dumps({**_plain(found), "around": shown}, ensure_ascii=False))
        return
    for field, value in _plain(found).items():
        typer.echo(f"{field}\t{value}")
    for row in rows:
        typer.echo(f"{row.offset:08}  {row.hexadecimal:<48} {row.before}{f'[{row.at}]' if row.at else ''}{row.after}")


def send_again(
    letter: LetterArgument, config: ConfigOption, name: AsOption, password_file: PasswordOption = None
) -> None:
    """Send the record of a dead letter again, as it is now, as a new message."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.exchange.requests import SendAgain

    typer.echo(perform("send-again@1", SendAgain(letter), actor))


def mend(
    letter: LetterArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The mended file.")],
    config: ConfigOption,
    name: AsOption,
    more: Annotated[Path | None, typer.Option("--more", help="OFAC's second file, alt.csv.")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="Of the own list as a table (CSV): what its columns are.")
    ] = None,
    password_file: PasswordOption = None,
) -> None:
    """Bring a mended file in the place of a refused one; prints the record that it made, and closes the letter."""
    data = _bytes(file)
    beside = {word: _bytes(path) for word, path in (("more", more), ("mapping", mapping)) if path}
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.exchange import mending

    log_reading(actor, "exchange.letter-mend", "exchange mend", letter)
    done = mending.mend(letter, file.name, data, beside, actor)
    typer.echo((done.file and done.file.later_record) or done.id)


def close(
    letter: LetterArgument,
    reason: Annotated[str, typer.Option(help="Why nothing more is done about it.")],
    config: ConfigOption,
    name: AsOption,
    password_file: PasswordOption = None,
) -> None:
    """Close a dead letter, for a reason that is kept."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.exchange.requests import CloseDeadLetter

    typer.echo(perform("close-dead-letter@1", CloseDeadLetter(letter, reason), actor))


def open_again(
    letter: LetterArgument, config: ConfigOption, name: AsOption, password_file: PasswordOption = None
) -> None:
    """Let the worker try a message again that was put aside, after the software was mended."""
    session.open_node(config)
    actor = session.person(name, password_file)
    from mithaq.node.acts.perform import perform
    from mithaq.node.exchange.requests import OpenAgain

    typer.echo(perform("open-again@1", OpenAgain(letter), actor))


def _bytes(file: Path) -> bytes:
    try:
        # One byte more than is taken, so that the act itself says that it is too large.
        with file.open("rb") as source:
            return source.read(LIMIT + 1)
    except OSError as error:
        raise InputError("letter.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None


def _plain(one: Letter) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "letter": one.id,
        "kind": one.kind,
        "act": one.act,
        "unit": one.unit,
        "reference": one.reference,
        "ground": one.ground,
        "since": _text(one),
        "handled": one.handled.how if one.handled else "",
    }
    if one.sent:
        return {**plain, "recipient": one.sent.recipient, "message": one.sent.journey.message}
    if one.file:
        return {**plain, "where": one.file.where, "size": one.file.size, "digest": one.file.digest}
    return plain


def _text(one: Letter) -> str:
    return one.since.isoformat().replace("+00:00", "Z")


def _write(out: Path, data: bytes) -> None:
    if not data:
        raise StateError("letter.bytes", "No bytes of this letter are kept (any more).")
    try:
        # Bytes of travellers: for the one who asked and for nobody else on this machine.
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(data)
    except OSError as error:
        raise InputError("letter.file", f"The file cannot be written: {error.strerror}.", where=str(out)) from None
