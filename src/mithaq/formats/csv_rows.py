"""Rows of a CSV with the line where each begins, whatever encoding and delimiter the sender took.

Rules: encoding and delimiter are found in the content unless they are given, and what was taken is told; a row that
cannot be read is told and the next line begins anew, so that one open quote does not swallow the file. Bytes, rows and
cells are bounded. Document: RFC 4180.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mithaq.errors import InputError
from mithaq.formats.reading import Warning
from mithaq.formats.text import Text, decode

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 200_000
MAX_LINES = 1_000_000
MAX_CELLS = 1000
# A quoted cell may hold line ends; more lines than this are a quote that somebody forgot.
MAX_LINES_A_ROW = 20
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAID = re.compile(r"sep=(.)")


@dataclass(slots=True)
class Rows:
    """The rows of a file: `lines` as decoded, `delimiter`, what was told of both; `left` grows while they are read."""

    lines: Sequence[str]
    delimiter: str
    first: int
    warnings: list[Warning] = field(default_factory=list)
    left: list[Warning] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row that is not empty. Raises InputError `csv.size` for too many."""
        place, count = self.first, 0
        while place < len(self.lines):
            if not self.lines[place].strip():
                place += 1
                continue
            count += 1
            if count > MAX_ROWS:
                raise _size(f"line {place + 1}")
            cells, taken = self._row(place)
            if cells is None:
                detail = "A row cannot be read: its quotes do not end as they should, or it has too many cells."
                self.left.append(Warning("csv.row", f"line {place + 1}", detail))
            elif any(cell.strip() for cell in cells):
                yield place + 1, cells
            place += taken

    def _row(self, place: int) -> tuple[list[str] | None, int]:
        """Cells and number of lines of the row that begins at a line; None and one line when it cannot be read."""
        if '"' not in self.lines[place]:
            cells = self.lines[place].split(self.delimiter, MAX_CELLS)
            return (cells if len(cells) <= MAX_CELLS else None), 1
        reader = csv.reader(
            (f"{line}\n" for line in self.lines[place : place + MAX_LINES_A_ROW]), delimiter=self.delimiter, strict=True
        )
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            return None, 1
        return (cells, reader.line_num) if len(cells) <= MAX_CELLS else (None, 1)


def rows_of(data: bytes, delimiter: str = "", encoding: str = "") -> Rows:
    """The rows of a file. Raises InputError `csv.size`, and `csv.none` when it is no text."""
    if len(data) > MAX_BYTES:
        raise _size("")
    text = _text(data, encoding)
    if "\0" in text.characters or not text.characters.strip():
        raise InputError("csv.none", "The file is no table of text.", remedy="Save it as CSV, in UTF-8.")
    # Lines of a file are what its editor counts: not the further separators that `splitlines` knows.
    if text.characters.count("\n") + text.characters.count("\r") > MAX_LINES:
        raise _size("")
    lines = _LINE_END.split(text.characters)
    said = _SAID.fullmatch(lines[0].strip("\r\n "))
    rows = Rows(lines, delimiter or (said[1] if said else _delimiter(lines)), 1 if said else 0)
    if rows.delimiter in {'"', "\r", "\n", " "}:
        rows.delimiter = ","
    _tell(rows, text, found=not delimiter, assumed=not encoding)
    return rows


def _text(data: bytes, encoding: str) -> Text:
    if not encoding:
        return decode(data)
    found = data.decode(encoding, "replace").removeprefix("\ufeff")
    return Text(found, encoding, unreadable=found.count("\ufffd"))


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that divides most of the first lines alike; a title above the headings has none of it."""
    held = [line for line in lines[:50] if line.strip()][:20]

    def likeness(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in held if (count := line.count(sign)))
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    best = max(DELIMITERS, key=likeness)
    return best if likeness(best) > (0, 0) else ","


def _tell(rows: Rows, text: Text, *, found: bool, assumed: bool) -> None:
    if assumed and text.encoding != "utf-8":
        detail = "The text was read as {encoding}, which its bytes look like."
        rows.warnings.append(Warning("csv.encoding", "line 1", detail, {"encoding": text.encoding}))
    if text.unreadable:
        detail = "{count} letters cannot be read in {encoding}."
        where = next(number for number, line in enumerate(rows.lines, 1) if "\ufffd" in line)
        values: dict[str, str | int] = {"count": text.unreadable, "encoding": text.encoding}
        rows.warnings.append(Warning("csv.unreadable", f"line {where}", detail, values))
    if found:
        name = DELIMITERS.get(rows.delimiter, rows.delimiter)
        detail = "The cells were found to be divided by this sign: {delimiter}."
        rows.warnings.append(Warning("csv.delimiter", "line 1", detail, {"delimiter": name}))


def _size(where: str) -> InputError:
    detail = "The file is larger than 16 MiB or has more than 200,000 rows."
    return InputError("csv.size", detail, remedy="Split it.", where=where)
