"""`mithaq plan ...`: check, show, pin and sign a plan; what a node does with one is in `plan_node`.

Rule: stdout holds the answer and nothing else. Design: architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.exits import BAD_INPUT
from mithaq.errors import InputError, StateError
from mithaq.plan.document import Plan, plan_digest, read_plan
from mithaq.plan.form import plain
from mithaq.plan.pinning import pin_roots
from mithaq.plan.problems import PlanErrors
from mithaq.plan.signing import sign_plan
from mithaq.seal import keys
from mithaq.seal.keys import VerifyKey

app = typer.Typer(no_args_is_help=True, help="Check, show, pin, sign and enact an action plan.")
PlanFile = Annotated[Path, typer.Argument(metavar="FILE", help="The plan, a TOML file.")]


def register(root: typer.Typer) -> None:
    """Add the group to the command line, with the node's own commands where the node is installed."""
    try:
        plan_node = importlib.import_module("mithaq.cli.plan_node")
    except ModuleNotFoundError as missing:
        if missing.name != "mithaq.cli.plan_node":
            raise
    else:
        plan_node.register(app)
    root.add_typer(app, name="plan")


@app.command()
def check(file: PlanFile) -> None:
    """Check a plan; print every problem as `file:line: path: text` and exit with 5, or print its id and digest."""
    try:
        plan = _read(file)
    except PlanErrors as errors:
        typer.echo("\n".join(errors.lines()))
        raise typer.Exit(BAD_INPUT) from None
    typer.echo(f"{plan.id} {plan_digest(plan)}")


@app.command()
def show(
    file: PlanFile,
    lang: Annotated[str, typer.Option(help="The language to show: ar, fr, nl or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object: the plan and its digest.")] = False,
) -> None:
    """Show a plan, signed or still a draft, as people read it."""
    plan = _read(file, draft=True)
    if as_json:
        typer.echo(json.dumps({"digest": plan_digest(plan), "plan": plain(plan)}, ensure_ascii=False))
        return
    if lang not in plan.languages:
        raise InputError(
            "plan.language.none", f"The plan has no text in {lang}.", remedy=f"It has {', '.join(plan.languages)}."
        )
    from mithaq.cli.plan_page import print_plan

    print_plan(plan, lang, sys.stdout)


@app.command()
def pin(
    file: PlanFile,
    root: Annotated[list[str], typer.Option(metavar="PARTY=FILE", help="A party's public root key; repeat it.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the plan with its root keys.")],
) -> None:
    """Fill the parties' root keys into a draft; nothing else of the text changes."""
    roots = dict(_root(option) for option in root)
    text = pin_roots(_text(file), str(file), roots)
    plan = read_plan(text, str(out))
    _write(out, text.encode())
    typer.echo(f"{plan.id} {plan_digest(plan)}")


@app.command()
def sign(
    file: PlanFile,
    party: Annotated[str, typer.Option(help="The party that signs.")],
    key: Annotated[Path, typer.Option(help="The party's root key file.")],
    passphrase_file: Annotated[Path, typer.Option(help="A file with the passphrase of the root key.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the signature.")],
) -> None:
    """Sign a plan for a party with its root key."""
    plan = _read(file)
    root = keys.load_signing(key, _bytes(passphrase_file).rstrip(b"\r\n"))
    _write(out, sign_plan(plan, party, root))
    typer.echo(f"{plan.id} {plan_digest(plan)} {party}")


def _read(file: Path, *, draft: bool = False) -> Plan:
    return read_plan(_text(file), str(file), draft=draft)


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError("plan.utf8", "The file is not UTF-8 text.", where=f"{file}, offset {error.start}") from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError("plan.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None


def _root(option: str) -> tuple[str, VerifyKey]:
    party, _, name = option.partition("=")
    if not party or not name:
        raise InputError("plan.pin.option", "A root is named as PARTY=FILE.", remedy="Write --root MA=ma.pub.")
    try:
        return party, VerifyKey.parse(_bytes(Path(name)).decode("ascii", "replace").strip())
    except InputError as error:
        raise InputError(error.code, error.detail, remedy="Name the file of a public root key.", where=name) from None


def _write(out: Path, data: bytes) -> None:
    """Write a new file; an existing one is never overwritten, since it may be what others have signed."""
    try:
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as target:
            target.write(data)
    except FileExistsError:
        raise StateError("plan.out.exists", "The file exists.", remedy="Name a new one.", where=str(out)) from None
    except OSError as error:
        raise InputError("plan.file", f"The file cannot be written: {error.strerror}.", where=str(out)) from None
