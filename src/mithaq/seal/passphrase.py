"""Bytes under a passphrase: an age v1 file with one `scrypt` stanza, so that any age tool opens a key file in need.

Rule: a wrong passphrase is a TrustError `seal.passphrase`; a file that demands more work than `WORK_LIMIT` is refused
before any is done. Document: C2SP age, "The scrypt recipient type". Design: architecture, "Layout" (key files).
"""

from __future__ import annotations

import re
import secrets
from io import BytesIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mithaq.errors import InputError, TrustError
from mithaq.seal import header, stream
from mithaq.seal.header import Stanza

# Base-two logarithm of scrypt's N. 15 is 32 MiB and a tenth of a second: a service opens several files at a start, with
# a passphrase that a machine drew. Keys that people guard (a root) are written with more.
WORK = 15
WORK_LIMIT = 20
_TYPE = "scrypt"
_LABEL = b"age-encryption.org/v1/scrypt"
_SALT = 16
_FILE_KEY = 16
_NONCE = bytes(12)
_DECIMAL = re.compile(r"[1-9][0-9]?")


def lock(plain: bytes, passphrase: bytes, work: int = WORK) -> bytes:
    """The age file of some bytes. Raises InputError `seal.passphrase.empty`."""
    if not passphrase:
        raise InputError("seal.passphrase.empty", "The passphrase is empty.")
    file_key, salt = secrets.token_bytes(_FILE_KEY), secrets.token_bytes(_SALT)
    body = ChaCha20Poly1305(_wrap_key(passphrase, salt, work)).encrypt(_NONCE, file_key, None)
    target = BytesIO()
    target.write(header.write([Stanza((_TYPE, header.encode(salt), str(work)), body)], file_key))
    stream.encrypt(BytesIO(plain), target, file_key)
    return target.getvalue()


def unlock(cipher: bytes, passphrase: bytes) -> bytes:
    """The bytes. Raises TrustError `seal.passphrase` or `seal.age.*`, InputError `seal.age.header`."""
    source, target = BytesIO(cipher), BytesIO()
    read = header.read(source)
    file_key = _file_key(read.stanzas, passphrase)
    read.check(file_key)
    stream.decrypt(source, target, file_key)
    return target.getvalue()


def _file_key(stanzas: tuple[Stanza, ...], passphrase: bytes) -> bytes:
    stanza = stanzas[0]
    # A passphrase stands alone: beside it another recipient could have written the file.
    if len(stanzas) != 1 or len(stanza.arguments) != 3 or stanza.arguments[0] != _TYPE:
        raise InputError("seal.age.header", "The file is not under one passphrase.")
    salt, work = header.decode(stanza.arguments[1].encode(), _SALT), stanza.arguments[2]
    if not _DECIMAL.fullmatch(work) or int(work) > WORK_LIMIT or len(stanza.body) != _FILE_KEY + stream.TAG:
        raise InputError("seal.age.header", "The passphrase stanza has another shape or demands too much work.")
    try:
        return ChaCha20Poly1305(_wrap_key(passphrase, salt, int(work))).decrypt(_NONCE, stanza.body, None)
    except InvalidTag:
        raise TrustError("seal.passphrase", "The passphrase does not open this file.") from None


def _wrap_key(passphrase: bytes, salt: bytes, work: int) -> bytes:
    return Scrypt(salt=_LABEL + salt, length=32, n=1 << work, r=8, p=1).derive(passphrase)
