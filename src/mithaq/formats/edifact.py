"""UN/EDIFACT interchanges as segments: a tolerant tokenizer for what posts really receive.

Rules: a segment that its terminator does not end is dropped and warned of, never guessed; counts that lie, and trailers
that are missing, are warnings with their offset; more than 32 MiB is refused at once.
Documents: ISO 9735-1 (syntax 4), sections 8 and 9; UNA service string advice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mithaq.errors import InputError

MAX_BYTES = 32 * 1024 * 1024
MAX_SEGMENTS = 2_000_000
# Syntax identifiers of UNB (ISO 9735-1, annex A) to the character set that they name.
ENCODINGS = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip
_CONTROLS = dict.fromkeys((*range(32), 127))
_SYNTAX = re.compile(rb"UNB.(UNO[A-Y])")
_TAG = re.compile(r"[A-Z]{2}[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that a reader tolerated: a stable code, where it stands, and a sentence that names no person."""

    code: str
    offset: int
    detail: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: its tag, its data elements as component texts, and its offset in characters."""

    tag: str
    elements: tuple[tuple[str, ...], ...]
    offset: int

    def get(self, element: int, component: int = 0) -> str:
        """The text of a component, stripped; empty when the segment does not have it."""
        if element >= len(self.elements) or component >= len(self.elements[element]):
            return ""
        return self.elements[element][component].strip()


@dataclass(frozen=True, slots=True)
class Marks:
    """The service characters of an interchange: component, element, release, segment terminator."""

    component: str = ":"
    element: str = "+"
    release: str = "?"
    terminator: str = "'"


@dataclass(frozen=True, slots=True)
class Tokens:
    """An interchange as segments, with what was tolerated."""

    segments: tuple[Segment, ...]
    warnings: tuple[Warning, ...]
    marks: Marks


def tokenise(data: bytes) -> Tokens:
    """The segments of an interchange.

    Raises InputError `edifact.size` (over 32 MiB or two million segments) and `edifact.none` (no UNB, UNG or UNH).
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            "edifact.size", "The file is larger than 32 MiB.", remedy="Ask the carrier to send it in parts."
        )
    text, warnings = _decode(data)
    start, marks = _service_string(text)
    segments = _segments(text, start, marks, warnings)
    if not segments or segments[0].tag not in {"UNB", "UNG", "UNH"}:
        raise InputError(
            "edifact.none",
            "The file does not begin with an EDIFACT interchange.",
            remedy="Check that the right file was chosen.",
            where="offset 0",
        )
    return Tokens(tuple(segments), tuple(warnings), marks)


def _decode(data: bytes) -> tuple[str, list[Warning]]:
    found = _SYNTAX.search(data[:512])
    encoding = ENCODINGS.get(found[1].decode(), "ascii") if found else "ascii"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        warning = Warning("edifact.encoding", error.start, f"The text is not {encoding}, as its header says.")
    try:
        return data.decode("utf-8"), [warning]
    except UnicodeDecodeError:
        return data.decode("iso8859-1"), [warning]


def _service_string(text: str) -> tuple[int, Marks]:
    start = len(text) - len(text.lstrip("\ufeff \t\r\n\0"))
    if not text.startswith("UNA", start):
        return start, Marks()
    advice = text[start + 3 : start + 9]
    if len(advice) < 6 or len({advice[0], advice[1], advice[5]}) < 3:
        raise InputError("edifact.una", "The service string UNA is cut or contradicts itself.", where=f"offset {start}")
    # A space as release character means that there is none (ISO 9735-1, 7.1).
    return start + 9, Marks(advice[0], advice[1], advice[3].strip(), advice[5])


def _segments(text: str, start: int, marks: Marks, warnings: list[Warning]) -> list[Segment]:
    if text.count(marks.terminator) > MAX_SEGMENTS:
        raise InputError("edifact.size", "The file has more than two million segments.")
    found: list[Segment] = []
    offset = start
    released = marks.release and marks.release in text
    for raw in (
        _split(text[start:], marks.terminator, marks.release) if released else text[start:].split(marks.terminator)
    ):
        body = raw.translate(_CONTROLS).strip() if not raw.isprintable() else raw.strip()
        if body:
            _add(found, body, offset + len(raw) - len(raw.lstrip()), marks, warnings, released=bool(released))
        offset += len(raw) + 1
    # What follows the last terminator is a segment that was cut: it is not trusted.
    if found and offset - 1 - start == len(text) - start and not _ends(text, marks) and body:
        cut = found.pop()
        warnings.append(Warning("edifact.cut", cut.offset, f"The last segment ({cut.tag}) is cut and was not read."))
    return found


def _ends(text: str, marks: Marks) -> bool:
    rest = text.rstrip("\0 \t\r\n\x1a\x03")
    if not rest.endswith(marks.terminator):
        return False
    releases = len(rest) - 1 - len(rest[:-1].rstrip(marks.release)) if marks.release else 0
    return releases % 2 == 0


def _add(
    found: list[Segment], body: str, offset: int, marks: Marks, warnings: list[Warning], *, released: bool
) -> None:
    if released and marks.release in body:
        elements = tuple(
            tuple(_plain(part, marks.release) for part in _split(element, marks.component, marks.release))
            for element in _split(body, marks.element, marks.release)
        )
    else:
        elements = tuple(tuple(element.split(marks.component)) for element in body.split(marks.element))
    tag = elements[0][0].strip()
    if not _TAG.fullmatch(tag):
        if len(warnings) < 1000:
            warnings.append(Warning("edifact.tag", offset, "A segment without a proper tag was left out."))
        return
    found.append(Segment(tag, elements[1:], offset))


def _split(text: str, mark: str, release: str) -> list[str]:
    """Split at marks that no release character stands before; release characters stay in the parts."""
    if release not in text:
        return text.split(mark)
    parts, begin, at = [], 0, 0
    pattern = re.compile(f"{re.escape(release)}.|{re.escape(mark)}", re.DOTALL)
    for hit in pattern.finditer(text):
        at = hit.start()
        if text[at] != release:
            parts.append(text[begin:at])
            begin = at + 1
    parts.append(text[begin:])
    return parts


def _plain(text: str, release: str) -> str:
    return re.sub(f"{re.escape(release)}(.)", r"\1", text, flags=re.DOTALL) if release in text else text


def write(segments: list[tuple[str, ...] | tuple[tuple[str, ...], ...]], marks: Marks | None = None) -> str:
    """Segments as text; each is a tag followed by elements, an element being a text or a tuple of components."""
    use = marks or Marks()
    special = re.compile("([" + re.escape(use.component + use.element + use.release + use.terminator) + "])")

    def component(text: str) -> str:
        return special.sub(lambda hit: use.release + hit[1], text)

    def element(value: str | tuple[str, ...]) -> str:
        parts = (value,) if isinstance(value, str) else value
        return use.component.join(component(part) for part in parts)

    return "".join(use.element.join(element(value) for value in segment) + use.terminator for segment in segments)
