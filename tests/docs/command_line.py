"""The command line as one tree, for comparing documents with it."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import typer

from mithaq.cli import GROUPS


@cache
def root() -> Any:
    """`mithaq` with all its groups."""
    app = typer.Typer()
    for group in GROUPS:
        importlib.import_module(f"mithaq.cli.{group}").register(app)
    return typer.main.get_command(app)


def find(words: list[str]) -> Any:
    """The command that words lead to, such as `wanted draft`; None when there is none, or it is a group."""
    found = root()
    for word in words:
        found = getattr(found, "commands", {}).get(word)
    return None if found is None or getattr(found, "commands", None) else found


def options(command: Any) -> set[str]:
    """The options that a command knows."""
    return {option for parameter in command.params for option in parameter.opts}
