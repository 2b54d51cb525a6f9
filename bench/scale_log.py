"""The access log and the ledger of the prepared node: chained, sealed once a minute, the tree signed.

The chain is reckoned here, row by row, by a hand-written spelling of what `ledger/access.py` hashes: each thousandth
row is compared with the product's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from bench.scale_rows import Year
from mithaq.ledger import access, tree
from mithaq.ledger import leaf as leaves

# Name of the reading, its share of all, what it is of, how many records it lists.
READINGS = (
    ("console.home", 14, "", 0), ("wanted.notice", 28, "notice", 0), ("border.manifest", 22, "manifest", 3),
    ("border.hit", 8, "hit", 0), ("wanted.portrait", 9, "notice", 0), ("console.search", 6, "", 20),
    ("wanted.list", 2, "", 50),
    ("border.manifests", 3, "", 0), ("exchange.message", 3, "", 0), ("api.notice", 4, "notice", 0),
    ("refused:border.hit", 1, "hit", 0),
)  # fmt: skip
WORDS = ("Mohamed", "Benali", "محمد", "XX123", "fatima zahra", "El Amrani", "LX0001234", "state=active", "El+Idrissi")
WHYS = ("", "", "", "", "case 2026/117", "a colleague asked", "counter 4")
UNITS = (
    *(f"BE-POLICE/U{number:02d}" for number in range(21)), "BE-POLICE/BORDER", "BE-POLICE/HARBOUR",
    "BE-POLICE/RAIL", "BE-POLICE/WANTED",
)  # fmt: skip
Sealed = tuple[datetime, int, bytes]  # moment, rows, head


def unit_of(number: int) -> str:
    """The unit of an officer."""
    return UNITS[number % len(UNITS)]


def rows(count: int, year: Year, dice: random.Random, seals: list[Sealed]) -> Iterator[bytes]:
    """The rows as lines of COPY, each without an end of line; heads that a leaf seals are added to `seals`."""
    actors = [(f"officer-{number:03d}", unit_of(number)) for number in range(400)]
    chosen = dice.choices(READINGS, [one[1] for one in READINGS], k=200_003)
    records = {"notice": year.notices, "manifest": year.manifests, "hit": year.hits}
    head, minute, at = access.EMPTY, "", year.now
    days = max(1, min(365, count // 100))
    per_day = -(-count // days)
    roll, salts = dice.random, dice.randbytes
    for number in range(1, count + 1):
        day, place = divmod(number - 1, per_day)
        at = year.now - timedelta(days=days - day) + timedelta(seconds=_hour(place / per_day))
        text = at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        if text[:16] != minute:
            if minute:
                seals.append((at, number - 1, head))
            minute = text[:16]
        what, _share, kind, listed = chosen[number % 200_003]
        # Some read far more than others.
        actor, unit = actors[int(roll() ** 2 * 400)]
        share = number / count
        record = records[kind][int(len(records[kind]) * share * (1 - roll() ** 3))] if kind else ""
        reason = WORDS[number % 9] if what in {"console.search", "wanted.list"} else ""
        why = WHYS[number % 7] if kind else ""
        also: list[str] = []
        if listed:
            start = int(max(0, len(year.notices) - listed) * share * roll())
            also = year.notices[start : start + listed]
        salt = salts(16)
        shown = '","'.join(also)
        said = (
            f'{{"actor":"{actor}","also":[{chr(34) + shown + chr(34) if also else ""}],"at":"{text}",'
            f'"format":"{access.FORMAT}","reason":"{reason}","record":"{record}","unit":"{unit}","what":"{what}",'
            f'"why":"{why}"}}'
        )
        committed = sha256(salt + said.encode()).digest()
        if number % 1000 == 1:
            row = access.AccessRow(number, at, actor, unit, what, record, reason, why, tuple(also))
            assert committed == access.commitment(salt, row), said
        head = sha256(head + number.to_bytes(8, "big") + committed).digest()
        yield (
            f"{number}\t{text}\t{actor}\t{unit}\t{what}\t{record}\t{reason}\t{why}\t{{{','.join(also)}}}\t"
            f"\\\\x{salt.hex()}\t\\\\x{head.hex()}\n"
        ).encode()
    seals.append((at + timedelta(minutes=1), count, head))


COLUMNS = ("id", "at", "actor", "unit", "what", "record", "reason", "why", "also", "salt", "chain")


def _hour(place: float) -> float:
    """The second of a day at a place among its rows: nine of ten within twelve hours."""
    if place < 0.05:
        return place / 0.05 * 7 * 3600
    if place < 0.95:
        return 7 * 3600 + (place - 0.05) / 0.9 * 12 * 3600
    return 19 * 3600 + (place - 0.95) / 0.05 * 5 * 3600


LEAF = ("kind", "at", "data", "salt", "subject", "index", "rows", "actor")


def ledger(year: Year, seals: list[Sealed], first: int, hashes: list[bytes]) -> Iterator[tuple[object, ...]]:
    """The leaves of acts and of heads in the order of time; their hashes are added to `hashes`."""
    dice = random.Random(2)
    every: list[tuple[datetime, object]] = [(one[0], one) for one in seals]
    every += [(one[0], one) for one in year.acted]
    every.sort(key=lambda one: one[0])
    for place, (at, one) in enumerate(every):
        salt = dice.randbytes(32)
        if len(one) == 3:  # type: ignore[arg-type]
            _at, rows, head = one  # type: ignore[misc]
            data = leaves.leaf_bytes("access", at, {"rows": str(rows)}, leaves.commit(salt, head))
            row = ("access", at, data, salt, str(rows), first + place, rows, "")
        else:
            _at, act, subject, actor = one  # type: ignore[misc]
            facts = {"act": act, "line": "domestic", "plan": "BE-POLICE/domestic", "record": subject}
            data = leaves.leaf_bytes("act", at, facts, leaves.commit(salt, subject.encode()))
            row = ("act", at, data, salt, subject, first + place, None, actor)
        hashes.append(tree.leaf_hash(data))
        yield row


def nodes(level: list[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """(Level, index, hash) of every perfect subtree over these leaves."""
    number = 0
    while level:
        for index, value in enumerate(level):
            yield number, index, value
        level = [tree.node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        number += 1
