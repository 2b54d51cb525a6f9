"""The API under load: one traveller at 50 a second, and manifests of 300 passengers at 2 a second, against 10,000
subjects.

The console as it is run (granian, its own process and database role) on a real PostgreSQL, the invented national list
as notices. Arrivals are open-loop: they come at random moments of the given rate, whether the node keeps up or not, and
each is measured from the moment it was due. The references stand in the same rounds: a request that only
proves its token and its pace, at the same rate; and the engine alone on the same 300 travellers.
"""

from __future__ import annotations

import base64
import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from tests.node import here as place

from bench.record import Figure, Reference, Spread, seconds
from mithaq.node import database
from mithaq.node.config import ROLES

place.configured()

from tests.node.authorities import NOW  # noqa: E402
from tests.node.nodes import free_port, wait_for  # noqa: E402

from bench.screening_stored import NOTICES, SHARED, add_notices  # noqa: E402
from mithaq.formats.paxlst import Leg, Manifest, TravelDocument, Traveller  # noqa: E402  Django must be configured first
from mithaq.formats.paxlst_write import write_paxlst  # noqa: E402
from mithaq.node.acts import local  # noqa: E402
from mithaq.node.acts.ids import uuid7  # noqa: E402
from mithaq.node.api import clients  # noqa: E402
from mithaq.node.api.requests import AddClient  # noqa: E402
from mithaq.node.border import matcher, reading  # noqa: E402
from mithaq.node.border.posts import AddPost, add  # noqa: E402
from mithaq.screening import screen  # noqa: E402
from mithaq.screening.files import read_travellers  # noqa: E402

NAME = "api"
ROUNDS, LASTING = 3, 10.0
SINGLE, FLIGHTS, PASSENGERS = 50.0, 2.0, 300
SECRET = "a secret of the bench"
Ask = Callable[["Door", int], None]


def run() -> list[Figure]:
    """The 95th percentile of the answer times, in milliseconds, of each round."""
    fresh = place.fresh()
    here = next(fresh)
    add_notices(here)
    now, names = here.clock.now(), dict.fromkeys(("en", "fr", "nl", "ar"), "Brussels")
    local.apply("post", add(AddPost("BEBRU", "BE-POLICE/BORDER", "air", names)), now)
    client = AddClient("bench", "BE-POLICE/BORDER", ("case-officer",), 100_000)
    local.apply("client", clients.add(client, taken=False, key=str(uuid7(now)), secret=SECRET), now)
    with psycopg.connect(database.url_of(here.config, "owner")) as connection:
        database.grant(connection, {role: f"mithaq_{role}" for role in ROLES})
    people = _people()
    found: dict[str, list[float]] = {name: [] for name in ("client", "traveller", "manifest", "engine")}
    with _console(here) as port:
        doors = Doors(port)
        # The index is built by the first that asks for it, as after every change of the subjects.
        _traveller(people)(doors.mine(), 0)
        _manifest(people)(doors.mine(), 0)
        for turn in range(ROUNDS):
            found["client"].append(_open_loop(doors, _client, SINGLE, turn))
            found["traveller"].append(_open_loop(doors, _traveller(people), SINGLE, turn))
            found["manifest"].append(_open_loop(doors, _manifest(people), FLIGHTS, turn))
            found["engine"].append(_engine(people))
    return _figures({name: Spread.of(values).times(1000) for name, values in found.items()})


def _figures(found: dict[str, Spread]) -> list[Figure]:
    token, one, many, engine = (found[name] for name in ("client", "traveller", "manifest", "engine"))
    noop = Reference("a request that only proves its token and pace, at the same rate", token.median)
    alone = Reference("the engine alone on the same travellers", engine.median)
    return [
        Figure("one traveller at 50/s, p95", one.median, "ms", noop, one, most=50),
        Figure("300 passengers at 2/s, p95", many.median, "ms", alone, many, most=500),
    ]


class Door:
    """One connection to the console, with the bench's token."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.token = token

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "application/json") -> Any:
        """The JSON of an answer; anything but success ends the bench."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid4()), "Content-Type": kind}
        self.connection.request(method, f"/api/v1{path}", body, headers)
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status not in {200, 201}:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:300]!r}")
        return json.loads(data)


class Doors:
    """A connection a thread."""

    def __init__(self, port: int) -> None:
        self.port, self.held = port, threading.local()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        basic = base64.b64encode(f"bench:{SECRET}".encode()).decode()
        form = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/api/v1/token", b"grant_type=client_credentials", form)
        self.token = str(json.loads(connection.getresponse().read())["access_token"])

    def mine(self) -> Door:
        if not hasattr(self.held, "door"):
            self.held.door = Door(self.port, self.token)
        door: Door = self.held.door
        return door


def _open_loop(doors: Doors, ask: Ask, rate: float, seed: int) -> float:
    """The 95th percentile, in seconds, of arrivals at random moments: from when each was due to its answer."""
    moments, dice = [0.0], random.Random(seed)
    while moments[-1] < LASTING:
        moments.append(moments[-1] + dice.expovariate(rate))
    start = time.perf_counter() + 0.2

    def one(number: int) -> float:
        ask(doors.mine(), seed * 100_000 + number + 1)
        return time.perf_counter() - start - moments[number]

    with ThreadPoolExecutor(64) as pool:
        waiting = []
        for number, moment in enumerate(moments):
            time.sleep(max(0.0, start + moment - time.perf_counter()))
            waiting.append(pool.submit(one, number))
        took = sorted(each.result() for each in waiting)
    return took[int(len(took) * 0.95)]


def _client(door: Door, _number: int) -> None:
    door.ask("GET", "/client")


def _traveller(people: list[Traveller]) -> Ask:
    def ask(door: Door, number: int) -> None:
        one = people[number % len(people)]
        body = {
            "post": "BEBRU",
            "name": f"{one.given} {one.family}",
            "birth_date": one.birth_date,
            "nationality": one.nationality,
            "document": one.documents[0].number,
        }
        assert door.ask("POST", "/travellers", json.dumps(body).encode())["subjects"] == NOTICES

    return ask


def _manifest(people: list[Traveller]) -> Ask:
    def ask(door: Door, number: int) -> None:
        # A flight of its own each time: the same list again would not be compared a second time.
        data = _flight(people, number)
        told = door.ask("POST", "/manifests?post=BEBRU", data, "application/octet-stream")
        assert (told["travellers"], told["again"], told["relation"]) == (PASSENGERS, 0, ""), told

    return ask


def _flight(people: list[Traveller], number: int) -> bytes:
    first = number * 7 % (len(people) - PASSENGERS)
    leg = Leg(f"XX{number % 10_000}", "CMN", f"2026-05-04T{number // 10_000:02d}:10", "BRU", "2026-05-04T23:05")
    aboard = tuple(people[first : first + PASSENGERS])
    return write_paxlst(Manifest("1", "745", "XX", leg.flight, "CMN", "BRU", leg.departs, leg.arrives, (leg,), aboard))


def _engine(people: list[Traveller]) -> float:
    read = reading.read(_flight(people, 0), "BEBRU", NOW.date()).travellers
    asked = [one for number, traveller in enumerate(read) for one in reading.for_screening(number, traveller)]
    index = matcher.live().index
    screen(index, asked, floor=8.0)
    return min(seconds(lambda: screen(index, asked, floor=8.0)) for _ in range(3))


def _people() -> list[Traveller]:
    found = []
    for one in read_travellers(SHARED / "travellers.jsonl.gz"):
        given, _, family = one.names[0].upper().partition(" ")
        if one.names[0].isascii() and family and len(found) < 2000:
            document = TravelDocument("P", f"B{len(found):07d}", "MAR")
            found.append(Traveller("passenger", family, given, "male", one.birth_date, one.nationality, (document,)))
    return found


@contextmanager
def _console(here: place.Here) -> Iterator[int]:
    """The console of the node, on a port of its own and a clock that runs from the tests' moment on."""
    port, path = free_port(), here.config.directory / "bench.toml"
    text = here.config.path.read_text(encoding="utf8").replace("port = 2", f"port = {port}")
    clock = f'\n[clock]\nstarts = "{NOW.isoformat()}"\nanchor = "{datetime.now(UTC).isoformat()}"\n'
    path.write_text(text + clock, encoding="utf8")
    command = [sys.executable, "-m", "mithaq.cli", "node", "console", "--config", str(path)]
    log = Path(here.config.directory / "console.log")
    with log.open("ab") as target, subprocess.Popen(command, stdout=target, stderr=target) as process:
        try:
            wait_for(lambda: _answers(port), lambda: log.read_text(encoding="utf8"), seconds=60)
            yield port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/api/v1/client")
        return connection.getresponse().status == 401
    except OSError:
        return False
