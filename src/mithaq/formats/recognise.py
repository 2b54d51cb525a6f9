"""What a file's reader understood of it, whatever its format, in one shape.

Rules: the name of a file decides nothing, its content does (`known`); a reader is loaded when it is needed. Design:
architecture, "Layout" (formats).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import Any, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.births import told_of_unborn
from mithaq.formats.csv_mapping import Mapping
from mithaq.formats.known import Format, head_of, is_csv, is_interchange, recognise
from mithaq.formats.reading import Reading, Warning
from mithaq.formats.text import decode
from mithaq.formats.unpack import unpack

__all__ = ["Asked", "read_file"]

# The text in which an interchange is looked for that is written in UTF-16.
_HEAD = 8192
_ALT = re.compile(r'\s*\d+\s*,\s*\d+\s*,\s*"(?:aka|fka|nka)"\s*,', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader may need beside the file: the day of reading, the mapping of a CSV, OFAC's file of aliases."""

    today: date
    mapping: Mapping | None = None
    aliases: bytes | None = None


def read_file(source: BinaryIO, asked: Asked) -> Reading:
    """What a file says, whatever its format. Reads no further than one byte past the limits.

    Raises InputError: what `unpack`, `recognise` and the format's reader raise; `read.aliases` for OFAC's file of
    aliases alone; `read.later` for a format that this installation cannot read.
    """
    data, wide = _letters(unpack(source))
    head = head_of(data)
    if asked.mapping is not None and is_csv(head):
        from mithaq.formats.csv_people import read_csv

        return told_of_unborn(read_csv(data, asked.mapping), asked.today)
    if _ALT.match(head.text):
        detail = "The file holds the aliases of the OFAC list, which say nothing without the list."
        raise InputError("read.aliases", detail, remedy="Choose sdn.csv, and this file as its aliases.")
    found = recognise(head)
    reading = _shaped(found, _read(found, data, asked), asked)
    return replace(reading, warnings=(*wide, *reading.warnings)) if wide else reading


def _letters(data: bytes) -> tuple[bytes, tuple[Warning, ...]]:
    """A file; an interchange in UTF-16, in which none is sent but which editors write, in UTF-8, and that said."""
    start = decode(data[:_HEAD])
    if not start.encoding.startswith("utf-16") or not is_interchange(start.characters.encode("utf-8", "replace")):
        return data, ()
    detail = "The interchange was written in UTF-16; its places are those of the same text in UTF-8."
    return decode(data).characters.encode("utf-8", "replace"), (Warning("read.wide", "offset 0", detail),)


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
    if found.shape == "as_is":
        return told_of_unborn(reading, asked.today)
    if found.kind == "OFAC list" and asked.aliases is None:
        detail = "The list was read without its file of aliases, which holds further names."
        return replace(reading, warnings=(Warning("read.alone", "line 1", detail), *reading.warnings))
    return reading
