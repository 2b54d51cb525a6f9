"""`mithaq screen` on files: shapes, options, the same bytes from any number of workers, errors with file and line."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from click.testing import Result
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
    assert "1 subject has no readable name" in result.stderr
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


def _invoke(subjects: Path, travellers: Path, output: Path, *options: str) -> Result:
    words = ["screen", "--subjects", str(subjects), "--travellers", str(travellers), "--output", str(output)]
    return CliRunner().invoke(_app(), [*words, *options])


def test_wrong_travellers_are_named_and_the_others_answered(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    _run(tmp_path, output="whole.jsonl")
    good = (tmp_path / "t.jsonl").read_text(encoding="utf8").splitlines()
    wrong = json.dumps({"id": "t4", "names": "not a list"})
    (tmp_path / "t.jsonl").write_text("\n".join([good[0], wrong, *good[1:], "{"]), encoding="utf8")
    done = _invoke(subjects, tmp_path / "t.jsonl", tmp_path / "out.jsonl")
    assert isinstance(done.exception, InputError)
    assert done.exception.where == f"{tmp_path / 't.jsonl'}:2"
    assert f"{tmp_path / 't.jsonl'}:2: In a line of a screening file, names is not a list of texts" in done.stderr
    assert f"{tmp_path / 't.jsonl'}:5" in done.stderr
    assert "2 wrong lines are not answered" in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_million_wrong_lines_are_not_all_said(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    (tmp_path / "t.jsonl").write_text("{\n" * 3000, encoding="utf8")
    done = _invoke(subjects, tmp_path / "t.jsonl", tmp_path / "out.jsonl")
    assert len(done.stderr.splitlines()) < 30
    assert "3000 wrong lines" in done.stderr


def test_travellers_before_a_cut_are_answered(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    whole = gzip.compress("".join(json.dumps(one) + "\n" for one in TRAVELLERS * 4000).encode())
    (tmp_path / "t.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    done = _invoke(subjects, tmp_path / "t.jsonl.gz", tmp_path / "out.jsonl.gz")
    assert isinstance(done.exception, InputError)
    assert done.exception.code in ("screening.file", "screening.line")
    rows = gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).decode().splitlines()
    assert 0 < len(rows) < len(TRAVELLERS) * 4000
    assert f"those before {tmp_path / 't.jsonl.gz'}:" in done.stderr
    assert "all others" not in done.stderr


def test_a_line_in_another_encoding_or_without_end_takes_no_other_with_it(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    _run(tmp_path, output="whole.jsonl")
    one, *rest = (tmp_path / "t.jsonl").read_bytes().splitlines()
    latin = '{"id":"José","names":[]}'.encode("latin-1")
    half = rb'{"id":"\ud800","names":[]}'
    long = b'{"id":"' + b"x" * (3 << 20) + b'","names":[]}'
    (tmp_path / "t.jsonl").write_bytes(b"\n".join([b"\xef\xbb\xbf" + one, latin, half, long, *rest]))
    done = _invoke(subjects, tmp_path / "t.jsonl", tmp_path / "out.jsonl")
    assert isinstance(done.exception, InputError)
    assert "3 wrong lines are not answered; all others are" in done.stderr
    assert [f"{tmp_path / 't.jsonl'}:{line}:" in done.stderr for line in range(1, 6)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.parametrize("floor", ["nan", "inf", "-inf"])
def test_a_floor_is_a_number(tmp_path: Path, floor: str) -> None:
    subjects, travellers = _lines(tmp_path / "s.jsonl", SUBJECTS), _lines(tmp_path / "t.jsonl", TRAVELLERS)
    done = _invoke(subjects, travellers, tmp_path / "out.jsonl", "--floor", floor)
    assert (done.exit_code, (tmp_path / "out.jsonl").exists()) == (2, False)


def test_a_wrong_line_of_the_list_ends_the_run_and_leaves_no_output(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", [*SUBJECTS, {"id": "s4", "names": "not a list"}])
    travellers = _lines(tmp_path / "t.jsonl", TRAVELLERS)
    done = _invoke(subjects, travellers, tmp_path / "out.jsonl")
    assert isinstance(done.exception, InputError)
    assert done.exception.where == f"{subjects}:4"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.jsonl", "t.jsonl"]


def test_a_wrong_line_is_status_5(tmp_path: Path) -> None:
    _lines(tmp_path / "s.jsonl", SUBJECTS)
    (tmp_path / "t.jsonl").write_text("{\n", encoding="utf8")
    words = [sys.executable, "-m", "mithaq.cli", "screen", "--subjects", "s.jsonl", "--travellers", "t.jsonl"]
    done = subprocess.run([*words, "--output", "out.jsonl"], cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 5, done.stderr
    assert "t.jsonl:1" in done.stderr


# Names from few words, so that many subjects tie; enough travellers for several chunks of the command.
GIVEN, FAMILY = ("Tarik", "Tariq", "Samira", "محمد", "Joris"), ("Zemmouri", "Zamouri", "الزموري", "Van den Abbeele")
DATES = ("1980-03-04", "1980-04-03", "1980", None)


def _drawn(draw: random.Random, count: int) -> list[dict[str, object]]:
    return [
        {"id": f"n{place}", "names": [f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}"], "birth_date": draw.choice(DATES)}
        for place in range(count)
    ]


def test_no_order_and_no_number_of_workers_changes_an_answer(tmp_path: Path) -> None:
    draw = random.Random(11)
    listed = [
        {"id": row["id"], "names": row["names"], "birth_dates": [row["birth_date"]] if row["birth_date"] else []}
        for row in _drawn(draw, 40)
    ]
    crowd = _drawn(draw, 4_100)
    subjects, travellers = _lines(tmp_path / "s.jsonl", listed), _lines(tmp_path / "t.jsonl", crowd)
    answers = {}
    for workers in ("1", "2", "3"):
        output = tmp_path / f"{workers}.jsonl"
        assert _invoke(subjects, travellers, output, "--workers", workers).exit_code == 0
        answers[workers] = output.read_text(encoding="utf8").splitlines()
    assert answers["1"] == answers["2"] == answers["3"]
    assert [json.loads(line)["traveller"] for line in answers["1"]] == [row["id"] for row in crowd]
    draw.shuffle(listed)
    shuffled = draw.sample(crowd, len(crowd))
    _lines(subjects, listed)
    _lines(travellers, shuffled)
    assert _invoke(subjects, travellers, tmp_path / "4.jsonl").exit_code == 0
    assert sorted((tmp_path / "4.jsonl").read_text(encoding="utf8").splitlines()) == sorted(answers["1"])
    alone = _lines(travellers, shuffled[:1])
    assert _invoke(subjects, alone, tmp_path / "5.jsonl").exit_code == 0
    (line,) = (tmp_path / "5.jsonl").read_text(encoding="utf8").splitlines()
    assert line in answers["1"]


def test_ties_stand_in_the_order_of_ids_and_a_human_is_one_candidate(tmp_path: Path) -> None:
    twins = [{"id": name, "names": ["Tarik Zemmouri"], "birth_dates": ["1980-03-04"]} for name in ("b", "a", "c")]
    same = [{"id": name, "person": "z", "names": ["Samira Zemmouri", "Tarik Zemmouri"]} for name in ("f", "e")]
    subjects, travellers = _lines(tmp_path / "s.jsonl", [*twins, *same]), _lines(tmp_path / "t.jsonl", TRAVELLERS[:1])
    assert _invoke(subjects, travellers, tmp_path / "out.jsonl", "--limit", "9").exit_code == 0
    found = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf8"))["candidates"]
    assert [one["subject"] for one in found] == ["a", "b", "c", "e"]
    assert found[0]["score"] == found[2]["score"] > found[3]["score"]


def test_a_missing_file_or_folder_is_told(tmp_path: Path) -> None:
    subjects = _lines(tmp_path / "s.jsonl", SUBJECTS)
    for travellers, output in (("missing.jsonl", "out.jsonl"), ("s.jsonl", "no/where.jsonl")):
        words = ["screen", "--subjects", str(subjects), "--travellers", str(tmp_path / travellers)]
        with pytest.raises(InputError):
            CliRunner().invoke(_app(), [*words, "--output", str(tmp_path / output)], catch_exceptions=False)


def test_an_index_answers_as_its_list_does_alone_and_from_workers(tmp_path: Path) -> None:
    plain = _run(tmp_path, "--explain")
    made = tmp_path / "list.index"
    done = CliRunner().invoke(_app(), ["index", "--subjects", str(tmp_path / "s.jsonl"), "--output", str(made)])
    assert done.exit_code == 0, done.stderr
    assert "3 subjects" in done.stderr
    for workers in ("1", "2"):
        words = ["screen", "--subjects", str(made), "--travellers", str(tmp_path / "t.jsonl"), "--explain"]
        out = tmp_path / f"out-{workers}.jsonl"
        done = CliRunner().invoke(_app(), [*words, "--output", str(out), "--workers", workers], catch_exceptions=False)
        assert done.exit_code == 0
        assert [json.loads(line) for line in out.read_text("utf8").splitlines()] == plain


def test_an_index_that_was_cut_short_is_named(tmp_path: Path) -> None:
    _run(tmp_path)
    made = tmp_path / "list.index"
    assert (
        CliRunner().invoke(_app(), ["index", "--subjects", str(tmp_path / "s.jsonl"), "--output", str(made)]).exit_code
        == 0
    )
    made.write_bytes(made.read_bytes()[:-64])
    words = [
        "screen",
        "--subjects",
        str(made),
        "--travellers",
        str(tmp_path / "t.jsonl"),
        "--output",
        str(tmp_path / "o"),
    ]
    with pytest.raises(InputError) as caught:
        CliRunner().invoke(_app(), words, catch_exceptions=False)
    assert caught.value.code == "screening.index"
