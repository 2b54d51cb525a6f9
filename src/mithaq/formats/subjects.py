"""Subjects and travellers as JSON Lines, the files that screening takes, line by line.

Rules: a line that is not of the shape is told with its number and what is wrong, and the others go through; a birth
date that is none is left out and told. Which shape a line has is told by its fields. Design: screening, "Files in and
out".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.reading import Reading, Record, Warning, bounded

MAX_BYTES = 16 * 1024 * 1024
MAX_LINES = 200_000
MAX_LINE = 1024 * 1024
_SUBJECT: dict[str, type] = {
    "id": str, "names": list, "person": str, "weak_names": list, "birth_dates": list, "nationalities": list,
    "documents": list, "sex": str, "places": list,
}  # fmt: skip
_TRAVELLER: dict[str, type] = {
    "id": str, "names": list, "birth_date": str, "nationality": str, "document": str, "sex": str,
}  # fmt: skip
_DATE = re.compile(r"([0-9]{4})(-[0-9]{2})?(-[0-9]{2})?")
_YEARS = re.compile(r"([0-9]{4})/([0-9]{4})")
# What is wrong with a line; else the name of the field that is.
_LONG, _JSON, _FIELD, _NEEDED = "line long", "no json", "other field", "none needed"


def read_json_lines(data: bytes | BinaryIO, *, most_bytes: int = MAX_BYTES, most_lines: int = MAX_LINES) -> Reading:
    """The subjects or travellers of a file. A stream is read no further than one byte past the limit.

    Raises InputError `subjects.size` (over `most_bytes` or `most_lines`) and `subjects.none` (no line is one).
    """
    held = data if isinstance(data, bytes) else data.read(most_bytes + 1)
    if len(held) > most_bytes:
        raise _size("", most_bytes, most_lines)
    records: list[Record] = []
    warnings: list[Warning] = []
    left: list[Warning] = []
    seen: set[str] = set()
    for number, line in enumerate(_lines(held), 1):
        if number > most_lines:
            raise _size(f"line {number}", most_bytes, most_lines)
        if not line.strip():
            continue
        where = f"line {number}"
        found = _record(line)
        if isinstance(found, str):
            left.append(_wrong(where, found))
        elif found["id"] in seen:
            left.append(Warning("subjects.twice", where, "A line has an identifier that another one has."))
        else:
            seen.add(found["id"])
            warnings += _check_dates(found, where)
            records.append(Record("traveller" if _is_traveller(found) else "subject", where, found))
    if not records:
        detail = "No line of the file is a subject or a traveller."
        raise InputError("subjects.none", detail, remedy="Write each line in the shape that the documentation shows.")
    return Reading("JSON Lines", tuple(records), bounded(warnings), bounded(left))


def _lines(held: bytes) -> Iterator[bytes]:
    start = 3 if held.startswith(b"\xef\xbb\xbf") else 0
    while start < len(held):
        end = held.find(b"\n", start)
        line, start = (held[start:], len(held)) if end < 0 else (held[start:end], end + 1)
        yield line


def _record(line: bytes) -> dict[str, Any] | str:
    """The record of a line, without fields that are null; else what is wrong and which field."""
    if len(line) > MAX_LINE:
        return _LONG
    try:
        row = json.loads(line.decode("utf-8"))
        json.dumps(row, ensure_ascii=False).encode("utf-8")  # no lone surrogate
    except (ValueError, RecursionError):
        return _JSON
    return _checked(row) if isinstance(row, dict) else _JSON


def _checked(row: dict[str, Any]) -> dict[str, Any] | str:
    shape = _TRAVELLER if _is_traveller(row) else _SUBJECT
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name not in shape:
            return _FIELD
        if value is None and name not in {"id", "names"}:
            continue
        texts = value if isinstance(value, list) else [value]
        if type(value) is not shape[name] or not all(isinstance(one, str) for one in texts):
            return name
        found[name] = value
    return found if found.get("id") and found.get("names") else _NEEDED


def _is_traveller(row: dict[str, Any]) -> bool:
    return any(name in row for name in _TRAVELLER if name not in _SUBJECT)


def _check_dates(found: dict[str, Any], where: str) -> list[Warning]:
    """Leave dates out that are none; a warning for each."""
    dates = found.get("birth_dates", [found["birth_date"]] if "birth_date" in found else [])
    kept = [one for one in dates if _is_date(one)]
    if "birth_dates" in found:
        found["birth_dates"] = kept
    elif dates and not kept:
        del found["birth_date"]
    detail = "A birth date is none and was left out."
    return [Warning("subjects.date", where, detail) for _ in range(len(dates) - len(kept))]


def _is_date(text: str) -> bool:
    """YYYY, YYYY-MM, YYYY-MM-DD or YYYY/YYYY."""
    if years := _YEARS.fullmatch(text):
        return years[1] <= years[2]
    found = _DATE.fullmatch(text)
    try:
        return bool(found and date.fromisoformat(f"{found[1]}{found[2] or '-01'}{found[3] or '-01'}"))
    except ValueError:
        return False


def _wrong(where: str, what: str) -> Warning:
    if what == _LONG:
        return Warning("subjects.long", where, "A line is longer than 1 MiB.")
    if what == _JSON:
        return Warning("subjects.line", where, "A line is no JSON object in UTF-8.")
    if what == _FIELD:
        return Warning("subjects.field", where, "A line has a field that the shape does not have.")
    if what == _NEEDED:
        return Warning("subjects.needed", where, "A line lacks its identifier or its names.")
    return Warning("subjects.value", where, "A field has another kind of value: {field}.", {"field": what})


def _size(where: str, most_bytes: int, most_lines: int) -> InputError:
    detail = "The file is larger than {mib} MiB or has more than {lines} lines."
    return InputError("subjects.size", detail, remedy="Split it.", where=where, mib=most_bytes >> 20, lines=most_lines)
