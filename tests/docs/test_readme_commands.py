"""Every command of README is run: here, where it is cheap, or by a test or step that is named and looked for."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs import pages
from tests.ledger import example
from tests.node.authorities import world
from tests.node.here import write_config

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"


@dataclass(frozen=True)
class Here:
    """Run by this test: in a folder that `prepare` fills, ending with `status`, having `told` or made the file."""

    prepare: Callable[[Path], object]
    status: int = 0
    told: str = ""
    made: str = ""
    words: tuple[tuple[str, str], ...] = ()  # what stands in README for something of the reader's own


@dataclass(frozen=True)
class Elsewhere:
    """Run by another test or step: each file must hold all of its patterns."""

    holds: tuple[tuple[str, tuple[str, ...]], ...]


def _nothing(_folder: Path) -> None:
    """Needs no file of its own."""


def _plan(folder: Path) -> None:
    (folder / "examples").symlink_to(pages.ROOT / "examples")


def _zone(folder: Path) -> None:
    (folder / "FILE").write_text(ZONE, encoding="utf8")


def _lists(folder: Path) -> None:
    subject = {"id": "s1", "names": ["Tarik Zemmouri", "طارق الزموري"], "birth_dates": ["1980-03-04"]}
    traveller = {"id": "t1", "names": ["ZEMOURI<<TAREQ"], "birth_date": "1980-03-04", "nationality": "MAR"}
    for name, row in (("S", subject), ("T", traveller)):
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf8")


def _bundle(folder: Path) -> None:
    (folder / "bundle.json").write_bytes(example.good())


def _stopped_node(folder: Path) -> None:
    write_config(folder, world().be)


RUNNERS: dict[str, Here | Elsewhere] = {
    "make demo": Elsewhere(
        (
            ("Makefile", (r"^demo:.*\n\t@\$\(BIN\)/python -m examples\.demo ",)),
            ("tests/examples/test_demo.py", (r'"-m", "examples\.demo"', "def test_the_main_job_holds")),
        )
    ),
    "make test": Elsewhere(
        (
            ("Makefile", (r"^test:.*\n\t@.*python -m pytest ",)),
            (".ci/run", (r"^make test$",)),
        )
    ),
    "mithaq plan show": Here(_plan, told="MA-BE/2025-2026"),
    "mithaq formats read": Here(_zone, told="ERIKSSON"),
    "mithaq names explain": Here(
        _nothing, told="bits", words=(("NAME NAME", "'Mohammed Zerhouni' 'Muhammad Zarhuni'"),)
    ),
    "mithaq screen": Here(_lists, told="1 subject,", made="R.jsonl"),
    "mithaq index": Here(_lists, made="S.index"),
    "mithaq lists import": Elsewhere(
        (
            (
                "tests/cli/test_lists.py",
                (r'"lists", "import", sdn, "--more", alt, "--list", "OFAC"', r'"lists", "confirm"'),
            ),
        )
    ),
    "mithaq ledger verify": Here(_bundle, told="MA-POLICE/WANTED sent publish-notice@1 to BE-POLICE/BORDER"),
    "mithaq node serve": Elsewhere((("tests/peers/test_supervise.py", (r'"node", "serve", "--config"',)),)),
    "mithaq node doctor": Here(_stopped_node, 1, "[database.stopped]"),
}


def commands() -> dict[str, str]:
    """The commands of README's blocks, each line by the words that find its runner."""
    found = {}
    for line in pages.shell(pages.text("README.md")):
        words = shlex.split(line, comments=True)
        if words:
            program, *rest = [Path(words[0]).name, *words[1:]]
            length = next((n for n in (2, 1) if " ".join([program, *rest[:n]]) in RUNNERS), len(rest))
            found[" ".join([program, *rest[:length]])] = line
    return found


HERE = {name: runner for name, runner in RUNNERS.items() if isinstance(runner, Here)}
ELSEWHERE = {name: runner for name, runner in RUNNERS.items() if isinstance(runner, Elsewhere)}


def test_every_command_has_a_runner_and_no_runner_is_stale() -> None:
    found = set(commands())
    assert not found - set(RUNNERS), f"nothing runs: {sorted(found - set(RUNNERS))}"
    assert not set(RUNNERS) - found, f"not in README: {sorted(set(RUNNERS) - found)}"
    assert len(commands()) == len([line for line in pages.shell(pages.text("README.md")) if not line.startswith("#")])


@pytest.mark.parametrize("name", HERE)
def test_a_command_runs(name: str, tmp_path: Path) -> None:
    runner, line = HERE[name], commands()[name]
    for written, own in runner.words:
        assert written in line
        line = line.replace(written, own)
    runner.prepare(tmp_path)
    program, *words = shlex.split(line, comments=True)
    done = subprocess.run(
        [str(pages.ROOT / program), *words],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf8",
        check=False,
        timeout=120,
    )
    assert done.returncode == runner.status, done.stdout + done.stderr
    assert runner.told in done.stdout + done.stderr
    assert not runner.made or (tmp_path / runner.made).stat().st_size > 0


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_command_is_run_elsewhere(name: str) -> None:
    for file, patterns in ELSEWHERE[name].holds:
        text = pages.text(file)
        assert [one for one in patterns if not re.search(one, text, re.MULTILINE)] == [], file
