"""Makes the evidence bundle of a message from what this node holds: it proves offline, with no access to either node.

Rule: only signed or committed bytes go into a bundle, never a sealed or plain content.
Design: exchange, "Ledger" (`mithaq ledger verify BUNDLE`).
"""

from __future__ import annotations

import base64
import json
from typing import Any

from mithaq.errors import InputError, StateError
from mithaq.ledger import tree
from mithaq.ledger.leaf import commit
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Checkpoint, Inbox, Instrument, KeyList, Leaf, Outbox, Receipt
from mithaq.node.acts.sequence import read_node
from mithaq.node.start import Node
from mithaq.seal import canonical, jws

FORMAT = "mithaq/bundle/1"


def bundle(message: str) -> bytes:
    """The bundle of a message that this node sent or received.

    Raises InputError `message.unknown`, StateError `ledger.early`.
    """
    envelope = _envelope(message)
    payload = jws.peek(envelope)
    instrument = Instrument.objects.get(plan=payload["plan"]["id"])
    receipts = list(Receipt.objects.filter(message=message).order_by("at", "id"))
    first = Inbox.objects.filter(message=message).first()
    tokens = ([bytes(first.receipt)] if first else []) + [bytes(receipt.token) for receipt in receipts]
    value = {
        "format": FORMAT,
        "plan": {
            "document": json.loads(bytes(instrument.document)),
            "signatures": [instrument.signatures[party] for party in sorted(instrument.signatures)],
        },
        "key_lists": _key_lists(payload),
        "envelope": envelope.decode(),
        "content_digest": payload["content"]["digest"],
        "receipts": [token.decode() for token in tokens],
        "leaves": _leaves(message, [envelope, *tokens]),
    }
    return canonical.canonical(value)


def _envelope(message: str) -> bytes:
    for model in (Outbox, Inbox) if is_uuid(message) else ():
        found = model.objects.filter(message=message).values_list("envelope", flat=True).first()
        if found is not None:
            return bytes(found)
    raise InputError("message.unknown", "This node has neither sent nor received such a message.")


def _key_lists(payload: dict[str, Any]) -> list[str]:
    # Every list of both nodes: an old message verifies against the keys as they were.
    nodes = [payload[end]["node"] for end in ("from", "to")]
    rows = KeyList.objects.filter(authority__in=nodes).order_by("authority", "number")
    return [bytes(row.token).decode() for row in rows]


def _leaves(message: str, committed: list[bytes]) -> list[dict[str, Any]]:
    head = Checkpoint.objects.order_by("-size").first()
    leaves = list(Leaf.objects.filter(subject=message).exclude(index=None).order_by("index"))
    if head is None or not leaves:
        raise StateError("ledger.early", "The message is not in the ledger yet.", remedy="Try again in a minute.")
    return [leaf_proof(leaf, head, committed) for leaf in leaves if leaf.index is not None and leaf.index < head.size]


def leaf_proof(leaf: Leaf, head: Checkpoint, committed: list[bytes], read: tree.Read = read_node) -> dict[str, Any]:
    """A sequenced leaf with its way to a signed head; what it commits to, when it is among `committed`. `read` gives
    the hashes of the tree, where several leaves fetch theirs together."""
    data, salt = bytes(leaf.data), bytes(leaf.salt)
    commitment = json.loads(data)["commitment"]
    content = next((one for one in committed if commit(salt, one) == commitment), None)
    assert leaf.index is not None
    return {
        "node": Node.config.authority,
        "leaf": _text(data),
        "salt": _text(salt),
        **({"content": _text(content)} if content is not None else {}),
        "index": leaf.index,
        "size": head.size,
        "path": [_text(step) for step in tree.inclusion_path(read, leaf.index, head.size)],
        "checkpoint": head.note,
    }


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
