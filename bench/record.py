"""Figures, how they are paired with a reference, and where they are written.

Rule: a figure and its reference come from the same run, measured in turns, so that what slows the machine slows both.
`ratio` is always value / reference value: more is better for a rate, less for a duration. Document: issue 2, "Numbers".
"""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of what was measured, with its extremes; seconds when it comes from `pairs`."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(statistics.median(values), min(values), max(values))

    def rate(self, count: float) -> Spread:
        """As so many of `count` things a second."""
        return Spread(count / self.median, count / self.high, count / self.low)

    def times(self, factor: float) -> Spread:
        """In another unit: seconds as milliseconds, say."""
        return Spread(self.median * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a figure is held against: another program, a floor, what was expected."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `spread` and the bounds are for the printed table only, where a missed bound is marked.

    `least_ratio` and `most_ratio` bound value / reference value, `least` and `most` the value itself.
    """

    name: str
    value: float
    unit: str
    reference: Reference | None = None
    spread: Spread | None = None
    least: float | None = None
    most: float | None = None
    least_ratio: float | None = None
    most_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        """value / reference value; None without a reference, or when that is zero."""
        return self.value / self.reference.value if self.reference and self.reference.value else None

    @property
    def bounds(self) -> str:
        """What was promised, as shown: empty when nothing was."""
        shown = (
            ("≥ {:g}", self.least),
            ("≤ {:g}", self.most),
            ("≥ {:g}×", self.least_ratio),
            ("≤ {:g}×", self.most_ratio),
        )
        return ", ".join(form.format(bound) for form, bound in shown if bound is not None)

    @property
    def holds(self) -> bool:
        """Whether every bound is kept; a bound of the ratio is not kept by a figure that has none."""
        return _within(self.value, self.least, self.most) and _within(self.ratio, self.least_ratio, self.most_ratio)

    def entry(self) -> dict[str, Any]:
        """As written to a result file."""
        reference = {"name": self.reference.name, "value": _plain(self.reference.value)} if self.reference else None
        ratio = None if self.ratio is None else _plain(self.ratio)
        return {
            "name": self.name,
            "value": _plain(self.value),
            "unit": self.unit,
            "reference": reference,
            "ratio": ratio,
        }


def pairs(
    a: Callable[[], object],
    b: Callable[[], object],
    times: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[Spread, Spread]:
    """Seconds that `a` and `b` take, each run once to warm up and then `times` times, in turns.

    Who goes first changes every turn, so that neither always finds the other's leavings. Pure computation of one thread
    may be measured by `time.process_time`, which other programs on the machine disturb less.
    """
    a()
    b()
    gc.collect()
    gc.freeze()  # what other benches have loaded is not walked through during this one
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(times):
        for which in ((0, 1), (1, 0))[turn % 2]:
            took[which].append(seconds((a, b)[which], clock))
    gc.unfreeze()
    return Spread.of(took[0]), Spread.of(took[1])


def seconds(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long it takes, once."""
    start = clock()
    act()
    return clock() - start


def write(name: str, figures: Sequence[Figure], folder: Path = RESULTS) -> Path:
    """Write `folder/NAME.json`: a list of figures, one a line."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    lines = ",\n".join(" " + json.dumps(figure.entry(), ensure_ascii=False) for figure in figures)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return path


def _within(value: float | None, least: float | None, most: float | None) -> bool:
    if least is None and most is None:
        return True
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _plain(value: float) -> float | int:
    """Four significant figures: more would be noise; whole numbers stay whole."""
    if isinstance(value, int) or value == int(value):
        return int(value)
    return float(f"{value:.4g}") if abs(value) < 1000 else round(value)
