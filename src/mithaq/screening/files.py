"""Subjects, travellers and results as JSON Lines, plain or `.gz`.

Rule: a line that is not exactly of the shape is an InputError that names file and line; nothing is skipped in silence.
Of a list every line must be right: whoever is screened against half a list is told he is on none. Of travellers the
good lines may be kept (`wrong` hears of each of the others): one bad row must not let a night's crossings through.
Implements design: screening, "Files in and out".
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from mithaq.errors import InputError
from mithaq.screening.records import Result, Subject, Traveller

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


def parse_subjects(text: str, name: str) -> Iterator[tuple[int, Subject]]:
    """The subjects of a file that was read already, each with its line. Raises InputError with `name` and line."""
    # Not `splitlines`: JSON texts may hold the other marks that end lines.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, Subject(**_row(line, _SUBJECT, f"{name}:{number}"))


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
        raise InputError(
            "screening.file", f"The file cannot be opened: {error.strerror}.", remedy="Check the path.", where=str(path)
        ) from error


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
    with open_text(path, "r") as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                try:
                    if line.strip():
                        yield _row(line, shape, f"{path}:{number}")
                except InputError as error:
                    _tell(error, wrong)
        except (OSError, EOFError, UnicodeDecodeError) as error:
            where, remedy = f"{path}:{number + 1}", "Write it again."
            _tell(InputError("screening.file", "The file is damaged.", remedy=remedy, where=where), wrong, error)


def _tell(error: InputError, wrong: Callable[[InputError], None] | None, cause: Exception | None = None) -> None:
    if wrong is None:
        raise error from cause or error.__cause__
    wrong(error)


def _row(line: str, shape: dict[str, type], where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong("the line is no JSON object", where) from error
    if not isinstance(row, dict):
        raise _wrong("the line is no JSON object", where)
    out: dict[str, Any] = {}
    for name, value in row.items():
        if name not in shape:
            raise _wrong("the line has a field that the shape does not know", where)
        if value is None and name not in ("id", "names"):
            continue
        if isinstance(value, list) and shape[name] is list and all(isinstance(text, str) for text in value):
            out[name] = tuple(value)
        elif isinstance(value, str) and shape[name] is str:
            out[name] = value
        else:
            raise _wrong(f"`{name}` is not {'a list of texts' if shape[name] is list else 'a text'}", where)
    if not out.get("id") or "names" not in out:
        raise _wrong("`id` and `names` are needed", where)
    return out


def _wrong(what: str, where: str) -> InputError:
    remedy = "Write each line in the shape that the documentation of `mithaq screen` shows."
    return InputError("screening.line", f"In a screening file, {what}.", remedy=remedy, where=where)
