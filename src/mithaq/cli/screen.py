"""`mithaq screen`: travellers of a file against the subjects of another.

Rule: the answer file is the same for any number of workers; progress goes to stderr, nothing to stdout. A wrong line of
the list ends the run before it begins. Wrong lines of travellers are named, the good ones are answered, and the run
ends as one of bad input (status 5): nobody is let through for another's line, and nobody can take the run for whole.
Implements design: screening, "Files in and out".
"""

from __future__ import annotations

import gc
import math
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.plurals import counted

if TYPE_CHECKING:
    from mithaq.errors import InputError
    from mithaq.screening import Index, Result, Traveller

_CHUNK = 2_000
_FAULTS_SHOWN = 20
_Setting = tuple[int, float, bool]  # limit, floor, whether to explain
_worker: tuple[Index, _Setting] | None = None  # of a worker process, set once when it starts


def register(app: typer.Typer) -> None:
    """Add the command `screen`."""
    if app.registered_callback is None:
        # Typer takes an app with one command for that command and would read its name as an argument.
        app.callback()(_root)
    app.command("screen")(screen_files)
    app.command("index")(index_file)


def _root() -> None:
    """Joint action of sovereign authorities: the signed plan is the policy."""


def screen_files(
    subjects: Annotated[Path, typer.Option(help="listed records, JSON Lines (.gz allowed), or an index of them")],
    travellers: Annotated[Path, typer.Option(help="travellers, JSON Lines (.gz allowed)")],
    output: Annotated[Path, typer.Option(help="results, JSON Lines (.gz allowed)")],
    limit: Annotated[int, typer.Option(min=1, help="candidates for each traveller at most")] = 5,
    floor: Annotated[float | None, typer.Option(help="lowest score in bits that is a candidate")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="write the evidence of each candidate")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="processes")] = 1,
) -> None:
    """Find the listed persons among travellers, best first.

    Wrong lines of travellers are named and left out, and the command then ends with status 5.
    """
    from mithaq.screening import FLOOR
    from mithaq.screening.files import read_travellers

    if floor is not None and not math.isfinite(floor):
        raise typer.BadParameter("Give a number of bits.", param_hint="--floor")
    started = time.monotonic()
    index = _index(subjects)
    _say(f"{_sizes(index)}, {time.monotonic() - started:.1f} s")
    if index.unsearchable:
        without = counted(len(index.unsearchable), "subject has", "subjects have")
        _say(f"{without} no readable name and cannot be found by name")
    faults = _Faults()
    chunks = _chunks(read_travellers(travellers, faults.hear))
    setting = limit, FLOOR if floor is None else floor, explain
    count = _write(output, _answers(index, subjects, setting, chunks, workers), explain=explain)
    _say(f"{counted(count, 'traveller')}, {time.monotonic() - started:.1f} s")
    if faults.first is not None:
        rest = f"those before {faults.ended} are, and nothing from there on" if faults.ended else "all others are"
        _say(f"{counted(faults.count, 'wrong line is', 'wrong lines are')} not answered; {rest}, in {output}")
        raise faults.first


def index_file(
    subjects: Annotated[Path, typer.Option(help="listed records, JSON Lines (.gz allowed)")],
    output: Annotated[Path, typer.Option(help="the index, for `mithaq screen --subjects`")],
) -> None:
    """Make the index of a list once, in a file that any number of processes share.

    A large list is then opened at once, and every run and every worker screens against the same memory.
    """
    from mithaq.screening.store import save

    _folder(output)
    started = time.monotonic()
    index = _index(subjects)
    save(index, output)
    _say(f"{_sizes(index)}, {time.monotonic() - started:.1f} s")


def _sizes(index: Index) -> str:
    return f"{counted(len(index.ids), 'subject')}, {counted(len(index.persons), 'person')}"


def _index(subjects: Path) -> Index:
    from mithaq.screening import build
    from mithaq.screening.files import read_subjects
    from mithaq.screening.store import is_index, load

    return load(subjects) if is_index(subjects) else build(read_subjects(subjects))


class _Faults:
    """The faults of a file of travellers: how many, the first, and where it could not be read on; a few are said."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = ""
        self.first: InputError | None = None

    def hear(self, error: InputError) -> None:
        if error.code == "screening.file":
            self.ended = error.where
        self.first, self.count = self.first or error, self.count + 1
        if self.count <= _FAULTS_SHOWN:
            _say(f"{error.where}: {error.detail}")


def _say(text: str) -> None:
    print(f"screen: {text}", file=sys.stderr, flush=True)


def _chunks(travellers: Iterator[Traveller]) -> Iterator[list[Traveller]]:
    chunk: list[Traveller] = []
    for traveller in travellers:
        chunk.append(traveller)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _answers(
    index: Index, subjects: Path, setting: _Setting, chunks: Iterator[list[Traveller]], workers: int
) -> Iterator[list[Result]]:
    """The results of the chunks in order. Only a few chunks are ahead of the writer, so memory stays bounded."""
    from mithaq.screening.store import is_index, save

    if workers == 1:
        _start(index, setting)
        yield from map(_screen, chunks)
        return
    # Workers are started afresh and map one file: no state of this process is shared, and the list is there once.
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="mithaq-screen-") as folder:
        path = subjects
        if not is_index(subjects):
            path = Path(folder) / "index"
            save(index, path)
        with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(path, setting)) as pool:
            waiting = [pool.submit(_screen, chunk) for _, chunk in zip(range(2 * workers), chunks, strict=False)]
            while waiting:
                yield waiting.pop(0).result()
                waiting.extend(pool.submit(_screen, chunk) for _, chunk in zip(range(1), chunks, strict=False))


def _start(index: Index | Path, setting: _Setting) -> None:
    from mithaq.screening.store import load

    global _worker  # noqa: PLW0603  (a worker process holds its index for its life)
    _worker = (load(index) if isinstance(index, Path) else index), setting
    # What is remembered of names and words stays: to look through it for what can go, again and again, takes a tenth of
    # the time and frees nothing.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _screen(chunk: list[Traveller]) -> list[Result]:
    from mithaq.screening import screen

    assert _worker is not None
    index, (limit, floor, explain) = _worker
    return screen(index, chunk, limit, floor, evidence=explain)


def _write(output: Path, answers: Iterator[list[Result]], *, explain: bool) -> int:
    """Write beside the output and move into place at the end, so that a broken run leaves no half file. Their count."""
    from mithaq.screening.files import open_text, write_results

    count, said = 0, time.monotonic()
    with tempfile.TemporaryDirectory(dir=_folder(output), prefix=".mithaq-screen-") as folder:
        path = Path(folder) / output.name
        with open_text(path, "w") as lines:
            for results in answers:
                write_results(lines, results, explain=explain)
                count += len(results)
                if time.monotonic() - said > 2:
                    said = time.monotonic()
                    _say(counted(count, "traveller"))
        os.replace(path, output)
    return count


def _folder(output: Path) -> Path:
    from mithaq.errors import InputError

    if not output.parent.is_dir():
        raise InputError(
            "screening.file", "The folder of the output does not exist.", remedy="Make it first.", where=str(output)
        )
    return output.parent
