"""A checkpoint: the signed head of a log, which names the log, its size and its root.

Rules: what is signed has one written form; a checkpoint is read only with the log's key; cosignatures of other keys are
kept as they came, for whoever knows those keys. C2SP tlog-checkpoint. Design: exchange, "Ledger".
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from mithaq.errors import InputError, TrustError
from mithaq.ledger.note import NoteSignature, key_id, read_note, sign_note, verify_note
from mithaq.ledger.tree import HASH_BYTES
from mithaq.seal.keys import SigningKey, VerifyKey

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_LINES = 3


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A verified head: log name, number of leaves, 32-byte root; `cosignatures` are by other keys and not verified."""

    origin: str
    size: int
    root: bytes
    cosignatures: tuple[NoteSignature, ...] = ()


def origin_of(authority: str) -> str:
    """The name of an authority's log in its checkpoints."""
    return f"mithaq/{authority}"


def sign_checkpoint(origin: str, size: int, root: bytes, key: SigningKey) -> str:
    """The signed note of a head. InputError `ledger.checkpoint` for a size or root that no tree has."""
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"
    if size < 0 or _parse(text) != (origin, size, root):
        raise InputError("ledger.checkpoint", "A head has a one-line name, a size from 0 on and a root of 32 bytes.")
    return sign_note(text, origin, key)


def read_checkpoint(note: str, origin: str, key: VerifyKey) -> Checkpoint:
    """The head of the log `origin`, verified with the log's key.

    Raises InputError `ledger.note` or `ledger.checkpoint` when it cannot be read, TrustError `ledger.note.unsigned`,
    `seal.signature`, or `ledger.origin` when it is the head of another log.
    """
    read = read_note(note)
    found, size, root = _parse(verify_note(read, origin, key))
    if found != origin:
        raise TrustError("ledger.origin", "The checkpoint is of another log.")
    own = (origin, key_id(origin, key))
    return Checkpoint(found, size, root, tuple(each for each in read.signatures if (each.name, each.key_id) != own))


def _parse(text: str) -> tuple[str, int, bytes]:
    # Extension lines are allowed by the format and not used here: an unread line must not be signed for.
    lines = text.split("\n")
    try:
        origin, size, blob = lines[:_LINES]
        root = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        raise _unreadable() from None
    good = lines[_LINES:] == [""] and bool(origin) and _SIZE.fullmatch(size) and len(root) == HASH_BYTES
    if not good or base64.b64encode(root).decode("ascii") != blob:
        raise _unreadable()
    return origin, int(size), root


def _unreadable() -> InputError:
    return InputError("ledger.checkpoint", "A checkpoint is three lines: the log's name, its size and its root.")
