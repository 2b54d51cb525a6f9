"""Key files on disk: one private key a file, under a passphrase.

Rule: a file is written whole or not at all, readable by its owner only (0600), and never replaces another: no
key is lost by writing a new one. Design: architecture, "Layout" (key files a role).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mithaq.errors import ConfigError, InputError, StateError
from mithaq.seal.canonical import base64url, from_base64url
from mithaq.seal.passphrase import WORK, lock, unlock
from mithaq.seal.sealing import SealingKey
from mithaq.seal.signing import SigningKey

Key = TypeVar("Key", SigningKey, SealingKey)

_SIGNING = "MITHAQ-ED25519-SECRET-"
# Far above any key file; a wrong path to a large file is an error, not a large read.
_LARGEST = 1 << 16


def save_signing(path: Path, key: SigningKey, passphrase: bytes, work: int = WORK) -> None:
    """Write a signing key. Raises InputError `seal.passphrase.empty` and as `write_new`."""
    write_new(path, lock(f"{_SIGNING}{base64url(key.seed)}\n".encode(), passphrase, work))


def load_signing(path: Path, passphrase: bytes) -> SigningKey:
    """Read a signing key.

    Raises TrustError `seal.passphrase`; ConfigError `seal.key.missing` or `seal.key.read`; InputError `seal.key.file`
    for another file.
    """
    return _read(path, passphrase, _parse_signing)


def save_sealing(path: Path, key: SealingKey, passphrase: bytes, work: int = WORK) -> None:
    """Write a sealing key. Raises as `save_signing`."""
    write_new(path, lock(f"{key.identity}\n".encode(), passphrase, work))


def load_sealing(path: Path, passphrase: bytes) -> SealingKey:
    """Read a sealing key. Raises as `load_signing`."""
    return _read(path, passphrase, SealingKey.parse)


def write_new(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file that must not exist yet, durably.

    Raises StateError `seal.key.exists`, ConfigError `seal.key.write`.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_draft(draft, data, mode)
        os.link(draft, path)  # unlike a rename, it fails when the name is taken
        _sync_directory(path.parent)
    except FileExistsError:
        raise StateError(
            "seal.key.exists",
            "A file of this name exists and is not replaced.",
            where=str(path),
            remedy="Move it away.",
        ) from None
    except OSError as error:
        raise ConfigError("seal.key.write", f"The file cannot be written: {error.strerror}.", where=str(path)) from None
    finally:
        draft.unlink(missing_ok=True)


def _write_draft(draft: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _parse_signing(text: str) -> SigningKey:
    if not text.startswith(_SIGNING):
        raise InputError("seal.key", "The text is not a private signing key.")
    return SigningKey(from_base64url(text.removeprefix(_SIGNING)))


def _read(path: Path, passphrase: bytes, parse: Callable[[str], Key]) -> Key:
    """The key in a file. Whatever is wrong inside is one error that names the file and shows nothing of it."""
    cipher = _cipher(path)
    try:
        return parse(unlock(cipher, passphrase).decode("ascii").rstrip("\n"))
    except (InputError, UnicodeDecodeError):
        raise InputError("seal.key.file", "The file does not hold a key of this kind.", where=str(path)) from None


def _cipher(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        raise ConfigError("seal.key.missing", "The key file is missing.", where=str(path)) from None
    except OSError as error:
        raise ConfigError("seal.key.read", f"The key file cannot be read: {error.strerror}.", where=str(path)) from None
