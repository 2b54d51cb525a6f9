"""Subjects, travellers and results as JSON Lines, plain or `.gz`.

Rule: a line that is not exactly of the shape is an InputError that names file and line; nothing is skipped in silence.
Of a list every line must be right: whoever is screened against half a list is told he is on none. Of travellers the
good lines may be kept (`wrong` hears of each of the others): one bad row must not let a night's crossings through.
No line is longer than 1 MiB, and what is longer is not held, whatever a packed file claims.
Implements design: screening, "Files in and out".
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from mithaq.errors import InputError
from mithaq.screening.records import Result, Subject, Traveller

# A record takes a few hundred bytes. A line without end is skipped so far, then the file is taken for damaged.
MAX_LINE = 1024 * 1024
MAX_SKIPPED = 64 * 1024 * 1024
_SUBJECT: dict[str, type] = {
    "id": str, "names": list, "person": str, "weak_names": list, "birth_dates": list, "nationalities": list,
    "documents": list, "sex": str, "places": list,
}  # fmt: skip
_TRAVELLER: dict[str, type] = {
    "id": str,
    "names": list,
    "birth_date": str,
    "nationality": str,
    "document": str,
    "sex": str,
}


def read_subjects(path: Path) -> Iterator[Subject]:
    """The subjects of a file. Raises InputError with file and line."""
    return (Subject(**row) for row in _rows(path, _SUBJECT))


def read_travellers(path: Path, wrong: Callable[[InputError], None] | None = None) -> Iterator[Traveller]:
    """The travellers of a file. Each fault, with file and line, goes to `wrong`, or is raised as InputError."""
    return (Traveller(**row) for row in _rows(path, _TRAVELLER, wrong))


def open_text(path: Path, mode: str) -> IO[str]:
    """A text file, compressed when its name ends in `.gz`. Raises InputError when it cannot be opened."""
    try:
        if path.suffix == ".gz":
            return cast(IO[str], gzip.open(path, f"{mode}t", encoding="utf8"))
        return path.open(mode, encoding="utf8")
    except OSError as error:
        raise _unopened(path, error) from error


def _open(path: Path) -> IO[bytes]:
    try:
        return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")
    except OSError as error:
        raise _unopened(path, error) from error


def _unopened(path: Path, error: OSError) -> InputError:
    detail, reason = "The file cannot be opened: {reason}.", error.strerror or ""
    return InputError("screening.file", detail, remedy="Check the path.", where=str(path), reason=reason)


def write_results(lines: IO[str], results: Iterable[Result], *, explain: bool) -> None:
    """One result a line; evidence only under `explain`."""
    for result in results:
        lines.write(json.dumps(as_row(result, explain=explain), ensure_ascii=False) + "\n")


def as_row(result: Result, *, explain: bool) -> dict[str, Any]:
    """A result in the shape of the file."""
    candidates: list[dict[str, Any]] = []
    for one in result.candidates:
        row: dict[str, Any] = {"subject": one.subject, "score": one.score}
        if explain:
            row["evidence"] = [
                {"kind": e.kind, "weight": e.weight, "left": e.left, "right": e.right, "why": e.why}
                for e in one.evidence
            ]  # fmt: skip
        candidates.append(row)
    return {"traveller": result.traveller, "candidates": candidates}


def _rows(
    path: Path, shape: dict[str, type], wrong: Callable[[InputError], None] | None = None
) -> Iterator[dict[str, Any]]:
    with _open(path) as lines:
        number = 0
        try:
            for number, line in enumerate(_lines(lines), 1):
                try:
                    if line.strip():
                        yield _row(line, shape, f"{path}:{number}")
                except InputError as error:
                    _tell(error, wrong)
        except (OSError, EOFError, zlib.error) as error:
            where, remedy = f"{path}:{number + 1}", "Write it again."
            _tell(InputError("screening.file", "The file is damaged.", remedy=remedy, where=where), wrong, error)


def _lines(lines: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long its begin, which is longer than any. EOFError for one that does not end."""
    while line := lines.readline(MAX_LINE + 1):
        yield line
        skipped = len(line)
        while skipped > MAX_LINE and not line.endswith(b"\n"):
            line = lines.readline(MAX_LINE)
            skipped += len(line)
            if not line or skipped > MAX_SKIPPED:
                raise EOFError


def _tell(error: InputError, wrong: Callable[[InputError], None] | None, cause: Exception | None = None) -> None:
    if wrong is None:
        raise error from cause or error.__cause__
    wrong(error)


def _row(line: bytes, shape: dict[str, type], where: str) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _wrong("A line of a screening file is longer than 1 MiB.", where)
    try:
        row = json.loads(line.decode("utf-8-sig"))
        if b"\\u" in line:
            json.dumps(row, ensure_ascii=False).encode()  # half a pair of surrogates could not be written again
    except (ValueError, RecursionError) as error:
        raise _wrong("A line of a screening file is no JSON object in UTF-8.", where) from error
    if not isinstance(row, dict):
        raise _wrong("A line of a screening file is no JSON object in UTF-8.", where)
    out: dict[str, Any] = {}
    for name, value in row.items():
        if name not in shape:
            raise _wrong("A line of a screening file has a field that the shape does not know.", where)
        if value is None and name not in ("id", "names"):
            continue
        if isinstance(value, list) and shape[name] is list and all(isinstance(text, str) for text in value):
            out[name] = tuple(value)
        elif isinstance(value, str) and shape[name] is str:
            out[name] = value
        elif shape[name] is list:
            raise _wrong("In a line of a screening file, {field} is not a list of texts.", where, field=name)
        else:
            raise _wrong("In a line of a screening file, {field} is not a text.", where, field=name)
    if not out.get("id") or "names" not in out:
        raise _wrong("A line of a screening file lacks its id or its names.", where)
    return out


def _wrong(sentence: str, where: str, **params: str) -> InputError:
    remedy = "Write each line in the shape that the documentation of `mithaq screen` shows."
    return InputError("screening.line", sentence, remedy=remedy, where=where, **params)
