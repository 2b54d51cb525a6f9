"""Sealed content against others: the age test kit, and files that the TypeScript implementation wrote."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from mithaq.errors import InputError, MithaqError, TrustError
from mithaq.seal import age, header, passphrase, stream
from mithaq.seal.keys import SealingKey

VECTORS = Path(__file__).parent / "vectors"
KIT: dict[str, str] = json.loads((VECTORS / "cctv_age.json").read_text("utf8"))
OTHER: dict[str, str] = json.loads((VECTORS / "age_encryption.json").read_text("utf8"))

CODES = {
    "header failure": {"seal.age.header"},
    "HMAC failure": {"seal.age.mac"},
    "no match": {"seal.age.recipient", "seal.passphrase"},
    "payload failure": {"seal.age.payload"},
}
# Where the kit lets an implementation choose the kind of error: we say which, and why.
CHOICES = {
    "hybrid_low_order": "seal.age.recipient",  # the share breaks the exchange; the library does not say how
    "hybrid_identity": "seal.age.recipient",
    "hybrid_x25519_arg": "seal.age.recipient",  # stanzas of other types are passed over unread
    "scrypt_uppercase": "seal.age.header",  # a key file has one stanza, scrypt
    "stream_no_nonce": "seal.age.payload",  # the nonce counts as payload
    "stream_short_nonce": "seal.age.payload",
}


@pytest.mark.parametrize("name", KIT)
def test_kit(name: str) -> None:
    text, _, body = base64.b64decode(KIT[name]).partition(b"\n\n")
    fields = [line.split(": ", 1) for line in text.decode().split("\n")]
    facts = {line[0]: line[1] for line in fields}
    body = zlib.decompress(body) if facts.get("compressed") == "zlib" else body
    identities = [value for key, value in fields if key == "identity" and "-PQ-" in value]
    if facts["expect"] == "success":
        assert hashlib.sha256(_open(body, facts, identities)).hexdigest() == facts["payload"]
        return
    with pytest.raises((InputError, TrustError)) as caught:
        _open(body, facts, identities)
    assert caught.value.code in ({CHOICES[name]} if name in CHOICES else CODES[facts["expect"]])


def test_the_kit_is_whole() -> None:
    assert len(KIT) == 96
    assert set(CHOICES) <= set(KIT)


def test_files_of_another_implementation() -> None:
    key = SealingKey.parse(OTHER["identity"])
    assert age.unseal(base64.b64decode(OTHER["text"]), key) == b"Sealed by another implementation."
    assert age.unseal(base64.b64decode(OTHER["empty"]), key) == b""
    assert passphrase.unlock(base64.b64decode(OTHER["passphrase"]), b"correct horse") == b"under a passphrase"


def _open(body: bytes, facts: dict[str, str], identities: list[str]) -> bytes:
    if "passphrase" in facts:
        return passphrase.unlock(body, facts["passphrase"].encode())
    if identities:
        return _open_with_any(body, [SealingKey.parse(identity) for identity in identities])
    # The other vectors wrap their file key for X25519, which we do not read; the kit gives the file key itself.
    source, target, file_key = BytesIO(body), BytesIO(), bytes.fromhex(facts["file key"])
    read = header.read(source)
    assert header.VERSION + b"".join(stanza.lines() for stanza in read.stanzas) + b"---" == read.signed
    read.check(file_key)
    stream.decrypt(source, target, file_key)
    return target.getvalue()


def _open_with_any(body: bytes, keys: list[SealingKey]) -> bytes:
    errors: list[MithaqError] = []
    for key in keys:
        try:
            return age.unseal(body, key)
        except MithaqError as error:
            errors.append(error)
    raise errors[0]
