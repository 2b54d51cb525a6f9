"""SIGKILL of gateway and worker, at both nodes, before and after every commit of a delivery: nothing lost or twice.

One message goes through all points of a process, which dies at each of them in turn; with `-m long`, each death has a
message of its own. The points have names (`points.py`); a process that dies has written where, and the databases must
show that it was there, inside this very delivery, and on the right side of the commit.
"""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mithaq.ledger import leaf as leaves
from mithaq.ledger import tree
from mithaq.node import database
from tests.node.nodes import Pair, RunningNode, wait_for
from tests.peers.points import ELSEWHERE, MOMENTS, ROAD, Point
from tests.peers.test_two_nodes import held, publish, settle

NUMBERS = itertools.count()
# For what comes by itself, however busy the machine is; how long it takes is no finding.
PATIENCE = 120.0
VICTIMS = [pytest.param(*victim, id="-".join(victim)) for victim in ROAD]
# What a node still has to do, by table; a quiet node has nothing.
OPEN = {
    "acts_wish": "state = 'open'",
    "acts_outbox": "state = 'waiting'",
    "acts_inbox": "state = 'accepted'",
    "acts_receipt": "outgoing AND NOT delivered",
    "acts_leaf": "index IS NULL",
}


@dataclass(frozen=True)
class Delivery:
    """One notice on its way from MA-POLICE to BE-POLICE."""

    pair: Pair
    reference: str

    def ask(self, node: str, query: str) -> list[Any]:
        """Rows of a query about this wish `%(w)s` and its message `%(m)s`."""
        (wish, message), *more = self.pair.ma.sql(
            """SELECT w.id::text, coalesce(w.message::text, '') FROM acts_wish w
            JOIN wanted_notice n ON n.id::text = w.record WHERE n.reference = %s""",
            self.reference,
        )
        assert not more
        running: RunningNode = getattr(self.pair, node)
        with psycopg.connect(database.url_of(running.config, "owner")) as connection:
            return connection.execute(query, {"w": wish, "m": message}).fetchall()  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def stock() -> list[str]:
    """Approved notices, not yet published."""
    return []


@pytest.fixture
def delivery(pair: Pair, stock: list[str]) -> Delivery:
    """A notice that can be published, and then is on its way."""
    if not stock:
        stock += publish(pair.ma, 6, now=False)
    return Delivery(pair, stock.pop())


def quiet(pair: Pair) -> None:
    """Wait until neither node has anything left to do."""

    def left() -> dict[tuple[str, str], int]:
        asked = " UNION ALL ".join(
            f"SELECT '{table}', count(*) FROM {table} WHERE {what}" for table, what in OPEN.items()
        )
        return {(node, table): n for node in ("ma", "be") for table, n in getattr(pair, node).sql(asked) if n}

    wait_for(lambda: not left(), lambda: f"{left()}\n{pair.ma.log()}\n{pair.be.log()}", PATIENCE)


def watched(node: RunningNode, role: str, file: Path, *point: str) -> subprocess.Popen[bytes]:
    """Start a role that writes its points to `file`, and dies at `point` when there is one."""
    command = [sys.executable, "-m", "tests.peers.crashing", role, str(node.config.path), str(file), *point]
    return node.spawn(role, command)


def die(delivery: Delivery, node: str, role: str, point: Point, moment: str, *, first: bool) -> None:
    """One life of the victim: it must end by its own SIGKILL at this point of this delivery."""
    pair = delivery.pair
    victim: RunningNode = getattr(pair, node)
    for name, other in {(point.without) for point in ROAD[node, role]} - {("", "")}:
        partner = getattr(pair, name)
        if (name, other) == point.without:
            partner.stop(other)
        elif other not in partner.processes:
            partner.start(other)
    file = victim.folder / f"point-{next(NUMBERS)}"
    if first and role == "worker":
        # All that it finds, and commits, is then of this delivery.
        pair.ma.cli("wanted", "publish", delivery.reference, person="approver")
        if node == "be":
            wait_for(lambda: delivery.ask("be", ROAD["be", "gateway"][0].done) == [(True,)], pair.ma.log, PATIENCE)
    process = watched(victim, role, file, point.name, moment)
    if first and role == "gateway":
        wait_for(victim._answers, victim.log, PATIENCE)
        pair.ma.cli("wanted", "publish", delivery.reference, person="approver")
    where = f"{node} {role} {moment} {point.name}"
    wait_for(
        lambda: process.poll() is not None,
        lambda: f"never came to {where}:\n{pair.ma.log()}\n{pair.be.log()}",
        PATIENCE,
    )
    victim.processes.pop(role)
    assert process.returncode == -signal.SIGKILL, where
    assert file.read_text(encoding="utf8") == f"{point.name} {moment}\n", where
    assert delivery.ask(point.at or node, point.done) == [(moment == "after",)], where


def whole(delivery: Delivery) -> None:
    """Exactly one effect, one leaf a thing on each side, R0 and R2 once, and the ledgers agree with the records."""
    pair, one = delivery.pair, delivery.reference
    assert held(pair.be, one) == [("active",)]
    [(envelope,)] = delivery.ask("ma", "SELECT envelope FROM acts_outbox WHERE message::text = %(m)s")
    [(arrived, r0)] = delivery.ask("be", "SELECT envelope, receipt FROM acts_inbox WHERE message::text = %(m)s")
    [(r2,)] = delivery.ask("be", "SELECT token FROM acts_receipt WHERE message::text = %(m)s AND outgoing")
    assert envelope == arrived
    got = "SELECT kind, token FROM acts_receipt WHERE message::text = %(m)s AND NOT outgoing ORDER BY kind"
    assert delivery.ask("ma", got) == [("R0", r0), ("R2", r2)]
    assert delivery.ask("be", got) == []
    committed = {
        "ma": Counter([("sent", envelope), ("receipt", r0), ("receipt", r2)]),
        "be": Counter([("received", envelope), ("delivered", r2)]),
    }
    for node, things in committed.items():
        logged = delivery.ask(node, "SELECT kind, data, salt FROM acts_leaf WHERE subject = %(m)s")
        assert (
            Counter(
                next(
                    (thing for thing in things if thing[0] == kind and commits(data, salt, thing[1])),
                    (kind, "something else"),
                )
                for kind, data, salt in logged
            )
            == things
        )
        ledger_holds(getattr(pair, node))


def commits(data: bytes, salt: bytes, content: bytes) -> bool:
    return leaves.read_leaf(bytes(data)).commitment == leaves.commit(bytes(salt), bytes(content))


def ledger_holds(node: RunningNode) -> None:
    """The last signed head is over exactly the leaves there are, and each thing of the road has its leaf."""
    log = tree.Tree()
    for place, (index, data) in enumerate(node.sql("SELECT index, data FROM acts_leaf ORDER BY index")):
        assert index == place
        log.append(tree.leaf_hash(bytes(data)))
    [(size, root)] = node.sql("SELECT size, root FROM acts_checkpoint ORDER BY size DESC LIMIT 1")
    assert (size, bytes(root)) == (log.size, log.root())
    things = {
        "sent": "SELECT message FROM acts_outbox",
        "received": "SELECT message FROM acts_inbox WHERE accepted",
        "receipt": "SELECT message FROM acts_receipt WHERE NOT outgoing",
        "delivered": "SELECT message FROM acts_receipt WHERE outgoing AND kind = 'R2'",
    }
    for kind, query in things.items():
        logged = node.sql("SELECT subject FROM acts_leaf WHERE kind = %s", kind)
        assert Counter(one for (one,) in logged) == Counter(str(one) for (one,) in node.sql(query)), kind


def count_of_heads(pair: Pair) -> dict[str, int]:
    return {node: getattr(pair, node).sql("SELECT count(*) FROM acts_checkpoint")[0][0] for node in ("ma", "be")}


def campaign(pair: Pair, delivery: Delivery, node: str, role: str, deaths: list[tuple[Point, str]]) -> None:
    """One message, and a victim that dies at each of these points, is started again and at last left alone."""
    quiet(pair)
    victim: RunningNode = getattr(pair, node)
    victim.stop(role)
    try:
        for number, (point, moment) in enumerate(deaths):
            die(delivery, node, role, point, moment, first=number == 0)
    finally:
        for running in (pair.ma, pair.be):
            for name in ("gateway", "worker"):
                if name not in running.processes or running.processes[name].poll() is not None:
                    running.start(name)
    settle(pair, [delivery.reference])
    quiet(pair)
    whole(delivery)


@pytest.mark.parametrize(("node", "role"), VICTIMS)
def test_one_message_through_every_death(pair: Pair, delivery: Delivery, node: str, role: str) -> None:
    campaign(pair, delivery, node, role, [(point, moment) for point in ROAD[node, role] for moment in MOMENTS])


@pytest.mark.long
@pytest.mark.parametrize(
    ("node", "role", "point", "moment"),
    [
        pytest.param(*victim, point, moment, id=f"{'-'.join(victim)}-{moment}-{point.name.replace(' ', '')}")
        for victim, road in ROAD.items()
        for point in road
        for moment in MOMENTS
    ],
)
def test_each_death_alone(pair: Pair, delivery: Delivery, node: str, role: str, point: Point, moment: str) -> None:
    campaign(pair, delivery, node, role, [(point, moment)])


def test_a_delivery_commits_at_the_named_points_and_an_idle_node_at_none(pair: Pair, delivery: Delivery) -> None:
    reference = delivery.reference
    quiet(pair)
    files = {victim: getattr(pair, victim[0]).folder / f"watched-{next(NUMBERS)}" for victim in ROAD}
    for node, role in ROAD:
        getattr(pair, node).stop(role)
    heads = count_of_heads(pair)
    for (node, role), file in files.items():
        watched(getattr(pair, node), role, file)
    wait_for(lambda: pair.ma._answers() and pair.be._answers(), lambda: pair.ma.log() + pair.be.log(), PATIENCE)
    # The partner is down, then up, both ways: the road leads through its pauses, too.
    pair.be.stop("gateway")
    pair.ma.cli("wanted", "publish", reference, person="approver")
    wait_for(lambda: delivery.ask("ma", ROAD["ma", "worker"][1].done) == [(True,)], pair.ma.log, PATIENCE)
    pair.ma.stop("gateway")
    watched(pair.be, "gateway", files["be", "gateway"])
    wait_for(lambda: delivery.ask("be", ROAD["be", "worker"][1].done) == [(True,)], pair.be.log, PATIENCE)
    watched(pair.ma, "gateway", files["ma", "gateway"])
    settle(pair, [reference])
    quiet(pair)
    pair.ma.stop("worker")
    pair.be.stop("worker")
    new = {node: count - heads[node] for node, count in count_of_heads(pair).items()}
    pair.ma.start("worker")
    pair.be.start("worker")
    for victim, file in files.items():
        seen = Counter(file.read_text(encoding="utf8").splitlines())
        named = {line.rpartition(" ")[0] for line in seen}
        assert named - set(ELSEWHERE) == {point.name for point in ROAD[victim]}, victim
        if victim[1] == "worker":
            # As many commits of the sequencer as there are new heads: none for an empty queue, however long it idles.
            assert seen["sequence.sequence before"] == seen["sequence.sequence after"] == new[victim[0]] > 0
    whole(delivery)
