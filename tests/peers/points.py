"""The commit points of a delivery, by name: the one written list that the SIGKILL campaign goes through.

A point is a moment before or after a process commits something of a message's road, or before or after its partner
answers. Its name is `module.function` of `node/acts` (what holds the transaction, or the statement that commits by
itself), or the link with its path. The list stands in the order of the road, for one message from MA-POLICE to
BE-POLICE. `test_points.py` and `test_sigkill.py` hold it complete: no transaction of `node/acts` is unnamed, and a
delivery that is watched commits at these names and at no other.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ACTS = Path(__file__).resolve().parents[2] / "src" / "mithaq" / "node" / "acts"
MOMENTS = ("before", "after")


@dataclass(frozen=True)
class Point:
    """Where a process commits. `without` is a process that must be down for the road to lead here.

    `done` is a query in the victim's database (or that of `at`) which is true once it has committed for the wish
    `%(w)s` and its message `%(m)s`, false before, and without an answer when what it is about is not there yet: a
    death somewhere else is not taken for one at this point.
    """

    name: str
    done: str
    at: str = ""
    without: tuple[str, str] = ("", "")


SENT = "SELECT bool_and(index IS NOT NULL) FROM acts_leaf WHERE subject = %(m)s AND kind = 'sent'"
DELIVERED = "SELECT bool_and(index IS NOT NULL) FROM acts_leaf WHERE subject = %(m)s AND kind = 'delivered'"
OUTBOX = "SELECT {} FROM acts_outbox WHERE message::text = %(m)s"
INBOX = "SELECT EXISTS (SELECT FROM acts_inbox WHERE message::text = %(m)s)"
RECEIVED = "SELECT EXISTS (SELECT FROM acts_receipt WHERE message::text = %(m)s AND NOT outgoing AND kind = '{}')"
GIVEN = "SELECT {} FROM acts_receipt WHERE message::text = %(m)s AND outgoing AND kind = 'R2'"

ROAD: dict[tuple[str, str], tuple[Point, ...]] = {
    # The wish becomes a message: outbox, channel, leaf. Then it is brought, and R0 kept.
    ("ma", "worker"): (
        Point("dispatch._commit", "SELECT state = 'sent' FROM acts_wish WHERE id::text = %(w)s"),
        Point("deliver._again", OUTBOX.format("attempts > 0"), without=("be", "gateway")),
        Point("link.post /messages", INBOX, at="be"),
        Point("arrive.keep_receipt", RECEIVED.format("R0")),
        Point("deliver._finish", OUTBOX.format("state = 'accepted'")),
        Point("sequence.sequence", SENT),
    ),
    # Inbox, channel, leaf and R0.
    ("be", "gateway"): (Point("arrive._store", INBOX),),
    # The record, the inbox, leaf and R2. Then R2 is brought to the sender's gateway.
    ("be", "worker"): (
        Point("opening._attempt", "SELECT state = 'delivered' FROM acts_inbox WHERE message::text = %(m)s"),
        Point("deliver._receipt_again", GIVEN.format("attempts > 0"), without=("ma", "gateway")),
        Point("link.post /receipts", RECEIVED.format("R2"), at="ma"),
        Point("deliver._receipt_kept", GIVEN.format("delivered")),
        Point("sequence.sequence", DELIVERED),
    ),
    # R2 and its leaf.
    ("ma", "gateway"): (Point("arrive.keep_receipt", RECEIVED.format("R2")),),
}

# Transactions of `node/acts` that are no commit point of a delivery, each with the reason.
ELSEWHERE = {
    "expiry.replace_expired": "an own system asks: the console's",
    "access_end._end": "the worker's minute: the oldest rows of the access log, of no message",
    "access.seal_head": "the worker's minute: the head of the access log, of no message",
    "chain.check_minute": "the worker's minute: how far the access log was checked, of no message",
    "aside._take": "a message put aside is opened again: test_aside.py",
    "aside.forget": "the worker's minute: what was put aside and has reached its end",
    "dispatch._close": "a wish is refused: no message comes of it",
    "enact.enact": "the operator enacts a plan",
    "erase._erase": "the worker's minute: what has expired, of no message: tests/node/retention/test_erased.py",
    "local.apply_all": "the operator sets the node up",
    "local.apply_logged": "who works on what, what waits for its moment, a person's choices: no message",
    "opening._reject": "a message is refused: test_opening.py",
    "perform._once": "a person acts: the console's, and the command line's",
    "perform.record_refusal": "a person's act is refused",
    "store.next_number": "a person drafts: the console's, and the command line's",
    "search_index.rebuild": "the index of search is made anew; no message is about it",
    "searching._asking": "a person searches: nothing is written",
}


def names() -> set[str]:
    """The names of all points of the road."""
    return {point.name for points in ROAD.values() for point in points}


def transactions(folder: Path = ACTS) -> Iterator[str]:
    """`module.function` of everything in `folder` that opens a transaction, read from the source text."""
    for path in sorted(folder.glob("*.py")):
        for inner, function in _functions(ast.parse(path.read_text(encoding="utf8")), "<module>"):
            if isinstance(inner, ast.Attribute) and inner.attr == "atomic":
                yield f"{path.stem}.{function}"
            if isinstance(inner, ast.ImportFrom) and any(one.name == "atomic" for one in inner.names):
                yield f"{path.stem}.import"  # would hide a use from this list: write transaction.atomic


def _functions(tree: ast.AST, name: str) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else name
        yield node, inside
        yield from _functions(node, inside)
