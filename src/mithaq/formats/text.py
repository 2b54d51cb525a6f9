"""Bytes of a text file to its characters, with the encoding that was taken and whether the bytes prove it.

Rules: a byte order mark decides; else bytes that are UTF-8 are UTF-8; else each line that is UTF-8 is read so, and the
others as Windows-1256 when letters beyond ASCII stand beside each other in them, as in Arabic words, and as Windows-
1252 when they stand alone, as accents do. What was assumed is for the caller to say. Documents: RFC 3629; RFC 2781; the
code pages as the Unicode Consortium maps them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 64 * 1024
_LINES = 1_000_000
# Letters of Windows-1256 that are Arabic; the rest of its upper half is Latin or marks.
_ARABIC = re.compile(rb"[\xc1-\xd6\xd8-\xdf\xe1\xe3-\xe6\xec\xed\x81\x8d\x8e\x90\x9f]")
_BESIDE = re.compile(rb"[\xc0-\xff\x81\x8d\x8e\x90]{3,}")
_LONE = re.compile(rb"[\xc0-\xff]")
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, the name of their encoding, whether that was assumed, and how many bytes could not be read."""

    characters: str
    encoding: str
    assumed: bool = False
    unreadable: int = 0


def decode(data: bytes) -> Text:
    """The characters of a text file, without its byte order mark. Never raises; what cannot be read is U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if name := _wide(data):
        return _decoded(data, name, assumed=True)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return _decoded(data, "utf-8")  # cut within its last letter
    return _by_line(data)


def _decoded(data: bytes, name: str, *, assumed: bool = False) -> Text:
    found = data.decode(name, "replace")
    return Text(found, name, assumed, found.count(_UNREADABLE))


def _by_line(data: bytes) -> Text:
    """Bytes that are not all UTF-8: what was put together from several files has lines of several encodings."""
    lines = data.split(b"\n", _LINES)  # what stands behind so many lines is one more
    utf8 = [_is_utf8(line) for line in lines]
    others = b"\n".join(line for line, right in zip(lines, utf8, strict=True) if not right)
    page = "windows-1256" if _arabic(others) else "windows-1252"
    mixed = any(right and not line.isascii() for line, right in zip(lines, utf8, strict=True))
    read = (line.decode("utf-8" if right else page, "replace") for line, right in zip(lines, utf8, strict=True))
    found = "\n".join(read)
    return Text(found, f"utf-8 and {page}" if mixed else page, True, found.count(_UNREADABLE))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of its first ASCII letters is zero."""
    sample = data[:512]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and even > half * 0.6 and odd < half * 0.1 else ""


def _arabic(data: bytes) -> bool:
    sample = bytes(data[:_SAMPLE])
    beside = b"".join(_BESIDE.findall(sample))
    return len(beside) > len(_LONE.findall(sample)) * 0.1 and len(_ARABIC.findall(beside)) > len(beside) * 0.5
