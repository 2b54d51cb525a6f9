"""Whatever an act writes into the ledger has a word of its own on the ledger's page."""

from __future__ import annotations

import ast
from pathlib import Path

import mithaq.node
from mithaq.node.console.words import ledger

# The page makes a link of the one and a heading of the other.
SHOWN_OTHERWISE = {"message", "act"}
SOURCES = sorted(Path(mithaq.node.__file__).parent.rglob("*.py"))


def leaf_keys(tree: ast.AST) -> set[str]:
    """The keys of dictionaries that are given as `leaf`, assigned to it, or returned by a function named `..._leaf`."""
    found: list[ast.expr | None] = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.keyword) and node.arg == "leaf":
            found.append(node.value)
        elif any(isinstance(one, ast.Name) and one.id == "leaf" for one in targets):
            found.append(getattr(node, "value", None))
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("_leaf"):
            found += [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
    inside = [one for value in found if value is not None for one in ast.walk(value) if isinstance(one, ast.Dict)]
    keys = [key for one in inside for key in one.keys]
    return {key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)}


def test_every_fact_of_a_leaf_has_a_word() -> None:
    keys = set().union(*(leaf_keys(ast.parse(path.read_text(encoding="utf8"))) for path in SOURCES))
    assert {"record", "state", "candidates"} <= keys
    assert keys - ledger.WORDS["fact"].keys() - SHOWN_OTHERWISE == set()
