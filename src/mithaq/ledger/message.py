"""Checks 4 and 5: the envelope is the sending node's word, and the plan has the clauses that it names.

Rules: an envelope is read only after its node's key verified it; it stands under the very text of the plan that was
signed. Design: exchange, "Envelope"; architecture, "One idea: the signed plan is the policy".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mithaq.errors import TrustError
from mithaq.ledger import fields
from mithaq.ledger.evidence import Bundle
from mithaq.ledger.trust import SKEW, Agreement, Keyring, rows
from mithaq.seal import canonical, jws
from mithaq.seal.keylist import UnitKeys

FORMAT = "mithaq/envelope/1"
TYPE = "mithaq-envelope+jws"
# Acts about something already exchanged: permitted whatever became of plan and line, so no clause need carry them.
DUTIES = frozenset({"receipt", "refusal", "correction", "withdraw-notice", "erase", "wrong-person", "evidence"})
HANDLING = ("H0", "H1", "H2", "H3")


@dataclass(frozen=True, slots=True)
class End:
    """A side of the message: node, unit and the id of the unit's key."""

    node: str
    unit: str
    key: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a verified envelope says; `digest` is that of the envelope's own bytes."""

    digest: str
    id: str
    plan: str
    plan_digest: str
    line: str
    act: str
    clauses: tuple[str, ...]
    sender: End
    recipient: End
    in_reply_to: str
    created: datetime
    expires: datetime
    sequence: int
    language: str
    handling: str
    purposes: tuple[str, ...]
    retention_days: int
    categories: tuple[str, ...]
    content_digest: str


def check_envelope(bundle: Bundle, keyring: Keyring) -> Message:
    """Check 4. Raises TrustError `seal.*`, `ledger.envelope.key` or `ledger.envelope.content`, InputError."""
    token = bundle.envelope.encode()
    message = _read(jws.peek(token), canonical.digest(token))
    keys = keyring.at(message.sender.node, message.created)
    jws.verify(token, {keys.node.kid: keys.node}, TYPE)
    _check_units(message, keys.units, keyring)
    if bundle.content_digest != message.content_digest:
        raise TrustError("ledger.envelope.content", "The file names another content than the envelope was signed for.")
    return message


def _check_units(message: Message, own: Mapping[str, UnitKeys], keyring: Keyring) -> None:
    unit = own.get(message.sender.unit)
    if unit is None or unit.signing.kid != message.sender.key:
        raise TrustError("ledger.envelope.key", "The key list of the sending node has no such unit with that key.")
    # A sender may not yet have had the newest list of its partner, so any list of the partner may name the key.
    known = (keys.units.get(message.recipient.unit) for keys in keyring.of(message.recipient.node))
    if all(unit is None or unit.sealing.kid != message.recipient.key for unit in known):
        raise TrustError("ledger.envelope.key", "No key list of the receiving node has such a unit with that key.")


def check_permission(message: Message, agreement: Agreement) -> None:
    """Check 5. Raises TrustError `ledger.envelope.plan`, `.period`, `.line`, `.clause` or `.act`, InputError."""
    if (message.plan, message.plan_digest) != (agreement.id, agreement.digest):
        raise TrustError("ledger.envelope.plan", "The envelope names another plan, or another text of it.")
    lines = rows(agreement.document, "lines", "plan")
    if message.line not in lines:
        raise TrustError("ledger.envelope.line", f"The plan has no line {message.line}.")
    if message.act.partition("@")[0] in DUTIES and message.in_reply_to:
        return
    starts, ends = (fields.time(agreement.document, name, "plan") for name in ("starts", "ends"))
    if not starts <= message.created + SKEW or not message.created - SKEW < ends:
        raise TrustError("ledger.envelope.period", "The envelope was made outside the period of the plan.")
    _check_clauses(message, rows(lines[message.line], "clauses", f"plan.lines.{message.line}"))


def _check_clauses(message: Message, clauses: Mapping[str, Mapping[str, Any]]) -> None:
    missing = [name for name in message.clauses if name not in clauses]
    if missing or not message.clauses:
        said = ", ".join(missing) or "named"
        raise TrustError("ledger.envelope.clause", f"Line {message.line} has no clause {said}.")
    for name in message.clauses:
        unmet = _unmet(message, clauses[name], f"plan.lines.{message.line}.clauses.{name}")
        if unmet:
            raise TrustError("ledger.envelope.act", f"Clause {name} does not permit this: {', '.join(unmet)}.")


def _unmet(message: Message, clause: Mapping[str, Any], where: str) -> list[str]:
    # A clause that permits says every dimension of an act; what it does not say, it does not permit.
    wanted = {
        "acts": {message.act},
        "senders": {message.sender.unit},
        "recipients": {message.recipient.unit},
        "categories": set(message.categories),
        "purposes": set(message.purposes),
        "languages": {message.language},
    }
    unmet = [name for name, values in wanted.items() if not values <= set(fields.texts(clause, name, where))]
    # The codes H0 to H3 are in the order of their strictness.
    if message.handling not in HANDLING or message.handling > fields.text(clause, "handling", where):
        unmet.append("handling")
    return unmet if fields.text(clause, "effect", where) == "permit" else ["effect", *unmet]


def _read(payload: dict[str, Any], digest: str) -> Message:
    plan, handling = (fields.record(payload.get(name), f"envelope.{name}") for name in ("plan", "handling"))
    if payload.get("format") != FORMAT:
        raise fields.wrong("envelope.format", FORMAT)
    replies_to = payload.get("in_reply_to")
    return Message(
        digest=digest,
        id=fields.text(payload, "id", "envelope"),
        plan=fields.text(plan, "id", "envelope.plan"),
        plan_digest=fields.text(plan, "digest", "envelope.plan"),
        line=fields.text(payload, "line", "envelope"),
        act=fields.text(payload, "act", "envelope"),
        clauses=fields.texts(payload, "clauses", "envelope"),
        sender=_end(payload, "from"),
        recipient=_end(payload, "to"),
        in_reply_to="" if replies_to is None else fields.text(payload, "in_reply_to", "envelope"),
        created=fields.time(payload, "created", "envelope"),
        expires=fields.time(payload, "expires", "envelope"),
        sequence=fields.number(payload, "sequence", "envelope"),
        language=fields.text(payload, "language", "envelope"),
        handling=fields.text(handling, "code", "envelope.handling"),
        purposes=fields.texts(handling, "purposes", "envelope.handling"),
        retention_days=fields.number(handling, "retention_days", "envelope.handling"),
        categories=fields.texts(payload, "categories", "envelope"),
        content_digest=fields.text(fields.record(payload.get("content"), "envelope.content"), "digest", "envelope"),
    )


def _end(payload: dict[str, Any], name: str) -> End:
    where = f"envelope.{name}"
    end = fields.record(payload.get(name), where)
    return End(*(fields.text(end, part, where) for part in ("node", "unit", "key")))
