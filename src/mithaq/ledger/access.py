"""A row of the access log and the chain that binds it to those before it: who read what, why, when.

    commitment = SHA-256(salt || row)       chain = SHA-256(chain of the row before || number || commitment)

Rules: a row's number is its place, counted from 1 without a gap, and is part of what is hashed, so that no row can be
changed, taken out, put in or moved unseen; who has a commitment alone cannot test a guess of its row, so that a piece
of the chain can be shown to prove one row and tell nothing of the others.
Design: architecture, "The road" (access log); subjects, safeguard 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from mithaq.ledger import fields
from mithaq.seal import canonical

FORMAT = "mithaq/access/1"
EMPTY = bytes(32)
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One reading: `number` is its place in the log, `also` the records that a listing showed beside `record`, `reason`
    what was asked for, `why` the reason that the reader gave where the plan asks for one."""

    number: int
    at: datetime
    actor: str
    unit: str
    what: str
    record: str
    reason: str
    why: str
    also: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The row in JSON's own types, the moment to the microsecond."""
        return {
            "format": FORMAT,
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "unit": self.unit,
            "what": self.what,
            "record": self.record,
            "reason": self.reason,
            "why": self.why,
            "also": list(self.also),
        }


def commitment(salt: bytes, row: AccessRow) -> bytes:
    """The 32 bytes that stand for what a row says; its number is bound by the chain."""
    said = {name: value for name, value in row.plain().items() if name != "number"}
    return sha256(salt + canonical.canonical(said)).digest()


def link(before: bytes, number: int, committed: bytes) -> bytes:
    """The chain after row `number`, whose commitment this is; the number in eight bytes, the highest first."""
    return sha256(before + number.to_bytes(8, "big") + committed).digest()


def read_row(record: Mapping[str, Any], where: str) -> AccessRow:
    """The row of a JSON object. InputError `ledger.field` unless it is exactly what `plain` gives."""
    if record.get("format") != FORMAT:
        raise fields.wrong(f"{where}.format", FORMAT)
    try:
        moment = datetime.fromisoformat(fields.text(record, "at", where))
    except ValueError:
        raise fields.wrong(f"{where}.at", "a time with its zone") from None
    if moment.tzinfo is None:
        raise fields.wrong(f"{where}.at", "a time with its zone")
    texts = {name: fields.text(record, name, where) for name in ("actor", "unit", "what", "record", "reason", "why")}
    row = AccessRow(fields.number(record, "number", where), moment, **texts, also=fields.texts(record, "also", where))
    if row.plain() != dict(record):
        raise fields.wrong(where, "a row in its one written form")
    return row
