"""The keys of an authority, as its party's root signed them.

Rule: a key list is read only after the root's signature verified; its version rises and it expires, which the caller
checks against the lists and the time it knows. Design: exchange, "Keys".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mithaq.errors import InputError
from mithaq.seal import jws, tls
from mithaq.seal.sealing import SealingRecipient
from mithaq.seal.signing import SigningKey, VerifyKey

TYPE = "mithaq-keylist+jws"
FORMAT = "mithaq/keylist/1"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z")


@dataclass(frozen=True, slots=True)
class UnitKeys:
    """A unit's public keys."""

    signing: VerifyKey
    sealing: SealingRecipient


@dataclass(frozen=True, slots=True)
class KeyList:
    """The public keys of an authority. Times are aware, in UTC; `units` is by unit id, `AUTHORITY/UNIT`."""

    authority: str
    version: int
    issued: datetime
    expires: datetime
    node: VerifyKey
    ledger: VerifyKey
    certificate: str
    units: Mapping[str, UnitKeys]

    def __post_init__(self) -> None:
        if self.version < 1 or self.issued.tzinfo is None or not self.issued < self.expires:
            raise _field("version, issued, expires", "the version is at least 1, and it expires after it is issued")
        if not self.authority or any(not name.startswith(f"{self.authority}/") for name in self.units):
            raise _field("units", "each unit is one of the authority")
        tls.fingerprint(self.certificate.encode())


def sign_key_list(key_list: KeyList, root: SigningKey) -> bytes:
    """The token of a key list, signed by the root; deterministic."""
    return jws.sign(write_fields(key_list), [root], TYPE)


def read_key_list(token: bytes, root: VerifyKey) -> KeyList:
    """The key list of a token. Raises what `jws.verify` and `read_fields` raise."""
    return read_fields(jws.verify(token, {root.kid: root}, TYPE))


def write_fields(key_list: KeyList) -> dict[str, Any]:
    """The key list in plain JSON types."""
    return {
        "format": FORMAT,
        "authority": key_list.authority,
        "version": key_list.version,
        "issued": write_time(key_list.issued),
        "expires": write_time(key_list.expires),
        "node": key_list.node.text,
        "ledger": key_list.ledger.text,
        "certificate": key_list.certificate,
        "units": {
            name: {"signing": unit.signing.text, "sealing": unit.sealing.text} for name, unit in key_list.units.items()
        },
    }


def read_fields(fields: Mapping[str, Any]) -> KeyList:
    """The key list of plain JSON types, which nobody has vouched for yet. Raises InputError `seal.keylist`,
    `seal.time`, `seal.key`, `seal.recipient`, `seal.base64`, `seal.bech32` or `seal.tls.certificate`.
    """
    if fields.get("format") != FORMAT:
        raise _field("format", f"it is not {FORMAT}")
    return KeyList(
        authority=_text(fields, "authority"),
        version=_whole(fields, "version"),
        issued=read_time(_text(fields, "issued")),
        expires=read_time(_text(fields, "expires")),
        node=VerifyKey.parse(_text(fields, "node")),
        ledger=VerifyKey.parse(_text(fields, "ledger")),
        certificate=_text(fields, "certificate"),
        units={name: _unit(_table(unit, name)) for name, unit in _table(fields.get("units"), "units").items()},
    )


def write_time(moment: datetime) -> str:
    """RFC 3339 in UTC, whole seconds or milliseconds. What is finer is cut off."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    return text.removesuffix(".000") + "Z"


def read_time(text: str) -> datetime:
    """The time of RFC 3339 in UTC (`Z`), whole seconds or milliseconds. Raises InputError `seal.time`."""
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise InputError("seal.time", "Not a time such as 2025-01-01T00:00:00Z.")


def _unit(table: Mapping[str, Any]) -> UnitKeys:
    return UnitKeys(VerifyKey.parse(_text(table, "signing")), SealingRecipient.parse(_text(table, "sealing")))


def _table(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _field(name, "it is not an object")
    return value


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    if not isinstance(value, str):
        raise _field(name, "it is missing or not a text")
    return value


def _whole(table: Mapping[str, Any], name: str) -> int:
    value = table.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _field(name, "it is missing or not a whole number")
    return value


def _field(name: str, detail: str) -> InputError:
    return InputError("seal.keylist", f"The key list cannot be used: {detail}.", where=name)
