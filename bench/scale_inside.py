"""`python -m bench.scale_inside CONFIG WORD`: what is measured within a process of the prepared node. JSON in and out.

`statements`: how many each page of stdin takes. `access`: what a row of the access log costs a page. `search`: the
search alone. `worker`: what the worker's turns take.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from tests.node.nodes import PASSWORD

from bench.record import pairs
from mithaq.node import database, start
from mithaq.node.config import read_config

# What opens and closes transactions is no statement of a page.
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
TURNS = 400


def _signed_in(who: str) -> Any:
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    answer = client.post("/sign-in", {"name": who, "password": PASSWORD})
    assert answer.status_code == 302, who
    return client


def statements(asked: list[dict[str, Any]]) -> list[Any]:
    """[(Statements with their milliseconds)] of each page, in order."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clients: dict[str, Any] = {}
    found = []
    for one in asked:
        client = clients.setdefault(one["who"], None) or _signed_in(one["who"])
        clients[one["who"]] = client
        _ask(client, one)
        with CaptureQueriesContext(connection) as queries:
            answer = _ask(client, one)
        assert answer.status_code == 200, (one["name"], answer.status_code, answer.content[:2000])
        told = [(query["sql"], float(query["time"]) * 1000) for query in queries.captured_queries]
        found.append([one for one in told if not one[0].startswith(FRAME)])
    return found


def _ask(client: Any, one: dict[str, Any]) -> Any:
    return client.post(one["path"], one["form"]) if one["form"] else client.get(one["path"])


def access(_asked: object) -> Any:
    """Milliseconds of one page with its row and without, of the row alone, and of a bare row that is committed."""
    from django.db import connection

    from mithaq.node.acts import access as rows
    from mithaq.node.acts.definition import Actor
    from mithaq.node.start import Node

    client = _signed_in("officer-a")
    key = str(_first("SELECT id FROM wanted_notice WHERE state = 'active' ORDER BY id DESC LIMIT 1"))

    def page() -> object:
        return client.get(f"/notices/{key}/road")

    def bare_page() -> object:
        with mock.patch.object(rows, "log", return_value=None):
            return client.get(f"/notices/{key}/road")

    reader = Actor("officer-a", "BE-POLICE/BORDER", frozenset({"case-officer"}))

    def row() -> object:
        return rows.log(reader, "wanted.notice", Node.clock.now(), key)

    def bare() -> object:
        # As little as a commit can be: one statement, one row.
        with connection.cursor() as cursor:
            cursor.execute("UPDATE acts_series SET last = last + 1 WHERE name = 'bench'")

    def listing() -> object:
        return rows.log(reader, "wanted.list", Node.clock.now(), "", "", "", many)

    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM wanted_notice ORDER BY id DESC LIMIT 50")
        many = [one[0] for one in cursor.fetchall()]
        cursor.execute("INSERT INTO acts_series VALUES ('bench', 0) ON CONFLICT (name) DO NOTHING")
    with_row, without = pairs(page, bare_page, TURNS)
    alone, floor = pairs(row, bare, TURNS)
    fifty, _floor = pairs(listing, bare, TURNS)
    return {
        name: [one.median * 1000, one.low * 1000, one.high * 1000]
        for name, one in (("with", with_row), ("without", without), ("row", alone), ("floor", floor), ("fifty", fifty))
    }


def search(asked: list[dict[str, Any]]) -> dict[str, list[float]]:
    """Milliseconds of each question, of who (unit, roles) and words; and of a row that is fetched by its id."""
    from django.db import connection

    from mithaq.node.acts.definition import Actor
    from mithaq.node.acts.searching import search as found

    first, last = (int(_first(f"SELECT {end}(id) FROM acts_searchentry")) for end in ("min", "max"))

    def ask(one: dict[str, Any]) -> float:
        who = Actor(one["name"], one["unit"], frozenset(one["roles"]))
        return _timed(lambda: found(who, one["words"]))

    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT model, line, at FROM acts_searchentry WHERE id = %s", [random.randint(first, last)])
            cursor.fetchall()

    took = [(ask(one), _timed(fetch)) for one in asked]
    return {"asked": [one for one, _floor in took], "floor": [floor for _one, floor in took]}


def worker(_asked: object) -> dict[str, float]:
    """Milliseconds of the worker's check of the chain (10,000 rows), of the figures of unusual reading."""
    from mithaq.node.acts import chain
    from mithaq.node.oversight import unusual
    from mithaq.node.start import Node

    rows = int(_first("SELECT max(id) FROM acts_access"))
    now = Node.clock.now()
    return {
        "check": _timed(lambda: chain.check(max(0, rows // 2 - chain.BATCH))),
        "week": _timed(lambda: unusual.figures(now - unusual.timedelta(days=7))),
    }


def _first(query: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


WORDS: dict[str, Callable[[Any], Any]] = {
    "statements": statements, "access": access, "search": search, "worker": worker,
}  # fmt: skip


def routes() -> list[str]:
    """The names of the console's routes."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def walk(patterns: list[Any]) -> list[str]:
        found = []
        for one in patterns:
            if isinstance(one, URLResolver) and one.namespace != "api":
                found += walk(one.url_patterns)
            elif isinstance(one, URLPattern) and one.name:
                found.append(one.name)
        return found

    return [name for name in walk(get_resolver().url_patterns) if not name.startswith("api")]


def main(arguments: list[str]) -> int:
    """Do what the word says as the console does it, with its database role; the doctor is the owner's."""
    config = read_config(Path(arguments[0]))
    start.start(config, "console", database.url_of(config, "console"))
    given = json.load(sys.stdin)
    if arguments[1] == "routes":
        json.dump(routes(), sys.stdout)
        return 0
    json.dump(WORDS[arguments[1]](given), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
