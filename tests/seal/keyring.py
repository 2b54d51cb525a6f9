"""Keys that tests use: made from fixed seeds, so that a failure can be repeated."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import BinaryIO

from mithaq.seal.keys import SealingKey, SigningKey


@cache
def signing(name: str) -> SigningKey:
    """The signing key of a name."""
    return SigningKey(hashlib.sha256(b"signing " + name.encode()).digest())


@cache
def sealing(name: str) -> SealingKey:
    """The sealing key of a name."""
    return SealingKey(hashlib.sha256(b"sealing " + name.encode()).digest())


def flips(data: bytes) -> list[bytes]:
    """The data with each byte changed in turn: one bit, a different one by place."""
    return [data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :] for at in range(len(data))]


class Trickle:
    """A raw source: gives fewer bytes than it is asked for."""

    def __init__(self, source: BinaryIO, at_most: int) -> None:
        self._source, self._at_most = source, at_most

    def read(self, size: int = -1) -> bytes:
        return self._source.read(min(size, self._at_most))

    def readline(self, size: int = -1) -> bytes:
        return self._source.readline(size)
