"""A signed note: a text and Ed25519 signatures over it, each by a named key.

Rules: the text is believed only after a known key's signature held; signatures of unknown keys are kept and ignored; a
bad signature by the known key refuses the whole note.
C2SP signed-note (signature type 0x01). Design: exchange, "Ledger".
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from mithaq.errors import InputError, TrustError
from mithaq.seal.keys import SigningKey, VerifyKey

ED25519 = b"\x01"
KEY_ID_BYTES = 4
# The specification asks for at least 16; a limit keeps a hostile note from costing more than it should.
MAX_SIGNATURES = 64
MAX_NOTE = 256 * 1024
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line. `signature` is without the 4 bytes of key id."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """`text` ends with a newline and is what the signatures cover."""

    text: str
    signatures: tuple[NoteSignature, ...]


def key_id(name: str, key: VerifyKey) -> bytes:
    """SHA-256(name || 0x0A || 0x01 || public key)[:4]."""
    return sha256(name.encode() + b"\n" + ED25519 + key.raw).digest()[:KEY_ID_BYTES]


def sign_note(text: str, name: str, key: SigningKey) -> str:
    """The note of `text` (ending in a newline) with one signature. InputError `ledger.note` when it cannot be one."""
    if not text.endswith("\n") or not _is_name(name):
        raise _unreadable("the text ends with a newline and the key name has neither space nor plus")
    blob = base64.b64encode(key_id(name, key.public) + key.sign(text.encode())).decode("ascii")
    note = f"{text}\n{_DASH}{name} {blob}\n"
    if read_note(note).text != text:
        raise _unreadable("the text cannot be told from its signatures")
    return note


def read_note(note: str) -> Note:
    """The parts of a note, nothing verified. Raises InputError `ledger.note`."""
    if len(note) > MAX_NOTE or any(char < " " and char != "\n" for char in note):
        raise _unreadable("it is at most 256 KiB of text without control characters")
    cut = note.rfind("\n\n")
    lines = note[cut + 2 :].split("\n")
    if cut < 1 or lines.pop() != "" or not 1 <= len(lines) <= MAX_SIGNATURES:
        raise _unreadable(f"a text, an empty line and 1 to {MAX_SIGNATURES} signature lines")
    return Note(text=note[: cut + 1], signatures=tuple(_signature(line) for line in lines))


def verify_note(note: Note, name: str, key: VerifyKey) -> str:
    """The text, after the signature of this key under this name held.

    Raises TrustError: `ledger.note.unsigned`, that key has not signed; `seal.signature`, a signature of it is bad.
    """
    wanted = (name, key_id(name, key))
    own = [each for each in note.signatures if (each.name, each.key_id) == wanted]
    if not own:
        raise TrustError("ledger.note.unsigned", "The note carries no signature of the key that must have signed it.")
    for each in own:
        key.verify(each.signature, note.text.encode())
    return note.text


def _signature(line: str) -> NoteSignature:
    name, space, blob = line.removeprefix(_DASH).partition(" ")
    try:
        data = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    one_spelling = base64.b64encode(data).decode("ascii") == blob
    if not line.startswith(_DASH) or not space or not _is_name(name) or len(data) <= KEY_ID_BYTES or not one_spelling:
        raise _unreadable("a signature line is a dash, a key name and base64")
    return NoteSignature(name=name, key_id=data[:KEY_ID_BYTES], signature=data[KEY_ID_BYTES:])


def _is_name(name: str) -> bool:
    return (
        bool(name)
        and "+" not in name
        and not any(char.isspace() or unicodedata.category(char) == "Zs" for char in name)
    )


def _unreadable(rule: str) -> InputError:
    return InputError("ledger.note", f"This is not a signed note: {rule}.")
