"""A CSV of travellers or subjects as records of screening, by a mapping file; without one, its cells as they stand.

Rules: a row that is no person is told with its line and the others go through; a cell that cannot be read is told and
left out of its person. Without a mapping, the first rows are shown and the rest is counted. Design: screening, "Files
in and out" (the shapes of the records).
"""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import Mapping
from mithaq.formats.csv_person import People, key_of
from mithaq.formats.csv_rows import Rows, rows_of
from mithaq.formats.reading import Reading, Record, Warning, bounded

# Rows that may stand before the headings, such as a title, and rows that are shown without a mapping.
MAX_BEFORE = 10
MAX_SHOWN = 1000


def read_csv(data: bytes, mapping: Mapping | None = None) -> Reading:
    """The people of a file, or its plain rows without a mapping.

    Raises InputError `csv.none`, `csv.size` and `csv.column` (the mapping names a column that the file does not have).
    """
    if mapping is None:
        return _plain(rows_of(data))
    rows = rows_of(data, mapping.delimiter, mapping.encoding)
    reading: People | None = None if mapping.header else People(mapping, {}, None)
    before: list[tuple[int, InputError]] = []
    for line, cells in rows:
        if reading is not None:
            reading.take(line, cells)
            continue
        try:
            reading = People(mapping, _headings(mapping, cells), len(cells))
        except InputError as error:
            before.append((line, error))
            if len(before) == MAX_BEFORE:
                raise before[0][1] from None
            continue
        reading.warnings += [
            Warning("csv.before", f"line {one}", "A row stands before the headings.") for one, _ in before
        ]
        reading.warnings += _twice(mapping, line, cells)
    if reading is None and before:
        raise before[0][1]
    if reading is None:
        return Reading("CSV", (), bounded(rows.warnings), bounded(rows.left))
    left = sorted([*rows.left, *reading.left], key=lambda one: int(one.where.split()[1]))
    return Reading("CSV", tuple(reading.records), bounded([*rows.warnings, *reading.warnings]), bounded(left))


def _twice(mapping: Mapping, line: int, cells: Sequence[str]) -> list[Warning]:
    """A warning for each heading that the mapping names and that stands over several columns."""
    keys = [key_of(cell) for cell in cells]
    named = {
        key_of(one)
        for columns in mapping.columns.values()
        for joined in columns
        for one in joined
        if isinstance(one, str)
    }
    detail = "A heading that the mapping names stands over {count} columns; the first one is read."
    return [
        Warning("csv.heading", f"line {line}, column {keys.index(key) + 1}", detail, {"count": keys.count(key)})
        for key in sorted(named)
        if keys.count(key) > 1
    ]


def _plain(rows: Rows) -> Reading:
    records: list[Record] = []
    headings: list[str] = []
    more = 0
    for line, cells in rows:
        if not headings:
            names = [name.strip() or str(place) for place, name in enumerate(cells, 1)]
            # Of headings that are alike the later ones say their place, so that none hides another.
            headings = [one if one not in names[:at] else f"{one} ({at + 1})" for at, one in enumerate(names)]
            continue
        if len(records) == MAX_SHOWN:
            more += 1
            continue
        named = [*headings, *(str(place) for place in range(len(headings) + 1, len(cells) + 1))]
        records.append(Record("row", f"line {line}", dict(zip(named, cells, strict=False))))
    detail = "No mapping file says what the columns mean; the cells are given as they stand."
    told = [*rows.warnings, Warning("csv.mapping", "line 1", detail)]
    if more:
        detail = "{more} further rows are not shown."
        told.append(Warning("csv.more", f"line {len(rows.lines)}", detail, {"more": more}))
    return Reading("CSV", tuple(records), bounded(told), bounded(rows.left))


def _headings(mapping: Mapping, cells: Sequence[str]) -> dict[str, int]:
    """The places of headings. Raises InputError for a column of the mapping that the file does not have."""
    found: dict[str, int] = {}
    for place, name in enumerate(cells):
        found.setdefault(key_of(name), place)
    for name, columns in mapping.columns.items():
        for column in (one for joined in columns for one in joined):
            if (key_of(column) not in found) if isinstance(column, str) else column > len(cells):
                detail = "The mapping names a column that the file does not have."
                remedy = "Write the heading as it stands in the file."
                raise InputError("csv.column", detail, remedy=remedy, where=f"columns.{name}")
    return found
