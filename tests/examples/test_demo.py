"""The whole demo, once: the main job between two real nodes, by the command line and the pages alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A seed that was drawn once: the suite tests the road, the bench tests many seeds.
SEED = "20260504"


def test_the_main_job_holds_and_leaves_nothing_running(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    words = ["--once", "--seed", SEED, "--dir", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "examples.demo", *words], cwd=ROOT, capture_output=True, encoding="utf8", check=False
    )
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    wrong = [step for step in answer["steps"] if not step["ok"]]
    assert not wrong, wrong
    assert "error" not in answer, answer["error"]
    assert (done.returncode, answer["ok"], answer["seed"]) == (0, True, int(SEED))
    assert len(answer["steps"]) == 24
    left = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _names(path, folder)]
    assert left == []


def _names(path: Path, folder: Path) -> bool:
    try:
        return str(folder).encode() in path.read_bytes()
    except OSError:
        return False
