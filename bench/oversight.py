"""Oversight's pages over an access log of ten million rows (MITHAQ_BENCH_ROWS for fewer), and what a reading costs.

Rows of 400 people in 25 units, written by the database itself, so that their chain does not hold: pages do not look at
it. Each page is asked through the test client, in one process; its processor time and its statements are counted as
well, since other programs of the machine slow the clock and not these.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.node import here as place

from bench.record import Figure, Spread

place.configured()

from tests.node.oversight.material import people, signed_in  # noqa: E402  Django must be configured first

from mithaq.node.acts import access, chain  # noqa: E402
from mithaq.node.acts.definition import Actor  # noqa: E402
from mithaq.node.oversight import unusual  # noqa: E402

NAME = "oversight"
ROWS = int(os.environ.get("MITHAQ_BENCH_ROWS", "10000000"))
TURNS, READS, CHECKED = 20, 400, 10_000
FILL = """INSERT INTO acts_access (id, at, actor, unit, what, record, reason, why, also, salt, chain)
SELECT n, %s - (%s - n) * interval '1 second', 'officer-' || n * 7919 %% 400, 'BE-POLICE/U' || n * 7919 %% 25,
    (ARRAY['wanted.notice', 'wanted.list', 'border.manifest', 'border.hit', 'console.home', 'refused:border.hit',
        'wanted.portrait', 'exchange.message', 'lists.version', 'api.notice'])[1 + n * 104729 %% 10],
    CASE WHEN n %% 3 = 0 THEN '' ELSE md5((n * 15485863 %% 300000)::text) END, '', '',
    CASE WHEN n %% 30 = 0 THEN ARRAY(SELECT md5((((n + k) * 32452843) %% 300000)::text) FROM generate_series(1, 50) k)
        ELSE '{}' END, '\\x00'::bytea, sha256(n::text::bytea) FROM generate_series(%s, %s) n"""
PAGES = {
    "the log": "/oversight/log",
    "the log, by person": "/oversight/log?actor=officer-11",
    "the log, by person who read nothing": "/oversight/log?actor=nobody",
    "the log, by unit and refused": "/oversight/log?unit=BE-POLICE/U3&refused=on",
    "the log, by what was read": "/oversight/log?what=border.hit",
    "the log, by record": "/oversight/log?record=cfcd208495d565ef66e7dff9f98764da",
    "the log, by period": "/oversight/log?since=2026-04-20&until=2026-04-22",
    "one person's data": "/oversight/person?reference=cfcd208495d565ef66e7dff9f98764da",
    "unusual reading": "/oversight/unusual",
    "the chain": "/oversight/chain",
}


def run() -> list[Figure]:
    """The 95th percentile of each page, its statements, what a reading costs, and a minute's check."""
    fresh = place.fresh()
    here = next(fresh)
    people(here)
    with connection.cursor() as cursor:
        for start in range(1, ROWS + 1, 500_000):
            cursor.execute(FILL, (here.clock.now(), ROWS, start, min(start + 499_999, ROWS)))
        cursor.execute("VACUUM ANALYZE acts_access")
    began = time.process_time()
    unusual.make(here.clock.now())
    made = time.process_time() - began
    client = signed_in("overseer")
    found = [one for name, path in PAGES.items() for one in _page(name, lambda path=path: client.get(path))]
    reader = Actor("officer-1", "BE-POLICE/U1", frozenset({"case-officer"}))
    costs = [_timed(lambda: access.log(reader, "wanted.notice", here.clock.now(), "record")) for _ in range(READS)]
    checked = _timed(lambda: chain.check(ROWS - CHECKED))
    return [
        *found,
        Figure("a row of the access log, median", Spread.of(costs).median * 1000, "ms", None, most=1.0),
        Figure(f"check of the last {READS} rows", checked * 1000, "ms"),
        Figure("figures of a week, processor time of the worker", made, "s"),
    ]


def _page(name: str, ask: Callable[[], object]) -> list[Figure]:
    ask()
    with CaptureQueriesContext(connection) as asked:
        ask()
    times = sorted(_timed(ask) for _turn in range(TURNS))
    return [
        Figure(f"{name}, p95", times[int(TURNS * 0.95) - 1] * 1000, "ms", most=300),
        Figure(f"{name}, statements", len(asked), "", most=15),
    ]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
