"""Receipts: R0 accepted, R2 delivered, RX rejected with its ground; made, read and kept.

Rules: a receipt is signed once and then repeated byte for byte; receipts are not receipted.
Design: exchange, "Receipts".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from mithaq.errors import InputError, TrustError
from mithaq.node.acts import instruments
from mithaq.node.acts.envelope import text_of, time_of
from mithaq.seal import jws
from mithaq.seal.keys import SigningKey

FORMAT = "mithaq/receipt/1"
TYPE = "mithaq-receipt+jws"
KINDS = ("R0", "R1", "R2", "R3", "R4", "RX")
_CODE = re.compile(r"(?=.{1,80}\Z)[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
# Grounds that speak of the bytes on the way and not of the message: the same message may still be accepted.
PASSING = ("seal.", "envelope.", "message.", "content.", "channel.", "clock.")


def make(
    kind: str,
    message: str,
    envelope: str,
    node: str,
    unit: str | None,
    at: datetime,
    key: SigningKey,
    ground: str = "",
) -> bytes:
    """A signed receipt for the envelope of that digest."""
    payload: dict[str, Any] = {
        "format": FORMAT,
        "kind": kind,
        "message": message,
        "envelope": envelope,
        "by": {"node": node, "unit": unit, "key": key.kid},
        "at": text_of(at),
    }
    if ground:
        payload["ground"] = ground
    return jws.sign(payload, [key], TYPE)


def read(token: bytes, partner: str) -> dict[str, Any]:
    """The payload of a receipt by `partner`, verified with its node's key or a unit's. TrustError, InputError."""
    keys = instruments.keys_of(partner)
    known = {keys.node.kid: keys.node, **{unit.signing.kid: unit.signing for unit in keys.units.values()}}
    payload = jws.verify(token, known, TYPE)
    _check(payload)
    by = payload["by"]
    signer = keys.units[by["unit"]].signing.kid if by["unit"] in keys.units else keys.node.kid
    if by["node"] != partner or by["key"] != signer:
        raise TrustError("receipt.signer", "The receipt is not signed by the node or unit that it names.")
    if payload["kind"] == "R2" and by["unit"] is None:
        raise TrustError("receipt.unit", "A receipt of delivery must be signed by the unit.")
    return payload


def _check(payload: Mapping[str, Any]) -> None:
    try:
        good = payload["format"] == FORMAT and payload["kind"] in KINDS and isinstance(payload["envelope"], str)
        UUID(payload["message"]), time_of(payload["at"]), payload["by"]["node"], payload["by"]["key"]
        good = good and (payload["by"]["unit"] is None or isinstance(payload["by"]["unit"], str))
    except (KeyError, TypeError, ValueError, AttributeError):
        good = False
    if not good:
        raise InputError("receipt.field", "The receipt lacks a field, or one is of the wrong kind.")


def ground_of(payload: Mapping[str, Any]) -> str:
    """The ground of a receipt, empty when it has none. What is no code is a partner's own text: it is not passed on."""
    ground = payload.get("ground", "")
    return ground if ground == "" or (isinstance(ground, str) and _CODE.fullmatch(ground)) else "receipt.ground"


def is_passing(ground: str) -> bool:
    """True when a rejection speaks of these bytes and not of the message: the sender tries again."""
    return ground.startswith(PASSING)
