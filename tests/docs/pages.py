"""The written documents, read so that tests can compare them with the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^\| `([^`]+)` \|(.+)\|$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def text(name: str) -> str:
    """A document by its path from the root."""
    return (ROOT / name).read_text(encoding="utf8")


def documents() -> list[str]:
    """Every document of the project."""
    skipped = {".venv", "node_modules", "demo-run"}
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.md")
        if not skipped & set(path.relative_to(ROOT).parts) and not path.relative_to(ROOT).parts[0].startswith(".")
    )


def rows(document: str) -> dict[str, list[str]]:
    """Rows of tables by the code in their first column, with their other cells."""
    return {code: [cell.strip() for cell in rest.split("|")] for code, rest in _ROW.findall(document)}


def sections(document: str) -> dict[str, str]:
    """Sections of the second level by their heading."""
    parts = re.split(r"^## (.+)$", document, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def links(document: str) -> Iterator[str]:
    """Targets of links."""
    yield from _LINK.findall(document)


def anchors(document: str) -> set[str]:
    """The anchors of headings, as they are usually made."""
    headings = re.findall(r"^#+ (.+)$", document, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def shell(document: str) -> list[str]:
    """The lines of its ```sh blocks."""
    blocks = re.findall(r"^```sh\n(.*?)^```", document, re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
