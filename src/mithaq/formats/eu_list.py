"""The EU's consolidated list of financial sanctions (XML, schema FSF 1.1) as persons.

Rules: an alias that is not strong is kept apart as weak. Tags are read by their local name: the list has changed its
namespace before. Records are used or reported, and files refused, as `person_list` says; an offset is a line here.
Document: the Commission's "Financial Sanctions Files", schema version 1.1; fields are read by `eu_person`.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.edifact import Warning
from mithaq.formats.eu_person import children, local, read_person
from mithaq.formats.person_list import PersonList, Reader, Taken, read_list
from mithaq.formats.xml_records import Bounds

__all__ = ["EuList", "read_eu_list"]

EuList = PersonList
# The list takes 25 MB and 150,000 elements.
MAX_BYTES = 64 * 1024 * 1024
MAX_ELEMENTS = 1_000_000
MAX_WITHIN = 50_000
_PERSONS, _ENTITIES = {"person", "p"}, {"enterprise", "e", "entity"}


def read_eu_list(data: bytes | BinaryIO) -> EuList:
    """Read the list.

    Raises InputError `eu_list.xml` (not readable to its end: the line, and how many persons stand before it),
    `eu_list.doctype`, `eu_list.none` (another document), `eu_list.size`, and `read.page` for a web page.
    """
    return read_list(data, _READER)


def _head(taken: Taken, root: Any) -> None:
    if local(root) != "export":
        detail = "The file is not the EU's list of financial sanctions."
        raise InputError("eu_list.none", detail, remedy="Choose its XML file.", where=f"line {root.sourceline}")
    taken.generated = root.get("generationDate", "")


def _is_record(element: Any, root: Any) -> bool:
    return element.getparent() is root


def _take(taken: Taken, element: Any) -> None:
    line, kind = element.sourceline or 0, _kind(element)
    if kind == "entity":
        taken.entity(Warning("eu_list.entity", line, "entity: not a person"))
        return
    if kind != "person":
        taken.reported.append(Warning("eu_list.unknown", line, "A record that is neither person nor entity."))
        return
    person, births, states = read_person(element)
    taken.person(
        person,
        Warning("eu_list.person", line, "A person without reference or name."),
        Warning("eu_list.twice", line, "A reference that stands in the list twice."),
        [Warning("eu_list.birth_date", line, "A birth date cannot be read.")] * births
        + [Warning("eu_list.nationality", line, "A nationality has no code of today.")] * states,
    )


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


def _cut(line: int, persons: int) -> InputError:
    detail = "The list cannot be read to its end; {persons} persons stand before the fault."
    return InputError("eu_list.xml", detail, remedy="Fetch the file again.", where=f"line {line}", persons=persons)


def _none() -> InputError:
    detail = "The list holds no persons and no entities."
    return InputError("eu_list.none", detail, remedy="Fetch the file again.")


def _size() -> InputError:
    detail = "The file is larger than 64 MiB, or has more elements than the list."
    return InputError("eu_list.size", detail, remedy="Choose the list itself.")


def _doctype() -> InputError:
    detail = "The file declares a document type, which the list never does."
    return InputError("eu_list.doctype", detail, remedy="Fetch the file again from the Commission.")


_BOUNDS = Bounds(MAX_BYTES, MAX_ELEMENTS, MAX_WITHIN, _size, _doctype)
_READER = Reader(_BOUNDS, _head, _is_record, _take, _cut, _none)
