"""The demo over many seeds: what was expected and what was found.

Rule: every seed is a whole run of `python -m examples.demo --once` in a fresh directory, with its own keys, databases
and people; nothing is averaged away: a listed person missed in one seed is seen in the sum.
BENCH_SEEDS sets how many (20). Document: issue 2, "Numbers".
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.record import Figure, Reference, Spread

NAME = "demo"
ROOT = Path(__file__).resolve().parents[1]
SEEDS = int(os.environ.get("BENCH_SEEDS", "20"))


def run() -> list[Figure]:
    """Run the demo once a seed, one after the other."""
    runs = [_demo(seed) for seed in range(SEEDS)]
    found = [step for one in runs for step in one["steps"]]
    listed, homonyms, false, seconds = (
        [one["figures"].get(name, 0) for one in runs]
        for name in ("listed_found", "homonym_candidates", "false_candidates", "seconds")
    )
    held, right = sum(one["ok"] for one in runs), sum(step["ok"] for step in found)
    return [
        Figure("runs in which every step held", held, "runs", Reference("runs", SEEDS), least_ratio=1),
        Figure("steps as expected", right, "steps", Reference("steps", len(found)), least_ratio=1),
        Figure(
            "listed persons among the candidates", sum(listed), "persons",
            Reference("listed persons who travel", 5 * SEEDS), least_ratio=1,
        ),
        Figure(
            "homonyms among the candidates", sum(homonyms), "persons",
            Reference("homonyms of the same birth year who travel", 3 * SEEDS),
        ),
        Figure(
            "false candidates", sum(false), "candidates",
            Reference("travellers who are not listed", 295 * SEEDS), spread=Spread.of(false),
        ),
        Figure("a whole demo", statistics.median(seconds), "s", spread=Spread.of(seconds)),
    ]  # fmt: skip


def _demo(seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="mithaq-demo-") as folder:
        words = ("--once", "--seed", str(seed), "--dir", folder)
        done = subprocess.run(
            [sys.executable, "-m", "examples.demo", *words], cwd=ROOT, capture_output=True, encoding="utf8", check=False
        )
    if not done.stdout.strip():
        raise RuntimeError(f"The demo of seed {seed} ended with {done.returncode}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    missed = [step["step"] for step in answer["steps"] if not step["ok"]]
    print(f"demo, seed {seed}: {answer.get('error') or missed or 'every step held'}", file=sys.stderr)
    return answer
