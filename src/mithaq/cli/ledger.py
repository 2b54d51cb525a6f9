"""`mithaq ledger verify BUNDLE`: proves one exchanged message, or one erasure, offline, with no access to either node.

Rule: stdout holds the numbered checks and the story, or one JSON object with --json; exit status 0 when all hold, 1
when one fails, 5 when the file cannot be read. Design: exchange, "Ledger".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.exits import FINDING
from mithaq.errors import InputError
from mithaq.ledger.erasure import ErasureReport
from mithaq.ledger.evidence import MAX_BUNDLE
from mithaq.ledger.report import Check, Report
from mithaq.ledger.verify import verify_file
from mithaq.seal.keys import VerifyKey

app = typer.Typer(no_args_is_help=True, help="Proofs of what was exchanged.")


def register(parent: typer.Typer) -> None:
    """Add `ledger` to the command line."""
    parent.add_typer(app, name="ledger")


@app.callback()
def _group() -> None:
    """Proofs of what was exchanged."""


@app.command("verify")
def verify_bundle(
    bundle: Annotated[Path, typer.Argument(help="The evidence bundle, a JSON file.")],
    root: Annotated[list[str], typer.Option(help="A party's root key that you hold: MA=ed25519:...")] = [],  # noqa: B006
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Verify an evidence bundle offline and tell what it proves."""
    report = verify_file(bytes_of(bundle), dict(map(pinned, root)))
    if as_json:
        typer.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2, sort_keys=True))
    else:
        _print(report)
    if not report.ok:
        raise typer.Exit(FINDING)


def bytes_of(path: Path) -> bytes:
    """The bytes of a bundle, one more at most than it may have. InputError `ledger.bundle.file`."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to know that it is too large.
            return file.read(MAX_BUNDLE + 1)
    except OSError as error:
        raise InputError("ledger.bundle.file", f"The file cannot be read: {error.strerror}.", where=str(path)) from None


def pinned(text: str) -> tuple[str, VerifyKey]:
    """A root that the caller holds, of `PARTY=KEY`. InputError `ledger.root`."""
    party, equals, key = text.partition("=")
    if not party or not equals:
        raise InputError("ledger.root", "A root is written PARTY=ed25519:...", where=text)
    return party, VerifyKey.parse(key)


def _print(report: Report | ErasureReport) -> None:
    for check in report.checks:
        typer.echo(_line(check))
    typer.echo("")
    for sentence in report.story:
        typer.echo(sentence)


def _line(check: Check) -> str:
    line = f"{check.number}  {check.result:<11}  {check.name}"
    return line if check.result == "ok" else f"{line}: {check.detail} [{check.code}]"
