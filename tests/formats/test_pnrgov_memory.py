"""Hostile PNRGOV takes bounded memory: measured in a process of its own, as `test_memory`."""

from __future__ import annotations

import pytest

from tests.formats.apart import apart
from tests.formats.memory import taken

READ = "from mithaq.formats.edifact import MAX_BYTES\nfrom mithaq.formats.pnrgov import read_pnrgov as read"
HEAD = "b\"UNB+IATA:1+A+B+250301:0000+1'UNH+1+PNRGOV:15:1:IA'TVL+010325:1015+CMN+BRU+MQ+42'SRC'\""
HOSTILE = {
    "travellers": """ + b"TIF+A+B'" * 330_000""",
    "bookings": """ + b"SRC'" * 900_000""",
    "other flights": """ + b"TIF+A+B'" + b"".join(b"TVL+%d'" % n for n in range(490_000))""",
    "documents": """ + b"".join(b"SSR+DOCS::::::::/P/A/%d/A/01JAN80/M//A/C%d'" % (n, n) for n in range(80_000))""",
    "texts": """ + b"TIF+A+B'" + b"".join(b"IFT+4:28+%d'" % n for n in range(240_000))""",
    "a text of contacts": ' + b"IFT+4:28+CTCE " + b"A.B//" * 6_000_000 + bytes([39])',
    "texts of contacts": ' + (b"IFT+4:28+CTCE " + b"A.B//" * 390 + bytes([39])) * 16_000',
    "names of contacts": ' + (b"IFT+4:28+CTCE " + (b"A" * 62 + b"//") * 30 + bytes([39])) * 16_000',
    "lines that are not ended": """ + b"TIF+A+B\\n" * 300_000""",
    "apostrophes": """ + b"TIF+A+B\\x92 " * 300_000""",
    "unknown segments": """ + b"XYZ'" * 990_000""",
    "slashes": ' + b"SSR+DOCS::::::::" + b"/" * 30_000_000 + bytes([39])',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pnrgov_takes_bounded_memory(name: str) -> None:
    assert apart(taken, READ, HEAD + HOSTILE[name]) < 250
