"""A message arrives at the gateway: numbered checks, then a receipt and a leaf in one transaction.

     1 size and frame             2 the sender is whom its certificate says    3 the node's signature over the envelope
     4 addressed to a unit here   5 the content is the one that was signed for 6 a known id: same bytes, same receipt
     7 neither expired nor from the future   8 decide at the receiver, one message of an act and line after the other
     9 inbox, leaf, channel, receipt; ONE transaction with 7 and 8

Rules: an id is done once; the same bytes get the byte-identical receipt for ever; nothing is read of the content.
Design: exchange, "Delivery"; architecture, "The road".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from mithaq.errors import InputError, MithaqError, TrustError
from mithaq.node.acts import envelope as envelopes
from mithaq.node.acts import instruments, receipts, store, wake
from mithaq.node.acts.custody import Custody
from mithaq.node.acts.definition import Terms
from mithaq.node.acts.ids import is_uuid
from mithaq.node.acts.models import Alarm, Channel, Inbox, Outbox, Receipt
from mithaq.node.start import Node
from mithaq.plan.decide import Refusal
from mithaq.seal import canonical, jws


@dataclass(frozen=True, slots=True)
class Reply:
    """What the gateway answers: `outcome` is accepted, rejected, conflict or bad; `token` a receipt."""

    outcome: str
    token: bytes


def accept(data: bytes, partner: str, custody: Custody, now: datetime) -> Reply:
    """Take a framed message of `partner` (known by its certificate). Never raises for what a partner can send."""
    with instruments.snapshot():
        return _accept(data, partner, custody, now)


def _accept(data: bytes, partner: str, custody: Custody, now: datetime) -> Reply:
    try:
        token, content = _frame(data)  # 1
        payload = _verified(token, partner)  # 2, 3
        _addressed(payload)  # 4
        _content_matches(payload, content)  # 5
    except MithaqError as error:
        return _bad(data, partner, error, custody, now)
    digest = canonical.digest(token)
    known = Inbox.objects.filter(sender=partner, message=payload["id"]).first()  # 6
    if known is not None:
        return _again(known, digest, partner, payload, custody, now)
    try:
        return _store(payload, token, content, digest, partner, custody, now)  # 7, 8, 9
    except IntegrityError:
        # Two connections brought the same id at once: the other one was stored, so this one is a repetition.
        known = Inbox.objects.get(sender=partner, message=payload["id"])
        return _again(known, digest, partner, payload, custody, now)


def _frame(data: bytes) -> tuple[bytes, bytes]:
    token, content = envelopes.unframe(data)
    if len(content) > envelopes.MAX_CONTENT:
        raise InputError("message.size", "The content is larger than a message may carry.")
    return token, content


def _verified(token: bytes, partner: str) -> dict[str, Any]:
    keys = instruments.keys_of(partner)
    payload = jws.verify(token, {keys.node.kid: keys.node}, envelopes.ENVELOPE_TYPE)
    envelopes.check_shape(payload)
    if payload["from"]["node"] != partner or instruments.authority_of(payload["from"]["unit"]) != partner:
        raise TrustError("channel.sender", "The envelope names another sender than the certificate.")
    return payload


def _addressed(payload: Mapping[str, Any]) -> None:
    here = Node.config.authority
    if payload["to"]["node"] != here or payload["to"]["unit"] not in instruments.keys_of(here).units:
        raise InputError("channel.recipient", "The envelope is addressed to a unit that is not here.")


def _content_matches(payload: Mapping[str, Any], content: bytes) -> None:
    if payload["content"]["size"] != len(content) or payload["content"]["digest"] != canonical.digest(content):
        raise TrustError("content.digest", "The content is not the one that the envelope was signed for.")


def _again(
    known: Inbox, digest: str, partner: str, payload: Mapping[str, Any], custody: Custody, now: datetime
) -> Reply:
    if known.digest == digest:
        return Reply("accepted" if known.accepted else "rejected", bytes(known.receipt))
    _alarm("inbox.reused", partner, payload["id"], now)
    return Reply("conflict", _receipt("RX", payload["id"], digest, now, custody, "inbox.reused"))


def _lock_line(payload: Mapping[str, Any]) -> None:
    # Messages of one act on a line are judged one after the other: two connections at once would count one quota alike.
    words = json.dumps([payload["plan"]["id"], payload["line"], payload["act"]])
    number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", (number,))


def _ground(payload: Mapping[str, Any], now: datetime) -> str:
    created, expires = envelopes.time_of(payload["created"]), envelopes.time_of(payload["expires"])
    if created > now + instruments.MAX_SKEW:
        return "clock.future"
    if expires <= now:
        return "envelope.expired"
    word, version = act_words(payload)
    unit = payload["from"]["unit"]
    answer = instruments.decide_terms(word, version, terms_of(payload), unit, now, count=instruments.received)
    if isinstance(answer, Refusal):
        return answer.ground
    if answer.duty:
        return ""  # what is owed stays owed whatever became of the text of the plan
    if payload["plan"]["digest"] != answer.digest:
        return "plan.digest"
    return "" if _clauses_hold(payload) else "envelope_terms.differ"


def _clauses_hold(payload: Mapping[str, Any]) -> bool:
    """The clauses that the envelope cites name its act, and let it be kept as long as it says."""
    cited = instruments.clauses(payload["plan"]["id"], payload["line"], payload["act"], payload["clauses"])
    kept = [clause.retention_days for clause in cited if clause.retention_days]
    known = len(cited) == len(payload["clauses"]) > 0
    return known and payload["handling"]["retention_days"] == (min(kept) if kept else 0)


def act_words(payload: Mapping[str, Any]) -> tuple[str, int]:
    """`publish-notice@1` as word and version; a version that is no number is -1, which no clause names."""
    word, _, version = payload["act"].partition("@")
    return word, int(version) if version.isascii() and version.isdigit() and len(version) < 5 else -1


def terms_of(payload: Mapping[str, Any]) -> Terms:
    """The terms that an envelope states."""
    return Terms(
        plan=payload["plan"]["id"],
        line=payload["line"],
        categories=frozenset(payload["categories"]),
        # Each purpose would have to be decided on: a message has one, and several are refused as none is.
        purpose=payload["handling"]["purposes"][0] if len(payload["handling"]["purposes"]) == 1 else "",
        language=payload["language"],
        handling=payload["handling"]["code"],
        urgency=payload["urgency"],
        recipient=payload["to"]["unit"],
        duty_for=_already_exchanged(payload),
    )


def _already_exchanged(payload: Mapping[str, Any]) -> str | None:
    # A duty is about something that this node holds: the claim is checked against what was exchanged, not believed.
    target = payload["in_reply_to"]
    if target is None:
        return None
    sender = payload["from"]["node"]
    received = Inbox.objects.filter(sender=sender, message=target, accepted=True).exists()
    sent = Outbox.objects.filter(partner=sender, message=target, state="accepted").exists()
    return str(target) if received or sent else None


def _store(
    payload: Mapping[str, Any],
    token: bytes,
    content: bytes,
    digest: str,
    partner: str,
    custody: Custody,
    now: datetime,
) -> Reply:
    with transaction.atomic():
        _lock_line(payload)
        ground = _ground(payload, now)  # 7, 8
        receipt = _receipt("RX" if ground else "R0", payload["id"], digest, now, custody, ground)
        # A ground that passes with time (a clock that is ahead) must not use up the id.
        if receipts.is_passing(ground) and ground != "envelope.expired":
            _alarm(ground, partner, payload["id"], now)
            return Reply("rejected", receipt)
        _advance(partner, payload, digest)  # 9
        Inbox.objects.create(
            sender=partner,
            message=payload["id"],
            digest=digest,
            plan=payload["plan"]["id"],
            line=payload["line"],
            act=payload["act"],
            envelope=token,
            content=None if ground else content,
            receipt=receipt,
            accepted=not ground,
            at=now,
            state="rejected" if ground else "accepted",
        )
        facts = {
            "message": payload["id"],
            "act": payload["act"],
            "plan": payload["plan"]["id"],
            "line": payload["line"],
        }
        store.queue_leaf("rejected" if ground else "received", now, {**facts, "ground": ground}, token, payload["id"])
        wake.wake()
    return Reply("rejected" if ground else "accepted", receipt)


def _advance(partner: str, payload: Mapping[str, Any], digest: str) -> None:
    channel, _ = Channel.objects.select_for_update().get_or_create(partner=partner, outgoing=False)
    if payload["sequence"] > channel.sequence:
        Channel.objects.filter(pk=channel.pk).update(sequence=payload["sequence"], previous=digest)


def _bad(data: bytes, partner: str, error: MithaqError, custody: Custody, now: datetime) -> Reply:
    # The message id inside bytes that do not verify is nobody's word: it is named in the answer but not used up.
    try:
        token, _ = envelopes.unframe(data)
        claimed, digest = jws.peek(token).get("id", ""), canonical.digest(token)
    except MithaqError:
        claimed, digest = "", canonical.digest(data)
    # Nor is it this node's to sign, unless it can be an id at all.
    message = claimed if isinstance(claimed, str) and is_uuid(claimed) and str(UUID(claimed)) == claimed else ""
    _alarm(error.code, partner, None, now)
    return Reply("bad", _receipt("RX", message, digest, now, custody, error.code))


def _receipt(kind: str, message: str, digest: str, now: datetime, custody: Custody, ground: str = "") -> bytes:
    return receipts.make(kind, message, digest, Node.config.authority, None, now, custody.node, ground)


def _alarm(code: str, partner: str, message: str | None, now: datetime) -> None:
    Alarm.objects.create(at=now, code=code, partner=partner, message=message)


def take_receipt(token: bytes, partner: str, now: datetime) -> None:
    """Keep a receipt that `partner` sends for one of our messages; the same receipt again changes nothing.

    Raises TrustError or InputError when it does not verify, InputError `receipt.unknown` when this node sent `partner`
    no such message, TrustError `receipt.envelope` or `receipt.unit` when it is for other bytes or by another unit than
    the message was sent to.
    """
    payload = receipts.read(token, partner)
    _check_about(payload, partner)
    keep_receipt(payload, token, partner, now)


def _check_about(payload: Mapping[str, Any], partner: str) -> None:
    row = Outbox.objects.filter(message=payload["message"], partner=partner).only("digest", "envelope").first()
    if row is None:
        raise InputError("receipt.unknown", "The receipt is for a message that this node did not send to its signer.")
    if row.digest != payload["envelope"]:
        raise TrustError("receipt.envelope", "The receipt is for other bytes than were sent.")
    if payload["kind"] == "R2" and payload["by"]["unit"] != jws.peek(bytes(row.envelope))["to"]["unit"]:
        raise TrustError("receipt.unit", "The receipt of delivery is not by the unit that the message was sent to.")


def keep_receipt(payload: Mapping[str, Any], token: bytes, partner: str, now: datetime) -> bool:
    """Store a verified receipt once, with its leaf; True when it was new."""
    with transaction.atomic():
        _, new = Receipt.objects.get_or_create(
            outgoing=False,
            partner=partner,
            message=payload["message"],
            kind=payload["kind"],
            defaults={"token": token, "at": envelopes.time_of(payload["at"]), "ground": receipts.ground_of(payload)},
        )
        if new:
            facts = {"message": payload["message"], "kind": payload["kind"]}
            store.queue_leaf("receipt", now, facts, token, payload["message"])
            wake.wake()
    return new
