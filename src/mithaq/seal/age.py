"""Content sealed to units: age v1 files with one `mlkem768x25519` stanza a unit.

Rule: only the holder of a named unit's key reads the content, and reading gives all of it as it was sealed, or a
TrustError or InputError `seal.age.*`. Age does not say who sealed it: the JWS inside does.
Documents: C2SP age; RFC 9180. Design: exchange, "Envelope" (content).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from mithaq.errors import InputError, TrustError
from mithaq.seal import header, stream
from mithaq.seal.header import Header, Stanza
from mithaq.seal.sealing import ENCAPSULATION, FILE_KEY, SealingKey, SealingRecipient

_TYPE = "mlkem768x25519"
_WRAPPED = FILE_KEY + stream.TAG


def seal(plain: bytes, recipients: Sequence[SealingRecipient]) -> bytes:
    """The age file of some bytes. Raises InputError `seal.age.recipients` when there are none."""
    target = BytesIO()
    seal_stream(BytesIO(plain), target, recipients)
    return target.getvalue()


def unseal(cipher: bytes, key: SealingKey) -> bytes:
    """The bytes of an age file.

    Raises InputError `seal.age.header`; TrustError `seal.age.recipient` (sealed to others), `seal.age.mac`,
    `seal.age.payload`.
    """
    target = BytesIO()
    unseal_stream(BytesIO(cipher), target, key)
    return target.getvalue()


def seal_stream(source: BinaryIO, target: BinaryIO, recipients: Sequence[SealingRecipient]) -> None:
    """The same from file to file, in constant memory."""
    if not recipients:
        raise InputError("seal.age.recipients", "Content is sealed to at least one unit.")
    file_key = secrets.token_bytes(FILE_KEY)
    target.write(header.write([_stanza(recipient, file_key) for recipient in recipients], file_key))
    stream.encrypt(source, target, file_key)


def unseal_stream(source: BinaryIO, target: BinaryIO, key: SealingKey) -> None:
    """The same from file to file, in constant memory. After an error throw away what `target` holds."""
    read = header.read(source)
    file_key = _file_key(read, key)
    read.check(file_key)
    stream.decrypt(source, target, file_key)


def _stanza(recipient: SealingRecipient, file_key: bytes) -> Stanza:
    encapsulation, body = recipient.wrap(file_key)
    return Stanza((_TYPE, header.encode(encapsulation)), body)


def _file_key(read: Header, key: SealingKey) -> bytes:
    # All stanzas of our type are checked before any is opened, so that what is malformed never depends on the key.
    ours = [(_encapsulation(stanza), stanza.body) for stanza in read.stanzas if stanza.arguments[0] == _TYPE]
    for encapsulation, body in ours:
        file_key = key.unwrap(encapsulation, body)
        if file_key is not None:
            return file_key
    raise TrustError("seal.age.recipient", "The content is not sealed to this key.", key=key.kid)


def _encapsulation(stanza: Stanza) -> bytes:
    # The body's size is fixed before decrypting: C2SP age demands it against partitioning oracles.
    if len(stanza.arguments) != 2 or len(stanza.body) != _WRAPPED:
        raise InputError("seal.age.header", f"A {_TYPE} stanza has another shape.")
    return header.decode(stanza.arguments[1].encode(), ENCAPSULATION)
