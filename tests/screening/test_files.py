"""JSON Lines in and out: shapes, compression, every refusal with file and line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from mithaq.errors import InputError
from mithaq.screening import Subject, Traveller
from mithaq.screening.files import read_subjects, read_travellers
from tests.shared_data import shared


def test_shapes(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"id":"a","names":["A"],"sex":null}\n\n{"id":"b","person":"p","names":[],"places":["Fes"]}\n')
    assert list(read_subjects(path)) == [Subject("a", ("A",)), Subject("b", (), "p", places=("Fes",))]
    path.write_text('{"id":"t","names":["A"],"birth_date":"1980","document":"X"}\n')
    assert list(read_travellers(path)) == [Traveller("t", ("A",), "1980", document="X")]


@pytest.mark.parametrize(
    "line",
    [
        "no json", "[]", "{}", '{"id":"a"}', '{"names":[]}', '{"id":"","names":[]}', '{"id":1,"names":[]}',
        "[" * 100_000,
        '{"id":"a","names":"A"}', '{"id":"a","names":[1]}',
        '{"id":"a","names":[],"other":1}', '{"id":"a","names":null}',
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text('{"id":"ok","names":[]}\n' + line + "\n")
    with pytest.raises(InputError) as caught:
        list(read_subjects(path))
    assert (caught.value.code, caught.value.where) == ("screening.line", f"{path}:2")


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b'{"id":"ok","names":[]}\n' * 1000)
    for name, data in (("cut.jsonl.gz", whole[:-20]), ("not.jsonl.gz", b"plain"), ("latin.jsonl", b'{"id":"\xe9"}\n')):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError) as caught:
            list(read_subjects(tmp_path / name))
        assert caught.value.code == "screening.file"


def test_the_published_lists_are_read() -> None:
    subjects = list(read_subjects(shared("bench/screening/public.jsonl.gz")))
    with gzip.open(shared("bench/screening/public.jsonl.gz"), "rt", encoding="utf8") as lines:
        assert [subject.id for subject in subjects] == [json.loads(line)["id"] for line in lines]
