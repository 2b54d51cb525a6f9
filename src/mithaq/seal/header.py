"""The text header of an age file: stanzas that each wrap the file key, and a MAC over them.

Rule: `read(write(...))` gives the same stanzas, and every header has one spelling only: base64 is canonical and
unpadded, lines end in a line feed, a body ends in a line shorter than 64. A header is at most 256 KiB, so that reading
one takes constant memory. Document: C2SP age, "Header". Design: exchange, "Envelope".
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from mithaq.errors import InputError, TrustError
from mithaq.seal.stream import derive

VERSION = b"age-encryption.org/v1\n"
LIMIT = 256 * 1024
_COLUMNS = 64
_MAC = 32
_ARGUMENT = re.compile(rb"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's part: arguments, the first names the type, and the wrapped file key."""

    arguments: tuple[str, ...]
    body: bytes

    def lines(self) -> bytes:
        """The stanza as text."""
        text = encode(self.body)
        wrapped = [text[start : start + _COLUMNS] for start in range(0, len(text) + 1, _COLUMNS)]
        return f"-> {' '.join(self.arguments)}\n".encode() + b"".join(f"{line}\n".encode() for line in wrapped)


@dataclass(frozen=True, slots=True)
class Header:
    """What was read: the stanzas, the bytes under the MAC, and the MAC."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes

    def check(self, file_key: bytes) -> None:
        """Raise TrustError `seal.age.mac` unless the holder of the file key wrote this header."""
        if not hmac.compare_digest(_mac(file_key, self.signed), self.mac):
            raise TrustError("seal.age.mac", "The header of the sealed content was changed.")


def write(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """The whole header for these stanzas."""
    signed = VERSION + b"".join(stanza.lines() for stanza in stanzas) + b"---"
    return signed + f" {encode(_mac(file_key, signed))}\n".encode()


def read(source: BinaryIO) -> Header:
    """Read a header; the source stands at the payload afterwards. Raises InputError `seal.age.header`."""
    lines = _Lines(source)
    if lines.take() != VERSION[:-1]:
        raise _malformed("It does not begin as an age v1 file.")
    stanzas: list[Stanza] = []
    while (line := lines.take()).startswith(b"-> "):
        stanzas.append(Stanza(_arguments(line), _body(lines)))
    mark, space, mac = line.partition(b" ")
    if mark != b"---" or not space or not stanzas:
        raise _malformed("It has no stanza, or does not end with its MAC.")
    return Header(tuple(stanzas), b"".join(lines.seen[:-1]) + b"---", decode(mac, _MAC))


def encode(data: bytes) -> str:
    """Base64 as age writes it: standard alphabet, no padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: bytes, size: int | None = None) -> bytes:
    """The bytes of canonical unpadded base64, of `size` if given. Raises InputError `seal.age.header`."""
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise _malformed("It holds text that is not base64.") from None
    if encode(data).encode() != text or size not in {None, len(data)}:
        raise _malformed("It holds base64 of another size or spelling.")
    return data


class _Lines:
    """Lines of a header, without their line feeds, counted against the limit."""

    def __init__(self, source: BinaryIO) -> None:
        self.seen: list[bytes] = []
        self._source = source
        self._left = LIMIT

    def take(self) -> bytes:
        line = self._source.readline(self._left)
        self._left -= len(line)
        if not line.endswith(b"\n"):
            raise _malformed(f"It is cut off or larger than {LIMIT} bytes.")
        self.seen.append(line)
        return line[:-1]


def _arguments(line: bytes) -> tuple[str, ...]:
    words = line[3:].split(b" ")
    if not all(_ARGUMENT.fullmatch(word) for word in words):
        raise _malformed("A stanza's arguments are malformed.")
    return tuple(word.decode("ascii") for word in words)


def _body(lines: _Lines) -> bytes:
    parts: list[bytes] = []
    while not parts or len(parts[-1]) == _COLUMNS:
        parts.append(lines.take())
        if len(parts[-1]) > _COLUMNS:
            raise _malformed("A stanza's line is longer than 64.")
    return decode(b"".join(parts))


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), signed, "sha256")


def _malformed(detail: str) -> InputError:
    return InputError("seal.age.header", f"The header of the sealed content cannot be read. {detail}")
