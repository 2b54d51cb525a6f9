"""`mithaq ledger verify`: what it prints and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mithaq.cli import main
from mithaq.ledger.bundle import write_bundle
from tests.ledger import example
from tests.ledger.example import key


class Run:
    """Runs the command line and gives exit status, stdout and stderr."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch, self._captured = monkeypatch, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        self._patch.setattr("sys.argv", ["mithaq", "ledger", "verify", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        out, err = self._captured.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "message.json"
    path.write_bytes(example.good())
    return path


def test_a_good_bundle(run: Run, bundle: Path) -> None:
    status, out, err = run(bundle)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert [line.split()[:2] for line in lines[:7]] == [[str(number), "ok"] for number in range(1, 8)]
    assert "MA-POLICE/WANTED sent publish-notice@1 to BE-POLICE/BORDER" in out
    assert "Taken on trust from this file" in lines[-1]


def test_pinned_roots(run: Run, bundle: Path) -> None:
    roots = [word for party in ("MA", "BE") for word in ("--root", f"{party}={key(f'root {party}').public.text}")]
    status, out, _ = run(bundle, *roots)
    assert status == 0
    assert "trust" not in out
    status, out, _ = run(bundle, "--root", f"MA={key('other').public.text}")
    assert status == 1
    assert "2  failed" in out
    assert "[ledger.plan.root]" in out
    assert "7  not reached" in out


def test_json(run: Run, bundle: Path) -> None:
    status, out, _ = run(bundle, "--json")
    found = json.loads(out)
    assert (status, found["ok"], len(found["checks"])) == (0, True, 7)
    assert found["facts"]["created"] == "2025-03-01T10:00:00Z"
    assert found["facts"]["receipts"][1]["kind"] == "R2"
    assert set(found["on_trust"]) == {"MA", "BE"}


def test_a_forged_bundle(run: Run, bundle: Path) -> None:
    bundle.write_bytes(write_bundle(replace(example.parts(), signatures=())))
    status, out, _ = run(bundle, "--json")
    found = json.loads(out)
    assert (status, found["ok"], found["facts"]) == (1, False, None)
    assert found["checks"][1]["code"] == "ledger.plan.signature"


@pytest.mark.parametrize("words", [["missing.json"], ["."], ["--root", "MA", "{}"], ["--root", "MA=ed25519:x", "{}"]])
def test_bad_input_is_status_5(run: Run, bundle: Path, words: list[str]) -> None:
    status, out, err = run(*(word.replace("{}", str(bundle)) for word in words))
    assert (status, out) == (5, "")
    assert err.startswith("mithaq: ")
    assert "[" in err


def test_an_unreadable_file_is_status_5(run: Run, bundle: Path) -> None:
    bundle.write_bytes(b"{")
    status, out, err = run(bundle)
    assert (status, out) == (5, "")
    assert "[seal.json]" in err
