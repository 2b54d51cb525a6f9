"""Subjects and travellers as JSON Lines: shapes, wrong lines with their numbers, bounds."""

from __future__ import annotations

import json

import pytest

from mithaq.errors import InputError
from mithaq.formats.subjects import MAX_BYTES, MAX_LINES, read_json_lines

SUBJECT = {
    "id": "s1",
    "names": ["Tarik Zemmouri", "طارق الزموري"],
    "person": "p1",
    "weak_names": ["Zem"],
    "sex": "male",
    "birth_dates": ["1980-03-04", "1981", "1982-05", "1979/1981"],
    "nationalities": ["MAR"],
    "documents": ["X1"],
    "places": ["Fès"],
}
TRAVELLER = {
    "id": "t1",
    "names": ["ZEMOURI<<TAREQ"],
    "birth_date": "1980-03-04",
    "nationality": "MAR",
    "document": "X1",
}


def lines(*rows: object) -> bytes:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows).encode()


def test_each_line_is_the_record_of_its_shape() -> None:
    found = read_json_lines(b"\xef\xbb\xbf" + lines(SUBJECT, "", TRAVELLER | {"sex": None}))
    assert [(one.kind, one.where, one.value) for one in found.records] == [
        ("subject", "line 1", SUBJECT),
        ("traveller", "line 3", TRAVELLER),
    ]
    assert (found.warnings, found.not_understood) == ((), ())


def test_wrong_lines_are_told_and_the_others_go_through() -> None:
    rows: list[object] = [
        "{",
        "[1]",
        '{"id":"\\ud800","names":["a"]}',
        {"id": "1", "names": ["A"], "colour": "red"},
        {"id": "1", "names": "A"},
        {"id": "1"},
        {"id": "", "names": ["A"]},
        {"id": "1", "names": []},
        {"id": "1", "names": [1]},
        SUBJECT,
        SUBJECT,
        {"id": "2", "names": ["A"], "birth_date": ["1980"]},
        {"id": 3, "names": ["A"]},
        "[" * 20_000,
        '{"id":' + "9" * 5000 + "}",
    ]
    found = read_json_lines(lines(*rows))
    assert [one.where for one in found.records] == ["line 10"]
    codes = [one.code.removeprefix("subjects.") for one in found.not_understood]
    assert codes == [
        "line",
        "line",
        "line",
        "field",
        "value",
        "needed",
        "needed",
        "needed",
        "value",
        "twice",
        "value",
        "value",
        "line",
        "line",
    ]
    assert [one.where for one in found.not_understood] == [f"line {n}" for n in (*range(1, 10), *range(11, 16))]
    assert found.not_understood[4].text == "A field has another kind of value: names."


def test_bytes_that_are_no_utf8_lose_their_line_only() -> None:
    found = read_json_lines(lines(SUBJECT) + b'{"id":"x","names":["\xe9"]}\n' + lines(TRAVELLER))
    assert [one.where for one in found.not_understood] == ["line 2"]
    assert len(found.records) == 2


@pytest.mark.parametrize("wrong", ["1980-02-30", "80", "1981/1979", "12/03/1980", "1980-1-1", ""])
def test_birth_dates_that_are_none_are_left_out_and_told(wrong: str) -> None:
    found = read_json_lines(lines(SUBJECT | {"birth_dates": ["1980", wrong]}, TRAVELLER | {"birth_date": wrong}))
    assert found.records[0].value["birth_dates"] == ["1980"]
    assert "birth_date" not in found.records[1].value
    assert [(one.where, one.code) for one in found.warnings] == [
        ("line 1", "subjects.date"),
        ("line 2", "subjects.date"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "subjects.none"),
        (b"{}\n", "subjects.none"),
        (b"x" * (MAX_BYTES + 1), "subjects.size"),
        (b"1\n" * (MAX_LINES + 1), "subjects.size"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_an_error(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_json_lines(data)
    assert caught.value.code == code


def test_a_line_longer_than_any_person_is_left_out() -> None:
    found = read_json_lines(lines(SUBJECT, {"id": "2", "names": ["A" * 1_100_000]}))
    assert [(one.where, one.code) for one in found.not_understood] == [("line 2", "subjects.long")]
