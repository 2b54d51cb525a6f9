"""A mapping to begin with, made of the headings of a table: what somebody looks over, mends and gives to `read`.

Rules: a heading is used only when its whole text is a word of the table (`data/csv_headings.json`), else it stands in a
remark; date forms are those that cells of the table have, and where no cell decides between day and month it is said;
no cell is written. What comes out is a mapping that `csv_mapping` reads, once a column of names is known. Design:
screening, "Files in and out"; the keys are those of `csv_mapping`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from mithaq.formats.csv_mapping import Mapping, read_mapping
from mithaq.formats.csv_people import MAX_BEFORE
from mithaq.formats.csv_rows import rows_of
from mithaq.formats.text import decode

# Rows that are looked at, headings that are told as not used, and letters of a heading.
_ROWS, _TOLD, _LETTERS = 2000, 100, 200
_FORMS = (
    "YYYY-MM-DD", "YYYY/MM/DD", "YYYYMMDD", "DD/MM/YYYY", "DD-MM-YYYY", "DD.MM.YYYY", "DD MM YYYY", "DD MMM YYYY",
    "DD-MMM-YYYY", "DD/MMM/YYYY", "MM/DD/YYYY", "MM-DD-YYYY", "YYYY-MM", "MM/YYYY", "MMM YYYY", "YYYY",
)  # fmt: skip
# The same cell in the one order and in the other.
_TURNED = {"MM/DD/YYYY": "DD/MM/YYYY", "MM-DD-YYYY": "DD-MM-YYYY"}
_ORDER = ("id", "names", "weak_names", "birth_dates", "nationalities", "documents", "sex", "places")


def starter(data: bytes) -> str:
    """A mapping in TOML for a table. Raises InputError: as `rows_of`."""
    rows = rows_of(data)
    held = [cells for _line, cells in islice(rows, _ROWS)]
    # A title may stand above the headings.
    place = max(
        range(len(held[:MAX_BEFORE])), key=lambda at: sum(_key(one) in _fields() for one in held[at]), default=0
    )
    headings = [" ".join(cell.split()) for cell in held[place]] if held else []
    columns, unused = _columns(headings)
    cells = held[place + 1 :]
    lines = [
        "# A mapping to begin with, made of the headings. Look at every line; docs/formats.md says what they mean.",
        'record = "subject"  # or "traveller"',
        f"delimiter = {_quoted(rows.delimiter)}",
        *_encoding(data),
        "",
        "[columns]",
        *_written(columns),
        *(f"# not used: {_quoted(one)}" for one in unused[:_TOLD]),
        *_dates(_values(headings, columns.get("birth_dates", []), cells)),
        *_sexes(_values(headings, columns.get("sex", []), cells)),
    ]
    return "\n".join(lines) + "\n"


def _encoding(data: bytes) -> list[str]:
    text = decode(data)
    if text.encoding == "utf-8":
        return []
    if " and " in text.encoding:
        return [f"# encoding: {text.encoding}, line by line; leave it out"]
    doubt = "  # looks like it: look at a name with accents" if text.assumed else ""
    return [f"encoding = {_quoted(text.encoding)}{doubt}"]


def _columns(headings: Sequence[str]) -> tuple[dict[str, list[Any]], list[str]]:
    """The headings of each field of a mapping, and those that are of none. Of two that are alike the first is taken."""
    found: dict[str, list[Any]] = {}
    unused: list[str] = []
    for heading in dict.fromkeys(filter(None, headings)):
        field = _fields().get(_key(heading)) if len(heading) <= _LETTERS else None
        if field:
            found.setdefault(field, []).append(heading)
        else:
            unused.append(heading[:_LETTERS])
    family, given = found.pop("family", []), found.pop("given", [])
    if given and not family and len(found.get("names", [])) == 1:
        family = found.pop("names")  # "Name" beside "First name" is the family's
    if family or given:
        found.setdefault("names", []).append([*given, *family] if given and family else (given or family)[0])
    return found, unused


def _written(columns: dict[str, list[Any]]) -> list[str]:
    lines = [f"{field} = {_value(columns[field])}" for field in _ORDER if field in columns]
    if "names" not in columns:
        lines.append('# names = "..."  # no heading says which column holds the name: write it here')
    return lines


def _value(columns: list[Any]) -> str:
    if len(columns) == 1 and isinstance(columns[0], str):
        return _quoted(columns[0])
    return "[" + ", ".join(_quoted(one) if isinstance(one, str) else _value(one) for one in columns) + "]"


def _values(headings: Sequence[str], columns: Iterable[Any], rows: Sequence[Sequence[str]]) -> list[str]:
    """What the cells of some columns hold, each once."""
    places = [headings.index(one) for one in columns if isinstance(one, str)]
    cells = (" ".join(row[place].split()) for row in rows for place in places if place < len(row))
    return list(dict.fromkeys(cell for cell in cells if cell))


def _dates(values: list[str]) -> list[str]:
    if not values:
        return []
    fit = {form: sum(_form(form).date_of(one) is not None for one in values) for form in _FORMS}
    # Of the two orders the one that more cells have; the other one would turn days and months of the same cells.
    out = {form if fit[form] <= fit[other] else other for form, other in _TURNED.items()}
    forms = [form for form in _FORMS if fit[form] and form not in out]
    doubt = [f"{other} or {form}" for form, other in _TURNED.items() if fit[other] and fit[form] == fit[other]]
    left = sum(all(_form(form).date_of(one) is None for form in forms) for one in values)
    return [
        "",
        "[dates]",
        *(f"# no cell decides: {one}" for one in doubt),
        *([f"# {left} of {len(values)} different cells are in none of these forms"] if left else []),
        f"formats = [{', '.join(map(_quoted, forms))}]" if forms else '# formats = ["DD/MM/YYYY"]',
    ]


@cache
def _form(form: str) -> Mapping:
    return read_mapping(f'[columns]\nnames = 1\n[dates]\nformats = ["{form}"]'.encode())


def _sexes(values: list[str]) -> list[str]:
    """The words for a sex that the cells have and that no mapping knows by itself."""
    known, read = _words()["sexes"], _form("YYYY").sexes
    lines = []
    for sex, words in known.items():
        own = [one for one in values if one.casefold() not in read and _key(one) in {_key(word) for word in words}]
        if own:
            lines.append(f"{sex} = [{', '.join(map(_quoted, own))}]")
    return ["", "[sex]", *lines] if lines else []


def _quoted(text: str) -> str:
    """A basic string of TOML, which writes what JSON writes, but for the sign U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(text: str) -> str:
    """Small letters and digits with single blanks, without marks: `Né(e) le` is `ne e le`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare.casefold()).split())


@cache
def _words() -> dict[str, Any]:
    held: dict[str, Any] = json.loads((files("mithaq.formats") / "data/csv_headings.json").read_text(encoding="utf-8"))
    return held


@cache
def _fields() -> dict[str, str]:
    return {_key(word): field for field, words in _words()["fields"].items() for word in words}
