"""What is measured, read from the database with the worker's rights, and the worker's own rounds.

Rules: what was counted stays counted over a restart, as it is read from what is kept for good (the ledger, receipts);
every query counts or takes an age, and selects no content.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Count

from mithaq.node.acts import instruments, waiting
from mithaq.node.acts.models import Inbox, Outbox
from mithaq.node.config import ROLES, Config
from mithaq.node.metrics.text import Family, Sample
from mithaq.node.start import Node
from mithaq.seal import tls

BUCKETS = (1, 5, 15, 60, 300, 900, 3600, 86400)
# Leaves that have their place in the tree are never changed: each is counted once, and the place says where to go on.
_LEAVES = """SELECT j ->> 'kind', coalesce(j -> 'subject' ->> 'act', ''), coalesce(j -> 'subject' ->> 'ground', ''),
 count(*), max(index) FROM (SELECT convert_from(data, 'UTF8')::jsonb AS j, index FROM acts_leaf
 WHERE index > %s) AS leaves GROUP BY 1, 2, 3"""
_LATENCY = """SELECT r.kind, width_bucket(extract(epoch FROM r.at - o.created), %s), count(*),
 sum(extract(epoch FROM r.at - o.created)) FROM acts_receipt r JOIN acts_outbox o ON o.message = r.message
 WHERE NOT r.outgoing GROUP BY 1, 2"""


class Rounds:
    """How many rounds the worker has made and how long they took, in seconds; safe between threads."""

    def __init__(self) -> None:
        self._lock, self.count, self.seconds, self.longest = threading.Lock(), 0, 0.0, 0.0

    def took(self, seconds: float) -> None:
        with self._lock:
            self.count, self.seconds = self.count + 1, self.seconds + seconds
            self.longest = max(self.longest, seconds)


class Measured:
    """All families of a node; holds what was counted of the ledger so far."""

    def __init__(self, config: Config, rounds: Rounds) -> None:
        self._config, self._rounds, self._index = config, rounds, -1
        self._leaves: Counter[tuple[str, str, str]] = Counter()

    def families(self) -> Iterator[Family]:
        """Every family, in a fixed order."""
        yield from self._acts()
        yield from _road()
        yield from _border()
        yield from _lists(Node.clock.now())
        yield from self._node(Node.clock.now())

    def _acts(self) -> Iterator[Family]:
        for kind, act, ground, count, last in _rows(_LEAVES, self._index):
            self._leaves[kind, act, ground] += count
            self._index = max(self._index, last)
        acts = [({"act": act}, n) for (kind, act, _), n in sorted(self._leaves.items()) if kind == "act"]
        refused = [
            ({"act": act, "ground": ground}, n)
            for (kind, act, ground), n in sorted(self._leaves.items())
            if kind == "refusal"
        ]
        yield _family("acts_total", "counter", "Acts that were performed.", acts)
        yield _family("refusals_total", "counter", "Acts that were refused, by ground.", refused)
        yield _family("ledger_leaves_total", "counter", "Leaves in the ledger's tree.", [({}, self._index + 1)])

    def _node(self, now: datetime) -> Iterator[Family]:
        pem = (self._config.keys / "worker" / "tls.pem").read_bytes()
        days = tls.days_left(pem, datetime.now(UTC))
        yield _family("certificate_days", "gauge", "Days until the TLS certificate ends.", [({}, days)])
        plans = [({"kind": one.plan.kind}, (one.plan.ends - now).days) for one in instruments.in_force()]
        yield _family("plan_days", "gauge", "Days until the plan of that kind that ends first does.", _least(plans))
        query = "SELECT usename, count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
        users = {str(name).removeprefix("mithaq_"): count for name, count in _rows(query)}
        sessions: list[Sample] = [({"role": role}, users.get(role, 0)) for role in ROLES]
        yield _family("database_sessions", "gauge", "Sessions of each role in the database.", sessions)
        rounds = self._rounds
        yield _family("worker_rounds_total", "counter", "Rounds of the worker.", [({}, rounds.count)])
        yield _family("worker_seconds_total", "counter", "Seconds that rounds took.", [({}, rounds.seconds)])
        yield _family("worker_longest_seconds", "gauge", "The longest round since the start.", [({}, rounds.longest)])


def _road() -> Iterator[Family]:
    states: list[Sample] = []
    for model, direction in ((Outbox, "out"), (Inbox, "in")):
        rows = model.objects.values_list("state").annotate(n=Count("pk")).order_by("state")
        states += [({"direction": direction, "state": state}, count) for state, count in rows]
    yield _family("messages", "gauge", "Messages by what became of them.", states)
    now, counts, ages = Node.clock.now(), [], []
    for name, queue in waiting.queues().items():
        oldest = queue.first()
        counts.append(({"queue": name}, float(queue.count())))
        ages.append(({"queue": name}, (now - oldest).total_seconds() if oldest else 0.0))
    yield _family("queue", "gauge", "What waits, by queue.", counts)
    yield _family("queue_oldest_seconds", "gauge", "How long the oldest of a queue has waited.", ages)
    yield _family("receipt_seconds", "histogram", "From a message to the partner's receipts, by kind.", _histogram())
    alarms = _rows("SELECT count(*) FROM acts_alarm WHERE NOT closed")
    yield _family("alarms", "gauge", "Alarms that nobody has closed.", [({}, alarms[0][0])])


def _histogram() -> Iterator[Sample]:
    found: dict[str, dict[int, tuple[int, float]]] = {}
    for kind, bucket, count, seconds in _rows(_LATENCY, list(BUCKETS)):
        found.setdefault(kind, {})[bucket] = (count, float(seconds))
    for kind, counts in sorted(found.items()):
        total = 0
        for number, most in enumerate((*map(str, BUCKETS), "+Inf")):
            total += counts.get(number, (0, 0.0))[0]
            yield {"kind": kind, "le": most}, total
        yield {"kind": kind, "part": "sum"}, sum(seconds for _, seconds in counts.values())
        yield {"kind": kind, "part": "count"}, total


def _border() -> Iterator[Family]:
    states = [({"state": state}, n) for state, n in _rows("SELECT state, count(*) FROM border_candidate GROUP BY 1")]
    yield _family("candidates", "gauge", "Candidates that are kept, by state.", sorted(states, key=str))
    feeds = _rows("SELECT feed, count(*), coalesce(sum(travellers), 0) FROM border_manifest GROUP BY 1 ORDER BY 1")
    yield _family("manifests", "gauge", "Lists that were screened, by feed.", [({"kind": f}, n) for f, n, _ in feeds])
    yield _family("travellers", "gauge", "Travellers that were screened.", [({"kind": f}, n) for f, _, n in feeds])


def _lists(now: datetime) -> Iterator[Family]:
    live = _rows("SELECT list, coalesce(confirmed, at), used FROM lists_listversion WHERE state = 'live' ORDER BY 1")
    ages = [({"list": name}, (now - at).total_seconds()) for name, at, _ in live]
    yield _family("list_age_seconds", "gauge", "Since when the live version of a list is.", ages)
    yield _family("list_entries", "gauge", "Persons of the live version.", [({"list": name}, n) for name, _, n in live])
    refreshes = _rows("SELECT list, failures FROM lists_listrefresh ORDER BY 1")
    yield _family("list_failures", "gauge", "Refreshes in a row that failed.", [({"list": n}, f) for n, f in refreshes])


def _family(name: str, kind: str, about: str, samples: Iterable[Sample]) -> Family:
    return Family(f"mithaq_{name}", kind, about, tuple(samples))


def _least(samples: list[tuple[dict[str, str], int]]) -> list[Sample]:
    kinds = sorted({labels["kind"] for labels, _ in samples})
    return [({"kind": kind}, min(value for labels, value in samples if labels["kind"] == kind)) for kind in kinds]


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
