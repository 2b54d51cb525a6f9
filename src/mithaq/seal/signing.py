"""Ed25519 keys that sign for a root, a node, a unit or a ledger.

Rule: the same key and data give the same 64 bytes; a signature verifies under one public key only. To hold the second
half, public keys of small order and second spellings of a point are refused: under them one signature fits many
messages, which would let its owner deny them. Documents: RFC 8032; RFC 8037; RFC 7638. Design: exchange, "Keys".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mithaq.errors import InputError, TrustError
from mithaq.seal.canonical import base64url, canonical, from_base64url

PREFIX = "ed25519:"
SIZE = 32
_P = 2**255 - 19
_ORDER_8 = int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little")
_SMALL_ORDER = frozenset({0, 1, _P - 1, _ORDER_8, _P - _ORDER_8})


@dataclass(frozen=True)
class VerifyKey:
    """A public key, 32 bytes. Raises InputError `seal.key` when they are not a key to rely on."""

    raw: bytes

    def __post_init__(self) -> None:
        y = int.from_bytes(self.raw, "little") & (2**255 - 1)
        if len(self.raw) != SIZE or y >= _P or y in _SMALL_ORDER:
            raise InputError("seal.key", "Not an Ed25519 public key to rely on.")

    @classmethod
    def parse(cls, text: str) -> VerifyKey:
        """The key of `ed25519:` and base64url. Raises InputError `seal.key` or `seal.base64`."""
        if not text.startswith(PREFIX):
            raise InputError("seal.key", f"A public signing key begins with {PREFIX}")
        return cls(from_base64url(text.removeprefix(PREFIX)))

    @property
    def text(self) -> str:
        """The form that plans and key lists hold."""
        return PREFIX + base64url(self.raw)

    @cached_property
    def kid(self) -> str:
        """The key id: its RFC 7638 thumbprint."""
        jwk = {"crv": "Ed25519", "kty": "OKP", "x": base64url(self.raw)}
        return base64url(hashlib.sha256(canonical(jwk)).digest())

    def verify(self, signature: bytes, data: bytes) -> None:
        """Return if the signature is this key's over the data; raise TrustError `seal.signature` otherwise."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, data)
        except (InvalidSignature, ValueError):
            raise TrustError("seal.signature", "A signature does not verify.", key=self.kid) from None


class SigningKey:
    """A private key, from its 32-byte seed (RFC 8032, section 5.1.5)."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SIZE:
            raise InputError("seal.key", "An Ed25519 private key is 32 bytes.")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = VerifyKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> SigningKey:
        """A new key from the system's random source."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def kid(self) -> str:
        return self.public.kid

    @property
    def seed(self) -> bytes:
        """The secret. Only `keyfiles` asks for it."""
        return self._key.private_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The 64-byte signature over data; deterministic."""
        return self._key.sign(data)

    def __repr__(self) -> str:
        return f"SigningKey(kid={self.kid!r})"
