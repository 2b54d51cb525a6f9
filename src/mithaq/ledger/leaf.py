"""A leaf of the log: kind, time and public facts of one event, and a salted commitment to its bytes.

Rule: a leaf holds nothing of the content: who has the leaf alone cannot test a guess, since the salt is 32 random bytes
kept beside the content and erased with it. Design: exchange, "Ledger" and "Withdrawal and originator control".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mithaq.errors import InputError, TrustError
from mithaq.ledger import fields
from mithaq.seal import canonical

FORMAT = "mithaq/leaf/1"
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a leaf says. `facts` are public texts such as message id, act and line."""

    kind: str
    at: datetime
    facts: Mapping[str, str]
    commitment: str


def commit(salt: bytes, content: bytes) -> str:
    """SHA-256(salt || content) as `sha256:` text. InputError `ledger.salt` unless the salt has 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise InputError("ledger.salt", f"A salt has {SALT_BYTES} bytes, this one has {len(salt)}.")
    return canonical.digest(salt + content)


def leaf_bytes(kind: str, at: datetime, facts: Mapping[str, str], commitment: str) -> bytes:
    """The canonical bytes of a leaf. InputError `ledger.leaf.time` when `at` has no zone."""
    return canonical.canonical(
        {
            "format": FORMAT,
            "kind": kind,
            "at": fields.time_text(at),
            "subject": dict(facts),
            "commitment": commitment,
        }
    )


def read_leaf(data: bytes) -> Leaf:
    """The leaf of these bytes. InputError `ledger.leaf` unless they are exactly what `leaf_bytes` writes."""
    record = fields.record(canonical.parse(data), "leaf")
    facts = fields.record(record.get("subject"), "leaf.subject")
    leaf = Leaf(
        kind=fields.text(record, "kind", "leaf"),
        at=fields.time(record, "at", "leaf"),
        facts={name: fields.text(facts, name, "leaf.subject") for name in facts},
        commitment=fields.text(record, "commitment", "leaf"),
    )
    if leaf_bytes(leaf.kind, leaf.at, leaf.facts, leaf.commitment) != data:
        raise InputError("ledger.leaf", "The bytes are not a leaf in its one written form.", where="leaf")
    return leaf


def check_opening(leaf: Leaf, salt: bytes, content: bytes) -> None:
    """Raise TrustError `ledger.commitment` unless the leaf commits to this content with this salt."""
    if commit(salt, content) != leaf.commitment:
        raise TrustError("ledger.commitment", "The leaf does not commit to these bytes.")
