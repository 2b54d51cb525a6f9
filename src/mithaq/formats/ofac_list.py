"""OFAC's list of specially designated nationals (SDN) with its file of aliases (ALT), both CSV, as persons.

Rules: no header; `-0-` is nothing; only individuals are persons. Every record of the SDN file is used or reported,
`source_elements == len(persons) + len(reported)`, and so is every alias, `alias_elements == aliases_used +
len(aliases_reported)`. Of two records with one number the first is kept and the second reported. A file that ends
inside quotes is cut, and refused; one without its end mark is told. An offset is a line here. Document: OFAC, "SDN
data formats".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from mithaq.errors import InputError
from mithaq.formats.country_names import country_code
from mithaq.formats.edifact import Warning
from mithaq.formats.listed_person import ListedPerson, distinct, papers_of, without
from mithaq.formats.ofac_remarks import Remarks, read_remarks, turned
from mithaq.formats.ofac_rows import MAX_BYTES, lacks_end, rows, text
from mithaq.formats.person_list import PersonList

__all__ = ["MAX_BYTES", "OfacList", "read_ofac_list"]

_COLUMNS, _ALIAS_COLUMNS = 12, 5


@dataclass(frozen=True, slots=True)
class OfacList(PersonList):
    """The list, with its aliases and every alias that has no person. Its files say nowhere when they were made."""

    alias_elements: int = 0
    aliases_used: int = 0
    aliases_reported: tuple[Warning, ...] = ()


def read_ofac_list(sdn: bytes | BinaryIO, alt: bytes | BinaryIO | None = None) -> OfacList:
    """Read the SDN file, with the names of the ALT file where it is given.

    Raises InputError `ofac_list.csv` (quotes that do not end, or a field without end: the line), `ofac_list.none`
    (another document), `ofac_list.size`, and `read.page` for a web page.
    """
    reading = _Reading()
    for line, row in rows(reading.text(sdn)):
        reading.record(line, row)
    if not reading.persons and not reading.entities:
        detail = "The file holds no record of the SDN list."
        raise InputError("ofac_list.none", detail, remedy="Choose sdn.csv; alt.csv goes beside it.")
    for line, row in rows(reading.text(alt)) if alt is not None else ():
        reading.alias(line, row)
    return OfacList(
        tuple(_person(one) for one in reading.persons.values()),
        reading.entities,
        tuple(reading.reported),
        reading.elements,
        tuple(reading.unread),
        alias_elements=reading.alias_elements,
        aliases_used=reading.alias_elements - len(reading.orphans),
        aliases_reported=tuple(reading.orphans),
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
        found, others = text(source)
        self.unread += [Warning("ofac_list.encoding", line, "A line is not UTF-8 text.") for line in others]
        if lacks_end(found):
            detail = "The file lacks the mark that it ends with: its end may be missing."
            self.unread.append(Warning("ofac_list.end", found.count("\n") + (not found.endswith("\n")), detail))
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
        if row[2].lower() != "individual":
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
