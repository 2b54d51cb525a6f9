"""`screening-peers`: the same travellers against the same public list, by Mithaq and by nomenklatura's logic-v2.

nomenklatura runs with its own blocker in an environment of its own (`requirements/peers.lock`, made in `.venv/.peers`
when it is first asked for); both answer a seeded sample of the given half: every positive, `ORDINARY` ordinary
travellers and `LOOKALIKES` lookalikes, scored by the shared bench's own scorer. Speed is travellers a second of one
process, the list indexed. Document: issue 5, "Speed" (at least 100 times) and "Done when" (peers in the same run).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.record import Figure, Reference, seconds
from bench.screening import SHARED, given, report, sample
from mithaq.screening import Traveller, build, screen
from mithaq.screening.files import read_subjects

NAME = "screening-peers"
LIST = "public"
ORDINARY, LOOKALIKES = 10_000, 2_000
ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv" / ".peers"
NEEDS = "nomenklatura builds its ICU library: on Debian, apt-get install libicu-dev pkg-config g++ python3-dev"
# At fewer than 10,000 ordinary travellers no rate of one in 10,000 can be told.
ASKED = (
    ("ordinary@0.001", "alias"), ("ordinary@0.001", "script"), ("lookalike@0.01", "alias"),
    ("lookalike@0.01", "script"), ("first", "alias"), ("first", "script"),
)  # fmt: skip


def run() -> list[Figure]:
    """Speed and recall of both, in one run."""
    scorer, gold, crowd = given()
    subjects = list(read_subjects(SHARED / f"{LIST}.jsonl.gz"))
    travellers = sample(crowd, gold, LIST, ORDINARY, LOOKALIKES)
    person_of = {subject.id: subject.person for subject in subjects}
    mine = {key: row for key, row in gold.items() if row["list"] in (LIST, "both")}
    answers, told = _peer(travellers)
    best = scorer.best_candidates(answers, person_of, mine)
    theirs = scorer.report(best, mine, scorer.HARD[LIST], only={one.id for one in travellers})
    index = build(subjects)
    ours = report(scorer, gold, LIST, subjects, index, travellers)
    fresh = build(subjects)  # has seen no word yet
    took = seconds(lambda: screen(fresh, travellers, limit=5, evidence=False))
    peer = f"nomenklatura {told['version']} logic-v2"
    rate = Reference(peer, told["travellers"] / told["screening"])
    return [
        Figure(f"{LIST} rate", len(travellers) / took, "travellers/s", rate, least_ratio=100),
        *(_beside(ours, theirs, rate_of, kind, peer) for rate_of, kind in ASKED),
    ]


def _beside(ours: dict[str, Any], theirs: dict[str, Any], rate: str, kind: str, peer: str) -> Figure:
    def share(told: dict[str, Any]) -> float:
        return float(told["first"][kind] if rate == "first" else told["recall"][rate][kind][0])

    return Figure(f"{LIST} {rate} {kind}", share(ours), "share", Reference(peer, share(theirs)))


def _peer(travellers: list[Traveller]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The peer's answers, and what it says of its run."""
    with tempfile.TemporaryDirectory() as folder:
        asked, results = Path(folder) / "travellers.jsonl", Path(folder) / "results.jsonl"
        asked.write_text("".join(json.dumps(_row(one)) + "\n" for one in travellers), encoding="utf8")
        program = ROOT / "bench" / "peers" / "logic_v2.py"
        command = [_python(), str(program), str(SHARED / f"{LIST}.jsonl.gz"), str(asked), str(results)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        answers = [json.loads(line) for line in results.read_text(encoding="utf8").splitlines()]
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answers, told


def _row(one: Traveller) -> dict[str, Any]:
    return {"id": one.id, "names": one.names, "birth_date": one.birth_date, "nationality": one.nationality}


def _python() -> str:
    """The interpreter of the peers' environment, made when it is not there."""
    python, done = HOME / "bin" / "python", HOME / "installed"
    lock = ROOT / "requirements" / "peers.lock"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return str(python)
    print("setting up .venv/.peers (once)", file=sys.stderr, flush=True)
    uv = ROOT / ".venv" / "bin" / "uv"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=True)
        subprocess.run(
            [str(uv), "pip", "install", "-q", "--python", str(python), "--require-hashes", "-r", str(lock)],
            check=True, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"},
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"the peers' environment could not be made; {NEEDS}") from error
    done.touch()
    return str(python)
