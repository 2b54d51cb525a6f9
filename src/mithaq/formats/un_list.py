"""The UN Security Council Consolidated List (XML, schema sanctions.xsd) as persons.

Rules: every source element is used or reported, `source_elements == len(persons) + len(reported)`; aliases that the UN
calls low quality are kept apart as weak; entities of XML and document types are refused, nothing is fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from mithaq.errors import InputError
from mithaq.formats.edifact import Warning

MAX_BYTES = 256 * 1024 * 1024
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of a list. Birth dates are YYYY, YYYY-MM-DD or YYYY/YYYY; nationalities as the list writes them."""

    source: str
    reference: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    birth_dates: tuple[str, ...]
    nationalities: tuple[str, ...]
    documents: tuple[str, ...]
    sex: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnList:
    """The list: when it was generated, its persons, and every element that is not one, with its line."""

    generated: str
    persons: tuple[ListedPerson, ...]
    entities_count: int
    reported: tuple[Warning, ...]
    source_elements: int


def read_un_list(data: bytes | BinaryIO) -> UnList:
    """Read the list. Raises InputError `un_list.xml` (not readable, with its line), `.doctype`, `.none`, `.size`."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    persons: list[ListedPerson] = []
    reported: list[Warning] = []
    seen: set[str] = set()
    generated, entities, elements = "", 0, 0
    try:
        for element in _elements(source):
            if element.tag == "CONSOLIDATED_LIST":
                generated = element.get("dateGenerated", "")
                continue
            elements += 1
            if element.tag == "ENTITY":
                entities += 1
                reported.append(_report(element, "un_list.entity", "An entity, not a person."))
                continue
            person = _person(element)
            if not person.reference or not person.names:
                reported.append(_report(element, "un_list.person", "A person without reference or name."))
            elif person.reference in seen:
                reported.append(_report(element, "un_list.twice", "A reference that stands in the list twice."))
            else:
                seen.add(person.reference)
                persons.append(person)
    except etree.XMLSyntaxError as error:
        raise InputError(
            "un_list.xml",
            f"The list cannot be read to its end; {len(persons)} persons stand before the fault.",
            remedy="Fetch the file again.",
            where=f"line {error.lineno}",
        ) from None
    if not elements:
        raise InputError("un_list.none", "The file is not the UN consolidated list.", remedy="Choose the XML file.")
    return UnList(generated, tuple(persons), entities, tuple(reported), elements)


def _elements(source: BinaryIO) -> Iterator[Any]:
    """The root when it opens, then each INDIVIDUAL and ENTITY when it is complete; freed afterwards."""
    events = etree.iterparse(
        _Capped(source),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = None
    for event, element in events:
        if root is None:
            root = element
            if element.getroottree().docinfo.doctype:
                raise InputError("un_list.doctype", "The file declares a document type, which a list never does.")
            if element.tag != "CONSOLIDATED_LIST":
                raise InputError(
                    "un_list.none", "The file is not the UN consolidated list.", where=f"line {element.sourceline}"
                )
            yield element
        elif event == "end" and element.tag in {"INDIVIDUAL", "ENTITY"}:
            yield element
            element.clear()


class _Capped:
    """A source that ends with an InputError when it is larger than any list."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._read = source, 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._read += len(data)
        if self._read > MAX_BYTES:
            raise InputError("un_list.size", "The file is larger than 256 MiB.")
        return data


def _report(element: Any, code: str, detail: str) -> Warning:
    return Warning(code, element.sourceline or 0, detail)


def _person(element: Any) -> ListedPerson:
    given = [_text(element, name) for name in ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")]
    names = [" ".join(part for part in given if part)]
    weak: list[str] = []
    if original := _text(element, "NAME_ORIGINAL_SCRIPT"):
        names.append(original)
    births = [_birth(one) for one in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH")]
    for alias in element.iterfind("INDIVIDUAL_ALIAS"):
        name = _text(alias, "ALIAS_NAME")
        if name:
            (weak if _text(alias, "QUALITY").lower() == "low" else names).append(name)
        births += _alias_births(alias)
    places = (
        ", ".join(part for part in (_text(one, "CITY"), _text(one, "STATE_PROVINCE"), _text(one, "COUNTRY")) if part)
        for one in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH")
    )
    return ListedPerson(
        source="UN",
        reference=_text(element, "REFERENCE_NUMBER"),
        names=_distinct(names),
        weak_names=_distinct(weak),
        birth_dates=_distinct(births),
        nationalities=_distinct(one.text or "" for one in element.iterfind("NATIONALITY/VALUE")),
        documents=_distinct(_text(one, "NUMBER") for one in element.iterfind("INDIVIDUAL_DOCUMENT")),
        sex={"male": "male", "female": "female"}.get(_text(element, "GENDER").lower(), "unknown"),
        places=_distinct(places),
    )


def _birth(element: Any) -> str:
    if found := _DATE.match(_text(element, "DATE")):
        return found[0]
    start, end = _text(element, "FROM_YEAR"), _text(element, "TO_YEAR")
    if _is_year(start) and _is_year(end):
        return f"{start}/{end}"
    year = _text(element, "YEAR")
    if not _is_year(year):
        return ""
    if _text(element, "TYPE_OF_DATE").upper() == "APPROXIMATELY":
        return f"{int(year) - 1:04d}/{int(year) + 1:04d}"
    return year


def _alias_births(alias: Any) -> list[str]:
    """Birth dates that stand with an alias, in the UN's free writing: only years and whole dates are sure."""
    text = _text(alias, "DATE_OF_BIRTH")
    if found := _DATE.search(text):
        return [found[0]]
    years = [year for year in re.findall(r"\b\d{4}\b", text) if _is_year(year)]
    return years[:1] if len(years) == 1 else []


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and text > "1800"


def _text(element: Any, name: str) -> str:
    return " ".join((element.findtext(name) or "").split())


def _distinct(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for value in values if (text := " ".join(value.split()))))
