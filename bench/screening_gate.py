"""`screening-gate`: recall on a small frozen part of the screening bench; CI fails when it falls under the stored one.

    python -m bench.screening_gate          # measures and compares with bench/results; status 1 when anything fell
    python -m bench screening-gate          # measures and stores, as every bench does: the way to raise the bar

Every labelled traveller of the given half and a seeded sample of the rest, both lists. The engine gives the same answer
on every run, so nothing is tolerated but the four figures to which results are stored (one traveller of 3,304 is more).
Data that is missing is a failure, in CI and anywhere else. Document: issue 3, point 2.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from bench import screening
from bench.record import RESULTS, Figure
from mithaq.screening import build
from mithaq.screening.files import read_subjects

NAME = "screening-gate"
ORDINARY = 20_000
STORED = RESULTS / f"{NAME}.json"


def run() -> list[Figure]:
    """The recall figures of both lists, to be stored. RuntimeError when one fell: the bar is lowered by hand or not."""
    figures = measured()
    if STORED.is_file():
        lines = fallen(json.loads(STORED.read_text(encoding="utf8")), [figure.entry() for figure in figures])
        if lines:
            raise RuntimeError(f"nothing is stored, as recall fell: {'; '.join(lines)}")
    return figures


def measured() -> list[Figure]:
    """The recall figures of both lists."""
    scorer, gold, crowd = screening.given()
    figures: list[Figure] = []
    for name in screening.PROTOTYPE:
        subjects = list(read_subjects(screening.SHARED / f"{name}.jsonl.gz"))
        travellers = screening.sample(crowd, gold, name, ORDINARY)
        figures += screening.shares(name, screening.report(scorer, gold, name, subjects, build(subjects), travellers))
    return figures


def fallen(stored: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> list[str]:
    """What fell under the stored value, or is stored and was not measured, or measured and not stored; a line each."""
    held, found = ({row["name"]: row["value"] for row in rows} for rows in (stored, now))
    lines = [f"{name}: {found[name]} < {value} stored" for name, value in held.items() if found.get(name, 9) < value]
    lines += [f"{name}: stored and not measured" for name in held.keys() - found.keys()]
    lines += [f"{name}: measured and not stored" for name in found.keys() - held.keys()]
    return lines if held else ["nothing is stored"]


def main() -> int:
    """Measure, compare, say what fell. Status 1 when anything did or could not be measured."""
    missing = [path for path in (STORED, screening.SHARED / "gold.jsonl.gz") if not path.is_file()]
    if missing:
        print(f"recall: {missing[0].name} is missing, so recall cannot be measured; this is a failure", file=sys.stderr)
        return 1
    figures = measured()
    lines = fallen(json.loads(STORED.read_text(encoding="utf8")), [figure.entry() for figure in figures])
    for line in lines:
        print(f"recall fell: {line}", file=sys.stderr)
    print(f"recall: {len(figures)} figures, {len(lines)} under the stored ones", file=sys.stderr)
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
