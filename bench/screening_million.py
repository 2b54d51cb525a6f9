"""`screening-million`: lists of ten thousand to a million invented people, and what screening against them costs.

A list is written as JSON Lines, made into an index by `mithaq index`, and screened from processes that map it.
Travellers are raw, half of them listed and spelt otherwise; the floor is the threshold of one false alert in a thousand
on that list, found on other travellers of the crowd. References in the same run: the floor of any such program (the
postings that a name brings, read once from memory) and, for who comes first, brute force: every seen word read as every
listed one, no key and no sieve. `MILLION` is the largest list (1,000,000). Document: issue 5, "Speed".
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bench import screening_layers
from bench.record import Figure, Reference
from bench.screening_people import People
from mithaq.cli import screen as command
from mithaq.screening import Index, Subject, Traveller, screen
from mithaq.screening import kernel as kernels
from mithaq.screening.costs import TOLD
from mithaq.screening.layers import GROWN
from mithaq.screening.names import parse
from mithaq.screening.store import load

NAME = "screening-million"
LARGEST = int(os.environ.get("MILLION", "1000000"))
SIZES = tuple(size for size in (10_000, 100_000, LARGEST) if size <= LARGEST)
WARM, TIMED, CALIBRATED, SINGLE, BRUTE = 3_000, 20_000, 10_000, 2_000, 150
Case = tuple[Traveller, str]


def run() -> list[Figure]:
    """The figures of every size, and of the largest what a post and an operator feel."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="mithaq-million-") as folder:
        for size in dict.fromkeys(SIZES):
            figures += _of_size(Path(folder), size, whole=size == SIZES[-1])
    return figures


def _of_size(folder: Path, size: int, *, whole: bool) -> list[Figure]:
    people = People(seed=random.SystemRandom().randrange(1 << 32))
    listed, path = folder / "list.jsonl", folder / "list.index"
    some = _write(listed, people.subjects(size), random.Random(1), 40_000)
    cases = people.travellers(some, WARM + TIMED + 2 * CALIBRATED + SINGLE)
    took, memory = _indexed(listed, path)
    started = time.perf_counter()
    index = load(path)
    opened = time.perf_counter() - started
    crowd = [one for one, who in cases[-2 * CALIBRATED :] if not who]
    floor = _threshold(index, crowd)
    timed = cases[: WARM + TIMED]
    rates = {workers: _rate(path, timed, floor, workers) for workers in (1, 2)}
    least = _postings(index, [one for one, _ in timed[WARM : WARM + 2_000]])
    figures = [
        Figure(f"index of {size} subjects", took, "s", most=60.0 if whole else None),
        Figure(f"memory while {size} are indexed", memory, "MiB", most=1_500.0 if whole else None),
        Figure(f"an index of {size} opened", opened * 1000, "ms", most=200.0 if whole else None),
        *(
            Figure(
                f"{size} subjects, {workers} process{'es' * (workers > 1)}", rate, "travellers/s",
                Reference("postings of its words read once, one process", least),
                least=10_000.0 if whole and workers == 2 else None,
            )
            for workers, rate in rates.items()
        ),
        Figure(f"threshold at 1 in 1,000 against {size}", floor, "bits"),
    ]  # fmt: skip
    if whole:
        figures += _felt(index, path, cases[-SINGLE:], floor)
        asked = [one for one, _ in cases[-SINGLE:][:500]]
        figures += screening_layers.figures(path, some, list(people.subjects(2 * GROWN)), asked)
    return figures


def _write(path: Path, subjects: Iterable[Subject], draw: random.Random, most: int) -> list[Subject]:
    """The list as a file; answers so many of its people."""
    kept: list[Subject] = []
    with path.open("w", encoding="utf8") as file:
        for number, one in enumerate(subjects):
            row = {"id": one.id, "names": one.names, "birth_dates": one.birth_dates, "nationalities": one.nationalities}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            if number < most:
                kept.append(one)
            elif (place := draw.randrange(number + 1)) < most:
                kept[place] = one
    return kept


def _indexed(listed: Path, path: Path) -> tuple[float, float]:
    """Seconds and MiB that `mithaq index` takes, as a user starts it."""
    words = [str(Path(sys.executable).with_name("mithaq")), "index", "--subjects", str(listed), "--output", str(path)]
    started, child, most = time.perf_counter(), subprocess.Popen(words), 0
    while child.poll() is None:
        # What the system keeps of a child that has ended counts this process too, from which it came.
        lines = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        most = max([most, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
        time.sleep(0.05)
    assert child.returncode == 0, "mithaq index failed"
    return time.perf_counter() - started, most / 1024


def _threshold(index: Index, crowd: list[Traveller]) -> float:
    """The score that one traveller in a thousand of those who are not listed reaches."""
    best = sorted((one.best for one in screen(index, crowd, 1, 4.0, evidence=False)), reverse=True)
    return max(best[len(best) // 1000], 4.0)


def _rate(path: Path, cases: list[Case], floor: float, workers: int) -> float:
    """Travellers a second of some processes that each map the index, have seen other travellers before, and start
    together."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(workers + 1)
    share = (len(cases) - WARM) // workers
    with context.Manager() as manager:
        ended = manager.list()
        processes = [
            context.Process(
                target=_work,
                args=(path, cases[:WARM], cases[WARM + k * share : WARM + (k + 1) * share], floor, together, ended),
            )
            for k in range(workers)
        ]
        for one in processes:
            one.start()
        together.wait(600)
        started = time.time()
        for one in processes:
            one.join(600)
        assert len(ended) == workers, "a worker failed"
        return share * workers / (max(ended) - started)


def _work(path: Path, warm: list[Case], timed: list[Case], floor: float, together: Any, ended: Any) -> None:
    # What a worker of `mithaq screen --workers` does.
    command._start(path, (5, floor, False))
    command._screen([one for one, _ in warm])
    asked = [one for one, _ in timed]
    together.wait(600)
    command._screen(asked)
    ended.append(time.time())


def _postings(index: Index, travellers: list[Traveller]) -> float:
    """Travellers a second, if only the names that bear a word near one of theirs were read, once, from memory."""
    asked = [[unit.asked for name in one.names for unit in parse(name).units] for one in travellers]
    words = [index.vocabulary.nearby(one) for one in asked]
    runs = [
        (index.postings.starts[near.words], index.postings.starts[near.words + 1])
        for one in words
        for near in one.values()
    ]
    started = time.perf_counter()
    total = 0
    for starts, ends in runs:
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            total += int(index.post_name[start:end].sum())
    return len(travellers) / (time.perf_counter() - started)


def _felt(index: Index, path: Path, cases: list[Case], floor: float) -> list[Figure]:
    """One traveller at a time; a fresh process; a further one's memory; and who comes first, beside brute force."""
    spans = []
    for one, _ in cases:
        started = time.perf_counter()
        screen(index, [one], 5, floor)
        spans.append((time.perf_counter() - started) * 1000)
    p50, p99 = (float(np.percentile(spans, share)) for share in (50, 99))
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _FRESH, str(path), cases[0][0].names[0]], check=True)
    fresh = time.perf_counter() - started
    alone = _private(path, cases[:1000], floor) - _private(None, cases[:1000], floor)
    agreed, brute = _brute(path, cases, floor)
    return [
        Figure("one traveller, p50", p50, "ms", most=1.0),
        Figure("one traveller, p99", p99, "ms", most=5.0),
        Figure("first answer of a fresh process", fresh, "s", most=2.0),
        Figure("private memory of a further worker, for the index", alone, "MiB", most=50.0),
        Figure("first is brute force's first", agreed, "share", Reference("travellers that brute force finds", brute),
               least=0.99),
    ]  # fmt: skip


_FRESH = """
import sys
from pathlib import Path
from mithaq.screening import Traveller, screen
from mithaq.screening.store import load
screen(load(Path(sys.argv[1])), [Traveller("1", (sys.argv[2],), "1980-01-02")])
"""


def _private(path: Path | None, cases: list[Case], floor: float) -> float:
    """MiB that are a process's own when it has screened a thousand; without a path, against a list of one name."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return float(pool.apply(_used, (path, cases, floor)))


def _used(path: Path | None, cases: list[Case], floor: float) -> float:
    from mithaq.screening import build

    index = load(path) if path else build([Subject("1", ("Ali",))])
    screen(index, [one for one, _ in cases], 5, floor, evidence=False)
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Private_Dirty"))) / 1024


def _brute(path: Path, cases: list[Case], floor: float) -> tuple[float, int]:
    """Of travellers whose best by brute force reaches the floor, how many have the same person first; and how many."""
    some = [one for one, who in cases if who][:BRUTE]
    ours = screen(load(path), some, 1, floor, evidence=False)
    told: Callable[..., Any] = kernels.meet
    kernels.meet = _every_word
    try:
        theirs = screen(load(path), some, 1, floor, evidence=False, told_from=min(floor, 0.0))
    finally:
        kernels.meet = told
    passing = [(one, two) for one, two in zip(ours, theirs, strict=True) if two.candidates]
    same = sum(bool(one.candidates) and one.candidates[0].person == two.candidates[0].person for one, two in passing)
    return same / max(len(passing), 1), len(passing)


def _every_word(
    symbols: Any, lengths: Any, _plain: Any, _lookup: Any, listed: Any, *_rest: Any
) -> tuple[Any, Any, Any, Any]:
    """`kernel.meet` without keys and sieve: each seen word with every listed one."""
    count = len(listed.lengths)
    every = np.arange(count, dtype=np.int64)
    starts, words, steps = [0], [], []
    for seen in range(len(lengths)):
        out = np.empty(count, np.int16)
        bounds = np.array([0, count], np.int64)
        kernels.walk(
            listed.symbols, listed.lengths, every, symbols[seen : seen + 1], lengths[seen : seen + 1], bounds, TOLD, out
        )
        near = np.flatnonzero(out <= TOLD.far)
        words.append(near.astype(np.int32))
        steps.append(out[near])
        starts.append(starts[-1] + len(near))
    own, itself = np.empty(len(lengths), np.int32), np.arange(len(lengths) + 1)
    kernels.walk(symbols, lengths, itself, symbols, lengths, itself, TOLD, own)
    return np.array(starts, np.int64), np.concatenate(words), np.concatenate(steps), own
