"""Search with 100,000 notices and 1,000,000 candidates: the 95th percentile of one question, need to know included.

Invented records of the names of the shared screening bench, written by COPY and indexed by `search_index.rebuild`, on a
real PostgreSQL. Four units share the candidates. The questions are what officers type: two words of a name in either
script and any order, a family name, a given name that one in eleven bears, a reference, a document, a flight; each
asked by an officer of one unit and by oversight, who reads every unit's. The floor stands in the same rounds: a row of
the same table, fetched by its id.

`BENCH_SEARCH_SCALE=0.1` makes a tenth of the records; the promise is for all of them.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import cycle, islice
from statistics import quantiles
from typing import Any
from uuid import UUID

from tests.node import here as place

from bench.record import Figure, Reference, Spread, seconds

place.configured()

from django.db import connection  # noqa: E402
from psycopg import sql  # noqa: E402

from bench.screening_stored import SHARED  # noqa: E402
from mithaq.node.acts import search_index  # noqa: E402
from mithaq.node.acts.definition import Actor  # noqa: E402
from mithaq.node.acts.ids import uuid7  # noqa: E402
from mithaq.node.acts.searching import search  # noqa: E402
from mithaq.screening.files import read_subjects, read_travellers  # noqa: E402

NAME = "search"
SCALE = float(os.environ.get("BENCH_SEARCH_SCALE", "1"))
NOTICES, CANDIDATES = int(100_000 * SCALE), int(1_000_000 * SCALE)
ROUNDS, QUESTIONS = 3, 20
UNITS = ("BE-POLICE/BORDER", "BE-POLICE/HARBOUR", "BE-POLICE/RAIL", "BE-POLICE/ROADS")
ASKERS = (
    Actor("officer", UNITS[0], frozenset({"case-officer"})),
    Actor("overseer", "BE-POLICE/OVERSIGHT", frozenset({"oversight"})),
)
Names = tuple[str, ...]


def run() -> list[Figure]:
    """The 95th percentile of each kind of question and of all, in milliseconds."""
    fresh = place.fresh()
    here = next(fresh)
    now = here.clock.now()
    subjects = [one.names for one in read_subjects(SHARED / "national.jsonl.gz")]
    travellers = [one.names for one in read_travellers(SHARED / "travellers.jsonl.gz")]
    _copy("wanted_notice", _notices(subjects, now))
    _copy("border_candidate", _candidates(travellers, now))
    indexed = seconds(lambda: search_index.rebuild(_told))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE acts_searchentry")
    took: dict[str, list[float]] = {}
    floor: list[float] = []
    for turn in range(ROUNDS):
        for kind, asked in _questions(subjects, travellers, random.Random(turn)).items():
            for words in asked:
                for who in ASKERS:
                    took.setdefault(kind, []).append(seconds(_asking(who, words)))
                floor.append(seconds(_lookup))
    every = [one for several in took.values() for one in several]
    reference = Reference("a row by its id, 95th percentile", _p95(floor).median)
    figures = [
        Figure(f"{kind}, 95th percentile", _p95(several).median, "ms", reference, _p95(several))
        for kind, several in took.items()
    ]
    records = NOTICES + CANDIDATES
    return [
        Figure(f"every question, {records:,} records, 95th percentile", _p95(every).median, "ms", reference,
               _p95(every), most=200),
        *figures,
        Figure("records indexed anew in a second", records / indexed, "records/s"),
    ]  # fmt: skip


def _asking(who: Actor, words: str) -> Callable[[], object]:
    return lambda: search(who, words)


def _lookup() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT model, line, at FROM acts_searchentry WHERE id = %s", [random.randrange(NOTICES)])
        cursor.fetchall()


def _p95(times: Sequence[float]) -> Spread:
    """In milliseconds; the extremes beside it are the median and the slowest."""
    several = sorted(one * 1000 for one in times)
    return Spread(quantiles(several, n=20)[-1], several[len(several) // 2], several[-1])


def _questions(subjects: Sequence[Names], travellers: Sequence[Names], rng: random.Random) -> dict[str, list[str]]:
    def some(names: Sequence[Names]) -> list[str]:
        return [rng.choice(one) for one in rng.sample(names, QUESTIONS)]

    listed = some(subjects)
    turned = [" ".join(reversed(name.split())) for name in some(travellers)]
    return {
        "a listed person's name": listed,
        "a traveller's name, turned round": turned,
        "a family name": [name.split()[-1] for name in some(subjects)],
        "a given name that many bear": ["Mohamed", "Ahmed", "محمد", "Fatima", "Ali"] * (QUESTIONS // 5),
        "a reference": [_reference(rng.randrange(NOTICES)) for _ in range(QUESTIONS)],
        "a document": [_document(rng.randrange(CANDIDATES)) for _ in range(QUESTIONS)],
        "a flight": [f"XX{rng.randrange(100, 1000)}" for _ in range(QUESTIONS)],
    }


def _reference(number: int) -> str:
    return f"MA-POLICE/2026/WP/{number:06d}"


def _document(number: int) -> str:
    return f"ZX{number:07d}"


def _notices(subjects: Sequence[Names], now: datetime) -> Iterator[dict[str, Any]]:
    for number, names in enumerate(islice(cycle(subjects), NOTICES)):
        at = now + timedelta(seconds=number)
        fixed = {"authority": "MA-POLICE", "unit": "MA-POLICE/WANTED", "plan": "p", "line": "wanted-persons"}
        words = {"category": "wanted", "purpose": "locate", "urgency": "normal", "handling": "H1", "language": "fr"}
        blank = {"message": "", "drafted_by": "", "approved_by": "", "version": 1, "state": "active"}
        content = json.dumps({"person": {"names": names, "documents": []}}, ensure_ascii=False)
        later = at + timedelta(days=300)
        moments = {"created": at, "changed": at, "review": later, "kept_until": later}
        key = {"id": uuid7(at), "reference": _reference(number), "content": content}
        yield {**key, **fixed, **words, **blank, **moments}


def _candidates(travellers: Sequence[Names], now: datetime) -> Iterator[dict[str, Any]]:
    for number, names in enumerate(islice(cycle(travellers), CANDIDATES)):
        at = now + timedelta(seconds=number)
        document = {"kind": "P", "number": _document(number), "issuer": "MAR"}
        traveller = json.dumps({"names": names, "documents": [document]}, ensure_ascii=False)
        yield {
            "id": uuid7(at),
            "manifest": UUID(int=number // 5),
            "post": "BEBRU",
            "unit": UNITS[number % len(UNITS)],
            "subject": "notice:x",
            "traveller": traveller,
            "travel": json.dumps({"flight": f"XX{100 + number // 300 % 900}"}),
            "score": 10.0,
            "evidence": "[]",
            "state": "candidate",
            "created": at,
            "expires": at,
            "version": 1,
        }


def _copy(table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    columns = sql.SQL(", ").join(map(sql.Identifier, first))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write_row(list(first.values()))
        for row in rows:
            copy.write_row(list(row.values()))


def _told(label: str, done: int, every: int) -> None:
    if done == every or not done % 100_000:
        print(f"{time.strftime('%H:%M:%S')} indexed {done:,} of {every:,} {label}", file=sys.stderr)
