"""The UN and OFAC lists imported and live, against what no import can go under: their bare parsing and a bare COPY.

What is measured runs from the files' bytes to an index that finds their persons: two imports, two confirmations, the
subjects read back and the index built, each act with its decision, its transaction and its leaf. The node is empty
before every turn. The reference parses the same bytes and copies the same rows into one table without an index.
Document: issue 3, "Numbers".
"""

from __future__ import annotations

import json
from functools import partial

from tests.node import here as place
from tests.shared_data import shared

from bench.record import Figure, Reference, Spread, seconds

place.configured()

from django.db import connection, transaction  # noqa: E402  Django must be configured first
from tests.node.authorities import NOW  # noqa: E402
from tests.node.lists.material import confirmed, imported  # noqa: E402

from mithaq.node.border import matcher  # noqa: E402
from mithaq.node.lists import reading  # noqa: E402

NAME = "lists"
TIMES = 5
PERSONS = 730 + 4620
Files = dict[str, tuple[bytes, bytes]]


def run() -> list[Figure]:
    """Seconds until both lists are live, and of that until they are imported and confirmed."""
    files = _files()
    whole, acts, floor = [], [], []
    for turn in range(TIMES + 1):
        for _here in place.fresh():
            took = seconds(lambda: _import(files))
            index = seconds(_index)
            bare = seconds(lambda: _bare(files))
        if turn:  # the first one warms up
            whole.append(took + index)
            acts.append(took)
            floor.append(bare)
    reference = Reference("bare parse and bare COPY", Spread.of(floor).median)
    all_of, part = Spread.of(whole), Spread.of(acts)
    return [
        Figure("UN and OFAC lists imported and live", all_of.median, "s", reference, all_of, most=10),
        Figure("of that, imported and confirmed", part.median, "s", reference, part),
        _again(files),
    ]


def _files() -> Files:
    un = shared("data/lists/un_sc_consolidated.xml").read_bytes()
    sdn, alt = (shared(f"data/lists/ofac_{name}.csv").read_bytes() for name in ("sdn", "alt"))
    return {"UN": (un, b""), "OFAC": (sdn, alt)}


def _import(files: Files) -> None:
    for name, (data, more) in files.items():
        confirmed(imported(name, data, more)["version"])


def _index() -> None:
    found = matcher.live()
    if found.size != PERSONS:
        raise AssertionError(f"{found.size} persons are live")


def _bare(files: Files) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bare (reference text, person jsonb, more jsonb) ON COMMIT DROP")
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for name, (data, more) in files.items():
                for entry in reading.read(name, data, more, today=NOW.date()).entries:
                    copy.write_row((entry.reference, json.dumps(entry.person), json.dumps(entry.more)))


def _again(files: Files) -> Figure:
    """The next day's list, in which one person is new: import, compare, confirm."""
    took: list[float] = []
    for _here in place.fresh():
        _import(files)
        took = [seconds(partial(_new_person, number, *files["OFAC"])) for number in range(TIMES)]
    spread = Spread.of(took)
    return Figure("OFAC's next version, one person new", spread.median, "s", None, spread)


def _new_person(number: int, sdn: bytes, alt: bytes) -> None:
    row = f'{9_000_000 + number},"ELSEWHERE, Person","individual",{",".join(["-0- "] * 9)}\r\n'.encode()
    confirmed(imported("OFAC", row + sdn, alt)["version"])
