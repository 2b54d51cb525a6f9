"""The envelope: what a gateway may know of a message, signed; and the content inside, sealed to a unit.

Rules: nothing in an envelope identifies a person; the unit's signature inside covers the digest of the envelope's
core, so that a content cannot be moved to another envelope (age does not authenticate the sender).
Design: exchange, "Envelope". Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from mithaq.errors import InputError, TrustError
from mithaq.node.acts.definition import Incoming
from mithaq.seal import age, canonical, jws
from mithaq.seal.keys import SealingKey, SealingRecipient, SigningKey, VerifyKey

FORMAT = "mithaq/envelope/1"
ENVELOPE_TYPE = "mithaq-envelope+jws"
CONTENT_TYPE = "mithaq-content+jws"
MAX_ENVELOPE = 64 * 1024
MAX_CONTENT = 1024 * 1024 + 64 * 1024  # 1 MiB inline, and what sealing adds
# Size classes of the padded content: the partner's gateway and a wire-tapper learn the class, not the length.
CLASSES = tuple(1024 << step for step in range(11))

# Fields that are not part of the core, since they are known only after the content is sealed, or at dispatch.
OUTSIDE_CORE = frozenset({"sequence", "previous", "content"})


@dataclass(frozen=True, slots=True)
class Head:
    """What an envelope says, before it has a place on a channel."""

    id: UUID
    plan: str
    plan_digest: str
    line: str
    act: str
    clauses: tuple[str, ...]
    from_node: str
    from_unit: str
    from_key: str
    to_node: str
    to_unit: str
    to_key: str
    thread: UUID
    in_reply_to: UUID | None
    created: datetime
    expires: datetime
    urgency: str
    due: datetime | None
    handling: str
    purposes: tuple[str, ...]
    retention_days: int
    categories: tuple[str, ...]
    language: str
    supersedes: UUID | None = None

    def core(self) -> dict[str, Any]:
        """Every field but sequence, previous digest, content digest, padded size and signatures."""
        return {
            "format": FORMAT,
            "id": str(self.id),
            "plan": {"id": self.plan, "digest": self.plan_digest},
            "line": self.line,
            "act": self.act,
            "clauses": list(self.clauses),
            "from": {"node": self.from_node, "unit": self.from_unit, "key": self.from_key},
            "to": {"node": self.to_node, "unit": self.to_unit, "key": self.to_key},
            "thread": str(self.thread),
            "in_reply_to": str(self.in_reply_to) if self.in_reply_to else None,
            "created": text_of(self.created),
            "expires": text_of(self.expires),
            "urgency": self.urgency,
            "due": text_of(self.due) if self.due else None,
            "handling": {
                "code": self.handling,
                "onward": "consent" if self.handling > "H0" else "free",
                "evidence": "consent" if self.handling > "H0" else "free",
                "purposes": list(self.purposes),
                "retention_days": self.retention_days,
            },
            "categories": sorted(self.categories),
            "language": self.language,
            "supersedes": str(self.supersedes) if self.supersedes else None,
        }


def seal_content(head: Head, body: Mapping[str, Any], unit: SigningKey, recipient: SealingRecipient) -> bytes:
    """The content of a message: a JWS of the unit over body and core digest, padded, sealed to the recipient unit."""
    signed = jws.sign(
        {
            "act": head.act,
            "body": dict(body),
            "recipients": [head.to_unit],
            "core": canonical.digest(canonical.canonical(head.core())),
        },
        [unit],
        CONTENT_TYPE,
    )
    if len(signed) > CLASSES[-1]:
        raise InputError("content.size", "The content is larger than 1 MiB.", remedy="Send the file as an attachment.")
    return age.seal(signed.ljust(next(size for size in CLASSES if size >= len(signed))), [recipient])


def sign_envelope(head: Head, content: bytes, sequence: int, previous: str, node: SigningKey) -> bytes:
    """The signed envelope, one line of JSON."""
    payload = {
        **head.core(),
        "sequence": sequence,
        "previous": previous or None,
        "content": {"digest": canonical.digest(content), "size": len(content)},
    }
    return jws.sign(payload, [node], ENVELOPE_TYPE)


def open_content(payload: Mapping[str, Any], content: bytes, key: SealingKey, unit: VerifyKey) -> dict[str, Any]:
    """Unseal and check a content against its envelope's payload; returns the body.

    Raises TrustError: not sealed to this unit, not signed by the unit the envelope names, or moved from another
    envelope (`content.core`); InputError `content.field` for a content of another shape.
    """
    signed = age.unseal(content, key).rstrip(b" ")
    inner = jws.verify(signed, {unit.kid: unit}, CONTENT_TYPE)
    core = {name: value for name, value in payload.items() if name not in OUTSIDE_CORE}
    if not isinstance(inner.get("body"), dict) or not isinstance(inner.get("recipients"), list):
        raise InputError("content.field", "The content lacks a field, or one is of the wrong kind.")
    if inner.get("core") != canonical.digest(canonical.canonical(core)) or inner.get("act") != payload["act"]:
        raise TrustError("content.core", "The content was signed for another envelope.")
    if payload["to"]["unit"] not in inner["recipients"]:
        raise TrustError("content.recipient", "The content was signed for another unit.")
    body: dict[str, Any] = inner["body"]
    return body


def check_shape(payload: Mapping[str, Any]) -> None:
    """Raise InputError `envelope.field` when a field is missing or is not what it must be."""
    try:
        UUID(payload["id"]), UUID(payload["thread"]), time_of(payload["created"]), time_of(payload["expires"])
        texts = (payload["plan"]["id"], payload["plan"]["digest"], payload["line"], payload["act"], payload["language"])
        ends = (payload[end][name] for end in ("from", "to") for name in ("node", "unit", "key"))
        handling = payload["handling"]
        texts = (*texts, *ends, payload["content"]["digest"], handling["code"], payload["urgency"])
        numbers = (payload["sequence"], payload["content"]["size"], handling["retention_days"])
        lists = (payload["clauses"], payload["categories"], handling["purposes"])
        for other in (payload["in_reply_to"], payload["supersedes"]):
            other is None or UUID(other)
        payload["due"] is None or time_of(payload["due"])
        good = (
            payload["format"] == FORMAT
            and all(isinstance(text, str) for text in texts)
            and all(isinstance(number, int) and not isinstance(number, bool) for number in numbers)
            and payload["sequence"] > 0
            and all(isinstance(some, list) and all(isinstance(word, str) for word in some) for some in lists)
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        good = False
    if not good:
        raise InputError("envelope.field", "The envelope lacks a field, or one is of the wrong kind.")


def incoming(payload: Mapping[str, Any]) -> Incoming:
    """The facts of an envelope that an inbound act may use."""
    return Incoming(
        id=UUID(payload["id"]),
        plan=payload["plan"]["id"],
        line=payload["line"],
        sender=payload["from"]["node"],
        sender_unit=payload["from"]["unit"],
        recipient_unit=payload["to"]["unit"],
        thread=UUID(payload["thread"]),
        in_reply_to=UUID(payload["in_reply_to"]) if payload["in_reply_to"] else None,
        created=time_of(payload["created"]),
        retention_days=payload["handling"]["retention_days"],
        handling=payload["handling"]["code"],
    )


def frame(envelope: bytes, content: bytes) -> bytes:
    """A message as it travels, on a connection or in a file: the envelope's line, then the sealed content."""
    return envelope + b"\n" + content


def unframe(data: bytes) -> tuple[bytes, bytes]:
    """The envelope and the content of a framed message; InputError when there is no envelope line within 64 KiB."""
    cut = data.find(b"\n", 0, MAX_ENVELOPE + 1)
    if cut < 1:
        raise InputError("message.frame", "The message does not begin with an envelope.")
    return data[:cut], data[cut + 1 :]


def text_of(moment: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time_of(text: str) -> datetime:
    """The moment of an RFC 3339 text. ValueError when it is none or has no zone."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


# How long a message may wait for its partner before it expires; a plan's deadline can only shorten what people wait.
LIFETIME = timedelta(days=30)
