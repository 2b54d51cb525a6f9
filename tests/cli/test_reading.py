"""Every command, enumerated: one that prints records logs the reading first, or performs an act (safeguard 7)."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from tests.docs import command_line

# What leaves a row of the access log, or a leaf.
LEAVES = {"log_reading", "read_of", "perform", "read", "reads", "looked", "access", "take", "release", "do", "shut_out"}
# Groups that open no node, or set one up: nothing of a person is read.
NO_NODE = {"keys", "ledger", "screen", "formats", "plan", "node", "names", "index"}
# Commands that tell nothing of a person sought, and why.
SILENT = {
    ("exchange", "status"): "counts of what waits",
    ("oversight", "verify"): "numbers of rows",
    ("oversight", "check"): "a file, without a node",
    ("people", "confirm"): "an act, performed in node/accounts/deciding.py; tests/node/accounts/test_people.py",
    ("people", "refuse"): "an act, performed in node/accounts/deciding.py; tests/node/accounts/test_people.py",
}


def commands() -> dict[tuple[str, ...], Any]:
    """Every command by its words."""

    def walk(words: tuple[str, ...], found: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        inner = getattr(found, "commands", None)
        if not inner:
            yield words, found.callback
            return
        for name, one in inner.items():
            yield from walk((*words, name), one)

    return dict(walk((), command_line.root()))


def calls(function: Any) -> set[str]:
    """The names of what a function calls, and of what the functions of its module that it calls call."""
    function = inspect.unwrap(function)
    tree = ast.parse(inspect.getsource(inspect.getmodule(function)))  # type: ignore[arg-type]
    bodies = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    found: set[str] = set()
    waiting = [function.__name__]
    while waiting:
        for node in ast.walk(bodies[waiting.pop()]):
            # A function that is handed on, as work over many, is called as well.
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            if name and name not in found:
                found.add(name)
                waiting += [name] if name in bodies else []
    return found


def test_there_are_commands_and_no_exception_is_stale() -> None:
    assert len(commands()) > 40
    assert set(SILENT) <= set(commands())
    assert {words[0] for words in commands()} >= NO_NODE
    assert "log_reading" in calls(commands()["wanted", "list"])


def of_records() -> list[tuple[str, ...]]:
    """The commands that read or change records of a node."""
    return sorted(words for words in commands() if words[0] not in NO_NODE and words not in SILENT)


@pytest.mark.parametrize("words", of_records(), ids=" ".join)
def test_a_command_leaves_a_row_or_a_leaf(words: tuple[str, ...]) -> None:
    assert calls(commands()[words]) & LEAVES, " ".join(words)
