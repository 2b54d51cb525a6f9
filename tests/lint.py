"""Own lint rules, run by `make check`: lines `path:line: rule: what`; `tests/test_lint.py` breaks each rule once.

writes   .save, .create, .update, .delete and bulk writes stand only in node/acts and migrations
names    no module or class is called util, helper, common, misc, base, manager, handler or process
docs     every module says in a docstring what it is
queries  views and forms of the node never touch models or QuerySets
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src" / "mithaq"
WRITES = frozenset(
    {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
)
FORBIDDEN = frozenset({"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "handler", "process"})


def check(path: Path, text: str) -> Iterator[str]:
    """All findings in one module of `src/mithaq`; `path` is relative to that folder."""
    tree = ast.parse(text)
    if "migrations" in path.parts:
        return
    for rule in (_docs, _names, _writes, _queries):
        yield from (f"{path}:{line}: {rule.__name__.strip('_')}: {what}" for line, what in rule(path, tree))


def _docs(_path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if not ast.get_docstring(tree) and tree.body:
        yield 1, "the module has no docstring"


def _names(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.stem in FORBIDDEN:
        yield 1, f"a module is not called {path.stem}"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name.lower() in FORBIDDEN:
            yield node.lineno, f"a class is not called {node.name}"


def _writes(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.parts[0] != "node" or path.parts[:2] == ("node", "acts"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = ast.unparse(node.func.value)
            # Plain dictionaries and sets have `update`, too: what is written is a model, a manager or a QuerySet.
            if "objects" in owner or node.func.attr in {"save", "bulk_create", "bulk_update", "create"}:
                yield node.lineno, f"{owner}.{node.func.attr} writes outside node/acts"


def _queries(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    if path.parts[0] != "node" or path.stem not in {"views", "forms"}:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".models"):
            yield node.lineno, f"a {path.stem} module imports {node.module}"
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield node.lineno, "a view or form reads a QuerySet"


def main() -> int:
    """Print all findings; 1 when there are any."""
    found = [
        line
        for path in sorted(SRC.rglob("*.py"))
        for line in check(path.relative_to(SRC), path.read_text(encoding="utf8"))
    ]
    print("\n".join(found) or "lint: no findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
