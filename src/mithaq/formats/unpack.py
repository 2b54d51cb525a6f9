"""What a file holds: itself, or what a `.gz` or a `.zip` with one member packs.

Rules: nothing is read further than one byte past the limit, packed or unpacked, whatever sizes its headers claim; one
layer is taken off. Documents: RFC 1952 (gzip); PKWARE APPNOTE (zip).
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, BinaryIO

from mithaq.errors import InputError
from mithaq.formats.seems import office

# Twice what the largest list takes; the readers have bounds of their own below it.
MAX_BYTES = 64 * 1024 * 1024
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A zip's list of its files has an entry for each. Workbooks and documents are zips that hold one of these.
MAX_ENTRIES = 10_000
_ENTRY, _LOCKED = b"PK\x01\x02", 1
_OFFICE = {"[Content_Types].xml", "META-INF/manifest.xml"}
# What systems put beside the files of their own accord.
_BESIDE = re.compile(r"(?:^|/)(?:__MACOSX/.*|\._[^/]*|\.DS_Store|desktop\.ini|Thumbs\.db)$")
_BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    ValueError,
    MemoryError,
)


def unpack(source: BinaryIO) -> bytes:
    """The bytes of a file, unpacked once where it is packed.

    Raises InputError `read.size` (over 64 MiB, packed or not), `read.packed` (damaged, or packed in a way that is not
    known), `read.locked` (with a password), `read.office` (a workbook, which is a zip) and `read.members` (a zip that
    does not hold exactly one file).
    """
    held = _bounded(source)
    if held.startswith(_GZIP):
        return _opened(lambda: _bounded(gzip.GzipFile(fileobj=io.BytesIO(held))))
    if held.startswith(_ZIP):
        return _opened(lambda: _member(held))
    return held


def _opened(read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except _BROKEN:
        detail = "The packed file is damaged or packed in a way that is not known."
        raise InputError("read.packed", detail, remedy="Unpack it, and choose what was in it.") from None


def _member(held: bytes) -> bytes:
    if held.count(_ENTRY) > MAX_ENTRIES:  # before a list of them is made in memory
        raise _members(MAX_ENTRIES)
    with zipfile.ZipFile(io.BytesIO(held)) as pack:
        names = {one.filename for one in pack.infolist()}
        if names & _OFFICE:
            raise office()
        files = [one for one in pack.infolist() if not one.is_dir() and not _BESIDE.search(one.filename)]
        if len(files) != 1:
            raise _members(len(files))
        if files[0].flag_bits & _LOCKED:
            detail = "The zip is locked with a password."
            raise InputError("read.locked", detail, remedy="Unpack it with its password, and choose what was in it.")
        with pack.open(files[0]) as member:
            return _bounded(member)


def _members(count: int) -> InputError:
    detail = "The zip does not hold exactly one file, but {count}."
    return InputError("read.members", detail, remedy="Unpack it, and choose the files one by one.", count=count)


def _bounded(source: IO[bytes] | gzip.GzipFile) -> bytes:
    """All bytes, in pieces, so that a stream that gives fewer than it is asked for is read to its end."""
    pieces, taken = [], 0
    while piece := source.read(min(1 << 20, MAX_BYTES + 1 - taken)):
        pieces.append(piece)
        taken += len(piece)
        if taken > MAX_BYTES:
            raise InputError("read.size", "The file is larger than 64 MiB, packed or unpacked.", remedy="Split it.")
    return b"".join(pieces)
