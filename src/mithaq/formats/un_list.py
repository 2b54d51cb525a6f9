"""The UN Security Council Consolidated List (XML, schema sc-sanctions.xsd) as persons.

Rules: aliases that the UN calls low quality are kept apart as weak; a birth date that cannot be read is told in
`unread`, never guessed. Records are used or reported, and files refused, as `person_list` says; an offset is a line
here. Document: the United Nations' "Consolidated list" and its schema; fields are read by `un_person`.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.country_names import country_code
from mithaq.formats.edifact import Warning
from mithaq.formats.listed_person import ListedPerson
from mithaq.formats.person_list import PersonList, Reader, Taken, read_list
from mithaq.formats.un_person import read_person
from mithaq.formats.xml_records import Bounds

__all__ = ["ListedPerson", "UnList", "read_un_list"]

UnList = PersonList
_SECTIONS = {"INDIVIDUALS", "ENTITIES"}
# The list takes 2 MB and 60,000 elements.
MAX_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 250_000


def read_un_list(data: bytes | BinaryIO) -> UnList:
    """Read the list.

    Raises InputError `un_list.xml` (not readable to its end: the line, and how many persons stand before it),
    `un_list.doctype`, `un_list.none` (another document), `un_list.size`, and `read.page` for a web page.
    """
    return read_list(data, _READER)


def _head(taken: Taken, root: Any) -> None:
    if root.tag != "CONSOLIDATED_LIST":
        detail = "The file is not the UN consolidated list."
        raise InputError("un_list.none", detail, remedy="Choose its XML file.", where=f"line {root.sourceline}")
    taken.generated = root.get("dateGenerated", "")


def _is_record(element: Any, root: Any) -> bool:
    """What stands in the root or in one of its two sections, so that no new kind of record is passed over."""
    parent = element.getparent()
    return element.tag not in _SECTIONS and (parent is root or (parent.tag in _SECTIONS and parent.getparent() is root))


def _take(taken: Taken, element: Any) -> None:
    line = element.sourceline or 0
    if element.tag == "ENTITY":
        taken.entity(Warning("un_list.entity", line, "entity: not a person"))
        return
    if element.tag != "INDIVIDUAL":
        taken.reported.append(Warning("un_list.unknown", line, "An element that is neither person nor entity."))
        return
    person, births = read_person(element)
    states = sum(country_code(name) is None for name in person.nationality_names)
    taken.person(
        person,
        Warning("un_list.person", line, "A person without reference or name."),
        Warning("un_list.twice", line, "A reference that stands in the list twice."),
        [Warning("un_list.birth_date", line, "A birth date cannot be read.")] * births
        + [Warning("un_list.nationality", line, "A nationality has no code of today.")] * states,
    )


def _cut(line: int, persons: int) -> InputError:
    detail = "The list cannot be read to its end; {persons} persons stand before the fault."
    return InputError("un_list.xml", detail, remedy="Fetch the file again.", where=f"line {line}", persons=persons)


def _none() -> InputError:
    detail = "The list holds no persons and no entities."
    return InputError("un_list.none", detail, remedy="Fetch the file again.")


def _size() -> InputError:
    detail = "The file is larger than 16 MiB, or has more than 250,000 elements."
    return InputError("un_list.size", detail, remedy="Choose the list itself.")


def _doctype() -> InputError:
    detail = "The file declares a document type, which the list never does."
    return InputError("un_list.doctype", detail, remedy="Fetch the file again from the United Nations.")


_BOUNDS = Bounds(MAX_BYTES, MAX_ELEMENTS, MAX_ELEMENTS, _size, _doctype)
_READER = Reader(_BOUNDS, _head, _is_record, _take, _cut, _none)
