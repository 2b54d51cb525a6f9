"""Exchanged messages a second up to R2, against the floor: the same cryptography, one committed row a side, in a loop.

Two nodes of real processes on this machine. Notices are approved beforehand and published while the sender's worker is
stopped; what is measured runs from the first signed envelope to the last R2 in the sender's database, on the nodes' own
clock. The floor seals, signs, verifies and opens the same bodies, signs and verifies R0 and R2, and commits one row in
each database for each message: what no exchange that is sealed, receipted and durable can go under.
"""

from __future__ import annotations

import json
import os
import time
from datetime import timedelta
from typing import Any

import psycopg
from tests.node import here as place

from bench.record import Figure, Reference, Spread
from mithaq.node import database
from mithaq.seal import canonical, jws

place.configured()

from tests.node import acts_material as material  # noqa: E402
from tests.node.authorities import NOW  # noqa: E402
from tests.node.nodes import two_nodes, wait_for  # noqa: E402

from mithaq.node.acts import envelope as envelopes  # noqa: E402  Django must be configured first
from mithaq.node.acts import receipts, wire  # noqa: E402

NAME = "exchange"
# Three rounds of 150 stay within the quota of the example plan: 500 notices a day.
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "150"))
ROUNDS = 3


def run() -> list[Figure]:
    """Messages a second, ours and the floor's, in turn."""

    ours, floor = [], []
    with two_nodes("gateway", "worker") as pair:
        for _ in range(ROUNDS):
            ours.append(_exchange(pair))
            floor.append(_floor(pair))
    rate, least = Spread.of(ours), Spread.of(floor)
    reference = Reference("same cryptography, one committed row a side, in a loop", least.median)
    return [Figure("messages a second up to R2", rate.median, "1/s", reference, rate)]


def _exchange(pair: Any) -> float:

    ma = pair.ma
    file = ma.folder / "bench.jsonl"
    line = json.dumps(wire.encode(material.content(portrait=None)), ensure_ascii=False)
    file.write_text("\n".join([line] * MESSAGES), encoding="utf8")
    ma.cli("wanted", "draft", str(file), person="drafter")
    ma.cli("wanted", "approve", "--all", person="approver")
    ma.stop("worker")
    ma.cli("wanted", "publish", "--all", person="approver")
    before = ma.sql("SELECT count(*) FROM acts_receipt WHERE kind = 'R2'")[0][0]
    ma.start("worker")
    wait_for(
        lambda: ma.sql("SELECT count(*) FROM acts_receipt WHERE kind = 'R2'")[0][0] == before + MESSAGES,
        ma.log,
        seconds=180,
    )
    first, last = ma.sql(
        """SELECT min(o.created), (SELECT max(l.at) FROM acts_leaf l WHERE l.kind = 'receipt') FROM
        (SELECT created FROM acts_outbox ORDER BY sequence DESC LIMIT %s) o""",
        MESSAGES,
    )[0]
    return float(MESSAGES / (last - first).total_seconds())


def _floor(pair: Any) -> float:

    here = place.Here(pair.be.config, pair.world, place.StillClock())
    body = material.notice_body()
    ends = [psycopg.connect(database.url_of(node.config, "owner"), autocommit=True) for node in (pair.ma, pair.be)]
    for end in ends:
        end.execute("CREATE TABLE IF NOT EXISTS bench_row (id text PRIMARY KEY, data bytea)")
        end.execute("TRUNCATE bench_row")
    began = time.perf_counter()
    for number in range(MESSAGES):
        _one(here, body, number, ends)
    spent = time.perf_counter() - began
    for end in ends:
        end.close()
    return MESSAGES / spent


def _one(here: place.Here, body: dict[str, Any], number: int, ends: list[Any]) -> None:

    ma, be = here.partner, here.own
    head = material.head(here, expires=NOW + timedelta(days=1))
    unit = ma.signing["MA-POLICE/WANTED"]
    content = envelopes.seal_content(head, body, unit, be.sealing["BE-POLICE/WANTED"].public)
    token = envelopes.sign_envelope(head, content, number, "", ma.node)
    ends[0].execute("INSERT INTO bench_row VALUES (%s, %s)", (str(head.id), token + content))
    payload = jws.verify(token, {ma.node.public.kid: ma.node.public}, envelopes.ENVELOPE_TYPE)
    digest = canonical.digest(token)
    accepted = receipts.make("R0", str(head.id), digest, be.id, None, NOW, be.node)
    jws.verify(accepted, {be.node.public.kid: be.node.public}, receipts.TYPE)
    envelopes.open_content(payload, content, be.sealing["BE-POLICE/WANTED"], unit.public)
    ends[1].execute("INSERT INTO bench_row VALUES (%s, %s)", (str(head.id), token + content))
    signer = be.signing["BE-POLICE/WANTED"]
    delivered = receipts.make("R2", str(head.id), digest, be.id, "BE-POLICE/WANTED", NOW, signer)
    jws.verify(delivered, {signer.public.kid: signer.public}, receipts.TYPE)
