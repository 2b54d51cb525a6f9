"""The settings of instruments that the source reads, found in its syntax trees: no list of them is kept by hand.

A setting is read from `clause.settings`, from what `instruments.settings(...)` gives, or through a function `setting`
that looks there for a post and a feed; a name that stands for a constant is followed, also into another module.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.docs.constructed import SRC


def read() -> dict[str | None, set[str]]:
    """Each setting with the modules that read it; None for names that are known only at run time."""
    trees = {path.relative_to(SRC).as_posix(): ast.parse(path.read_text("utf8")) for path in sorted(SRC.rglob("*.py"))}
    constants = {module: _constants(tree) for module, tree in trees.items()}
    found: dict[str | None, set[str]] = {}
    for module, tree in trees.items():
        if not module.startswith("node/account"):  # `settings` there are Django's
            for key in in_module(tree):
                found.setdefault(_value(key, module, constants), set()).add(module)
    return found


def in_module(tree: ast.Module) -> Iterator[ast.expr]:
    """The keys that a module takes out of settings."""
    names = {"settings"} | {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target, value in _pairs(node)
        if isinstance(target, ast.Name) and _gives_settings(value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_settings(node.value, names):
            yield node.slice
        elif isinstance(node, ast.Call) and node.args:
            called = node.func
            if (isinstance(called, ast.Attribute) and called.attr == "get" and _is_settings(called.value, names)) or (
                isinstance(called, ast.Name) and called.id == "setting"
            ):
                yield node.args[0]


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=False)
        else:
            yield target, node.value


def _gives_settings(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "settings"


def _is_settings(node: ast.expr, names: set[str]) -> bool:
    plain = isinstance(node, ast.Name) and node.id in names
    return plain or _gives_settings(node) or (isinstance(node, ast.Attribute) and node.attr == "settings")


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            for target, value in _pairs(node):
                if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found[target.id] = value.value
    return found


def _value(key: ast.expr, module: str, constants: dict[str, dict[str, str]]) -> str | None:
    if isinstance(key, ast.Constant):
        return str(key.value)
    if isinstance(key, ast.Name):
        return constants[module].get(key.id)
    if isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name):
        beside = f"{module.rpartition('/')[0]}/{key.value.id}.py"
        return constants.get(beside, {}).get(key.attr)
    return None
