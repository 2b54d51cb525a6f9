"""Every page of the console over 100,000 notices, 1,000,000 candidates and 10,000,000 rows of the access log.

The console as the node starts it, asked by a real HTTP client over one connection a person; beside each page, in the
same turn, the page of the keys behind the same sign-in, which reads no record. Statements are counted in a process of
their own (`scale_inside`), and so is what a row of the access log costs a page: the same request with it and without.
The prepared node: `bench/scale.py`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import httpx2
from tests.node.nodes import PASSWORD, RunningNode

from bench import scale
from bench.record import Figure, Reference, Spread
from bench.scale_pages import FLOOR, LEFT, Page, pages

NAME = "pages"
TURNS, WARM = 30, 3
MOST, STATEMENTS, ROW = 300, 15, 1.0


def run() -> list[Figure]:
    """The 95th percentile of each page and its statements; what a row of the access log costs; the worker's checks."""
    with scale.node() as node:
        asked = pages(node)
        left = {name for names in LEFT.values() for name in names}
        missing = set(inside(node, "routes", [])) - left - {one.route for one in (*asked, FLOOR)}
        assert not missing, f"routes that are neither asked for nor left out: {sorted(missing)}"
        counted = inside(node, "statements", [asdict(one) for one in asked])
        figures = _timed_pages(node, asked)
        for one, told in zip(asked, counted, strict=True):
            figures.append(Figure(f"{one.name}, statements", len(told), "statements", most=STATEMENTS))
        return [*figures, *_access(inside(node, "access", [])), *_worker(node)]


def _timed_pages(node: RunningNode, asked: Sequence[Page]) -> list[Figure]:
    node.start("console")
    clients: dict[str, httpx2.Client] = {}
    figures = []
    for one in asked:
        client = clients.setdefault(one.who, None) or sign_in(node, one.who)  # type: ignore[arg-type]
        clients[one.who] = client
        for _turn in range(WARM):
            ask(client, one), ask(client, FLOOR)
        took: list[float] = []
        floor: list[float] = []
        for _turn in range(TURNS):
            took.append(ask(client, one))
            floor.append(ask(client, FLOOR))
        spread = _p95(took)
        figures.append(
            Figure(f"{one.name}, p95", spread.median, "ms", Reference(f"{FLOOR.name}, p95", _p95(floor).median),
                   spread, most=MOST)
        )  # fmt: skip
        print(f"{time.strftime('%H:%M:%S')} {one.name}: {spread.median:.0f} ms", file=sys.stderr)
    for client in clients.values():
        client.close()
    node.stop("console")
    return figures


def sign_in(node: RunningNode, who: str) -> httpx2.Client:
    """A client with the person's session."""
    client = httpx2.Client(base_url=node.console, trust_env=False, timeout=120)
    client.get("/sign-in")
    answer = client.post("/sign-in", data={"name": who, "password": PASSWORD, **_token(client)})
    assert answer.status_code == 302, (who, answer.status_code)
    return client


def _token(client: httpx2.Client) -> dict[str, str]:
    found = next(value for name, value in client.cookies.items() if re.search("csrf", name))
    return {"csrfmiddlewaretoken": found}


def ask(client: httpx2.Client, one: Page) -> float:
    """Milliseconds until the whole answer is here."""
    data = {**one.form, **_token(client)} if one.form else None
    began = time.perf_counter()
    answer = client.post(one.path, data=data) if data else client.get(one.path)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, (one.name, answer.status_code, answer.text[:500])
    return took


def _p95(times: Sequence[float]) -> Spread:
    """The 95th percentile; the extremes beside it are the median and the slowest."""
    several = sorted(times)
    return Spread(several[max(0, -(-len(several) * 95 // 100) - 1)], several[len(several) // 2], several[-1])


def _access(found: dict[str, list[float]]) -> list[Figure]:
    def of(name: str) -> Spread:
        return Spread(*found[name])

    without, floor = Reference("the same page without its row", of("without").median), of("floor").median
    bare = Reference("a statement that is committed", floor)
    return [
        Figure("a page with its row of the access log", of("with").median, "ms", without, of("with")),
        Figure("what the row costs the page", of("with").median - of("without").median, "ms", bare, most=ROW),
        Figure("the row alone", of("row").median, "ms", bare, of("row"), most=ROW),
        Figure("a row of fifty records listed", of("fifty").median, "ms", bare, of("fifty"), most=ROW),
    ]


def _worker(node: RunningNode) -> list[Figure]:
    found = inside(node, "worker", [])
    began = time.perf_counter()
    node.cli("node", "doctor", "--config", str(node.config.path), ok=tuple(range(256)))
    doctor = time.perf_counter() - began
    return [
        Figure("check of 10,000 rows of the access log", found["check"], "ms"),
        Figure("figures of a week, made by the worker", found["week"] / 1000, "s"),
        Figure("the doctor", doctor, "s"),
    ]


def inside(node: RunningNode, word: str, given: Any) -> Any:
    """What `scale_inside` tells."""
    command = [sys.executable, "-m", "bench.scale_inside", str(node.config.path), word]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)
