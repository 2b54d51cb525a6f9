"""Checks 6 and 7: the logs hold the message, and the receipts are the partner's word about this very envelope.

Rules: what a leaf commits to must lie in the bundle, and its public facts must be those of the message; the node whose
log it is must be the one whose event it was; one log never shows two heads of one size. Design: exchange, "Ledger" and
"Receipts".
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from mithaq.errors import MithaqError, TrustError
from mithaq.ledger import fields
from mithaq.ledger.checkpoint import Checkpoint, origin_of, read_checkpoint
from mithaq.ledger.evidence import Bundle, BundledLeaf
from mithaq.ledger.leaf import Leaf, check_opening, commit, read_leaf
from mithaq.ledger.message import Message
from mithaq.ledger.proof import verify_inclusion
from mithaq.ledger.report import Entry, Receipt
from mithaq.ledger.tree import leaf_hash
from mithaq.ledger.trust import SKEW, Keyring
from mithaq.seal import jws

RECEIPT_FORMAT = "mithaq/receipt/1"
RECEIPT_TYPE = "mithaq-receipt+jws"
# Which receipts a unit must sign, and which a node may.
_BY_UNIT, _BY_EITHER = ("R2", "R3", "R4"), ("R0", "R1", "RX")
# Whose log holds which kind of leaf, over the envelope and over a receipt.
_ENVELOPE_KINDS = {"sent": "sender", "withheld": "sender", "received": "recipient", "rejected": "recipient"}
_RECEIPT_KINDS = {"receipt": "sender", "delivered": "recipient", "rejected": "recipient"}


def check_leaves(bundle: Bundle, keyring: Keyring, message: Message) -> tuple[Entry, ...]:
    """Check 6: where the logs hold the message.

    Raises TrustError `ledger.commitment`, `.content`, `.leaf`, `.inclusion`, `.fork` or `.absent`, InputError.
    """
    heads: dict[tuple[str, int], bytes] = {}
    entries, whole = [], False
    for bundled in bundle.leaves:
        leaf = read_leaf(bundled.leaf)
        content = _opened(bundle, bundled, leaf)
        of_envelope = content == bundle.envelope
        whole = whole or of_envelope
        _check_facts(leaf, bundled.node, message, None if of_envelope else jws.peek(content.encode()))
        head = signed_head(bundled, leaf, keyring)
        verify_inclusion(leaf_hash(bundled.leaf), bundled.index, bundled.size, bundled.path, head.root)
        if heads.setdefault((bundled.node, head.size), head.root) != head.root:
            raise TrustError("ledger.fork", f"The log of {bundled.node} shows two roots of one size: it is forked.")
        entries.append(Entry(bundled.node, leaf.kind, leaf.at, bundled.index, bundled.size))
    if not whole:
        raise TrustError("ledger.absent", "No log in this file holds the envelope.")
    return tuple(entries)


def _opened(bundle: Bundle, bundled: BundledLeaf, leaf: Leaf) -> str:
    known = (bundle.envelope, *bundle.receipts)
    if bundled.content is not None:
        known = tuple(each for each in known if each.encode() == bundled.content)
        if not known:
            raise TrustError("ledger.content", "A leaf opens to something that is neither the envelope nor a receipt.")
    for content in known[:-1]:
        if leaf.commitment == commit(bundled.salt, content.encode()):
            return content
    check_opening(leaf, bundled.salt, known[-1].encode())
    return known[-1]


def _check_facts(leaf: Leaf, node: str, message: Message, receipt: Mapping[str, Any] | None) -> None:
    side = (_ENVELOPE_KINDS if receipt is None else _RECEIPT_KINDS).get(leaf.kind, "")
    if not side or getattr(message, side).node != node:
        raise TrustError("ledger.leaf", f"The log of {node} cannot hold a leaf {leaf.kind} of this message.")
    said = {"message": message.id, "act": message.act, "plan": message.plan, "line": message.line}
    if leaf.kind == "sent":
        said["clauses"] = " ".join(message.clauses)
    if leaf.kind == "receipt" and receipt is not None:
        said["kind"] = str(receipt.get("kind"))
    if leaf.facts.get("message") != message.id or any(leaf.facts.get(name, said[name]) != said[name] for name in said):
        raise TrustError("ledger.leaf", "The public facts of a leaf are not those of the message.")
    if leaf.at < message.created - SKEW:
        raise TrustError("ledger.leaf", "A leaf is older than the message.")


def signed_head(bundled: BundledLeaf, leaf: Leaf, keyring: Keyring) -> Checkpoint:
    """The head that the node's ledger key signed over a leaf. TrustError `ledger.keys.none`, `ledger.inclusion`."""
    failure: MithaqError = TrustError(
        "ledger.keys.none", f"No ledger key of {bundled.node} of that time is in this file."
    )
    for key in keyring.logs(bundled.node, leaf.at):
        try:
            head = read_checkpoint(bundled.checkpoint, origin_of(bundled.node), key)
        except MithaqError as error:
            failure = error
            continue
        if head.size != bundled.size:
            raise TrustError("ledger.inclusion", "The proof is for another size of the log than the checkpoint.")
        return head
    raise failure


def check_receipts(bundle: Bundle, keyring: Keyring, message: Message) -> tuple[Receipt, ...]:
    """Check 7. Receipts by time. Raises TrustError `ledger.receipt.*` or `seal.*`, InputError."""
    # A receipt is repeated byte for byte, so that the same bytes twice are one receipt.
    receipts = sorted(
        (_receipt(token, keyring, message) for token in dict.fromkeys(bundle.receipts)), key=lambda each: each.at
    )
    by_kind = {each.kind: each for each in receipts}
    if len(by_kind) != len(receipts) or _contradict(by_kind):
        raise TrustError(
            "ledger.receipt.contradiction", "The receipts contradict each other, or a kind is there twice."
        )
    _check_times(by_kind, message)
    return tuple(receipts)


def _contradict(receipts: Mapping[str, Receipt]) -> bool:
    # A rejection that passes, of a clock for one, comes before the acceptance; after it, delivery and rejection are
    # one or the other.
    if not {"R2", "RX"} <= receipts.keys():
        return False
    return "R0" not in receipts or receipts["RX"].at > receipts["R0"].at


def _receipt(token: str, keyring: Keyring, message: Message) -> Receipt:
    payload = jws.peek(token.encode())
    by = fields.record(payload.get("by"), "receipt.by")
    node, key = fields.text(by, "node", "receipt.by"), fields.text(by, "key", "receipt.by")
    unit = "" if by.get("unit") is None else fields.text(by, "unit", "receipt.by")
    receipt = Receipt(
        kind=fields.text(payload, "kind", "receipt"),
        at=fields.time(payload, "at", "receipt"),
        node=node,
        unit=unit,
        ground=fields.text(payload, "ground", "receipt") if "ground" in payload else "",
    )
    keys = keyring.at(node, receipt.at)
    if (
        node != message.recipient.node
        or unit not in {"", message.recipient.unit}
        or not keys.units.keys() >= {unit} - {""}
    ):
        raise TrustError("ledger.receipt.signer", "A receipt is not from the node or unit that the message went to.")
    signer = keys.units[unit].signing if unit else keys.node
    jws.verify(token.encode(), {signer.kid: signer}, RECEIPT_TYPE)
    if key != signer.kid:
        raise TrustError("ledger.receipt.signer", "A receipt names another key than the one that signed it.")
    if receipt.kind not in _BY_UNIT + _BY_EITHER or (receipt.kind in _BY_UNIT and not unit):
        raise TrustError("ledger.receipt.kind", "A receipt is of no known kind, or lacks the unit's signature.")
    said = payload.get("format"), payload.get("message"), payload.get("envelope")
    if said != (RECEIPT_FORMAT, message.id, message.digest):
        raise TrustError("ledger.receipt.message", "A receipt is for another message or other bytes.")
    return receipt


def _check_times(receipts: Mapping[str, Receipt], message: Message) -> None:
    # The order in which these may be given; machines may differ by the skew, also those of one node.
    course = [message.created, *(receipts[kind].at for kind in ("R0", "R2", "R3", "R4") if kind in receipts)]
    late = any(later < earlier - SKEW for earlier, later in pairwise(course))
    if late or any(each.at < message.created - SKEW for each in receipts.values()):
        raise TrustError("ledger.receipt.time", "The times of the receipts are not in order.")
    if "R0" in receipts and receipts["R0"].at > message.expires + SKEW:
        raise TrustError("ledger.receipt.time", "The message was accepted after it had expired.")
