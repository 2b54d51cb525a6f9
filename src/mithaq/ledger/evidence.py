"""The evidence bundle as a file: what one exchanged message needs to be proved, read and written, nothing verified.

    {"format": "mithaq/bundle/1",
     "plan": {"document": the canonical plan, "signatures": [JWS of each party's root]},
     "key_lists": [JWS of a root], "envelope": JWS of the sending node, "content_digest": "sha256:...",
     "receipts": [JWS of the receiving node or unit],
     "leaves": [{"node", "leaf", "salt", "content"?, "index", "size", "path": [...], "checkpoint": signed note}]}

Bytes are base64url without padding. A leaf without `content` commits to the envelope or to a receipt of this file.
Rule: any bytes give a value or an InputError. Design: exchange, "Ledger".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mithaq.errors import InputError
from mithaq.ledger import fields
from mithaq.ledger.tree import HASH_BYTES
from mithaq.seal import canonical

FORMAT = "mithaq/bundle/1"
MAX_BUNDLE = 16 * 1024 * 1024
_NAMES = {"format", "plan", "key_lists", "envelope", "content_digest", "receipts", "leaves"}
_LEAF_NAMES = {"node", "leaf", "salt", "index", "size", "path", "checkpoint"}


@dataclass(frozen=True, slots=True)
class BundledLeaf:
    """A leaf with the way from it to a signed head. `content` is None when it stands elsewhere in the bundle."""

    node: str
    leaf: bytes
    salt: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    checkpoint: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """The parts of a bundle, nothing verified. Tokens are JWS texts; `document` is the plan in JSON's own types."""

    document: Mapping[str, Any]
    signatures: tuple[str, ...]
    key_lists: tuple[str, ...]
    envelope: str
    content_digest: str
    receipts: tuple[str, ...]
    leaves: tuple[BundledLeaf, ...]


def write_bundle(bundle: Bundle) -> bytes:
    """The file: canonical JSON (sorted names), one line. Raises InputError when a part has no JSON form."""
    return (
        canonical.canonical(
            {
                "format": FORMAT,
                "plan": {"document": bundle.document, "signatures": bundle.signatures},
                "key_lists": bundle.key_lists,
                "envelope": bundle.envelope,
                "content_digest": bundle.content_digest,
                "receipts": bundle.receipts,
                "leaves": [leaf_record(leaf) for leaf in bundle.leaves],
            }
        )
        + b"\n"
    )


def read_bundle(data: bytes) -> Bundle:
    """Check 1. Raises InputError `ledger.bundle.size`, `ledger.bundle.format`, `ledger.field` or what `seal` raises."""
    if len(data) > MAX_BUNDLE:
        raise InputError("ledger.bundle.size", "A bundle has at most 16 MiB.")
    top = fields.record(canonical.parse(data), "bundle")
    if top.get("format") != FORMAT or top.keys() != _NAMES:
        raise InputError("ledger.bundle.format", f"This is not a bundle of format {FORMAT}.", where="bundle")
    plan = fields.record(top["plan"], "bundle.plan")
    return Bundle(
        document=fields.record(plan.get("document"), "bundle.plan.document"),
        signatures=fields.texts(plan, "signatures", "bundle.plan"),
        key_lists=fields.texts(top, "key_lists", "bundle"),
        envelope=fields.text(top, "envelope", "bundle"),
        content_digest=fields.text(top, "content_digest", "bundle"),
        receipts=fields.texts(top, "receipts", "bundle"),
        leaves=tuple(
            leaf_of(fields.record(leaf, f"bundle.leaves[{place}]"), f"bundle.leaves[{place}]")
            for place, leaf in enumerate(fields.array(top["leaves"], "bundle.leaves"))
        ),
    )


def leaf_record(leaf: BundledLeaf) -> dict[str, Any]:
    """A leaf with its way to a signed head in JSON's own types."""
    record = {
        "node": leaf.node,
        "leaf": canonical.base64url(leaf.leaf),
        "salt": canonical.base64url(leaf.salt),
        "index": leaf.index,
        "size": leaf.size,
        "path": [canonical.base64url(value) for value in leaf.path],
        "checkpoint": leaf.checkpoint,
    }
    return record if leaf.content is None else {**record, "content": canonical.base64url(leaf.content)}


def leaf_of(record: Mapping[str, Any], where: str) -> BundledLeaf:
    """A leaf as the file holds it. InputError `ledger.bundle.format`, `ledger.field`."""
    if record.keys() - {"content"} != _LEAF_NAMES:
        raise InputError("ledger.bundle.format", "A leaf has a field too many or too few.", where=where)
    content = fields.text(record, "content", where) if "content" in record else None
    path = fields.texts(record, "path", where)
    return BundledLeaf(
        node=fields.text(record, "node", where),
        leaf=fields.decode(fields.text(record, "leaf", where), f"{where}.leaf"),
        salt=fields.decode(fields.text(record, "salt", where), f"{where}.salt"),
        index=fields.number(record, "index", where),
        size=fields.number(record, "size", where),
        path=tuple(fields.decode(value, f"{where}.path", HASH_BYTES) for value in path),
        checkpoint=fields.text(record, "checkpoint", where),
        content=None if content is None else fields.decode(content, f"{where}.content"),
    )
