"""The table of the formats that are read, and which of them a file has, by its content.

Rules: the first row of the table that fits is taken, so that what is surer stands first; a file that fits loosely, and
surely is something else, is named as that. A new format is one row. Documents: ISO 9735 (UNA, UNB, UNG, UNH), and those
of the readers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mithaq.errors import InputError
from mithaq.formats.seems import packed, root_of, seems
from mithaq.formats.text import decode

# What is looked at to tell a format; the type of an EDIFACT message may stand behind a long header.
_HEAD = 8192
# At the begin of a file a segment's tag is enough; behind noise, and in small letters, the first elements must be those
# of an interchange, for the letters alone stand in tables too: `UNB` ends the code of a place.
_EDIFACT = re.compile(
    rb"""UNA.{6}[\s\0]*UN[BGH]
    | \A(?:\xef\xbb\xbf|[\s\0])*UN[ABGH][^A-Za-z0-9\s]
    | \A(?:\xef\xbb\xbf|[\s\0])*(?:una.{6}[\s\0]*)?unb[^a-z0-9\s]\s*[a-z]{4}[^a-z0-9\s]\s*\d
    | (?<![A-Za-z0-9])(?:
        UNB[^A-Za-z0-9\s]\s*[A-Z]{4}[^A-Za-z0-9\s]\s*\d
      | UNG[^A-Za-z0-9\s]\s*[A-Z]{6}[^A-Za-z0-9\s]
      | UNH[^A-Za-z0-9\s]\s*[A-Za-z0-9\x20-]{1,14}[^A-Za-z0-9\s]\s*[A-Z]{6}[^A-Za-z0-9\s] )""",
    re.DOTALL | re.VERBOSE,
)
_PNRGOV = re.compile(rb"UN[HG][^A-Za-z0-9\s].{0,40}?PNRGOV", re.DOTALL | re.IGNORECASE)
_EU = re.compile(r"fpi/fsd/export|<(?:[\w.-]+:)?sanctionEntity[\s>]")
# No heading, a number, and `-0-` for what is empty.
_SDN = re.compile(r'\s*\d+\s*,\s*"[^"]*(?:""[^"]*)*"\s*,\s*(?:-0-\s*,|"(?:individual|vessel|aircraft|entity) *"\s*,)')
_LOOSE = frozenset({"MRZ", "JSON Lines", "CSV"})


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


def head_of(data: bytes) -> Head:
    """The begin of a file; of XML more is looked at, for remarks may stand before its first element."""
    text = decode(data[:_HEAD]).characters
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        text = decode(data[: 8 * _HEAD]).characters
    return Head(data[: 8 * _HEAD], text)


def is_interchange(data: bytes) -> bool:
    """Whether a file's begin is that of an EDIFACT interchange, noise before it or not."""
    return _EDIFACT.search(data) is not None


def _is_mrz(head: Head) -> bool:
    from mithaq.formats.mrz_lines import zones_of

    return bool(zones_of(head.text)[0])


def is_csv(head: Head) -> bool:
    """Text of which a line is divided by a usual sign; XML and JSON are other formats that nobody here reads."""
    from mithaq.formats.csv_rows import DELIMITERS

    first = head.text.lstrip()
    line = next((one for one in first.splitlines() if one.strip()), "")
    return "\0" not in first and first[:1] not in {"", "<", "{", "["} and any(sign in line for sign in DELIMITERS)


FORMATS = (
    Format("PNRGOV", lambda head: is_interchange(head.data) and bool(_PNRGOV.search(head.data)),
           "mithaq.formats.pnrgov:read_pnrgov", "pnrgov"),
    Format("PAXLST", lambda head: is_interchange(head.data), "mithaq.formats.paxlst:read_paxlst", "paxlst"),
    Format("UN list", lambda head: root_of(head.text) == "CONSOLIDATED_LIST",
           "mithaq.formats.un_list:read_un_list", "persons"),
    Format("EU list", lambda head: root_of(head.text) == "export" and bool(_EU.search(head.text)),
           "mithaq.formats.eu_list:read_eu_list", "persons"),
    Format("OFAC list", lambda head: bool(_SDN.match(head.text)), "mithaq.formats.ofac_list:read_ofac_list", "persons"),
    Format("MRZ", _is_mrz, "mithaq.formats.mrz:read_mrz", "zones"),
    Format("JSON Lines", lambda head: head.text.lstrip().startswith("{"),
           "mithaq.formats.subjects:read_json_lines", "as_is"),
    Format("CSV", is_csv, "mithaq.formats.csv_people:read_csv", "as_is"),
)  # fmt: skip


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
