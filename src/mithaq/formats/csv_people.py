"""A CSV of travellers or subjects as records of screening, by a mapping file; without one, its cells as they stand.

Rules: a row that is no person is told with its line and the others go through; a cell that cannot be read is told and
left out of its person. Without a mapping, the first rows are shown and the rest is counted. Design: screening, "Files
in and out" (the shapes of the records).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mithaq.errors import InputError
from mithaq.formats.country_names import country_code
from mithaq.formats.csv_mapping import Column, Mapping
from mithaq.formats.csv_rows import Rows, rows_of
from mithaq.formats.reading import Reading, Record, Warning, bounded

# Rows that are shown without a mapping, and values that are taken from one cell.
MAX_SHOWN = 1000
MAX_VALUES = 100
_SINGLE = {"birth_dates": "birth_date", "nationalities": "nationality", "documents": "document"}


def read_csv(data: bytes, mapping: Mapping | None = None) -> Reading:
    """The people of a file, or its plain rows without a mapping.

    Raises InputError `csv.none`, `csv.size` and `csv.column` (the mapping names a column that the file does not have).
    """
    if mapping is None:
        return _plain(rows_of(data))
    rows = rows_of(data, mapping.delimiter, mapping.encoding)
    reading: _People | None = None if mapping.header else _People(mapping, {}, None)
    for line, cells in rows:
        if reading is None:
            reading = _People(mapping, _headings(mapping, cells), len(cells))
        else:
            reading.take(line, cells)
    if reading is None:
        return Reading("CSV", (), bounded(rows.warnings), bounded(rows.left))
    left = sorted([*rows.left, *reading.left], key=lambda one: int(one.where.split()[1]))
    return Reading("CSV", tuple(reading.records), bounded([*rows.warnings, *reading.warnings]), bounded(left))


def _plain(rows: Rows) -> Reading:
    records: list[Record] = []
    headings: list[str] = []
    more = 0
    for line, cells in rows:
        if not headings:
            headings = [name.strip() or str(place) for place, name in enumerate(cells, 1)]
            continue
        if len(records) == MAX_SHOWN:
            more += 1
            continue
        named = [*headings, *(str(place) for place in range(len(headings) + 1, len(cells) + 1))]
        records.append(Record("row", f"line {line}", dict(zip(named, cells, strict=False))))
    detail = "No mapping file says what the columns mean; the cells are given as they stand."
    told = [*rows.warnings, Warning("csv.mapping", "line 1", detail)]
    if more:
        detail = "%(more)s further rows are not shown."
        told.append(Warning("csv.more", f"line {len(rows.lines)}", detail, {"more": more}))
    return Reading("CSV", tuple(records), bounded(told), bounded(rows.left))


def _headings(mapping: Mapping, cells: Sequence[str]) -> dict[str, int]:
    """The places of headings. Raises InputError for a column of the mapping that the file does not have."""
    found: dict[str, int] = {}
    for place, name in enumerate(cells):
        found.setdefault(_key(name), place)
    for name, columns in mapping.columns.items():
        for column in (one for joined in columns for one in joined):
            if (_key(column) not in found) if isinstance(column, str) else column > len(cells):
                detail = "The mapping names a column that the file does not have."
                remedy = "Write the heading as it stands in the file."
                raise InputError("csv.column", detail, remedy=remedy, where=f"columns.{name}")
    return found


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(slots=True)
class _People:
    """Rows as people; `headings` are places by name, `width` the number of cells of a row when it is known."""

    mapping: Mapping
    headings: dict[str, int]
    width: int | None
    records: list[Record] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    left: list[Warning] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    places: dict[str, list[list[int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {
            name: [[self._place(column) for column in joined] for joined in columns]
            for name, columns in self.mapping.columns.items()
        }

    def _place(self, column: Column) -> int:
        return column - 1 if isinstance(column, int) else self.headings[_key(column)]

    def take(self, line: int, cells: list[str]) -> None:
        """Use or report one row."""
        if self.width is not None and len(cells) != self.width and any(one.strip() for one in cells[self.width :]):
            self.left.append(Warning("csv.cells", f"line {line}", "A row has more cells than there are headings."))
            return
        if self.width is not None and len(cells) < self.width:
            self.left.append(Warning("csv.cells", f"line {line}", "A row has fewer cells than there are headings."))
            return
        value = self._person(line, cells)
        if not value["names"]:
            self.left.append(Warning("csv.name", f"line {line}", "A row has no name."))
        elif value["id"] in self.seen:
            self.left.append(Warning("csv.twice", f"line {line}", "A row has an identifier that another one has."))
        else:
            self.seen.add(value["id"])
            self.records.append(Record(self.mapping.record, f"line {line}", value))

    def _person(self, line: int, cells: list[str]) -> dict[str, Any]:
        identifier = next(iter(self._texts("id", cells)), "")
        if not identifier and self.mapping.columns.get("id"):
            detail = "A row has no identifier; it has its line for one."
            self.warnings.append(Warning("csv.id", f"line {line}", detail))
        found: dict[str, Any] = {"id": identifier or f"line {line}", "names": self._values("names", cells)}
        dates = [self._date(line, text) for text in self._values("birth_dates", cells)]
        states = [self._state(line, text) for text in self._values("nationalities", cells)]
        lists = {"birth_dates": _distinct(dates), "nationalities": _distinct(states)}
        lists |= {name: self._values(name, cells) for name in ("documents", "weak_names", "places")}
        lists["weak_names"] = [name for name in lists["weak_names"] if name not in found["names"]]
        for name, values in lists.items():
            if values and self.mapping.record == "subject":
                found[name] = values
            elif values and name in _SINGLE:
                found[_SINGLE[name]] = values[0]
        if sex := self._sex(line, cells):
            found["sex"] = sex
        if self.mapping.record == "subject" and (person := self._texts("person", cells)):
            found["person"] = person[0]
        return found

    def _texts(self, name: str, cells: list[str]) -> list[str]:
        """What the columns of a field hold; joined columns as one text."""
        found = []
        for places in self.places.get(name, ()):
            parts = [" ".join(cells[place].split()) for place in places if place < len(cells)]
            if text := " ".join(part for part in parts if part):
                found.append(text)
        return found

    def _values(self, name: str, cells: list[str]) -> list[str]:
        """The same, divided where the mapping says that a cell holds several."""
        texts = self._texts(name, cells)
        if sign := self.mapping.separator:
            texts = [" ".join(one.split()) for text in texts for one in text.split(sign, MAX_VALUES)]
        return _distinct(texts)

    def _date(self, line: int, text: str) -> str:
        found = self.mapping.date_of(text)
        if found is None:
            detail = "A birth date is in none of the forms of the mapping and was left out."
            self.warnings.append(Warning("csv.date", f"line {line}", detail))
        return found or ""

    def _state(self, line: int, text: str) -> str:
        if len(text) in {2, 3} and text.isascii() and text.isalpha():
            return text.upper()
        if code := country_code(text):
            return code
        detail = "A nationality is no code and no English name of a state; it is kept as it stands."
        self.warnings.append(Warning("csv.state", f"line {line}", detail))
        return text

    def _sex(self, line: int, cells: list[str]) -> str:
        text = next(iter(self._texts("sex", cells)), "")
        found = self.mapping.sexes.get(text.casefold(), "")
        if text and not found:
            detail = "A sex is none of the words of the mapping and was left out."
            self.warnings.append(Warning("csv.sex", f"line {line}", detail))
        return found


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
