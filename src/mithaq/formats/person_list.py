"""A published list of persons, whichever: what was read of it, and how the records of an XML list are taken.

Rules: every record is used or reported, `source_elements == len(persons) + len(reported)`; of two records with one
reference the first is kept and the second reported; a list that cannot be read to its end is refused whole. An
offset is a line here. Documents: those of the lists, each in its own module, which says what its records and errors
are.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from mithaq.errors import InputError
from mithaq.formats.edifact import Warning
from mithaq.formats.listed_person import ListedPerson
from mithaq.formats.xml_records import Bounds, records


@dataclass(frozen=True, slots=True)
class PersonList:
    """The list: when it was generated, its persons, every record that is not one, and what of a person is not read."""

    persons: tuple[ListedPerson, ...]
    entities_count: int
    reported: tuple[Warning, ...]
    source_elements: int
    unread: tuple[Warning, ...] = ()
    generated: str = ""


@dataclass(slots=True)
class Taken:
    """What was taken of a list so far."""

    generated: str = ""
    persons: list[ListedPerson] = field(default_factory=list)
    reported: list[Warning] = field(default_factory=list)
    unread: list[Warning] = field(default_factory=list)
    references: set[str] = field(default_factory=set)
    entities: int = 0
    elements: int = 0

    def entity(self, told: Warning) -> None:
        """Report a record that is no person."""
        self.entities += 1
        self.reported.append(told)

    def person(self, found: ListedPerson, nobody: Warning, twice: Warning, unread: Iterable[Warning]) -> None:
        """Keep a person with what was not read; report `nobody` (no reference or name) or `twice`."""
        if not found.reference or not found.names:
            self.reported.append(nobody)
        elif found.reference in self.references:
            self.reported.append(twice)
        else:
            self.references.add(found.reference)
            self.persons.append(found)
            self.unread += unread

    def whole(self) -> PersonList:
        """The list."""
        return PersonList(
            tuple(self.persons),
            self.entities,
            tuple(self.reported),
            self.elements,
            tuple(self.unread),
            self.generated,
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """How the records of an XML list are read, and its errors.

    `head` reads its root into a `Taken` or raises; `is_record` says of an element and the root whether it is a record;
    `take` uses or reports one; `cut` makes the error of a list that ends before its end: line, and persons before it.
    """

    bounds: Bounds
    head: Callable[[Taken, Any], None]
    is_record: Callable[[Any, Any], bool]
    take: Callable[[Taken, Any], None]
    cut: Callable[[int, int], InputError]
    none: Callable[[], InputError]


def read_list(data: bytes | BinaryIO, reader: Reader) -> PersonList:
    """Read a list. Raises InputError: what `reader` makes, and `read.page` for a web page."""
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    taken = Taken()
    try:
        for element in records(source, reader.bounds, lambda root: reader.head(taken, root), reader.is_record):
            taken.elements += 1
            reader.take(taken, element)
    except etree.XMLSyntaxError as error:
        raise reader.cut(error.lineno or 0, len(taken.persons)) from None
    if not taken.elements:
        raise reader.none()
    return taken.whole()
