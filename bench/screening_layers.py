"""What a change of a large list costs: 1,000 records changed against a mapped base, with a question before and after.

`screening-million` calls `figures` for its largest list; `python -m bench.screening_layers [SUBJECTS]` makes a list and
measures this alone. Half of the changes are new records, a third changed ones, the rest removed. Document: design:
screening, "Shape" (a base, a small delta and tombstones under one generation number).
"""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.record import Figure
from mithaq.screening import Subject, Traveller
from mithaq.screening.layers import GROWN, Held, Layers
from mithaq.screening.store import load

NEW, CHANGED, REMOVED = 500, 333, 167
TURNS = 5


def figures(
    path: Path, listed: Sequence[Subject], fresh: Sequence[Subject], asked: Sequence[Traveller]
) -> list[Figure]:
    """Seconds until changes are live; what one traveller takes beside them. `path`: an index of a list; `listed`: some
    records of it; `fresh`: people who are not of it (both: enough for `TURNS` and for a grown delta)."""
    held = Held(Layers(load(path)))
    before = _spans(held, asked)
    spans = [_live(held, turn, listed, fresh) for turn in range(TURNS)]
    after = _spans(held, asked)
    rest = fresh[TURNS * NEW :]
    held.change([_new(one, "grown") for one in rest[: GROWN - len(held.now.changed)]])
    grown = _live(held, TURNS, listed, rest[GROWN:])
    return [
        Figure("1,000 changed subjects live", max(spans), "s", most=1.0),
        Figure(f"1,000 changed subjects live beside {GROWN} changed before", grown, "s"),
        Figure("one traveller before a change, p50", before, "ms"),
        Figure(f"one traveller beside {TURNS},000 changed, p50", after, "ms"),
    ]


def _live(held: Held, turn: int, listed: Sequence[Subject], fresh: Sequence[Subject]) -> float:
    """Seconds from a change to an answer that knows it; asked before and after."""
    mine = listed[turn * (CHANGED + REMOVED) : (turn + 1) * (CHANGED + REMOVED)]
    new = [_new(one, str(turn)) for one in fresh[turn * NEW : (turn + 1) * NEW]] or [
        _new(one, str(turn)) for one in fresh[:NEW]
    ]
    names = [(f"Wutzliputzli{'abcdefgh'[turn]} {one.names[0]}",) for one in mine[:CHANGED]]
    others = [dataclasses.replace(one, names=name) for one, name in zip(mine, names, strict=False)]
    removed = [one.id for one in mine[CHANGED:]]
    question = [Traveller("1", names[0])]
    found = held.now.screen(question, 1)[0].candidates
    assert not found or found[0].score < 20.0, "who is not listed yet was found"
    started = time.perf_counter()
    held.change(new + others, removed)
    found = held.now.screen(question, 1)[0].candidates
    took = time.perf_counter() - started
    assert found[0].subject == mine[0].id, "a change is not live"
    assert not any(one in held.now for one in removed), "who was removed is listed"
    return took


def _new(one: Subject, turn: str) -> Subject:
    return dataclasses.replace(one, id=f"new{turn}-{one.id}", person="")


def _spans(held: Held, asked: Sequence[Traveller]) -> float:
    """Milliseconds that one traveller takes (p50), none asked before."""
    spans = []
    for one in asked:
        started = time.perf_counter()
        held.now.screen([one], 5, 8.0)
        spans.append((time.perf_counter() - started) * 1000)
    return float(np.percentile(spans, 50))


def main() -> None:
    """Make a list and measure it."""
    from random import Random

    from bench.screening_million import _write
    from bench.screening_people import People

    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    people = People(seed=7)
    with tempfile.TemporaryDirectory(prefix="mithaq-layers-") as folder:
        listed, path = Path(folder) / "list.jsonl", Path(folder) / "list.index"
        some = _write(listed, people.subjects(size), Random(1), min(40_000, size))
        command = str(Path(sys.executable).with_name("mithaq"))
        subprocess.run([command, "index", "--subjects", str(listed), "--output", str(path)], check=True)
        fresh = list(people.subjects(2 * GROWN))
        asked = [one for one, _ in people.travellers(some, 500)]
        for one in figures(path, some, fresh, asked):
            print(f"{one.name}: {one.value:.3f} {one.unit}")


if __name__ == "__main__":
    main()
