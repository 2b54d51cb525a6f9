"""Whatever the bytes, packed or not, a reading or an InputError, for every format of the table."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import read_mapping
from mithaq.formats.csv_people import read_csv
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.subjects import read_json_lines

MAPPINGS = [
    read_mapping(b'[columns]\nid = "id"\nnames = ["n", ["a", "b"]]\nbirth_dates = "d"\nsex = "s"\n'),
    read_mapping(b'header = false\nseparator = "|"\n[columns]\nnames = [1, [2, 3]]\nweak_names = 4\nbirth_dates = 5\n'),
]
SHARD = st.sampled_from(
    [
        "id",
        "n",
        "a",
        "b",
        "d",
        "s",
        ",",
        ";",
        "\t",
        "|",
        '"',
        '""',
        "\n",
        "\r\n",
        "\r",
        "1980",
        "1980-02-30",
        "é",
        "ط",
        "\0",
        "M",
        "sep=;\n",
        "\ufeff",
        "{",
        "}",
        '{"id":"1","names":["A"]}',
        "[",
        ":",
        "P<UTO",
        "<",
        "UNB+UNOA:4",
        "UNH+1+PNRGOV:13",
        "'",
        "<CONSOLIDATED_LIST>",
        "<export ",
        "-0-",
        "\x1a",
        "\u2028",
        "\x85",
    ]
)
TEXTS = st.lists(SHARD, max_size=60).map("".join)
ENCODED = st.tuples(TEXTS, st.sampled_from(["utf-8", "utf-16", "windows-1256", "windows-1252"])).map(
    lambda pair: pair[0].encode(pair[1], "replace")
)
BYTES = st.binary(max_size=300) | ENCODED


@given(BYTES, st.sampled_from([None, *MAPPINGS]), st.booleans())
def test_any_bytes_give_a_reading_or_an_input_error(data: bytes, mapping: object, packed: bool) -> None:
    asked = Asked(date(2026, 3, 1), mapping)  # type: ignore[arg-type]
    try:
        found = read_file(io.BytesIO(gzip.compress(data) if packed else data), asked)
    except InputError:
        return
    for one in found.records:
        json.dumps(one.value, ensure_ascii=False)
    assert all(one.where and one.detail for one in (*found.warnings, *found.not_understood))


@given(ENCODED, st.sampled_from(MAPPINGS))
def test_any_table_gives_people_with_names_and_one_identifier_each(data: bytes, mapping: object) -> None:
    try:
        found = read_csv(data, mapping)  # type: ignore[arg-type]
    except InputError:
        return
    ids = [one.value["id"] for one in found.records]
    assert len(set(ids)) == len(ids)
    assert all(one.value["names"] for one in found.records)


NAME = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20).map(
    lambda name: " ".join(name.split())
)


@given(st.lists(NAME.filter(bool), min_size=1, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_names_that_are_written_as_csv_come_back(names: list[str], sign: str) -> None:
    import csv

    held = io.StringIO()
    writer = csv.writer(held, delimiter=sign)
    writer.writerow(["id", "n"])
    writer.writerows([[str(number), name] for number, name in enumerate(names)])
    mapping = read_mapping(f'delimiter = "{sign}"\n[columns]\nid = "id"\nnames = "n"'.encode())
    found = read_csv(held.getvalue().encode(), mapping)
    assert [one.value["names"] for one in found.records] == [[name] for name in names]
    assert found.not_understood == ()


@given(st.binary(max_size=200) | TEXTS.map(str.encode))
def test_any_lines_give_records_or_an_input_error(data: bytes) -> None:
    try:
        found = read_json_lines(data + b'\n{"id":"last","names":["A"]}')
    except InputError:
        raise AssertionError("a good line was lost") from None
    assert found.records[-1].value == {"id": "last", "names": ["A"]}
