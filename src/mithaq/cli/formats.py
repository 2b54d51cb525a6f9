"""`mithaq formats read FILE`: what a file is and what was understood of it, on a machine without a node; and `mapping`.

Rule: whatever was read is printed with what was bent and what was left out, and where; only a file of which nothing can
be read is bad input. Design: architecture, "Layout" (formats).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from mithaq.errors import InputError

if TYPE_CHECKING:
    from mithaq.formats.reading import Reading, Record, Warning

# Warnings of one code that the summary shows; `--json` gives them all.
_SHOWN = 10
app = typer.Typer(no_args_is_help=True, help="Read files of carriers, authorities and documents.")


def register(root: typer.Typer) -> None:
    """Add the group to the command line."""
    root.add_typer(app, name="formats")


@app.callback()
def _group() -> None:
    """Read files of carriers, authorities and documents."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file, as it came; .gz and .zip are unpacked.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON Lines: the file, its records, warnings, the rest.")
    ] = False,
    mapping: Annotated[Path | None, typer.Option(help="What the columns of a CSV mean, a TOML file.")] = None,
    aliases: Annotated[Path | None, typer.Option(help="The file of aliases that goes with OFAC's sdn.csv.")] = None,
    on: Annotated[str, typer.Option(help="The day of reading, YYYY-MM-DD, for years of two digits; today.")] = "",
) -> None:
    """Tell the format of a file by its content and print what was understood of it; exit status 5 when it is bad."""
    from mithaq.formats.csv_mapping import read_mapping
    from mithaq.formats.recognise import Asked, read_file
    from mithaq.formats.unpack import unpack

    with _open(file) as source:
        asked = Asked(
            today=_day(on),
            mapping=read_mapping(_bytes(mapping)) if mapping else None,
            aliases=unpack(_open(aliases)) if aliases else None,
        )
        reading = read_file(source, asked)
    for line in _json(file.name, reading) if as_json else _summary(reading):
        typer.echo(line)


@app.command()
def mapping(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The table, as it came; .gz and .zip are unpacked.")],
) -> None:
    """Print a mapping to begin with, made of a table's headings: look it over, then give it to `read --mapping`."""
    from mithaq.formats.csv_starter import starter
    from mithaq.formats.known import head_of, recognise
    from mithaq.formats.unpack import unpack

    with _open(file) as source:
        data = unpack(source)
    found = recognise(head_of(data))
    if found.kind != "CSV":
        detail = "The file is no table, but {format}, which needs no mapping."
        raise InputError("mapping.other", detail, remedy="Read it: mithaq formats read FILE.", format=found.kind)
    typer.echo(starter(data), nl=False)


def _open(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise InputError("read.file", f"The file cannot be read: {error.strerror}.", where=str(file)) from None


def _bytes(file: Path) -> bytes:
    from mithaq.formats.csv_mapping import MAX_BYTES

    with _open(file) as source:
        return source.read(MAX_BYTES + 1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise typer.BadParameter("Write it as YYYY-MM-DD.", param_hint="--on") from None


def _json(name: str, reading: Reading) -> Iterator[str]:
    """One object a line: the file first, then what was understood, what was bent and what was left out."""
    from mithaq.formats.reading import counted

    counts = {
        "records": len(reading.records),
        "warnings": counted(reading.warnings),
        "not_understood": counted(reading.not_understood),
    }
    rows: list[dict[str, Any]] = [{"file": name, "format": reading.kind, **counts}]
    rows += [{"record": one.kind, "where": one.where, "value": one.value} for one in reading.records]
    for kind, told in (("warning", reading.warnings), ("not_understood", reading.not_understood)):
        rows += [{kind: one.code, "where": one.where, "text": one.detail, "params": dict(one.params)} for one in told]
    return (json.dumps(row, ensure_ascii=False) for row in rows)


def _summary(reading: Reading) -> Iterator[str]:
    yield reading.kind
    for kind, count in Counter(one.kind for one in reading.records).items():
        yield f"{count} {kind}{'' if count == 1 else 's'}"
    yield from (f"{one.where}\t{_title(one)}" for one in reading.records)
    yield from _lines("warning", reading.warnings)
    yield from _lines("not understood", reading.not_understood)
    if any(one.code == "csv.mapping" for one in reading.warnings):
        yield "next\t\tmithaq formats mapping FILE > people.toml, look it over, then read FILE --mapping people.toml"


def _lines(kind: str, told: tuple[Warning, ...]) -> Iterator[str]:
    """Each with its place; of many with one code the first, and how many more there are."""
    seen: Counter[str] = Counter()
    for one in told:
        seen[one.code] += 1
        if seen[one.code] <= _SHOWN:
            yield f"{kind}\t{one.where}\t{one.detail} [{one.code}]"
    yield from (f"{kind}\t\t{count - _SHOWN} more [{code}]" for code, count in seen.items() if count > _SHOWN)


def _title(record: Record) -> str:
    """A record in one line of cells."""
    from mithaq.formats.lines import line_of

    line = line_of(record)
    cells = [
        line.kind,
        ("\t" if line.kind in {"row", "message", "manifest"} else "; ").join(line.names),
        ", ".join(line.births),
        ", ".join(line.states),
        ", ".join(line.documents),
    ]
    return "\t".join([*cells, "names cut"] if line.cut else cells).rstrip("\t")
