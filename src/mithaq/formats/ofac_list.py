"""OFAC's list of specially designated nationals (SDN) with its file of aliases (ALT), both CSV, as persons.

Rules: no header; `-0-` is nothing; only individuals are persons. Every record of the SDN file is used or reported,
`source_elements == len(persons) + len(reported)`, and so is every alias, `alias_elements == aliases_used +
len(aliases_reported)`. Of two records with one number the first is kept and the second reported. A file that ends
inside quotes is cut, and refused. An offset is a line here. Document: OFAC, "SDN data formats".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.country_names import country_code
from mithaq.formats.edifact import Warning
from mithaq.formats.listed_person import ListedPerson, distinct, papers_of, without
from mithaq.formats.ofac_remarks import Remarks, read_remarks, turned

__all__ = ["OfacList", "read_ofac_list"]

# The SDN file takes 6 MB with its 9,000 records, ALT 1 MB with 20,000.
MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 250_000
MAX_RECORD = 100_000
_COLUMNS, _ALIAS_COLUMNS = 12, 5
# The end-of-file mark that OFAC's files close with.
_END = "\x1a"


@dataclass(frozen=True, slots=True)
class OfacList:
    """The list: its persons, every record that is not one, every alias that has no person, what is not read of one."""

    persons: tuple[ListedPerson, ...]
    entities_count: int
    reported: tuple[Warning, ...]
    source_elements: int
    unread: tuple[Warning, ...] = ()
    alias_elements: int = 0
    aliases_used: int = 0
    aliases_reported: tuple[Warning, ...] = ()
    # The files say nowhere when they were made.
    generated: str = ""


def read_ofac_list(sdn: bytes | BinaryIO, alt: bytes | BinaryIO | None = None) -> OfacList:
    """Read the SDN file, with the names of the ALT file where it is given.

    Raises InputError `ofac_list.csv` (quotes that do not end, or a field without end: the line), `ofac_list.none`
    (another document) and `ofac_list.size`.
    """
    reading = _Reading()
    for line, row in _rows(reading.text(sdn)):
        reading.record(line, row)
    if not reading.persons and not reading.entities:
        detail = "The file holds no record of the SDN list."
        raise InputError("ofac_list.none", detail, remedy="Choose sdn.csv; alt.csv goes beside it.")
    for line, row in _rows(reading.text(alt)) if alt is not None else ():
        reading.alias(line, row)
    return OfacList(
        tuple(_person(one) for one in reading.persons.values()),
        reading.entities,
        tuple(reading.reported),
        reading.elements,
        tuple(reading.unread),
        reading.alias_elements,
        reading.alias_elements - len(reading.orphans),
        tuple(reading.orphans),
    )


@dataclass
class _Record:
    reference: str
    names: list[str]
    title: str
    remarks: Remarks


@dataclass
class _Reading:
    persons: dict[str, _Record] = field(default_factory=dict)
    reported: list[Warning] = field(default_factory=list)
    unread: list[Warning] = field(default_factory=list)
    orphans: list[Warning] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    entities: int = 0
    elements: int = 0
    alias_elements: int = 0

    def text(self, source: bytes | BinaryIO) -> str:
        """The text of a file; lines that are not in UTF-8 are told."""
        found, others = _text(source)
        self.unread += [Warning("ofac_list.encoding", line, "A line is not UTF-8 text.") for line in others]
        return found

    def record(self, line: int, row: list[str]) -> None:
        """Use or report one record of the SDN file."""
        self.elements += 1
        problem = self._problem(line, row)
        if problem:
            self.reported.append(problem)
            return
        number, name, _kind, _programme, title, *_ship, remarks = row
        self.seen.add(number)
        found = _Record(number, [turned(name)], title, read_remarks(remarks))
        self.persons[number] = found
        self._tell_unread(line, found.remarks)

    def _problem(self, line: int, row: list[str]) -> Warning | None:
        if len(row) != _COLUMNS:
            return Warning("ofac_list.columns", line, "A record without its columns.")
        if not row[0].isdigit() or not row[1]:
            return Warning("ofac_list.person", line, "A record without number or name.")
        if row[0] in self.seen:
            return Warning("ofac_list.twice", line, "A number that stands in the list twice.")
        if row[2] != "individual":
            self.entities += 1
            self.seen.add(row[0])
            return Warning("ofac_list.entity", line, "entity: not a person")
        return None

    def _tell_unread(self, line: int, remarks: Remarks) -> None:
        self.unread += [Warning("ofac_list.birth_date", line, "A birth date cannot be read.")] * remarks.unread
        nameless = [state for state in distinct(remarks.states) if country_code(state) is None]
        self.unread += [Warning("ofac_list.nationality", line, "A nationality has no code of today.") for _ in nameless]
        if remarks.cut:
            self.unread.append(Warning("ofac_list.cut", line, "The remarks are cut by their publisher."))

    def alias(self, line: int, row: list[str]) -> None:
        """Give one alias to its person, or report it."""
        self.alias_elements += 1
        if len(row) != _ALIAS_COLUMNS:
            self.orphans.append(Warning("ofac_list.columns", line, "A record without its columns."))
        elif row[0] in self.persons and row[3]:
            self.persons[row[0]].names.append(turned(row[3]))
        else:
            self.orphans.append(Warning("ofac_list.alias", line, "An alias of no person of the list."))


def _person(found: _Record) -> ListedPerson:
    remarks, names = found.remarks, distinct(found.names)
    states, papers = distinct(remarks.states), papers_of(remarks.papers)
    return ListedPerson(
        source="OFAC",
        reference=found.reference,
        names=names,
        weak_names=without(remarks.weak, names),
        birth_dates=distinct(remarks.births),
        nationalities=distinct(country_code(state) or "" for state in states),
        documents=tuple(paper.number for paper in papers),
        sex=remarks.sex,
        places=distinct(remarks.places),
        nationality_names=states,
        papers=papers,
        remarks=distinct((found.title, *remarks.others)),
    )


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines' numbers and fields, trimmed, nothing for `-0-`; blank lines and the end mark are no records."""
    lines = _Lines(io.StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
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


def _text(source: bytes | BinaryIO) -> tuple[str, list[int]]:
    """The text, each line in UTF-8 or else in the code page in which OFAC wrote before, and the lines in that one."""
    data = source if isinstance(source, bytes) else source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _size()
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
