"""The authority's own list: JSON Lines of subjects, or a table (CSV) with the mapping that says what its columns are.

Rules: a line that is no person is told with its number and the others go through, to be looked at before they take
effect; a mapping names the column of the identifier, as the next version is compared by it. Design: screening, "Files
in and out"; issue 3, "Lists as subjects".
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from mithaq.errors import InputError
from mithaq.formats.births import told_of_unborn
from mithaq.formats.csv_mapping import Mapping, read_mapping
from mithaq.formats.csv_people import read_csv
from mithaq.formats.reading import Reading, Warning, counted
from mithaq.formats.subjects import read_json_lines

# Whom an authority looks for may be more than a file of travellers that somebody reads.
MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 1_000_000
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Own:
    """The subjects of the list, each with its line; how many lines or rows it has, and how many are left out; and what
    was told of them, with its line."""

    people: tuple[tuple[int, dict[str, Any]], ...]
    elements: int
    reported: int
    told: tuple[tuple[int, Warning], ...]


def read_own(data: bytes, mapping: bytes, today: date) -> Own:
    """The subjects of a list; `today` for births in the future.

    Raises InputError: of the format, or `list.lines`, `list.mapping`.
    """
    found = told_of_unborn(read_csv(data, _mapping(mapping)) if mapping else _json_lines(data), today)
    people = tuple((_line(one.where), one.value) for one in found.records if one.kind == "subject")
    travellers = [
        Warning("subjects.field", one.where, "A line has a field that the shape does not have.")
        for one in found.records
        if one.kind != "subject"
    ]
    left = counted(found.not_understood)
    told = tuple((_line(one.where), one) for one in (*found.warnings, *found.not_understood, *travellers))
    return Own(people, len(found.records) + left, left + len(travellers), told)


def _json_lines(data: bytes) -> Reading:
    if not data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        detail = "The file is no list of persons as JSON Lines."
        raise InputError("list.lines", detail, remedy="Write one JSON object a line; a table needs its mapping beside.")
    return read_json_lines(data, most_bytes=MOST_BYTES, most_lines=MOST_LINES)


def _mapping(mapping: bytes) -> Mapping:
    found = read_mapping(mapping)
    if found.record != "subject":
        detail = "The mapping is of travellers, and a list holds subjects."
        raise InputError("list.mapping", detail, remedy='Write record = "subject".', where="record")
    if not found.columns.get("id"):
        detail = "The mapping names no column for the identifier, by which the next version is compared."
        raise InputError("list.mapping", detail, remedy="Name the column: id = ...", where="columns.id")
    return found


def _line(where: str) -> int:
    found = _NUMBER.search(where)
    return int(found[0]) if found else 0
