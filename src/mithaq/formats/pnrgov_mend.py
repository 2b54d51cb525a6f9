"""Segments whose terminator was lost on the way: found again where that is certain enough, and always said.

Rules: bytes are changed one for one, so that offsets stay those of the file; only a known tag that an element mark
follows begins a segment. A typographic apostrophe before such a tag, and a line end before it without a terminator, are
read as terminators; an element that ends with the tag of a traveller, a flight, a text or a service is two segments.
Document: ISO 9735-1, sections 7 and 8, which such a file breaks.
"""

from __future__ import annotations

import re

from mithaq.formats.edifact import Segment

TAGS = frozenset(
    [
        "UNH",
        "UNT",
        "UNE",
        "UNZ",
        "MSG",
        "ORG",
        "TVL",
        "EQN",
        "SRC",
        "RCI",
        "SSR",
        "DAT",
        "IFT",
        "ADD",
        "EBD",
        "TIF",
        "FTI",
        "REF",
        "FAR",
        "TKT",
        "MON",
        "PTK",
        "TXD",
        "FOP",
        "TRA",
        "RPI",
        "APD",
        "TRI",
        "SSD",
        "TBD",
        "ABI",
        "SAC",
        "LTS",
        "ERC",
        "NAD",
    ]
)
_TAG = "|".join(sorted(TAGS)).encode()
_APOSTROPHE = re.compile(rb"(?:\xe2\x80[\x98\x99]|[\x91\x92])(?=[\s\0]*(?:(?:UNB|" + _TAG + rb")\+|SRC|DAT'|\Z))")
_LINE = re.compile(rb"\n(?=(?:" + _TAG + rb")\+|SRC')")
_FUSED = re.compile(r"(.+?)(TIF|TVL|IFT|SSR)", re.DOTALL)
# Segments without free text, in which such a word is no part of a sentence.
HOSTS = frozenset({"ORG", "RPI", "EQN", "APD", "SSD", "FAR", "TRI"})
MAX_MENDS = 1000


def mended(data: bytes) -> tuple[bytes, list[int]]:
    """The bytes with such terminators in place, and the offset of each; unchanged when their marks are others."""
    una = data.find(b"UNA", 0, 4096)
    if una >= 0 and data[una + 3 : una + 5] != b":+":
        return data, []
    places: list[tuple[int, int]] = []
    if b"\xe2\x80" in data or b"\x91" in data or b"\x92" in data:
        places += [(hit.start(), hit.end()) for hit in _APOSTROPHE.finditer(data)]
    if data.count(b"\n") > data.count(b"'\n") + data.count(b"'\r\n"):
        places += [(hit.start(), hit.end()) for hit in _LINE.finditer(data) if _open(data, hit.start())]
    if not places:
        return data, []
    out = bytearray(data)
    for start, end in places:
        out[start:end] = b"'" + b"\0" * (end - start - 1)
    return bytes(out), sorted(start for start, _ in places)[:MAX_MENDS]


def _open(data: bytes, line_end: int) -> bool:
    """Whether a segment is still open where a line ends."""
    before = data[max(0, line_end - 40) : line_end].rstrip(b" \t\r\n\0")
    return bool(before) and not before.endswith((b"'", b"\x99", b"\x98", b"\x91", b"\x92"))


def parted(segment: Segment) -> tuple[Segment, Segment] | None:
    """The two segments that one of HOSTS is, when an element ends with the tag of the second; else None."""
    for place, element in enumerate(segment.elements[:-1]):
        found = _FUSED.fullmatch(element[-1]) if element[-1][-3:] in {"TIF", "TVL", "IFT", "SSR"} else None
        if found:
            first = (*segment.elements[:place], (*element[:-1], found[1]))
            return segment._replace(elements=first), Segment(found[2], segment.elements[place + 1 :], segment.offset)
    return None
