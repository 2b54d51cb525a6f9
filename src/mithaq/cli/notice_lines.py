"""Notices from a file of JSON Lines: a notice a line, with an optional portrait beside the file.

Rule: a line may come from elsewhere, so it names no path: only a file of the directory that the officer chose.
Design: subjects, "Wanted persons".
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mithaq.errors import InputError
from mithaq.seal import canonical

if TYPE_CHECKING:
    from mithaq.node.wanted.requests import NoticeContent

MAX_LINE = 64 * 1024


def numbered(file: Path) -> list[tuple[int, bytes]]:
    """The lines of a file that hold something, with their numbers. InputError `wanted.file`."""
    try:
        text = file.read_bytes()
    except OSError as error:
        raise InputError("wanted.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def content(line: bytes, portraits: Path | None) -> NoticeContent:
    """The notice of a line. InputError that names the field."""
    from mithaq.node.acts import wire
    from mithaq.node.wanted.requests import NoticeContent

    if len(line) > MAX_LINE:
        raise InputError("wanted.line", "A line has at most 64 KiB; name portraits by portrait_file.")
    fields = canonical.parse(line.strip())
    if not isinstance(fields, dict):
        raise InputError("wanted.line", "A line holds one JSON object.")
    named = fields.pop("portrait_file", None)
    content = wire.decode(NoticeContent, fields)
    return content if named is None else replace(content, portrait=_portrait(named, portraits))


def _portrait(named: object, portraits: Path | None) -> bytes:
    # A line may come from elsewhere: it names a file of the directory that the officer chose, and no other.
    if not isinstance(named, str) or portraits is None or Path(named).name != named or named.startswith("."):
        raise InputError(
            "portrait.file",
            "A portrait is named by its file name.",
            remedy="Give the directory with --portraits.",
            where="portrait_file",
        )
    try:
        return (portraits / named).read_bytes()
    except OSError as error:
        raise InputError(
            "portrait.file", f"The portrait cannot be read: {error.strerror}.", where="portrait_file"
        ) from None
