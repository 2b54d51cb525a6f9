"""Makes the evidence bundle of a message from what this node holds: it proves offline, with no access to either node.

Rule: only signed or committed bytes go into a bundle, never a sealed or plain content.
Design: exchange, "Ledger" (`mithaq ledger verify BUNDLE`).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mithaq.errors import InputError, StateError
from mithaq.ledger.leaf import commit
from mithaq.node.acts.audit_paths import inclusion_paths
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Checkpoint, Inbox, Instrument, KeyList, Leaf, Outbox, Receipt
from mithaq.node.start import Node
from mithaq.seal import canonical, jws

FORMAT = "mithaq/bundle/1"


def bundle(message: str) -> bytes:
    """The bundle of a message that this node sent or received.

    Raises InputError `message.unknown`, StateError `ledger.early`.
    """
    held = _Held([message] if is_uuid(message) else [])
    if not held.envelopes:
        raise InputError("message.unknown", "This node has neither sent nor received such a message.")
    made = held.bundle(message)
    if made is None:
        raise StateError("ledger.early", "The message is not in the ledger yet.", remedy="Try again in a minute.")
    return made


def bundles(messages: Collection[str]) -> dict[str, bytes]:
    """The bundles of several messages in their order, read together; those not here, or not in the ledger yet, are
    left out."""
    held = _Held([message for message in messages if is_uuid(message)])
    made = {message: held.bundle(message) for message in messages if message in held.envelopes}
    return {message: data for message, data in made.items() if data is not None}


class _Held:
    """What this node holds of some messages: one look at each table, however many they are."""

    def __init__(self, messages: Collection[str]) -> None:
        arrived = list(
            Inbox.objects.filter(message__in=messages).order_by("-id").values_list("message", "envelope", "receipt")
        )
        sent = Outbox.objects.filter(message__in=messages).values_list("message", "envelope")
        self.envelopes = {str(key): bytes(envelope) for key, envelope, _receipt in arrived}
        self.envelopes |= {str(key): bytes(envelope) for key, envelope in sent}
        self._tokens = {str(key): [bytes(receipt)] for key, _envelope, receipt in arrived}
        for key, token in (
            Receipt.objects.filter(message__in=messages).order_by("at", "id").values_list("message", "token")
        ):
            self._tokens.setdefault(str(key), []).append(bytes(token))
        self._payloads = {key: jws.peek(envelope) for key, envelope in self.envelopes.items()}
        self._instruments = Instrument.objects.in_bulk({one["plan"]["id"] for one in self._payloads.values()})
        # Every list of both nodes: an old message verifies against the keys as they were.
        nodes = {one[end]["node"] for one in self._payloads.values() for end in ("from", "to")}
        self._keys = list(KeyList.objects.filter(authority__in=nodes).order_by("authority", "number"))
        self._head = Checkpoint.objects.order_by("-size").first()
        found = Leaf.objects.filter(subject__in=self.envelopes, index__lt=self._head.size if self._head else 0)
        self._leaves = list(found.order_by("index"))
        self._paths = paths_of(self._leaves, self._head)

    def bundle(self, message: str) -> bytes | None:
        """The bundle of one of the messages, None when it is not in the ledger yet."""
        leaves = [leaf for leaf in self._leaves if leaf.subject == message]
        if self._head is None or not leaves:
            return None
        payload, tokens = self._payloads[message], self._tokens.get(message, [])
        instrument, committed = self._instruments[payload["plan"]["id"]], [self.envelopes[message], *tokens]
        nodes = {payload[end]["node"] for end in ("from", "to")}
        value = {
            "format": FORMAT,
            "plan": {
                "document": json.loads(bytes(instrument.document)),
                "signatures": [instrument.signatures[party] for party in sorted(instrument.signatures)],
            },
            "key_lists": [bytes(row.token).decode() for row in self._keys if row.authority in nodes],
            "envelope": self.envelopes[message].decode(),
            "content_digest": payload["content"]["digest"],
            "receipts": [token.decode() for token in tokens],
            "leaves": [leaf_proof(leaf, self._head, self._paths, committed) for leaf in leaves],
        }
        return canonical.canonical(value)


def paths_of(leaves: Iterable[Leaf], head: Checkpoint | None) -> Mapping[int, tuple[bytes, ...]]:
    """The ways of sequenced leaves to a signed head, by index, read together."""
    return inclusion_paths([leaf.index for leaf in leaves if leaf.index is not None], head.size) if head else {}


def leaf_proof(
    leaf: Leaf, head: Checkpoint, paths: Mapping[int, tuple[bytes, ...]], committed: list[bytes]
) -> dict[str, Any]:
    """A sequenced leaf with its way to a signed head; what it commits to, when it is among `committed`."""
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
        "path": [_text(step) for step in paths[leaf.index]],
        "checkpoint": head.note,
    }


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
