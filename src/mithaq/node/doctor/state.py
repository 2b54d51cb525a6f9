"""Checks of what the database holds: plans, key lists, ledger, what waits, lists.

Rule: a signature is verified anew and a root is computed anew; nothing stored is believed. Ages go by the node's clock.
Design: exchange, "Ledger" and "Keys".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection

from mithaq.errors import MithaqError
from mithaq.ledger import checkpoint as notes
from mithaq.ledger import tree
from mithaq.node.acts import custody, instruments, waiting
from mithaq.node.acts.models import Alarm, Checkpoint, Inbox, Leaf
from mithaq.node.config import Config
from mithaq.node.doctor.findings import QUEUES, Finding, found
from mithaq.node.start import Node
from mithaq.plan.decide import Instrument
from mithaq.seal import tls
from mithaq.seal.keylist import KeyList

PLAN_DAYS, LIST_DAYS, YEAR = 60, 30, 366
SLOW, STUCK = timedelta(minutes=15), timedelta(days=1)
# RFC 9162, 2.1.1: a leaf is hashed after a zero byte, a node after a one.
_BROKEN = r"""
SELECT (SELECT count(*) FROM acts_leaf l LEFT JOIN acts_treenode n ON n.level = 0 AND n.index = l.index
 WHERE l.index IS NOT NULL AND n.hash IS DISTINCT FROM sha256('\x00'::bytea || l.data))
 + (SELECT count(*) FROM acts_treenode n
 LEFT JOIN acts_treenode a ON a.level = n.level - 1 AND a.index = 2 * n.index
 LEFT JOIN acts_treenode b ON b.level = n.level - 1 AND b.index = 2 * n.index + 1
 WHERE n.level > 0 AND n.hash IS DISTINCT FROM sha256('\x01'::bytea || a.hash || b.hash))
"""


def plans(_config: Config) -> Iterator[Finding]:
    """Whether a joint plan and a domestic instrument are signed and in force, and for how long."""
    enacted = instruments.in_force()
    for kind in ("joint", "domestic"):
        if not any(one.plan.kind == kind for one in enacted):
            yield found("plan.none", kind=kind)
    for one in enacted:
        yield from _plan(one, Node.clock.now())


def _plan(one: Instrument, now: datetime) -> Iterator[Finding]:
    plan = one.plan
    days = (plan.ends - now).days
    if not instruments.is_signed(one):
        yield found("plan.unsigned", plan=plan.id)
    elif now < plan.starts:
        yield found("plan.early", plan=plan.id, day=plan.starts.date().isoformat())
    elif now >= plan.ends:
        yield found("plan.over", plan=plan.id)
    else:
        yield found("plan.ending" if days < PLAN_DAYS else "plan", plan=plan.id, days=days)
    for line in sorted(one.suspended):
        yield found("plan.suspended", plan=plan.id, line=line)


def key_lists(config: Config) -> Iterator[Finding]:
    """Whether the key lists of all authorities are in force, and this node's keys are those of its own."""
    for authority in (config.authority, *instruments.partners()):
        try:
            listed = instruments.keys_of(authority)
        except MithaqError:
            yield found("key-list.none", authority=authority)
            continue
        yield from _listed(listed, Node.clock.now())
        if authority == config.authority:
            yield from _own(config, listed)


def _listed(listed: KeyList, now: datetime) -> Iterator[Finding]:
    days, age = (listed.expires - now).days, (now - listed.issued).days
    if listed.expires <= now:
        yield found("key-list.over", authority=listed.authority)
    else:
        code = "key-list.ending" if days < LIST_DAYS else "key-list"
        yield found(code, authority=listed.authority, days=days)
    if age > YEAR:
        yield found("key-list.old", authority=listed.authority, days=age)


def _own(config: Config, listed: KeyList) -> Iterator[Finding]:
    try:
        held = custody.open_worker(config)
        pem = (config.keys / "gateway" / "tls.pem").read_bytes()
    except (MithaqError, OSError):
        return  # told by the check of the keys
    assert held.ledger is not None
    pairs = [
        ("node key", held.node.public.text, listed.node.text),
        ("ledger key", held.ledger.public.text, listed.ledger.text),
        ("certificate", tls.fingerprint(pem), tls.fingerprint(listed.certificate.encode())),
    ]
    for unit, keys in listed.units.items():
        signing, sealing = held.signing.get(unit), held.sealing.get(unit)
        pairs += [
            (f"signing key of {unit}", signing.public.text if signing else "", keys.signing.text),
            (f"sealing key of {unit}", sealing.public.text if sealing else "", keys.sealing.text),
        ]
    for name, holds, is_listed in pairs:
        if holds != is_listed:
            yield found("key-list.differs", key=name)


def ledger(config: Config) -> Iterator[Finding]:
    """Whether the stored leaves and tree lead to the last head, and that is signed by this node's ledger key."""
    last = Checkpoint.objects.order_by("-size").first()
    size, root = (last.size, bytes(last.root)) if last else (0, tree.frontier_root([]))
    leaves = Leaf.objects.exclude(index=None).count()
    if leaves != size:
        yield found("ledger.size", leaves=leaves, size=size)
    elif _root() != root or _broken_nodes():
        yield found("ledger.root")
    elif (problem := _unsigned(config, last, root)) is not None:
        yield found("ledger.head", detail=problem.detail)
    else:
        yield found("ledger", size=size)


def _root() -> bytes:
    """The root of the leaves themselves, computed anew; memory grows with the logarithm of their number."""
    stack: list[tuple[int, bytes]] = []
    rows = Leaf.objects.exclude(index=None).order_by("index").values_list("data", flat=True)
    for data in rows.iterator(chunk_size=2000):
        level, value = 0, tree.leaf_hash(bytes(data))
        while stack and stack[-1][0] == level:
            value = tree.node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
    return tree.frontier_root([value for _, value in stack])


def _broken_nodes() -> int:
    """How many stored nodes, which proofs are made from, are not the hash of what is below them."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        (count,) = cursor.fetchone()
    return int(count)


def _unsigned(config: Config, last: Checkpoint | None, root: bytes) -> MithaqError | None:
    if last is None:
        return None
    try:
        key = instruments.keys_of(config.authority).ledger
        head = notes.read_checkpoint(last.note, notes.origin_of(config.authority), key)
    except MithaqError as error:
        return error
    return (
        None if (head.size, head.root) == (last.size, root) else MithaqError("ledger.origin", "It names another root.")
    )


def queues(_config: Config) -> Iterator[Finding]:
    """Whether anything waits too long, and what people should have looked at."""
    now, quiet = Node.clock.now(), True
    for name, queue in waiting.queues().items():
        oldest = queue.first()
        if oldest is not None and (age := now - oldest) > SLOW:
            quiet = False
            code = "queues.stuck" if age > STUCK else "queues.slow"
            yield found(code, queue=QUEUES[name], count=queue.count(), minutes=int(age.total_seconds() // 60))
    if poison := Inbox.objects.filter(state="poison").count():
        quiet = False
        yield found("queues.poison", count=poison)
    if alarms := Alarm.objects.filter(closed=False).count():
        quiet = False
        yield found("queues.alarms", count=alarms, code=Alarm.objects.filter(closed=False).latest("id").code)
    if quiet:
        yield found("queues")


def lists(config: Config) -> Iterator[Finding]:
    """Whether each list of the configuration is refreshed as often as it says."""
    from mithaq.node.lists import facts

    states, now, wrong = facts.refreshes(), Node.clock.now(), []
    for name, source in config.lists.items():
        state = states.get(name)
        if state is None or state.worked is None:
            wrong.append(found("lists.never", list=name))
        elif now - state.worked > 3 * source.every:
            wrong.append(found("lists.old", list=name, hours=int((now - state.worked).total_seconds() // 3600)))
        if state is not None and state.failures:
            wrong.append(found("lists.failing", list=name, count=state.failures, code=state.code))
    yield from wrong or [found("lists", count=len(config.lists))]
