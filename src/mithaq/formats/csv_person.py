"""Rows of a table as people: what a mapping says of the cells, and what of a row is not as it says.

Rules: a row that is no person is told with its line and the others go through; a cell that cannot be read is told and
left out of its person. Design: screening, "Files in and out" (the shapes of the records).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mithaq.formats.country_names import country_code
from mithaq.formats.csv_mapping import Column, Mapping
from mithaq.formats.reading import Record, Warning

# Values that are taken from one cell.
MAX_VALUES = 100
_SINGLE = {"birth_dates": "birth_date", "nationalities": "nationality", "documents": "document"}


def key_of(heading: str) -> str:
    """A heading as it is compared: without blanks around it, case ignored."""
    return " ".join(heading.split()).casefold()


@dataclass(slots=True)
class People:
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
        return column - 1 if isinstance(column, int) else self.headings[key_of(column)]

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
