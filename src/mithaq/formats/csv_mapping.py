"""The mapping file of a CSV: which columns are what, how dates are written, and what the letters for a sex are.

Rules: a key that is not known is refused, so that a misspelt one does not lose a column; a date form is written in the
signs YYYY, MM, MMM and DD, and a year has four digits: without a century nothing is read. Example:

    record = "subject"
    separator = "|"
    [columns]
    id = "Dossier"
    names = ["Nom complet", ["Nom", "Prénom"]]
    weak_names = ["Alias"]
    birth_dates = ["Né le"]
    [dates]
    formats = ["DD/MM/YYYY", "MM/YYYY", "YYYY"]
    [sex]
    male = ["H"]
    female = ["F"]

Design: screening, "Files in and out" (the records that a row becomes).
"""

from __future__ import annotations

import codecs
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mithaq.errors import InputError

MAX_BYTES = 64 * 1024
# A column by its heading or by its number from 1; several that stand in one list are joined with a blank.
Column = str | int
Columns = tuple[tuple[Column, ...], ...]
_KEYS = {"record", "delimiter", "encoding", "header", "separator", "columns", "dates", "sex"}
_BOTH = ("id", "names", "birth_dates", "nationalities", "documents", "sex")
FIELDS = {"traveller": _BOTH, "subject": (*_BOTH, "person", "weak_names", "places")}
_SEXES = {"male": ("m", "male"), "female": ("f", "female"), "other": ("x",)}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = {"YYYY": r"(?P<year>[0-9]{4})", "MMM": r"(?P<word>[A-Za-z]{3})[A-Za-z]*", "MM": r"(?P<month>[0-9]{1,2})",
          "DD": r"(?P<day>[0-9]{1,2})"}  # fmt: skip
_ENCODINGS = re.compile(
    r"utf-8|utf-8-sig|utf-16|utf-16-[bl]e|windows-125[0-8]|iso-8859-(?:[1-9]|1[013456])|cp(?:437|720|85[028]|864)"
)
_FORM = re.compile("YYYY|MMM|MM|DD|[^A-Za-z0-9]+|.")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says; empty or None where the file of people decides."""

    record: str
    columns: dict[str, Columns]
    delimiter: str = ""
    encoding: str = ""
    header: bool = True
    separator: str = ""
    dates: tuple[re.Pattern[str], ...] = ()
    sexes: dict[str, str] = field(default_factory=dict)

    def date_of(self, text: str) -> str | None:
        """YYYY-MM-DD, YYYY-MM or YYYY by the first form that the text has and that is a day; else None."""
        for form in self.dates:
            if (found := form.fullmatch(text)) and (day := _day(found.groupdict())):
                return day
        return None


def read_mapping(data: bytes) -> Mapping:
    """The mapping of a TOML file. Raises InputError `mapping.toml` (no TOML), `mapping.key` with the key in `where`."""
    if len(data) > MAX_BYTES:
        raise InputError("mapping.size", "The mapping file is larger than 64 KiB.", remedy="Choose the mapping file.")
    try:
        held = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        detail = "The mapping file is not TOML in UTF-8."
        raise InputError("mapping.toml", detail, remedy="Mend it as the documentation shows.") from None
    for key in held:
        if key not in _KEYS:
            raise _wrong(key)
    record = _text(held, "record", "subject")
    if record not in FIELDS:
        raise _wrong("record")
    delimiter, encoding = _text(held, "delimiter"), _text(held, "encoding")
    if len(delimiter) > 1 or delimiter in {'"', "\n", "\r"}:
        raise _wrong("delimiter")
    columns = _columns(_table(held, "columns"), FIELDS[record])
    header = _flag(held, "header")
    if not header and any(isinstance(one, str) for each in columns.values() for joined in each for one in joined):
        raise _wrong("header")  # without headings, columns have numbers only
    return Mapping(
        record=record,
        columns=columns,
        delimiter=delimiter,
        encoding=_encoding(encoding),
        header=header,
        separator=_text(held, "separator"),
        dates=_dates(_table(held, "dates")),
        sexes=_sexes(_table(held, "sex")),
    )


def _columns(table: dict[str, Any], known: tuple[str, ...]) -> dict[str, Columns]:
    found = {}
    for name, value in table.items():
        if name not in known:
            raise _wrong(f"columns.{name}")
        each = value if isinstance(value, list) else [value]
        found[name] = tuple(tuple(one) if isinstance(one, list) else (one,) for one in each)
        if not all(_is_column(column) for joined in found[name] for column in joined) or not all(found[name]):
            raise _wrong(f"columns.{name}")
    if not found.get("names"):
        raise _wrong("columns.names")
    return found


def _is_column(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (type(value) is int and 0 < value < 10_000)


def _dates(table: dict[str, Any]) -> tuple[re.Pattern[str], ...]:
    forms = table.get("formats", ["YYYY-MM-DD", "YYYY-MM", "YYYY"])
    if set(table) - {"formats"} or not isinstance(forms, list):
        raise _wrong("dates")
    return tuple(_date_form(form) for form in forms)


def _date_form(form: object) -> re.Pattern[str]:
    parts = _FORM.findall(form) if isinstance(form, str) else []
    signs = [part for part in parts if part in _SIGNS]
    if "YYYY" not in signs or len(set(signs)) < len(signs) or {"MM", "MMM"} <= set(signs):
        raise _wrong("dates.formats")
    if any(part.isalnum() and part not in _SIGNS for part in parts) or (
        "DD" in signs and not {"MM", "MMM"} & set(signs)
    ):
        raise _wrong("dates.formats")
    fixed = {"MM": r"(?P<month>[0-9]{2})", "DD": r"(?P<day>[0-9]{2})"} if len(signs) == len(parts) > 1 else {}
    return re.compile("".join(fixed.get(part) or _SIGNS.get(part) or re.escape(part) for part in parts))


def _day(found: dict[str, str | None]) -> str | None:
    year, month, day = found["year"] or "", found.get("month") or "", found.get("day") or ""
    if word := found.get("word"):
        month = str(_MONTHS.index(word.lower()) + 1) if word.lower() in _MONTHS else "99"
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else year


def _sexes(table: dict[str, Any]) -> dict[str, str]:
    found = {text: sex for sex, texts in _SEXES.items() for text in texts}
    for sex, texts in table.items():
        if sex not in _SEXES or not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise _wrong(f"sex.{sex}")
        found |= {text.strip().casefold(): sex for text in texts}
    return found


def _encoding(name: str) -> str:
    """The encoding by its own name, so that codecs that are none of text are not called."""
    if not name:
        return ""
    if not _ENCODINGS.fullmatch(name.lower()):
        raise _wrong("encoding")
    return codecs.lookup(name).name


def _table(held: dict[str, Any], name: str) -> dict[str, Any]:
    value = held.get(name, {})
    if not isinstance(value, dict):
        raise _wrong(name)
    return value


def _text(held: dict[str, Any], name: str, default: str = "") -> str:
    value = held.get(name, default)
    if not isinstance(value, str):
        raise _wrong(name)
    return value


def _flag(held: dict[str, Any], name: str) -> bool:
    value = held.get(name, True)
    if not isinstance(value, bool):
        raise _wrong(name)
    return value


def _wrong(key: str) -> InputError:
    detail = "The mapping file has a key that is not known, is missing, or has another kind of value."
    return InputError("mapping.key", detail, remedy="Mend it as the documentation shows.", where=key)
