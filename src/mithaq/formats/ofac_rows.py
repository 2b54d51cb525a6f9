"""The records of OFAC's CSV files: no header, `-0-` for nothing, and a mark at the end of the file.

Rules: a file that ends inside quotes is cut, and refused; one without its mark at the end is told; a line that is not
UTF-8 is read in the code page in which OFAC wrote before, and told; bytes, records and the length of one are bounded.
Document: OFAC, "SDN data formats".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.pages import PAGE_HEAD, is_page, page

# The SDN file takes 6 MB with its 9,000 records, ALT 1 MB with 20,000.
MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 250_000
MAX_RECORD = 100_000
# The end-of-file mark that OFAC's files close with.
_END = "\x1a"


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines' numbers and fields, trimmed, nothing for `-0-`; blank lines and the end mark are no records.

    Raises InputError `ofac_list.csv` (quotes that do not end, or a record without end: the line) and `ofac_list.size`.
    """
    lines = _Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines, skipinitialspace=True, strict=True)
    try:
        for count, row in enumerate(reader):
            lines.taken = 0
            if count >= MAX_ROWS:
                raise _size()
            fields = [" ".join(one.split()) for one in row]
            if fields not in ([], [""], [_END]):
                yield reader.line_num, ["" if one == "-0-" else one for one in fields]
    except csv.Error:
        raise InputError(
            "ofac_list.csv",
            "The file cannot be read to its end: quotes do not close as they must.",
            remedy="Fetch the file again.",
            where=f"line {reader.line_num}",
        ) from None


def lacks_end(text: str) -> bool:
    """Whether a file's text does not end with the mark: cut between two records it looks whole otherwise."""
    return not text.rstrip().endswith(_END)


def _size() -> InputError:
    detail = "The file is larger than 32 MiB, or has more records than the list."
    return InputError("ofac_list.size", detail, remedy="Choose the list itself.")


@dataclass
class _Lines:
    """The lines of a file; ends with csv.Error where those of one record are longer than any."""

    source: io.StringIO
    taken: int = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.source:
            self.taken += len(line)
            if self.taken > MAX_RECORD:
                raise csv.Error
            yield line


def text(source: bytes | BinaryIO) -> tuple[str, list[int]]:
    """The text, each line in UTF-8 or else in the code page in which OFAC wrote before, and the lines in that one.

    Raises InputError `ofac_list.size`, and `read.page` for a web page.
    """
    data = source if isinstance(source, bytes) else source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _size()
    if is_page(data[:PAGE_HEAD]):
        raise page()
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        lines, others = data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), []
    texts = []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(line.decode("cp1252", "replace"))
            others.append(number)
    return "\n".join(texts), others
