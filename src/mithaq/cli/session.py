"""Opens a node for one command: its configuration, its database as a role, and the person who acts.

Rule: whoever acts proves who he is, on the command line as on a page.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from mithaq.errors import ConfigError
from mithaq.node.acts.definition import Actor
from mithaq.node.config import Config, read_config

T = TypeVar("T")

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", envvar="MITHAQ_CONFIG", help="The node's configuration, node.toml.")
]
AsOption = Annotated[str, typer.Option("--as", envvar="MITHAQ_AS", help="The name of the person who acts.")]
PasswordOption = Annotated[
    Path | None,
    typer.Option("--password-file", envvar="MITHAQ_PASSWORD_FILE", help="A file with the password; else it is asked."),
]
ReasonOption = Annotated[
    str, typer.Option("--reason", envvar="MITHAQ_REASON", help="Why you read this, where the plan asks for a reason.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]


def open_node(path: Path, role: str = "console") -> Config:
    """Configure Django for one command; the embedded database is started if it is not running, and stopped then."""
    from mithaq.node import database, start

    config = read_config(path)
    if config.embedded is not None and not database.is_running(config):
        if not (config.embedded / "PG_VERSION").exists():
            raise ConfigError("node.new", "This node has no database yet.", remedy="Run: mithaq node init.")
        database.start_embedded(config)
        atexit.register(database.stop_embedded, config)
    start.start(config, role, database.url_of(config, role))
    return config


def person(name: str, password_file: Path | None) -> Actor:
    """The person who acts, proved by password, and by a code of who has a second factor (`MITHAQ_CODE`, or asked)."""
    from mithaq.node.accounts import facts

    if password_file is not None:
        if not password_file.exists():
            raise ConfigError("config.secret", "The password file is missing.", where=str(password_file))
        password = password_file.read_text(encoding="utf8").strip()
    elif sys.stdin.isatty():
        password = typer.prompt(f"Password of {name}", hide_input=True, err=True)
    else:
        password = os.environ.get("MITHAQ_PASSWORD", "")
    return facts.prove(name, password, _code)


def _code() -> str:
    # Asked for only of a person who has a second factor.
    if given := os.environ.get("MITHAQ_CODE", ""):
        return given
    if sys.stdin.isatty():
        return str(typer.prompt("Code of the app, or a recovery code", err=True))
    return ""


def progress(items: list[T], text: str, work: Callable[[T], None]) -> None:
    """Run `work` over items with a bar on stderr."""
    from rich.console import Console
    from rich.progress import track

    for item in track(items, text, console=Console(stderr=True), disable=not sys.stderr.isatty()):
        work(item)
