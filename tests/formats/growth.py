"""Hostile bytes of a size `n` for each reader, and the processor time that a reader takes for them.

Rule: a pattern is what costs a careless reader the square of its size: many of one thing, one thing without end, or
two things of which each is looked up among the other. It is as large as shows its growth in a few seconds.
"""

from __future__ import annotations

import contextlib
import gc
import gzip
import io
import resource
import time
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import read_mapping
from mithaq.formats.csv_people import read_csv
from mithaq.formats.eu_list import read_eu_list
from mithaq.formats.mrz import read_mrz
from mithaq.formats.ofac_list import read_ofac_list
from mithaq.formats.paxlst import read_paxlst
from mithaq.formats.pnrgov import read_pnrgov
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.subjects import read_json_lines
from mithaq.formats.un_list import read_un_list

TIMES = 4
# Between the 4 of what grows with the size and the 16 of what grows with its square.
LINEAR = 9.0
# Seconds: a clock cannot tell less from nothing, and no officer notices it.
LEAST = 0.02
# Seconds of a processor, after which a reader that is quadratic by far is ended.
MOST = 60
DAY = date(2026, 1, 1)
MAPPING = read_mapping(b'separator = "|"\n[columns]\nnames = "n"\nweak_names = "a"')
LIST = b"UNB+UNOA:4+A+B+250101:0000+1'UNH+1+PAXLST:D:05B:UN:IATA'TDT+20+MQ1'"
MESSAGE = b"UNB+IATA:1+A+B+250301:0000+1'UNH+1+PNRGOV:15:1:IA'TVL+010325:1015+CMN+BRU+MQ+42'"
BOOKING = MESSAGE + b"SRC'"
DOCS = b"SSR+DOCS::::::::/P/A/%d/A/01JAN80/M//A/C%d'"
SDN = b'%d,"A, B","individual",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"%b"\n'
ZONE = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"

Pattern = Callable[[int], Any]
Case = tuple[Callable[[Any], object], Pattern, int]


def each(row: bytes, numbers: Iterable[int]) -> bytes:
    """The row for every number, put into each of its places."""
    places = row.count(b"%d")
    return b"".join(row % ((number,) * places) for number in numbers)


def un(inside: bytes) -> bytes:
    """A UN list of one person with something inside."""
    name = b"<REFERENCE_NUMBER>1</REFERENCE_NUMBER><FIRST_NAME>A</FIRST_NAME>"
    return b"<CONSOLIDATED_LIST><INDIVIDUAL>" + name + inside + b"</INDIVIDUAL></CONSOLIDATED_LIST>"


def un_number(text: bytes) -> bytes:
    """A UN list of one person with the number of a document."""
    return un(b"<INDIVIDUAL_DOCUMENT><NUMBER>" + text + b"</NUMBER></INDIVIDUAL_DOCUMENT>")


def un_script(text: bytes) -> bytes:
    """A UN list of one person with a name in its script."""
    return un(b"<NAME_ORIGINAL_SCRIPT>" + text + b"</NAME_ORIGINAL_SCRIPT>")


def un_aliases(quality: bytes, text: bytes) -> bytes:
    """An alias of a person of the UN list."""
    alias = b"<ALIAS_NAME>" + text + b"</ALIAS_NAME>"
    return b"<INDIVIDUAL_ALIAS><QUALITY>" + quality + b"</QUALITY>" + alias + b"</INDIVIDUAL_ALIAS>"


def eu(inside: bytes) -> bytes:
    """An EU list of one person with something inside."""
    begin = b'<export><sanctionEntity euReferenceNumber="1"><subjectType code="person"/><nameAlias wholeName="a"/>'
    return begin + inside + b"</sanctionEntity></export>"


def read_any(data: bytes) -> object:
    """Whatever the file is."""
    return read_file(io.BytesIO(data), Asked(DAY))


def read_zones(data: bytes) -> object:
    """A file of zones."""
    return read_mrz(data, DAY)


def read_mapped(data: bytes) -> object:
    """A CSV whose columns have a meaning."""
    return read_csv(data, MAPPING)


def read_aliases(data: tuple[bytes, bytes]) -> object:
    """OFAC's list and its file of aliases."""
    return read_ofac_list(*data)


UN: dict[str, tuple[Pattern, int]] = {
    "persons": (
        lambda n: (
            b"<CONSOLIDATED_LIST>"
            + each(
                b"<INDIVIDUAL><REFERENCE_NUMBER>%d</REFERENCE_NUMBER><FIRST_NAME>A</FIRST_NAME></INDIVIDUAL>", range(n)
            )
            + b"</CONSOLIDATED_LIST>"
        ),
        10_000,
    ),
    "names of a field": (
        lambda n: un(un_aliases(b"Good", each(b"a%d;", range(n))) + un_aliases(b"Low", each(b"b%d;", range(n)))),
        3_000,
    ),
    "aliases": (lambda n: un(each(un_aliases(b"Low", b"b%d"), range(n))), 10_000),
    "colons of a number": (lambda n: un_number(b":" * n), 500),
    "commas of a number": (lambda n: un_number(b"," * n + b"1"), 5_000),
    "words of a number": (lambda n: un_number(b"no " * n), 20_000),
    "one word of a number": (lambda n: un_number(b"passport " + b"1" * n + b" a"), 5_000),
    "numbers": (lambda n: un(b"<INDIVIDUAL_DOCUMENT><NUMBER>no.:1:1</NUMBER></INDIVIDUAL_DOCUMENT>" * n), 5_000),
    "brackets": (lambda n: un_script(b"(" * n + b")" * n), 50_000),
    "blanks": (lambda n: un_script(b"A" + b" " * n + b"B"), 100_000),
    "words of a name": (lambda n: un_script(b"born, " * n), 50_000),
    "characters by number": (lambda n: un_script(b"&#65;" * n), 100_000),
    "years": (
        lambda n: un(b"<INDIVIDUAL_DATE_OF_BIRTH><NOTE>" + b"1980 Jan " * n + b"</NOTE></INDIVIDUAL_DATE_OF_BIRTH>"),
        20_000,
    ),
    "nationalities": (
        lambda n: un(b"<NATIONALITY>" + each(b"<VALUE>State %d</VALUE>", range(n)) + b"</NATIONALITY>"),
        10_000,
    ),
    "nested": (lambda n: un((b"<x>" * 200 + b"</x>" * 200) * n), 100),
    "no end": (lambda n: b"<CONSOLIDATED_LIST>" + b"<INDIVIDUAL><x/></INDIVIDUAL>" * n, 10_000),
    "attributes": (lambda n: un(b"<x" + each(b" a%d=''", range(n)) + b"/>"), 10_000),
    "prefixes": (lambda n: un(b"<x" + each(b" xmlns:a%d='u%d'", range(n)) + b">" + b"<a0:x/>" * n + b"</x>"), 2_000),
    "comments": (lambda n: un(b"<!-- a -->b" * n), 50_000),
}
EU: dict[str, tuple[Pattern, int]] = {
    "aliases": (
        lambda n: eu(each(b'<nameAlias wholeName="a%d"/><nameAlias wholeName="b%d" strong="false"/>', range(n))),
        2_500,
    ),
    "papers": (lambda n: eu(each(b'<identification number="%d" countryDescription="State %d"/>', range(n))), 10_000),
    "births": (lambda n: eu(each(b'<birthdate year="1980" place="%d"/>', range(n))), 10_000),
    "records": (
        lambda n: (
            b"<export>"
            + each(b'<sanctionEntity logicalId="%d"><subjectType code="person"/></sanctionEntity>', range(n))
            + b"</export>"
        ),
        10_000,
    ),
}
OFAC: dict[str, tuple[Pattern, int]] = {
    "records": (lambda n: b"".join(SDN % (k, b"DOB 1 Jan 1980") for k in range(n)), 5_000),
    "remarks": (lambda n: SDN % (1, each(b"Passport A%d (State %d);", range(n))), 800),
    "one remark": (lambda n: SDN % (1, b"(DOB " * n), 4_000),
    "commas after a number": (lambda n: SDN % (1, b"Passport A1234" + b"," * n), 20_000),
    "words before a number": (lambda n: SDN % (1, b"A " * n + b"Passport"), 10_000),
    "lines of no encoding": (lambda n: b"".join(SDN % (k, b"\xff") for k in range(n)), 10_000),
}
PAXLST: dict[str, tuple[Pattern, int]] = {
    "travellers": (lambda n: LIST + each(b"NAD+FL+++A%d:B'DTM+329:800101'DOC+P+%d'", range(n)), 5_000),
    "documents of one": (lambda n: LIST + b"NAD+FL+++A:B'" + each(b"DOC+P+%d'LOC+91+BEL'", range(n)), 10_000),
    "flights": (
        lambda n: LIST + each(b"TDT+20+MQ%d'LOC+125+CMN'DTM+189:2501011010:201'LOC+87+BRU'", range(n)),
        5_000,
    ),
    "messages": (lambda n: LIST + (LIST[29:] + b"NAD+FL+++A:B'UNT+9+1'") * n, 3_000),
    "counts": (lambda n: LIST + b"NAD+FL+++A:B'" * n + b"CNT+42:1'" * n, 5_000),
    "elements of one": (lambda n: LIST + b"NAD+FL" + b"+" * n + b"'", 100_000),
    "components of one": (lambda n: LIST + b"NAD+FL+++" + b":" * n + b"'", 100_000),
    "released marks": (lambda n: LIST + b"NAD+FL+++" + b"?+?:?'" * n + b"'", 50_000),
    "release characters": (lambda n: LIST + b"NAD+FL+++" + b"?" * n + b"'", 200_000),
    "trailers": (lambda n: LIST + b"UNT+1+1'" * n, 30_000),
    "interchanges": (lambda n: (LIST + b"NAD+FL+++A:B'UNA:+.? '") * n, 200),
    "no mark at all": (lambda n: LIST + b"A" * n, 2_000_000),
    "blanks": (lambda n: LIST + b" " * n + b"NAD+FL+++A:B'", 1_000_000),
}
PNRGOV: dict[str, tuple[Pattern, int]] = {
    "travellers": (lambda n: BOOKING + each(b"TIF+A%d+B:A:%d'", range(n)), 5_000),
    "namesakes": (lambda n: BOOKING + each(b"TIF+A+B%d'", range(n)) + each(DOCS, range(n)), 1_000),
    "documents": (lambda n: BOOKING + each(DOCS, range(n)), 1_000),
    "services of one": (lambda n: BOOKING + b"TIF+A+B:A:1'SSR+CTCM::::::::1234567" + b"+::1" * n + b"'", 20_000),
    "infants aside": (lambda n: BOOKING + b"TIF+A" + b"+B(INF/C)" * n + b"'", 2_000),
    "brackets of a name": (lambda n: BOOKING + b"TIF+A+" + b"(INF" * n + b"'", 2_000),
    "a name of titles": (lambda n: BOOKING + b"TIF+A+" + b"MR " * n + b"'", 100_000),
    "bookings": (lambda n: MESSAGE + each(b"SRC'RCI+A:B%d'TIF+A+B'", range(n)), 4_000),
    "flights": (lambda n: BOOKING + b"TIF+A+B'" + each(b"TVL+010325:1015+CMN+BRU+MQ+%d'", range(n)), 5_000),
    "texts": (lambda n: BOOKING + b"TIF+A+B'" + each(b"IFT+4:28+TEXT %d'", range(n)), 10_000),
    # A text is looked at to its 2000th character: the larger size stays below that (`LIMITED`).
    "letters of an address": (lambda n: BOOKING + (b"IFT+4:28+CTCE " + b"A" * n + b"'") * 100, 480),
    "signs of addresses": (lambda n: BOOKING + (b"IFT+4:28+CTCE " + b"A.B//" * n + b"'") * 100, 95),
    "names of addresses": (lambda n: BOOKING + (b"IFT+4:28+CTCE " + b"A.B/" * n + b"/'") * 100, 115),
    "one long text": (lambda n: BOOKING + b"IFT+4:28+" + b"MEAL-" * n + b"'", 100_000),
    "digits": (lambda n: BOOKING + (b"IFT+4:28+CTCT " + b"1(.) " * n + b"'") * 100, 95),
    "slashes": (lambda n: BOOKING + b"SSR+INFT::::::::" + b"A/" * n + b"'", 100_000),
    "lines that are not ended": (lambda n: BOOKING + b"TIF+A+B\n" * n, 5_000),
    "one fused element": (lambda n: BOOKING + b"ORG+" + b"TIF" * n + b"+A'", 100_000),
    "fused elements": (lambda n: BOOKING + b"ORG" + b"+ATIF" * n + b"+A'", 50_000),
    "apostrophes": (lambda n: BOOKING + b"TIF+A+B\x92" + b" " * n + b"C'" + b"\x92" * n, 50_000),
    "unknown segments": (lambda n: BOOKING + b"XYZ+1'" * n, 20_000),
    "history": (lambda n: BOOKING + b"ABI+1'SAC+1'" * n, 20_000),
}
MRZ: dict[str, tuple[Pattern, int]] = {
    "zones": (lambda n: ZONE * n, 1_000),
    "lines": (lambda n: b"A\n" * n, 10_000),
    "one line": (lambda n: b"A" * n, 200_000),
    "long lines": (lambda n: (b"A" * 2000 + b"\n") * n, 100),
    "blanks": (lambda n: b"A" + b" " * n + b"A", 300_000),
}
CSV: dict[str, tuple[Pattern, int]] = {
    "open quotes": (lambda n: b"a,b\n" + b'"A\n' * n, 10_000),
    "one quoted cell": (lambda n: b'a,b\n"' + b'""' * n + b'",b\n', 15_000),
    "cells": (lambda n: (b"," * 900 + b"\n") * n, 400),
    "columns": (lambda n: each(b"c%d,", range(n)) + b"\n" + each(b"v%d,", range(n)), 240),
    "no encoding": (lambda n: b"a,\xff\n" + b"\xff,\xc3\xa9\n" * n, 20_000),
    "Arabic of no encoding": (lambda n: b"a,\xff\n" + b"\xc7\xe1\xda\xd1\xc8,b\n" * n, 20_000),
}
MAPPED: dict[str, tuple[Pattern, int]] = {
    "rows": (lambda n: b"n;a\n" + b"Maes, Jan of Gent;1234567890\n" * n, 10_000),
    "values of a cell": (lambda n: b"n;a\n" + each(b"%d|", range(n)) + b";\n", 100_000),
    "values of two cells": (lambda n: b"n;a\n" + each(b"%d|", range(n)) + b";" + each(b"a%d|", range(n)), 100_000),
}
JSON: dict[str, tuple[Pattern, int]] = {
    "names": (lambda n: b'{"id":"1","names":[' + b'"ab",' * n + b'"c"]}', 20_000),
    "records": (lambda n: each(b'{"id":"%d","names":["a"]}\n', range(n)), 10_000),
    "nested": (lambda n: b'{"id":' + b"[" * n, 100_000),
    "digits": (lambda n: b'{"id":' + b"1" * n + b"}", 200_000),
    "escapes": (lambda n: b'{"id":"' + b"\\u0041" * n + b'","names":["a"]}', 30_000),
    "dates": (lambda n: b'{"id":"1","names":["a"],"birth_dates":[' + b'"1980-01-01",' * n + b'"1"]}', 10_000),
}
ANY: dict[str, tuple[Pattern, int]] = {
    "root of the EU": (lambda n: b"<export fpi/fsd " * n, 20_000),
    "service strings": (lambda n: b"UNA:+.? " * n, 100_000),
    "headers": (lambda n: b"UNH+" * n, 100_000),
    "quotes of a list": (lambda n: b'1,"' + b'""' * n, 100_000),
    "pieces of a gzip": (lambda n: gzip.compress(b"A\n") * n, 5_000),
}
ALIASES: dict[str, tuple[Pattern, int]] = {
    "weak and strong aliases": (
        lambda n: (SDN % (1, each(b"a.k.a. 'w%d';", range(n // 10))), each(b'1,%d,"aka","B%d",-0- \n', range(n))),
        10_000,
    )
}
READERS: tuple[tuple[str, Callable[[Any], object], dict[str, tuple[Pattern, int]]], ...] = (
    ("UN", read_un_list, UN),
    ("EU", read_eu_list, EU),
    ("OFAC", read_ofac_list, OFAC),
    ("OFAC with aliases", read_aliases, ALIASES),
    ("PAXLST", read_paxlst, PAXLST),
    ("PNRGOV", read_pnrgov, PNRGOV),
    ("MRZ", read_zones, MRZ),
    ("CSV", read_csv, CSV),
    ("CSV with a mapping", read_mapped, MAPPED),
    ("JSON Lines", read_json_lines, JSON),
    ("any", read_any, ANY),
)
# Those of texts that are looked at to a certain character, and have no larger size.
LIMITED = frozenset(f"PNRGOV: {name}" for name in ("letters of an address", "signs of addresses",
                                                   "names of addresses", "digits"))  # fmt: skip
CASES: dict[str, Case] = {
    f"{format_}: {name}": (read, pattern, size)
    for format_, read, patterns in READERS
    for name, (pattern, size) in patterns.items()
}


def taken(read: Callable[[Any], object], data: object, tries: int) -> float:
    """Seconds of a processor for reading; the least of so many tries, so that nothing else is counted."""
    found = []
    for _ in range(tries):
        gc.collect()
        before = time.process_time()
        with contextlib.suppress(InputError):
            read(data)
        found.append(time.process_time() - before)
    return min(found)


def grown(read: Callable[[Any], object], pattern: Pattern, size: int, *, larger: int = TIMES) -> tuple[float, float]:
    """Seconds for a size, and for TIMES as much.

    What looks like a square is measured again, with care and then `larger` times as large, where a machine's own
    doings no longer count: a square is one there too, and what grows with the size is not.
    """
    pairs: list[tuple[float, float]] = []
    for times, tries in ((1, 1), (1, 3), (larger, 3)):
        small = taken(read, pattern(size * times), tries)
        pairs.append((small, taken(read, pattern(size * times * TIMES), tries)))
        if is_linear(*pairs[-1]):
            break
    return pairs[-1]


def is_linear(small: float, large: float) -> bool:
    """Whether these are the times of what grows with the size."""
    return large < LEAST or large / small < LINEAR


def measured(name: str) -> tuple[float, float]:
    """The times for a size, and for TIMES as much; in a process that does nothing else."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST))
    read, pattern, size = CASES[name]
    taken(read, pattern(9), 1)  # what is loaded at first
    return grown(read, pattern, size, larger=1 if name in LIMITED else TIMES)


def of_a_square() -> tuple[float, float]:
    """The times of what compares each with each, large enough that a machine's own doings do not hide it."""

    def read(many: list[int]) -> object:
        return [one for one in many if one not in many]

    return taken(read, list(range(3_000)), 5), taken(read, list(range(3_000 * TIMES)), 1)


def of_a_line() -> tuple[float, float]:
    """The times of what is done once for each."""
    return grown(lambda many: [one for one in many if one + 1], lambda n: list(range(n)), 100_000)
