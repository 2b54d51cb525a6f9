"""Unit sealing keys: age's hybrid recipient `mlkem768x25519`, safe against a later quantum computer.

Rule: a file key that `SealingRecipient.wrap` wrapped comes out of the one `SealingKey` it names and of no other. A
32-byte seed is the whole private key; SHAKE256 stretches it into the seed of ML-KEM-768 (64 bytes) and the X25519
scalar (32 bytes); the public key is both public keys in that order. Documents: C2SP age, "The MLKEM768-X25519 hybrid
post-quantum recipient type"; draft-ietf-hpke-pq (X-Wing); RFC 9180. Design: exchange, "Envelope".
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from mithaq.errors import InputError
from mithaq.seal import bech32
from mithaq.seal.canonical import base64url

SEED = 32
ENCAPSULATION = 1120
FILE_KEY = 16
_MLKEM_SEED = 64
_MLKEM_PUBLIC = 1184
_PUBLIC = _MLKEM_PUBLIC + 32
_PUBLIC_PREFIX = "age1pq"
_IDENTITY_PREFIX = "age-secret-key-pq-"
_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class SealingRecipient:
    """A unit's public key, 1,216 bytes. Raises InputError `seal.recipient`."""

    def __init__(self, raw: bytes) -> None:
        try:
            x25519 = X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:])
            # A share of small order makes every exchange zero; finding that out now keeps it from failing at a send.
            X25519PrivateKey.generate().exchange(x25519)
            self._key = hpke.MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]), x25519)
        except ValueError:
            raise InputError("seal.recipient", "Not a public mlkem768x25519 key.") from None
        self.raw = raw

    @classmethod
    def parse(cls, text: str) -> SealingRecipient:
        """The key of an `age1pq1...` string. Raises InputError `seal.recipient` or `seal.bech32`."""
        prefix, raw = bech32.decode(text)
        if prefix != _PUBLIC_PREFIX:
            raise InputError("seal.recipient", f"A sealing recipient begins with {_PUBLIC_PREFIX}1")
        return cls(raw)

    @cached_property
    def text(self) -> str:
        """The form that key lists hold; any age tool takes it as a recipient."""
        return bech32.encode(_PUBLIC_PREFIX, self.raw)

    @cached_property
    def kid(self) -> str:
        """The key id: base64url of the SHA-256 of the public key."""
        return base64url(hashlib.sha256(self.raw).digest())

    def wrap(self, file_key: bytes) -> tuple[bytes, bytes]:
        """The encapsulation (1,120 bytes) and the wrapped file key (32 bytes); different at each call."""
        sealed = _SUITE.encrypt(file_key, self._key, _INFO)
        return sealed[:ENCAPSULATION], sealed[ENCAPSULATION:]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealingRecipient) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"SealingRecipient(kid={self.kid!r})"


class SealingKey:
    """A unit's private key, from its 32-byte seed. Raises InputError `seal.key`."""

    __slots__ = ("_key", "public", "seed")

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED:
            raise InputError("seal.key", "A sealing key is 32 bytes.")
        stretched = hashlib.shake_256(seed).digest(_MLKEM_SEED + 32)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(stretched[:_MLKEM_SEED])
        x25519 = X25519PrivateKey.from_private_bytes(stretched[_MLKEM_SEED:])
        self._key = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self.public = SealingRecipient(mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())
        self.seed = seed

    @classmethod
    def generate(cls) -> SealingKey:
        """A new key from the system's random source."""
        return cls(secrets.token_bytes(SEED))

    @classmethod
    def parse(cls, text: str) -> SealingKey:
        """The key of an `AGE-SECRET-KEY-PQ-1...` string. Raises InputError `seal.key` or `seal.bech32`."""
        prefix, seed = bech32.decode(text)
        if prefix != _IDENTITY_PREFIX:
            raise InputError("seal.key", "The text is not a private sealing key.")
        return cls(seed)

    @property
    def kid(self) -> str:
        return self.public.kid

    @property
    def identity(self) -> str:
        """The secret as age writes it. Only `keyfiles` asks for it."""
        return bech32.encode(_IDENTITY_PREFIX, self.seed).upper()

    def unwrap(self, encapsulation: bytes, wrapped: bytes) -> bytes | None:
        """The file key, or None when it was wrapped for another key or is damaged."""
        try:
            return _SUITE.decrypt(encapsulation + wrapped, self._key, _INFO)
        except (InvalidTag, ValueError):
            return None

    def __repr__(self) -> str:
        return f"SealingKey(kid={self.kid!r})"
