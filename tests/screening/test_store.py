"""An index in a file: the same answers, nobody's writing in it, nothing read that is not whole or of this version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mithaq.errors import InputError
from mithaq.screening import Subject, Traveller, build, screen
from mithaq.screening.store import form, is_index, load, save

SUBJECTS = (
    Subject("1", ("Mohamed Alaoui", "محمد العلوي"), birth_dates=("1980-03-04", "1981"), nationalities=("ma", "be")),
    Subject("2", ("Jan Van Damme",), weak_names=("Jantje",), documents=("EB123456",), sex="M"),
    Subject("3", ("...",)),
    Subject("4", ("Fatima Idrissi",), person="7", birth_dates=("1979/1982",)),
    Subject("5", ("Fatima El Idrissi",), person="7", nationalities=("ma",)),
)
TRAVELLERS = (
    Traveller("a", ("ALAOUI<<MOHAMMED",), "1980-03-04", "MAR"),
    Traveller("b", ("Jan Vandamme",), document="EB 123-456", sex="M"),
    Traveller("c", ("فاطمة الإدريسي",), "1980-10-11"),
    Traveller("d", ("Nobody Known",)),
)


@pytest.mark.parametrize("subjects", [SUBJECTS, SUBJECTS[:1], SUBJECTS[2:3], ()])
def test_a_mapped_index_answers_as_the_built_one(tmp_path: Path, subjects: tuple[Subject, ...]) -> None:
    index = build(subjects)
    path = tmp_path / "list.index"
    save(index, path)
    assert is_index(path)
    before = path.read_bytes()
    mapped = load(path)
    assert screen(mapped, TRAVELLERS, floor=-20.0) == screen(index, TRAVELLERS, floor=-20.0)
    assert (mapped.unsearchable, len(mapped.ids), len(mapped.persons)) == (
        index.unsearchable, len(index.ids), len(index.persons)
    )  # fmt: skip
    if len(mapped.post_name):
        mapped.post_name[0] += 1  # whoever holds it writes to his own copy
    assert path.read_bytes() == before


def test_what_is_not_whole_or_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.index"
    save(build(SUBJECTS), path)
    whole = path.read_bytes()
    assert form().encode() in whole
    for data in (
        b"", b"mithaqi1", whole[:8] + b"\xff" * 8, whole[:40], whole[:-1], whole + b"\0",
        whole.replace(form().encode(), b"0" * 32),
        whole[:16] + b"[" + whole[17:],
    ):  # fmt: skip
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            load(path)
        assert caught.value.code in {"screening.index", "screening.file"}
    path.write_text(json.dumps({"id": "1"}), encoding="utf8")
    assert not is_index(path)
    assert not is_index(tmp_path / "missing")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        save(build(SUBJECTS), tmp_path / "no" / "list.index")
    assert caught.value.code == "screening.file"
