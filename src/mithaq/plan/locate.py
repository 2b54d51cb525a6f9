"""The line of every key, table and array element of a TOML text, which `tomllib` does not give.

Rule: for any text that `tomllib` accepts, every path of the parsed value has a line; this module never decides what is
valid. A path is a tuple of keys and indices: ("lines", 0, "clauses", 1, "acts"). Documents: TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*(\.)?""")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[Path, int]:
    """The line, from 1, of each path of a text that `tomllib` has accepted."""
    return _Scan(text).run()


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path or, when it is missing from the text, of the nearest thing around it; 0 for none."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)


class _Scan:
    """A cursor over the text; `lines` fills as it moves."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[Path, int] = {}
        self.elements: dict[Path, int] = {}  # arrays of tables, and how many elements each has so far
        self.counted, self.line = 0, 1

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self.blank() < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self.element(self.header(2))
            elif self.text.startswith("[", self.at):
                table = self.resolved(self.header(1))
                self.mark(table)
            else:
                self.pair(table)
        return self.lines

    def blank(self) -> int:
        """Skip white space and comments; the position after them."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def mark(self, path: Path) -> None:
        """The path is here, and so is whatever is around it and has no place yet."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        for depth in range(len(path), -1, -1):
            self.lines.setdefault(path[:depth], self.line)

    def keys(self) -> Path:
        """The parts of a dotted key at the cursor."""
        parts: list[str | int] = []
        while found := _KEY.match(self.text, self.at):
            self.at, part = found.end(), found[1]
            parts.append(tomllib.loads(f"_ = {part}")["_"] if part[0] in "\"'" else part)
            if not found[2]:
                break
        return tuple(parts)

    def header(self, width: int) -> Path:
        """The keys of a `[table]` (width 1) or `[[array of tables]]` (width 2) header."""
        self.at += width
        keys = self.keys()
        self.at += width
        return keys

    def resolved(self, keys: Path) -> Path:
        """The path of dotted keys: within an array of tables its last element is meant."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.elements:
                path = (*path, self.elements[path] - 1)
        return path

    def element(self, keys: Path) -> Path:
        array = (*self.resolved(keys[:-1]), keys[-1])
        self.mark(array)
        path = (*array, self.elements.get(array, 0))
        self.elements[array] = self.elements.get(array, 0) + 1
        self.mark(path)
        return path

    def pair(self, table: Path) -> None:
        self.blank()
        self.mark(table)
        start = self.at
        keys = self.keys()
        after, self.at = self.at, start
        self.mark((*table, *keys))
        self.at = self.text.index("=", after) + 1
        self.value((*table, *keys))

    def value(self, path: Path) -> None:
        self.blank()
        self.mark(path)
        if self.text.startswith("[", self.at):
            self.inside("]", lambda index: self.value((*path, index)))
        elif self.text.startswith("{", self.at):
            self.inside("}", lambda _: self.pair(path))
        else:
            found = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = found.end() if found else len(self.text)

    def inside(self, close: str, item: object) -> None:
        """Read the items of an array or inline table up to its closing sign."""
        assert callable(item)
        self.at += 1
        index = 0
        while self.blank() < len(self.text) and not self.text.startswith(close, self.at):
            item(index)
            index += 1
            if self.blank() < len(self.text) and self.text[self.at] == ",":
                self.at += 1
        self.at += 1
