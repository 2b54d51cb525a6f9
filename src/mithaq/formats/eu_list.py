"""The EU's consolidated list of financial sanctions (XML, schema FSF 1.1) as persons.

Rules: every record is used or reported, `source_elements == len(persons) + len(reported)`; an alias that is not
strong is kept apart as weak; of two records with one reference the first is kept and the second reported. Tags are read
by their local name: the list has changed its namespace before. Document types and entities are refused, nothing is
fetched, elements and bytes are bounded. An offset is a line here. Document: the Commission's "Financial Sanctions
Files", schema version 1.1; fields are read by `eu_person`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from mithaq.errors import InputError
from mithaq.formats.edifact import Warning
from mithaq.formats.eu_person import children, local, read_person
from mithaq.formats.listed_person import ListedPerson
from mithaq.formats.xml_records import Bounds, records

__all__ = ["EuList", "read_eu_list"]

# The list takes 25 MB and 150,000 elements.
MAX_BYTES = 64 * 1024 * 1024
MAX_ELEMENTS = 1_000_000
MAX_WITHIN = 50_000
_PERSONS, _ENTITIES = {"person", "p"}, {"enterprise", "e", "entity"}


@dataclass(frozen=True, slots=True)
class EuList:
    """The list: when it was generated, its persons, every record that is not one, and what of a person is not read."""

    generated: str
    persons: tuple[ListedPerson, ...]
    entities_count: int
    reported: tuple[Warning, ...]
    source_elements: int
    unread: tuple[Warning, ...] = ()


def read_eu_list(data: bytes | BinaryIO) -> EuList:
    """Read the list.

    Raises InputError `eu_list.xml` (not readable to its end: the line, and how many persons stand before it),
    `eu_list.doctype`, `eu_list.none` (another document) and `eu_list.size`.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    reading = _Reading()
    try:
        for element in _elements(source):
            reading.take(element)
    except etree.XMLSyntaxError as error:
        raise InputError(
            "eu_list.xml",
            "The list cannot be read to its end; {persons} persons stand before the fault.",
            remedy="Fetch the file again.",
            where=f"line {error.lineno}",
            persons=len(reading.persons),
        ) from None
    if not reading.elements:
        raise InputError("eu_list.none", "The list holds no persons and no entities.", remedy="Fetch the file again.")
    return EuList(
        reading.generated,
        tuple(reading.persons),
        reading.entities,
        tuple(reading.reported),
        reading.elements,
        tuple(reading.unread),
    )


@dataclass
class _Reading:
    generated: str = ""
    persons: list[ListedPerson] = field(default_factory=list)
    reported: list[Warning] = field(default_factory=list)
    unread: list[Warning] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    entities: int = 0
    elements: int = 0

    def take(self, element: Any) -> None:
        """Use or report one record."""
        if local(element) == "export":
            self.generated = element.get("generationDate", "")
            return
        self.elements += 1
        line = element.sourceline or 0
        kind = _kind(element)
        if kind == "entity":
            self.entities += 1
            self.reported.append(Warning("eu_list.entity", line, "entity: not a person"))
        elif kind != "person":
            self.reported.append(Warning("eu_list.unknown", line, "A record that is neither person nor entity."))
        else:
            self._person(element, line)

    def _person(self, element: Any, line: int) -> None:
        person, births, states = read_person(element)
        if not person.reference or not person.names:
            self.reported.append(Warning("eu_list.person", line, "A person without reference or name."))
        elif person.reference in self.seen:
            self.reported.append(Warning("eu_list.twice", line, "A reference that stands in the list twice."))
        else:
            self.seen.add(person.reference)
            self.persons.append(person)
            self.unread += [Warning("eu_list.birth_date", line, "A birth date cannot be read.")] * births
            self.unread += [Warning("eu_list.nationality", line, "A nationality has no code of today.")] * states


def _kind(element: Any) -> str:
    if local(element) != "sanctionEntity":
        return ""
    for subject in children(element, "subjectType"):
        written = {(subject.get(name) or "").strip().lower() for name in ("code", "classificationCode")}
        if written & _PERSONS:
            return "person"
        if written & _ENTITIES:
            return "entity"
    return ""


def _elements(source: BinaryIO) -> Iterator[Any]:
    bounds = Bounds(MAX_BYTES, MAX_ELEMENTS, MAX_WITHIN, _size, _doctype)
    return records(source, bounds, _check_root, lambda element, root: element.getparent() is root)


def _size() -> InputError:
    detail = "The file is larger than 64 MiB, or has more elements than the list."
    return InputError("eu_list.size", detail, remedy="Choose the list itself.")


def _doctype() -> InputError:
    detail = "The file declares a document type, which the list never does."
    return InputError("eu_list.doctype", detail, remedy="Fetch the file again from the Commission.")


def _check_root(root: Any) -> None:
    if local(root) != "export":
        detail = "The file is not the EU's list of financial sanctions."
        raise InputError("eu_list.none", detail, remedy="Choose its XML file.", where=f"line {root.sourceline}")
