"""Hostile bytes take bounded memory, the XML parser's own in C included: measured in a process of its own
(`memory`)."""

from __future__ import annotations

import pytest

from tests.formats.apart import apart
from tests.formats.memory import taken

LIST = "from mithaq.formats.un_list import MAX_BYTES, read_un_list as read"
EU = "from mithaq.formats.eu_list import MAX_BYTES, read_eu_list as read"
OFAC = "from mithaq.formats.ofac_list import MAX_BYTES, read_ofac_list as read"
PAXLST = "from mithaq.formats.edifact import MAX_BYTES\nfrom mithaq.formats.paxlst import read_paxlst as read"
MRZ = "import datetime\nfrom mithaq.formats.mrz import MAX_BYTES, read_mrz\n"
MRZ += "def read(data): read_mrz(data, datetime.date(2026, 1, 1))"
CSV = (
    "from mithaq.formats.csv_rows import MAX_BYTES\nfrom mithaq.formats.csv_people import read_csv\n"
    "from mithaq.formats.csv_mapping import read_mapping\n"
    'mapping = read_mapping(b\'separator = "|"\\n[columns]\\nnames = "n"\')\n'
    "def read(data): read_csv(data, mapping)"
)
PLAIN_CSV = "from mithaq.formats.csv_rows import MAX_BYTES\nfrom mithaq.formats.csv_people import read_csv as read"
LINES = "from mithaq.formats.subjects import MAX_BYTES, read_json_lines as read"
FILE = "import datetime, gzip, io\nfrom mithaq.formats.recognise import Asked, read_file\n"
FILE += "def read(data): read_file(io.BytesIO(data), Asked(datetime.date(2026, 1, 1)))"
OPEN = 'b"<CONSOLIDATED_LIST><INDIVIDUALS>"'
HEAD = "b\"UNB+UNOA:4+A+B+250101:0000+1'UNH+1+PAXLST:D:05B:UN:IATA'TDT+20+MQ1'\""
HOSTILE = {
    "empty persons": (LIST, OPEN + ' + b"<INDIVIDUAL/>" * (MAX_BYTES // 13 - 9)'),
    "empty elements": (LIST, OPEN + ' + b"<x/>" * (MAX_BYTES // 4 - 99)'),
    "one person without end": (LIST, OPEN + ' + b"<INDIVIDUAL><NATIONALITY>" + b"<VALUE/>" * (MAX_BYTES // 8 - 99)'),
    "attributes": (LIST, OPEN + """ + b"<x " + b" ".join(b"a%d=''" % n for n in range(1_000_000))"""),
    "own entities": (LIST, """b"<!DOCTYPE x [" + b"".join(b"<!ENTITY a%d 'b'>" % n for n in range(500_000))"""),
    "records of the EU": (EU, 'b"<export>" + b"<sanctionEntity/>" * (MAX_BYTES // 17 - 99)'),
    "one record of the EU": (EU, 'b"<export><sanctionEntity>" + b"<x/>" * (MAX_BYTES // 4 - 99)'),
    "cells of OFAC": (OFAC, 'b"," * (MAX_BYTES - 99)'),
    "records of OFAC": (OFAC, 'b"1\\n" * (MAX_BYTES // 2 - 99)'),
    "one remark of OFAC": (OFAC, 'b"1,A,individual" + b"," * 9 + b"DOB 1;" * 21_000'),
    "travellers to the limit": (PAXLST, HEAD + """ + b"NAD+FL'" * (MAX_BYTES // 7 - 99)"""),
    "nameless travellers": (PAXLST, HEAD + """ + b"NAD+FL'" * 450_000"""),
    "dates that are none": (PAXLST, HEAD + """ + b"NAD+FL'DTM+329:999999'" * 150_000"""),
    "documents of one traveller": (PAXLST, HEAD + """ + b"NAD+FL'" + b"DOC+P+1'" * 240_000"""),
    "other travellers": (PAXLST, HEAD + """ + b"".join(b"NAD+FL+++A%d:B'" % n for n in range(100_000))"""),
    "no mark at all": (PAXLST, HEAD + """ + b"A" * (MAX_BYTES - 99)"""),
    "released marks": (PAXLST, HEAD + """ + b"NAD+FL+++" + b"?'" * 400_000"""),
    "zones to the limit": (MRZ, '(b"P<" + b"A" * 86 + b"\\n") * (MAX_BYTES // 89)'),
    "lines that are no zone": (MRZ, 'b"A\\n" * (MAX_BYTES // 2)'),
    "rows to the limit": (CSV, 'b"n;a\\n" + b"Maes, Jan of Gent;1234567890\\n" * 199_999'),
    "values of a cell": (CSV, 'b"n;a\\n" + (b"|".join(b"%d" % n for n in range(1500)) + b";\\n") * 2_000'),
    "empty cells": (PLAIN_CSV, '(b"," * 900 + b"\\n") * (MAX_BYTES // 901)'),
    "empty lines": (PLAIN_CSV, 'b"a,b\\n" + b"\\n" * (MAX_BYTES - 9)'),
    "empty lines of no encoding": (PLAIN_CSV, 'b"a,\\xff\\n" + b"\\n" * (MAX_BYTES - 9)'),
    "one open quote": (PLAIN_CSV, 'b"a,b\\n" + b"\\"A\\n" * 199_000'),
    "short names": (LINES, """b"".join(b'{"id":"%d","names":["a"]}\\n' % n for n in range(199_999))"""),
    "names without end": (LINES, """b'{"id":"1","names":[' + b'"ab",' * (MAX_BYTES // 5 - 9)"""),
    "objects": (LINES, """b'{"id":"1","names":["a"]}\\n' + (b"[" + b"{}," * 300_000 + b"{}]\\n") * 17"""),
    "a gigabyte in a megabyte": (FILE, 'gzip.compress(b"\\0" * (1 << 28))'),
    "interchanges": (PAXLST, HEAD + """ + b"UNA:+.? 'UNB+" * (MAX_BYTES // 13 - 99)"""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_take_bounded_memory(name: str) -> None:
    assert apart(taken, *HOSTILE[name]) < 250
