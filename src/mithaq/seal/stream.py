"""The binary payload of an age file: 64 KiB chunks, each sealed under the file key and its place.

Rule: a chunk is given out only after it verified, in order, and reading ends without an error only at the chunk that
was sealed as the last one; so no cut, swapped, repeated or added chunk passes. Memory does not grow with the payload.
Document: C2SP age, "Payload" (STREAM, ChaCha20-Poly1305). Design: exchange, "Envelope".
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mithaq.errors import TrustError

CHUNK = 64 * 1024
TAG = 16
NONCE = 16
_LAST = b"\x01"
_MORE = b"\x00"


def derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256 of a file key, 32 bytes."""
    return HKDF(SHA256(), 32, salt=salt, info=info).derive(file_key)


def encrypt(source: BinaryIO, target: BinaryIO, file_key: bytes) -> None:
    """Write the payload of everything in `source` to `target`."""
    nonce = secrets.token_bytes(NONCE)
    target.write(nonce)
    cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    for place, chunk, last in _chunks(source, CHUNK):
        target.write(cipher.encrypt(_chunk_nonce(place, last), chunk, None))


def decrypt(source: BinaryIO, target: BinaryIO, file_key: bytes) -> None:
    """Write the plain bytes of a payload to `target`, chunk by chunk.

    Raises TrustError `seal.age.payload`; what was written until then was verified but is not whole: throw it away.
    """
    nonce = _read(source, NONCE)
    if len(nonce) != NONCE:
        raise _broken("It is cut off before its first chunk.")
    cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    for place, chunk, last in _chunks(source, CHUNK + TAG):
        target.write(_open(cipher, place, chunk, last))


def _open(cipher: ChaCha20Poly1305, place: int, chunk: bytes, last: bool) -> bytes:
    try:
        plain = cipher.decrypt(_chunk_nonce(place, last), chunk, None)
    except InvalidTag:
        raise _broken("A chunk was changed, moved, or its end is missing.", where=f"chunk {place}") from None
    if not plain and place:
        raise _broken("Its last chunk is empty.", where=f"chunk {place}")
    return plain


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, bytes and whether it is the last of each chunk; an empty source has one, empty and last."""
    place, chunk = 0, _read(source, size)
    while following := _read(source, size):
        yield place, chunk, False
        place, chunk = place + 1, following
    yield place, chunk, True


def _read(source: BinaryIO, size: int) -> bytes:
    """`size` bytes, fewer only at the end: a raw source may give less than was asked for."""
    parts: list[bytes] = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _chunk_nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + (_LAST if last else _MORE)


def _broken(detail: str, where: str = "") -> TrustError:
    return TrustError("seal.age.payload", f"The sealed content is not whole. {detail}", where=where)
