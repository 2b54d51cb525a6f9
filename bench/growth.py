"""`python -m bench.growth`: what the stored figures of `screening-million` say of growth, as a plot and a table.

Rule: nothing is measured here; `docs/growth.svg` and the table of `docs/screening.md` are what this makes of
`bench/results/screening-million.json`, and a test holds them to it. Document: issue 5, "Speed" (a plot in docs).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from math import log10
from pathlib import Path

from bench.record import RESULTS

DOCS = RESULTS.parents[1] / "docs"
PLOT, PAGE = DOCS / "growth.svg", DOCS / "screening.md"
BEGIN, END = "<!-- growth -->", "<!-- /growth -->"
_RATE = re.compile(r"(\d+) subjects, (\d+) process")
_INDEX = re.compile(r"index of (\d+) subjects")
_MEMORY = re.compile(r"memory while (\d+) are indexed")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 400, 80, 150, 30, 60
COLOURS = {"2 processes": "#0d5b6b", "1 process": "#b45309", "floor of 1 process": "#5b6770"}
MARKS = {"2 processes": "0", "1 process": "8 4", "floor of 1 process": "2 4"}


@dataclass(frozen=True, slots=True)
class Size:
    """A list of `subjects`: travellers a second of one process and of two, the floor of one (its postings read once),
    seconds and MiB to index it."""

    subjects: int
    one: float
    two: float
    floor: float
    seconds: float
    mebibytes: float


def sizes(folder: Path = RESULTS) -> list[Size]:
    """The stored sizes, smallest first."""
    rows = json.loads((folder / "screening-million.json").read_text(encoding="utf8"))
    rates, floors, took, memory = {}, {}, {}, {}
    for row in rows:
        if found := _RATE.match(row["name"]):
            rates[int(found[1]), int(found[2])] = row["value"]
            floors[int(found[1])] = row["reference"]["value"]
        elif found := _INDEX.match(row["name"]):
            took[int(found[1])] = row["value"]
        elif found := _MEMORY.match(row["name"]):
            memory[int(found[1])] = row["value"]
    return [Size(n, rates[n, 1], rates[n, 2], floors[n], took[n], memory[n]) for n in sorted(floors)]


def table(some: list[Size]) -> str:
    """The same as the plot, to be read."""
    lines = [
        "| subjects | travellers/s, 1 process | 2 processes | 2 over 1 | floor of 1 process | of the floor | index "
        "| memory |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.subjects:,} | {one.one:,.0f} | {one.two:,.0f} | {one.two / one.one:.2f} | {one.floor:,.0f} "
        f"| {one.one / one.floor:.0%} | {one.seconds:.1f} s | {one.mebibytes:,.0f} MiB |"
        for one in some
    ]
    return "\n".join(lines)


def plot(some: list[Size]) -> str:
    """Travellers a second by size of the list, both axes logarithmic, as SVG."""
    low, high = log10(some[0].subjects), log10(some[-1].subjects)
    ticks = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
    bottom, top = log10(ticks[0]), log10(ticks[-1])

    def x(subjects: float) -> float:
        return LEFT + (log10(subjects) - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(rate: float) -> float:
        return HEIGHT - BOTTOM - (log10(rate) - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)

    lines = {
        "2 processes": [(one.subjects, one.two) for one in some],
        "1 process": [(one.subjects, one.one) for one in some],
        "floor of 1 process": [(one.subjects, one.floor) for one in some],
    }
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif" '
        'font-size="13"><title>Travellers a second by the size of the list</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    ]
    for tick in ticks:
        out.append(f'<path d="M{LEFT} {y(tick):.1f}H{WIDTH - RIGHT}" stroke="#d3dbde"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end" fill="#17262d">{tick:,}</text>')
    for one in some:
        at = x(one.subjects)
        out.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eef2f3"/>')
        label = f'y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#17262d"'
        out.append(f'<text x="{at:.1f}" {label}>{one.subjects:,}</text>')
    out.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle" fill="#17262d">subjects</text>'
    )
    out.append(f'<text x="{LEFT}" y="{TOP - 12}" text-anchor="middle" fill="#17262d">travellers/s</text>')
    for name, points in lines.items():
        way = "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in points)
        colour = COLOURS[name]
        out.append(
            f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{MARKS[name]}"/>'
        )
        out += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="4" fill="{colour}"/>' for a, b in points]
        last = points[-1]
        out.append(f'<text x="{x(last[0]) + 10:.1f}" y="{y(last[1]) + 4:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*out, "</svg>", ""])


def page(text: str, some: list[Size]) -> str:
    """The page with the table of these sizes in its place."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{table(some)}\n{END}{tail}"


if __name__ == "__main__":
    found = sizes()
    PLOT.write_text(plot(found), encoding="utf8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf8"), found), encoding="utf8")
