"""JSON Lines in and out: shapes, compression, every refusal with file and line."""

from __future__ import annotations

import gzip
import json
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    bent = whole[:12] + b"\xff" * 20 + whole[32:]
    for name, data in (("cut.jsonl.gz", whole[:-20]), ("not.jsonl.gz", b"plain"), ("bent.jsonl.gz", bent)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError) as caught:
            list(read_subjects(tmp_path / name))
        assert caught.value.code == "screening.file"


def test_a_line_without_end_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as packed:
        packed.write(b'{"id":"ok","names":[]}\n')
        for _ in range(200):
            packed.write(b"x" * (1 << 20))
    faults: list[InputError] = []
    tracemalloc.start()
    try:
        assert list(read_travellers(path, faults.append)) == [Traveller("ok", ())]
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert [(one.code, one.where) for one in faults] == [
        ("screening.line", f"{path}:2"),
        ("screening.file", f"{path}:3"),
    ]
    with pytest.raises(InputError, match="longer than 1 MiB"):
        list(read_subjects(path))


@given(st.binary(max_size=300))
def test_any_bytes_are_subjects_and_travellers_or_an_input_error(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("any.jsonl", "any.jsonl.gz"):
            path = Path(folder) / name
            path.write_bytes(data if name == "any.jsonl" else gzip.compress(data)[:-4] + data[:4])
            faults: list[InputError] = []
            kept = list(read_travellers(path, faults.append))
            assert len(kept) + len(faults) >= bool(data.strip(b" \t\r\n\x0b\x0c"))
            if faults:
                with pytest.raises(InputError):
                    list(read_travellers(path))


def test_the_published_lists_are_read() -> None:
    subjects = list(read_subjects(shared("bench/screening/public.jsonl.gz")))
    with gzip.open(shared("bench/screening/public.jsonl.gz"), "rt", encoding="utf8") as lines:
        assert [subject.id for subject in subjects] == [json.loads(line)["id"] for line in lines]
