"""Links of all documents resolve, and ARCHITECTURE.md names files and functions that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.docs import pages

ARCHITECTURE = pages.text("ARCHITECTURE.md")
# Where a path in ARCHITECTURE.md may begin.
ROOTS = ("", "src/mithaq/", "src/mithaq/node/")
_PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|md|toml))(?:: (\w+(?:, \w+)*))?`")
_FOLDER = re.compile(r"`((?:[\w-]+/)+[\w-]*)`")


@pytest.mark.parametrize("page", pages.documents())
def test_links_resolve(page: str) -> None:
    for target in pages.links(pages.text(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (pages.ROOT / page).parent / path if path else pages.ROOT / page
        assert found.exists(), f"{page}: {target}"
        if anchor:
            assert anchor in pages.anchors(found.read_text(encoding="utf8")), f"{page}: {target}"


def located(path: str) -> Path | None:
    return next((found for root in ROOTS if (found := pages.ROOT / root / path).exists()), None)


def defined(path: Path) -> set[str]:
    """The names that a module defines at its top, and the methods of its classes."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def test_files_of_the_architecture_exist() -> None:
    named = _PATH.findall(ARCHITECTURE)
    assert len(named) > 20
    missing = [path for path, _ in named if located(path) is None and "/" in path]
    assert not missing


def test_functions_of_the_architecture_exist() -> None:
    named = [(path, name) for path, names in _PATH.findall(ARCHITECTURE) if names for name in names.split(", ")]
    assert len(named) > 10
    missing = [f"{path}: {name}" for path, name in named if (found := located(path)) and name not in defined(found)]
    assert not missing


def test_folders_of_the_architecture_exist() -> None:
    assert not [path for path in _FOLDER.findall(ARCHITECTURE) if located(path) is None]


def test_the_map_is_the_tree() -> None:
    """Every file and folder that the map draws is there."""
    (block,) = re.findall(r"^## Map\n+```\n(.*?)^```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    place: list[tuple[int, str]] = []
    seen = 0
    for line in block.splitlines():
        indent = len(line) - len(line.lstrip())
        place = [(depth, name) for depth, name in place if depth < indent]
        head = re.split(r"\s{2,}", line.strip())[0] if indent else line.strip()
        for name in re.findall(r"[\w./-]+(?:/|\.py)(?=\s|$)", head):
            path = pages.ROOT / "".join(parent for _, parent in place) / name
            assert path.exists(), str(path.relative_to(pages.ROOT))
            seen += 1
            last = name
        if head.split()[-1:] == [head] and head.endswith("/"):
            place.append((indent, last))
    assert seen > 15
