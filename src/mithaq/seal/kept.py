"""A short secret kept in the database under a key that lies outside it, such as the seed of a second factor.

Rule: who has the database and not the key learns nothing but the length; a text that was changed is a TrustError
`seal.kept`. Document: RFC 5869 (HKDF) and RFC 8439 (ChaCha20-Poly1305). Design: architecture, invariant 8.
"""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mithaq.errors import TrustError

_NONCE = 12
_MARK = "k1:"


def keep(text: str, key: bytes, what: str) -> str:
    """The text under the key; `what` binds it to its use, so that it cannot be taken for another secret."""
    nonce = secrets.token_bytes(_NONCE)
    return _MARK + base64.urlsafe_b64encode(nonce + _cipher(key, what).encrypt(nonce, text.encode(), None)).decode()


def open_kept(kept: str, key: bytes, what: str) -> str:
    """The text again. Raises TrustError `seal.kept` when it was changed, or kept under another key."""
    try:
        data = base64.b64decode(kept.removeprefix(_MARK), altchars=b"-_", validate=True)
        plain = _cipher(key, what).decrypt(data[:_NONCE], data[_NONCE:], None)
        return plain.decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise TrustError(
            "seal.kept",
            "A kept secret does not open with this node's key.",
            remedy="Restore the key, or have the second factor reset.",
        ) from None


def _cipher(key: bytes, what: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, None, f"mithaq/kept/{what}".encode()).derive(key))
