"""UN/EDIFACT interchanges as segments: a tolerant tokenizer for what posts really receive, and its inverse.

Rules: a segment that its terminator does not end is dropped and warned of, never guessed; a byte that the named
character set does not have is read as UTF-8, then as Latin-1, else as U+FFFD, with a warning; more than 32 MiB, or more
than a million marks, is refused before anything is built. Offsets are bytes of the file.
Documents: ISO 9735-1 (syntax 4), sections 7 to 9 and annex A; UNA service string advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import BinaryIO, NamedTuple

from mithaq.errors import InputError, english
from mithaq.formats.edifact_marks import Marks, service_string

MAX_BYTES = 32 * 1024 * 1024
# What bounds memory is the number of texts, one a mark; 300 passengers take about 15,000.
MAX_MARKS = 1_000_000
MAX_INTERCHANGES = 1000
MAX_PREAMBLE = 4096
MAX_WARNINGS = 1000
# Syntax identifiers of UNB (ISO 9735-1, annex A) to the character set that they name.
ENCODINGS = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip
_UNREADABLE = re.compile("[\x80-\x9f]")
_SYNTAX = re.compile(rb"UNB.(UNO[A-Y])", re.DOTALL)
# A further service string is known by the header that uses its marks: `LUNA:MARIA UNG` is a name.
_ADVICE = re.compile(rb"UNA[^\w\s]([^\w\s]).{3}[^\w ][\s\0]*UN[BGH]\1", re.DOTALL)
_BEGIN = re.compile(rb"UNA.{6}[\s\0]*UN[BGH]|UN[BGH][^A-Za-z0-9\s]", re.DOTALL)
_SMALL = re.compile(rb"[\s\0]*(?:una.{6}[\s\0]*)?un[bgh][^A-Za-z0-9\s]", re.DOTALL)
_TAG = re.compile(r"[A-Z]{2}[A-Z0-9]")

Row = Sequence[str | Sequence[str]]
_Parsed = tuple[str, tuple[tuple[str, ...], ...], int]


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that a reader tolerated: a stable code, where it stands, and a sentence that names no person.

    The places `{name}` of the sentence are filled from `params`, so that a page can translate it.
    `segment` is its number in the message, UNH being 1, where a reader counts them.
    """

    code: str
    offset: int
    sentence: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    segment: int = 0

    @property
    def detail(self) -> str:
        """The sentence, filled."""
        return english(self.sentence, self.params)


class Segment(NamedTuple):
    """A segment: its tag, its data elements as component texts, and its offset in bytes.

    A tuple, because a file has thousands and a frozen dataclass takes twice as long to make.
    """

    tag: str
    elements: tuple[tuple[str, ...], ...]
    offset: int = 0

    def get(self, element: int, component: int = 0) -> str:
        """The text of a component, stripped; empty when the segment does not have it."""
        try:
            return self.elements[element][component].strip()
        except IndexError:
            return ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The segments of a file, with what was tolerated."""

    segments: tuple[Segment, ...]
    warnings: tuple[Warning, ...]


def tokenise(data: bytes | BinaryIO) -> Tokens:
    """The segments of all interchanges of a file. A stream is read no further than one byte past the limit.

    Raises InputError `edifact.size` (over 32 MiB or a million marks), `edifact.una` (a service string that
    contradicts itself) and `edifact.none` (no UNB, UNG or UNH near its begin).
    """
    held = _bounded(data)
    warnings: list[Warning] = []
    begin = _BEGIN.search(held, 0, MAX_PREAMBLE)
    if begin is None and _SMALL.match(held):
        # A byte for a byte, so that offsets stay those of the file.
        held = held.upper()
        begin = _BEGIN.search(held, 0, MAX_PREAMBLE)
        warnings.append(Warning("edifact.case", 0, "The file is in small letters, and was read as capitals."))
    if begin is None:
        raise _none()
    if held[: begin.start()].strip(b"\xef\xbb\xbf \t\r\n\0"):
        warnings.append(Warning("edifact.preamble", 0, "What stands before the interchange was left out."))
    further = islice(_ADVICE.finditer(held, begin.start() + 3), MAX_INTERCHANGES)
    starts = [begin.start(), *(one.start() for one in further), len(held)]
    if len(starts) > MAX_INTERCHANGES + 1:
        raise InputError("edifact.size", "The file has more than 1000 interchanges.", where=f"offset {starts[-2]}")
    segments: list[Segment] = []
    for start, end in pairwise(starts):
        _Interchange(held[start:end], start, segments, warnings).read()
    if not segments or segments[0].tag not in {"UNB", "UNG", "UNH"}:
        raise _none()
    return Tokens(tuple(segments), tuple(warnings))


def render(rows: Iterable[Row], marks: Marks | None = None, encoding: str = "ascii") -> bytes:
    """Segments as bytes after their service string; a row is a tag and its elements, each a text or components.

    Raises InputError `edifact.charset` for a text that the encoding does not have.
    """
    use = marks or Marks()
    special = re.compile("([" + re.escape(use.component + use.element + use.release + use.terminator) + "])")

    def element(value: str | Sequence[str]) -> str:
        parts = (value,) if isinstance(value, str) else value
        return use.component.join(special.sub(lambda hit: use.release + hit[1], part) for part in parts)

    text = f"UNA{use.component}{use.element}.{use.release} {use.terminator}"
    text += "".join(use.element.join(element(value) for value in row) + use.terminator for row in rows)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        remedy = "Transliterate names to A-Z first."
        raise InputError(
            "edifact.charset", "A text does not fit {encoding}.", remedy=remedy, encoding=encoding
        ) from None


def _bounded(data: bytes | BinaryIO) -> bytes:
    held = bytes(data) if isinstance(data, bytes | bytearray | memoryview) else data.read(MAX_BYTES + 1)
    if len(held) > MAX_BYTES:
        remedy = "Ask the carrier to send it in parts."
        raise InputError("edifact.size", "The file is larger than 32 MiB.", remedy=remedy, where=f"offset {MAX_BYTES}")
    return held


def _none() -> InputError:
    detail = "The file does not begin with an EDIFACT interchange."
    return InputError("edifact.none", detail, remedy="Check that the right file was chosen.", where="offset 0")


class _Interchange:
    """One interchange being read, from its service string, or header, to the next one."""

    def __init__(self, data: bytes, start: int, segments: list[Segment], warnings: list[Warning]) -> None:
        found = _SYNTAX.search(data, 0, 512)
        self.encoding = ENCODINGS.get(found[1].decode(), "ascii") if found else "ascii"
        if self.encoding == "iso2022_jp":
            # Its shifted characters contain bytes that look like marks: it alone is decoded before it is split.
            data = data.decode(self.encoding, "replace").encode()
            self.encoding = "utf-8"
        self.text = data.decode("iso8859-1")
        self.marks, self.skip, bent = service_string(self.text, start)
        self.start, self.segments, self.warnings = start, segments, warnings
        if bent == "edifact.advice":
            self._warn("edifact.advice", start, "The service string UNA lacks a mark; the others were guessed.")
        elif bent:
            detail = "Unusual marks are used and no service string UNA names them; they were guessed."
            self._warn("edifact.marks", start, detail)
        self.blanks = self.marks.blanks
        self.dropped = dict.fromkeys(map(ord, self.blanks.replace(" ", "")))
        self.foreign = False
        self.tags: set[str] = set()
        marks = self.marks
        used = sum(
            self.text.count(one) for one in (marks.component, marks.element, marks.terminator, marks.release) if one
        )
        if used + len(segments) > MAX_MARKS:
            raise InputError("edifact.size", "The file has more than a million marks.", where=f"offset {start}")

    def read(self) -> None:
        """Append the segments, with what was tolerated."""
        raws = _split(self.text[self.skip :], self.marks.terminator, self.marks.release)
        offset = self.start + self.skip
        cut = raws.pop()
        # Most segments of a list are said of many travellers: each text is taken apart once.
        known: dict[str, _Parsed] = {}
        add, make = self.segments.append, tuple.__new__  # past the named tuple's own constructor: a third of the time
        for raw in raws:
            tag, elements, begin = known.get(raw) or known.setdefault(raw, self._parsed(raw, offset))
            if tag:
                add(make(Segment, (tag, elements, offset + begin)))
            elif elements:
                self._warn("edifact.tag", offset + begin, "A segment without a proper tag was left out.")
            offset += len(raw) + 1
        if cut.strip(self.blanks):
            self._warn("edifact.cut", offset, "The last segment is cut and was not read.")

    def _parsed(self, raw: str, offset: int) -> _Parsed:
        """Tag, elements, and how many blanks stand before; no tag when it is none, nor elements when all is blank."""
        body = raw.lstrip(self.blanks)
        begin = len(raw) - len(body)
        marks = self.marks
        if not body.isprintable():
            body = body.translate(self.dropped)
        if marks.release and marks.release in body:
            parts = [
                tuple([_plain(part, marks.release) for part in _split(one, marks.component, marks.release)])
                for one in _split(body, marks.element, marks.release)
            ]
        else:
            mark = marks.component
            parts = [tuple(one.split(mark)) if mark in one else (one,) for one in body.split(marks.element)]
        if not body.isascii():
            parts = [tuple([self._decoded(part, offset + begin) for part in one]) for one in parts]
        tag = parts[0][0].strip()
        if tag in self.tags or _TAG.fullmatch(tag):
            self.tags.add(tag)
            return tag, tuple(parts[1:]), begin
        return "", tuple(parts) if body else (), begin

    def _decoded(self, part: str, offset: int) -> str:
        if part.isascii():
            return part
        raw = part.encode("iso8859-1")
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError:
            if not self.foreign:
                said = {"encoding": self.encoding}
                self._warn("edifact.encoding", offset, "The text is not {encoding}, as its header says.", said)
            self.foreign = True
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return _UNREADABLE.sub("\ufffd", part)

    def _warn(self, code: str, offset: int, sentence: str, params: Mapping[str, str | int] | None = None) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(Warning(code, offset, sentence, params or {}))


def _split(text: str, mark: str, release: str) -> list[str]:
    """Split at marks that no release character stands before; release characters stay in the parts."""
    parts = text.split(mark)
    if not release or release not in text:
        return parts
    found: list[str] = []
    held: list[str] = []
    for part in parts:
        held.append(part)
        if (len(part) - len(part.rstrip(release))) % 2 == 0:
            found.append(mark.join(held))
            held = []
    return [*found, mark.join(held)] if held else found


def _plain(text: str, release: str) -> str:
    return re.sub(f"{re.escape(release)}(.)", r"\1", text, flags=re.DOTALL) if release in text else text
