"""Which format a file has, by its content, and what its reader understood of it, in one shape.

Rules: the name of a file decides nothing; the first row of the table that fits is taken, so that what is surer stands
first; a reader is loaded when it is needed. A new format is one row. Design: architecture, "Layout" (formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import Mapping
from mithaq.formats.reading import Reading, Warning
from mithaq.formats.seems import packed, root_of, seems
from mithaq.formats.text import decode
from mithaq.formats.unpack import unpack

# What is looked at to tell a format; the type of an EDIFACT message may stand behind a long header.
_HEAD = 8192
# At the begin of a file a segment's tag is enough; behind noise, the first elements must be those of an interchange,
# for the letters alone stand in tables too: `UNB` ends the code of a place.
_SIGN = rb"[^A-Za-z0-9\s]\s*"
_EDIFACT = re.compile(
    rb"UNA.{6}[\s\0]*UN[BGH]|\A(?:\xef\xbb\xbf|[\s\0])*UN[ABGH][^A-Za-z0-9\s]"
    rb"|(?<![A-Za-z0-9])(?:UNB" + _SIGN + rb"[A-Z]{4}" + _SIGN + rb"\d"
    rb"|UNG"
    + _SIGN
    + rb"[A-Z]{6}"
    + _SIGN
    + rb"|UNH"
    + _SIGN
    + rb"[A-Za-z0-9 -]{1,14}"
    + _SIGN
    + rb"[A-Z]{6}"
    + _SIGN
    + rb")",
    re.DOTALL,
)
_PNRGOV = re.compile(rb"UN[HG][^A-Za-z0-9\s].{0,40}?PNRGOV", re.DOTALL)
_EU = re.compile(r"fpi/fsd/export|<(?:[\w.-]+:)?sanctionEntity[\s>]")
# No heading, a number, and `-0-` for what is empty.
_SDN = re.compile(r'\s*\d+\s*,\s*"[^"]*(?:""[^"]*)*"\s*,\s*(?:-0-\s*,|"(?:individual|vessel|aircraft|entity) *"\s*,)')
_ALT = re.compile(r'\s*\d+\s*,\s*\d+\s*,\s*"(?:aka|fka|nka)"\s*,', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader may need beside the file: the day of reading, the mapping of a CSV, OFAC's file of aliases."""

    today: date
    mapping: Mapping | None = None
    aliases: bytes | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The begin of a file, as bytes and as text."""

    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: the format's name, whether a file's begin is of it, and `module:function` that reads it.

    A reader takes bytes; `shape` names the function of `mithaq.formats.shapes` that makes a Reading of its value.
    """

    kind: str
    fits: Callable[[Head], bool]
    reader: str
    shape: str


def _is_mrz(head: Head) -> bool:
    from mithaq.formats.mrz_lines import zones_of

    return bool(zones_of(head.text)[0])


def _is_csv(head: Head) -> bool:
    """Text of which a line is divided by a usual sign; XML and JSON are other formats that nobody here reads."""
    from mithaq.formats.csv_rows import DELIMITERS

    first = head.text.lstrip()
    line = next((one for one in first.splitlines() if one.strip()), "")
    return "\0" not in first and first[:1] not in {"", "<", "{", "["} and any(sign in line for sign in DELIMITERS)


FORMATS = (
    Format("PNRGOV", lambda head: bool(_EDIFACT.search(head.data) and _PNRGOV.search(head.data)),
           "mithaq.formats.pnrgov:read_pnrgov", "pnrgov"),
    Format("PAXLST", lambda head: bool(_EDIFACT.search(head.data)), "mithaq.formats.paxlst:read_paxlst", "paxlst"),
    Format("UN list", lambda head: root_of(head.text) == "CONSOLIDATED_LIST",
           "mithaq.formats.un_list:read_un_list", "persons"),
    Format("EU list", lambda head: root_of(head.text) == "export" and bool(_EU.search(head.text)),
           "mithaq.formats.eu_list:read_eu_list", "persons"),
    Format("OFAC list", lambda head: bool(_SDN.match(head.text)), "mithaq.formats.ofac_list:read_ofac_list", "persons"),
    Format("MRZ", _is_mrz, "mithaq.formats.mrz:read_mrz", "zones"),
    Format("JSON Lines", lambda head: head.text.lstrip().startswith("{"),
           "mithaq.formats.subjects:read_json_lines", "as_is"),
    Format("CSV", _is_csv, "mithaq.formats.csv_people:read_csv", "as_is"),
)  # fmt: skip

_LOOSE = frozenset({"MRZ", "JSON Lines", "CSV"})


def read_file(source: BinaryIO, asked: Asked) -> Reading:
    """What a file says, whatever its format. Reads no further than one byte past the limits.

    Raises InputError: what `unpack`, `recognise` and the format's reader raise; `read.aliases` for OFAC's file of
    aliases alone; `read.later` for a format that this installation cannot read.
    """
    data, wide = _letters(unpack(source))
    head = head_of(data)
    if asked.mapping is not None and _is_csv(head):
        from mithaq.formats.csv_people import read_csv

        return read_csv(data, asked.mapping)
    if _ALT.match(head.text):
        detail = "The file holds the aliases of the OFAC list, which say nothing without the list."
        raise InputError("read.aliases", detail, remedy="Choose sdn.csv, and this file as its aliases.")
    found = recognise(head)
    reading = _shaped(found, _read(found, data, asked), asked)
    return replace(reading, warnings=(*wide, *reading.warnings)) if wide else reading


def head_of(data: bytes) -> Head:
    """The begin of a file; of XML more is looked at, for remarks may stand before its first element."""
    text = decode(data[:_HEAD]).characters
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        text = decode(data[: 8 * _HEAD]).characters
    return Head(data[: 8 * _HEAD], text)


def _letters(data: bytes) -> tuple[bytes, tuple[Warning, ...]]:
    """A file; an interchange in UTF-16, in which none is sent but which editors write, in UTF-8, and that said."""
    start = decode(data[:_HEAD])
    if not start.encoding.startswith("utf-16") or not _EDIFACT.search(start.characters.encode("utf-8", "replace")):
        return data, ()
    detail = "The interchange was written in UTF-16; its places are those of the same text in UTF-8."
    return decode(data).characters.encode("utf-8", "replace"), (Warning("read.wide", "offset 0", detail),)


def recognise(head: Head) -> Format:
    """The row of the table for a file. Raises InputError: what `seems` says of a file that nobody here reads, or
    `read.unknown`."""
    found = next((one for one in FORMATS if one.fits(head)), None)
    # What is loosely told by its first line may be something else that is surely told.
    loose = found is None or found.kind in _LOOSE
    if other := seems(head.data, head.text) if loose else packed(head.data):
        raise other
    if found:
        return found
    names = ", ".join(one.kind for one in FORMATS)
    detail = "The file has none of the formats that are known."
    raise InputError("read.unknown", detail, remedy="Check that the right file was chosen.", formats=names)


def _read(found: Format, data: bytes, asked: Asked) -> Any:
    module, name = found.reader.split(":")
    try:
        reader = getattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        detail = "The format was recognised, and this installation cannot read it."
        raise InputError("read.later", detail, remedy="Install the newest version.", format=found.kind) from None
    if found.kind == "MRZ":
        return reader(data, asked.today)
    if found.kind == "OFAC list":
        return reader(data, asked.aliases)
    return reader(data)


def _shaped(found: Format, value: Any, asked: Asked) -> Reading:
    from mithaq.formats import shapes

    reading = shapes.SHAPES[found.shape](found.kind, value)
    if found.kind == "OFAC list" and asked.aliases is None:
        detail = "The list was read without its file of aliases, which holds further names."
        return replace(reading, warnings=(Warning("read.alone", "line 1", detail), *reading.warnings))
    return reading
