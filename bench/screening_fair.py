"""`screening-fair`: who bears the false alerts: their rate by nationality and by origin of the name.

A seeded sample of the ordinary travellers of the given half, of whom nobody is listed, against each list; the
threshold is the one that alerts on 1 in 1,000 of all of them. A figure is a group's share over that rate (1 is fair,
over 2 warns, on stderr and by name), its spread the Wilson interval of 95%. Groups too small to show twice the rate are
left out. The origin of a name is read from the name alone: its script, or whether a word of it is attested for an
Arabic name in the shared table. Design: screening, "Fair".
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from bench.record import Figure, Spread
from bench.screening import PROTOTYPE, SHARED, given, sample
from mithaq.screening import Traveller, build, screen
from mithaq.screening.calibrate import MOST, is_told, wilson
from mithaq.screening.files import read_subjects
from mithaq.screening.names import parse

NAME = "screening-fair"
ORDINARY, RATE = 60_000, 0.001


def run() -> list[Figure]:
    """The figures of both lists."""
    _, gold, crowd = given()
    attested = _attested()
    figures = []
    for name in PROTOTYPE:
        index = build(read_subjects(SHARED / f"{name}.jsonl.gz"))
        people = [one for one in sample(crowd, gold, name, ORDINARY) if gold[one.id]["kind"] == "ordinary"]
        best = [
            result.candidates[0].score if result.candidates else -np.inf
            for result in screen(index, people, limit=1, evidence=False)
        ]
        bar = sorted(best, reverse=True)[int(RATE * len(best))]
        groups: dict[str, list[bool]] = defaultdict(list)
        for one, score in zip(people, best, strict=True):
            for group in _groups(one, attested):
                groups[group].append(score > bar)
        figures += [_figure(f"{name} {group}", hits) for group, hits in sorted(groups.items()) if _told(hits)]
    for line in warnings(figures):
        print(line, file=sys.stderr)
    return figures


def warnings(figures: Sequence[Figure]) -> list[str]:
    """A line for each group that a threshold puts over twice the rate of all: it needs a reason."""
    return [
        f"warning: {one.name}: {one.value:.2f} times the rate of false alerts of all, with 95% between "
        f"{one.spread.low:.2f} and {one.spread.high:.2f}; over {MOST:g} needs a reason"
        for one in figures
        if one.spread and not one.holds
    ]


def _told(hits: list[bool]) -> bool:
    return is_told(len(hits), RATE)


def _figure(name: str, hits: list[bool]) -> Figure:
    low, high = wilson(sum(hits), len(hits))
    times = sum(hits) / len(hits) / RATE
    return Figure(
        name, times, f"times 1 in 1,000; {len(hits)}", None, Spread(times, low / RATE, high / RATE), most=MOST
    )


def _attested() -> frozenset[str]:
    with (SHARED / "name_units_given_half.csv").open(encoding="utf8") as lines:
        return frozenset(word for row in csv.DictReader(lines) for word in parse(row["latin"]).words)


def _groups(one: Traveller, attested: frozenset[str]) -> Iterator[str]:
    name = parse(one.names[0]) if one.names else parse("")
    known = sum(word in attested for word in name.words)
    yield f"nationality {one.nationality or 'unknown'}"
    if name.script == "arabic":
        yield "name in Arabic script"
    elif known == len(name.words):
        yield "name of Arabic origin, in Latin letters"
    else:
        yield "name partly of Arabic origin" if known else "name of another origin"
    yield "born on 1 January" if (one.birth_date or "").endswith("-01-01") else "born on another day"
