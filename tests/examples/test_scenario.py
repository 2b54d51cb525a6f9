"""What the demo's parts promise: its directory, its auditor without a network, its forged bundle, its voice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from examples.demo import place
from examples.demo.commands import CommandFailed, Ended, run
from examples.demo.proof import OFFLINE, forge
from examples.demo.show import Show

from mithaq.ledger.bundle import verify
from tests.ledger import example


def test_one_demo_at_a_time_in_a_directory(tmp_path: Path) -> None:
    held = place.take(tmp_path / "run")
    with pytest.raises(CommandFailed, match="Another demo"):
        place.take(tmp_path / "run")
    held.close()
    (tmp_path / "run" / "old").mkdir()
    again = place.take(tmp_path / "run")
    assert not (tmp_path / "run" / "old").exists()
    again.close()


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf8")
    with pytest.raises(CommandFailed, match="no demo's"):
        place.take(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_a_database_that_still_runs_is_not_deleted(tmp_path: Path) -> None:
    place.take(tmp_path / "run").close()
    data = tmp_path / "run" / "MA-POLICE" / "pg"
    data.mkdir(parents=True)
    # A process that names the directory, as a database does, and heeds SIGINT as one does, even where whoever started
    # this run in the background has it ignored.
    code = "import signal, time; signal.signal(2, signal.SIG_DFL); print(1, flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        process.stdout.readline()  # it runs: its command line names the directory
        (data / "postmaster.pid").write_text(f"{process.pid}\n", encoding="utf8")
        with pytest.raises(CommandFailed, match="still runs"):
            place.take(tmp_path / "run")
        assert data.exists()
        assert place.end_database(data.parent)
        process.wait(timeout=20)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert not place.end_database(data.parent)
    place.take(tmp_path / "run").close()
    assert not data.exists()


def test_a_process_id_of_another_program_is_not_signalled(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="utf8")
    assert not place.end_database(tmp_path)


def test_the_forged_bundle_differs_and_fails() -> None:
    good = example.good()
    assert verify(good, {}).ok
    forged = forge(good)
    assert forged != good
    assert not verify(forged, {}).ok


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "open('{node}/secret').read()",
    ],
)
def test_the_auditors_python_touches_neither_network_nor_node(tmp_path: Path, code: str) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf8")
    env = {**os.environ, "PYTHONPATH": str(OFFLINE), "DEMO_FORBIDDEN": str(tmp_path)}
    words = [sys.executable, "-c", code.replace("{node}", str(tmp_path))]
    done = subprocess.run(words, env=env, capture_output=True, encoding="utf8", check=False)
    assert done.returncode == 70
    assert "refused" in done.stderr


def test_a_command_gets_nothing_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_CONFIG", "/nowhere/node.toml")
    ended = run("exchange", "status", expect=2)
    assert "--config" in ended.err
    with pytest.raises(CommandFailed, match="exchange status ended with 2"):
        run("exchange", "status")


def test_the_ground_is_read_from_the_last_line_of_an_error() -> None:
    ended = Ended(3, "", "drafting\nmithaq: It is not allowed. [plan.unsigned] Ask.\n")
    assert ended.ground == "plan.unsigned"
    assert Ended(0, "{}", "").ground == ""


def test_steps_hold_only_when_each_does(capsys: pytest.CaptureFixture[str]) -> None:
    show = Show()
    assert not show.ok
    show.step("one", 5, 5)
    assert show.ok
    show.step("two [odd]", ["a"], ["b"])
    assert not show.ok
    assert show.steps[1] == {"step": "two [odd]", "expected": ["a"], "found": ["b"], "ok": False}
    json.dumps(show.steps)
    out, err = capsys.readouterr()
    assert out == ""
    assert "two [odd]" in err
