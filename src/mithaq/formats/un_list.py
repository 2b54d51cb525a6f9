"""The UN Security Council Consolidated List (XML, schema sc-sanctions.xsd) as persons.

Rules: every source element is used or reported, `source_elements == len(persons) + len(reported)`; aliases that the UN
calls low quality are kept apart as weak; a birth date that cannot be read is told in `unread`, never guessed. Document
types and entities of XML are refused, nothing is fetched, elements and bytes are bounded. An offset is a line here.
Document: the United Nations' "Consolidated list" and its schema; fields are read by `un_person`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from mithaq.errors import InputError
from mithaq.formats.country_names import country_code
from mithaq.formats.edifact import Warning
from mithaq.formats.listed_person import ListedPerson
from mithaq.formats.un_person import read_person
from mithaq.formats.xml_records import Bounds, records

__all__ = ["ListedPerson", "UnList", "read_un_list"]

_SECTIONS = {"INDIVIDUALS", "ENTITIES"}
# The list takes 2 MB and 60,000 elements.
MAX_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 250_000


@dataclass(frozen=True, slots=True)
class UnList:
    """The list: when it was generated, its persons, every element that is not one, and what of a person is not read."""

    generated: str
    persons: tuple[ListedPerson, ...]
    entities_count: int
    reported: tuple[Warning, ...]
    source_elements: int
    unread: tuple[Warning, ...] = ()


def read_un_list(data: bytes | BinaryIO) -> UnList:
    """Read the list.

    Raises InputError `un_list.xml` (not readable to its end: the line, and how many persons stand before it),
    `un_list.doctype`, `un_list.none` (another document) and `un_list.size`.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    reading = _Reading()
    try:
        for element in _elements(source):
            reading.take(element)
    except etree.XMLSyntaxError as error:
        raise InputError(
            "un_list.xml",
            "The list cannot be read to its end; {persons} persons stand before the fault.",
            remedy="Fetch the file again.",
            where=f"line {error.lineno}",
            persons=len(reading.persons),
        ) from None
    if not reading.elements:
        raise InputError("un_list.none", "The list holds no persons and no entities.", remedy="Fetch the file again.")
    return UnList(
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
        """Use or report one element."""
        if element.tag == "CONSOLIDATED_LIST":
            self.generated = element.get("dateGenerated", "")
            return
        self.elements += 1
        line = element.sourceline or 0
        if element.tag == "ENTITY":
            self.entities += 1
            self.reported.append(Warning("un_list.entity", line, "entity: not a person"))
            return
        if element.tag != "INDIVIDUAL":
            self.reported.append(Warning("un_list.unknown", line, "An element that is neither person nor entity."))
            return
        person, unread = read_person(element)
        if not person.reference or not person.names:
            self.reported.append(Warning("un_list.person", line, "A person without reference or name."))
        elif person.reference in self.seen:
            self.reported.append(Warning("un_list.twice", line, "A reference that stands in the list twice."))
        else:
            self.seen.add(person.reference)
            self.persons.append(person)
            self.unread += [Warning("un_list.birth_date", line, "A birth date cannot be read.")] * unread
            nameless = [name for name in person.nationality_names if country_code(name) is None]
            self.unread += [
                Warning("un_list.nationality", line, "A nationality has no code of today.") for _ in nameless
            ]


def _elements(source: BinaryIO) -> Iterator[Any]:
    """The root, then what stands in it or in one of its two sections, so that no new kind of record is passed over."""
    return records(source, Bounds(MAX_BYTES, MAX_ELEMENTS, MAX_ELEMENTS, _size, _doctype), _check_root, _is_record)


def _is_record(element: Any, root: Any) -> bool:
    parent = element.getparent()
    return element.tag not in _SECTIONS and (parent is root or (parent.tag in _SECTIONS and parent.getparent() is root))


def _size() -> InputError:
    detail = "The file is larger than 16 MiB, or has more than 250,000 elements."
    return InputError("un_list.size", detail, remedy="Choose the list itself.")


def _doctype() -> InputError:
    detail = "The file declares a document type, which the list never does."
    return InputError("un_list.doctype", detail, remedy="Fetch the file again from the United Nations.")


def _check_root(root: Any) -> None:
    if root.tag != "CONSOLIDATED_LIST":
        detail = "The file is not the UN consolidated list."
        raise InputError("un_list.none", detail, remedy="Choose its XML file.", where=f"line {root.sourceline}")
