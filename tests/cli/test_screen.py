"""`mithaq screen` on files: shapes, options, the same bytes from any number of workers, errors with file and line."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from mithaq.cli.screen import register
from mithaq.errors import InputError

SUBJECTS = [
    {"id": "s1", "names": ["Tarik Zemmouri", "طارق الزموري"], "birth_dates": ["1980-03-04"], "nationalities": ["ma"]},
    {"id": "s2", "names": ["Joris Van den Abbeele"], "birth_dates": ["1975"], "sex": "M", "places": ["Gent"]},
    {"id": "s3", "names": ["..."]},
]
TRAVELLERS = [
    {"id": "t1", "names": ["ZEMOURI<<TAREQ"], "birth_date": "1980-03-04", "nationality": "MAR"},
    {"id": "t2", "names": ["Vandenabbeele Joris"], "birth_date": "1975-10-11"},
    {"id": "t3", "names": ["Ingrid Solheim"], "birth_date": None},
]


def _app() -> typer.Typer:
    app = typer.Typer()
    register(app)
    return app


def _lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def _run(folder: Path, *options: str, output: str = "out.jsonl") -> list[dict[str, object]]:
    subjects, travellers = _lines(folder / "s.jsonl", SUBJECTS), _lines(folder / "t.jsonl", TRAVELLERS)
    words = ["screen", "--subjects", str(subjects), "--travellers", str(travellers), "--output", str(folder / output)]
    result = CliRunner().invoke(_app(), [*words, *options], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "3 subjects" in result.stderr
    assert "1 subjects have no readable name" in result.stderr
    data = (folder / output).read_bytes()
    text = gzip.decompress(data) if output.endswith(".gz") else data
    return [json.loads(line) for line in text.decode().splitlines()]


def test_results_have_the_fixed_shape_and_no_evidence_unless_asked(tmp_path: Path) -> None:
    one, two, three = _run(tmp_path)
    assert [one["traveller"], two["traveller"]] == ["t1", "t2"]
    assert [candidate["subject"] for candidate in one["candidates"]] == ["s1"]  # type: ignore[attr-defined]
    assert [set(candidate) for candidate in two["candidates"]] == [{"subject", "score"}]  # type: ignore[attr-defined]
    assert three == {"traveller": "t3", "candidates": []}


def test_explain_writes_evidence_that_adds_up(tmp_path: Path) -> None:
    rows = _run(tmp_path, "--explain", output="out.jsonl.gz")
    for row in rows:
        for candidate in row["candidates"]:  # type: ignore[attr-defined]
            assert sum(one["weight"] for one in candidate["evidence"]) == candidate["score"]
            assert {"kind", "weight", "left", "right", "why"} <= set(candidate["evidence"][0])


def test_limit_and_floor(tmp_path: Path) -> None:
    assert all(row["candidates"] == [] for row in _run(tmp_path, "--floor", "500"))
    assert all(len(row["candidates"]) <= 1 for row in _run(tmp_path, "--limit", "1"))  # type: ignore[arg-type]


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    _run(tmp_path, "--explain", output="one.jsonl")
    words = [sys.executable, "-m", "mithaq.cli", "screen", "--subjects", "s.jsonl", "--travellers", "t.jsonl"]
    subprocess.run(
        [*words, "--output", "two.jsonl", "--explain", "--workers", "2"], cwd=tmp_path, check=True, capture_output=True
    )
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


def test_a_bad_line_names_file_and_line_and_leaves_no_output(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    travellers = _lines(tmp_path / "t.jsonl", [*TRAVELLERS, {"id": "t4", "names": "not a list"}])
    output = tmp_path / "out.jsonl"
    words = ["screen", "--subjects", str(subjects), "--travellers", str(travellers), "--output", str(output)]
    with pytest.raises(InputError) as caught:
        CliRunner().invoke(_app(), words, catch_exceptions=False)
    assert caught.value.where == f"{travellers}:4"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.jsonl", "t.jsonl"]


def test_a_missing_file_or_folder_is_told(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    for travellers, output in (("missing.jsonl", "out.jsonl"), ("s.jsonl", "no/where.jsonl")):
        words = ["screen", "--subjects", str(subjects), "--travellers", str(tmp_path / travellers)]
        with pytest.raises(InputError):
            CliRunner().invoke(_app(), [*words, "--output", str(tmp_path / output)], catch_exceptions=False)
