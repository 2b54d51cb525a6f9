"""The recall gate of CI: it fails when a figure falls, is missing or is new, and when its data is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench import screening, screening_gate
from bench.screening_gate import fallen

STORED = [{"name": "national first variant", "value": 0.9955}, {"name": "public first alias", "value": 0.92}]


def test_what_stays_or_rises_passes() -> None:
    assert fallen(STORED, STORED) == []
    assert fallen(STORED, [{**one, "value": 1} for one in STORED]) == []


def test_the_least_fall_is_named() -> None:
    (line,) = fallen(STORED, [{**STORED[0], "value": 0.9954}, STORED[1]])
    assert line == "national first variant: 0.9954 < 0.9955 stored"


def test_a_figure_that_is_missing_or_new_or_stored_nowhere_fails() -> None:
    assert fallen(STORED, STORED[:1]) == ["public first alias: stored and not measured"]
    assert fallen(STORED[:1], STORED) == ["public first alias: measured and not stored"]
    assert fallen([], STORED) == ["nothing is stored"]


def test_missing_data_is_a_failure_and_no_skip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(screening, "SHARED", tmp_path)
    assert screening_gate.main() == 1
    assert "gold.jsonl.gz is missing" in capsys.readouterr().err


def test_the_stored_figures_are_those_that_are_measured() -> None:
    names = {f"{name} {rate} {kind}" for name, cells in screening.PROTOTYPE.items() for rate, kind in cells}
    stored = screening_gate.json.loads(screening_gate.STORED.read_text(encoding="utf8"))
    assert {row["name"] for row in stored} == names
    assert all(0 < row["value"] <= 1 for row in stored)


def test_ci_asks_the_gate() -> None:
    script = Path(__file__).resolve().parents[2] / ".ci/run"
    assert "-m bench.screening_gate" in script.read_text(encoding="utf8").partition("make test")[0]
