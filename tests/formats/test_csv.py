"""CSV of people: encodings, delimiters, rows that are wrong, and every key of a mapping."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import read_mapping
from mithaq.formats.csv_people import MAX_SHOWN, read_csv
from mithaq.formats.csv_rows import MAX_BYTES, MAX_ROWS
from mithaq.formats.reading import Reading, Warning
from mithaq.formats.text import decode

MAPPING = """
record = "subject"
separator = "|"
[columns]
id = "Dossier"
names = ["Nom complet", ["Prénom", "Nom"]]
weak_names = "Alias"
birth_dates = ["Né le"]
nationalities = "Nationalité"
documents = "Passeport"
sex = "Sexe"
places = "Lieu"
[dates]
formats = ["DD/MM/YYYY", "MM/YYYY", "YYYY"]
[sex]
male = ["H"]
"""
HEAD = "Dossier;Nom complet;Prénom;Nom;Alias;Né le;Nationalité;Passeport;Sexe;Lieu"
ROW = "D1;طارق الزموري;Tarik;Zemmouri;Abou Tarik|Zem;03/04/1980|1981;Maroc|be|Belgium;X1|X2;H;Fès"
PEOPLE = {
    "id": "D1",
    "names": ["طارق الزموري", "Tarik Zemmouri"],
    "birth_dates": ["1980-04-03", "1981"],
    "nationalities": ["Maroc", "BE", "BEL"],
    "documents": ["X1", "X2"],
    "weak_names": ["Abou Tarik", "Zem"],
    "places": ["Fès"],
    "sex": "male",
}


def read(text: str | bytes, mapping: str = MAPPING) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_csv(data, read_mapping(mapping.encode()))


def told(warnings: tuple[Warning, ...]) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in warnings]


def test_a_row_is_the_person_that_the_mapping_says() -> None:
    found = read(f"{HEAD}\n{ROW}\n")
    assert [one.value for one in found.records] == [PEOPLE]
    assert [(one.kind, one.where) for one in found.records] == [("subject", "line 2")]
    assert told(found.warnings) == [("line 1", "csv.delimiter"), ("line 2", "csv.state")]
    assert found.warnings[0].params == {"delimiter": "semicolon"}
    assert found.not_understood == ()


def test_a_traveller_has_one_of_each() -> None:
    mapping = 'record = "traveller"\n[columns]\nnames = 1\nbirth_dates = [2, 3]\ndocuments = 4\nnationalities = 5\n'
    found = read("name,a,b,doc,nat\nJoris Peeters,,1975-10-11,EH1,BEL\n", mapping)
    value = {
        "id": "line 2",
        "names": ["Joris Peeters"],
        "birth_date": "1975-10-11",
        "document": "EH1",
        "nationality": "BEL",
    }
    assert [one.value for one in found.records] == [value]
    assert [one.kind for one in found.records] == ["traveller"]


# Encodings and delimiters


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"", ""),
        ("utf-8-sig", b"", ""),
        ("utf-16", b"", "utf-16-le"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_unicode_in_any_of_its_encodings(encoding: str, mark: bytes, name: str) -> None:
    found = read(mark + f"{HEAD}\r\n{ROW}\r\n".encode(encoding))
    assert [one.value for one in found.records] == [PEOPLE]
    assert [one.params["encoding"] for one in found.warnings if one.code == "csv.encoding"] == ([name] if name else [])


def test_windows_of_western_and_of_arabic_offices_are_told_apart_and_said() -> None:
    western = "id;nom\n1;Hélène Dupré\n2;Zoë Brüls\n3;Noël Gérard-Lefèvre\n"
    arabic = "id;nom\n1;طارق الزموري\n2;فاطمة الزهراء\n3;Gérard\n"
    mapping = '[columns]\nid = "id"\nnames = "nom"\n'
    for text, encoding in ((western, "windows-1252"), (arabic, "windows-1256")):
        found = read(text.encode(encoding), mapping)
        assert [one.value["names"][0] for one in found.records] == [
            line.split(";")[1] for line in text.split("\n")[1:4]
        ]
        assert [one.detail for one in found.warnings if one.code == "csv.encoding"] == [
            f"The text was read as {encoding}, which its bytes look like."
        ]


def test_a_file_put_together_from_two_encodings_is_read_line_by_line() -> None:
    rows = [
        b"id;nom\n",
        "1;Hélène Dupré\n".encode(),
        "2;Zoë Brüls\n".encode("windows-1252"),
        "3;طارق\n".encode(),
    ]
    found = read(b"".join(rows), '[columns]\nid = "id"\nnames = "nom"\n')
    assert [one.value["names"][0] for one in found.records] == ["Hélène Dupré", "Zoë Brüls", "طارق"]
    assert found.warnings[0].params == {"encoding": "utf-8 and windows-1252"}


def test_french_accents_do_not_hide_a_few_arabic_names() -> None:
    rows = [
        "id;nom",
        *(f"{number};Hélène Gérard-Lefèvre" for number in range(10)),
        "10;طارق الزموري",
        "11;فاطمة الزهراء",
    ]
    found = read("\n".join(rows).encode("windows-1256"), '[columns]\nid = "id"\nnames = "nom"\n')
    assert [one.value["names"][0] for one in found.records[9:]] == [
        "Hélène Gérard-Lefèvre",
        "طارق الزموري",
        "فاطمة الزهراء",
    ]


def test_the_mapping_decides_where_it_says_encoding_and_delimiter() -> None:
    mapping = 'encoding = "windows-1256"\ndelimiter = ","\n[columns]\nnames = "n"\n'
    found = read("n,x;y\nÉmile,1\n".encode("windows-1252").replace(b"\xc9", b"\xc9"), mapping)
    assert found.records[0].value["names"] == ["ةmile"]
    assert found.warnings == ()


def test_bytes_that_the_encoding_does_not_have_are_counted_with_their_line() -> None:
    found = read(b"n\nA\xffB\n", 'encoding = "utf-8"\ndelimiter = ";"\n[columns]\nnames = "n"\n')
    assert told(found.warnings) == [("line 2", "csv.unreadable")]
    assert found.warnings[0].params["count"] == 1


@pytest.mark.parametrize(("sign", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_found_and_said(sign: str, name: str) -> None:
    text = f'id{sign}n\n1{sign}"Peeters, Joris; of Gent"\n2{sign}Maes\n'
    found = read(text, '[columns]\nid = "id"\nnames = "n"\n')
    assert [one.value["names"] for one in found.records] == [["Peeters, Joris; of Gent"], ["Maes"]]
    assert found.warnings[0].params == {"delimiter": name}


def test_the_line_that_spreadsheets_put_before_it_is_no_row() -> None:
    found = read("sep=;\nid;n\n1;Maes\n", '[columns]\nid = "id"\nnames = "n"\n')
    assert [(one.where, one.value["id"]) for one in found.records] == [("line 3", "1")]


def test_decode_never_claims_more_than_the_bytes_show() -> None:
    assert decode("é".encode()).assumed is False
    assert decode("éx".encode("windows-1252")).assumed is True
    assert decode("café".encode()[:-1]).encoding == "utf-8"
    assert decode(b"").characters == ""


# Rows that are wrong


def test_wrong_rows_are_told_with_their_line_and_the_others_go_through() -> None:
    mapping = '[columns]\nid = "id"\nnames = "n"\nbirth_dates = "b"\nsex = "s"\nnationalities = "c"\n'
    rows = [
        "id,n,b,s,c",
        "1,Maes,1980-01-01,M,BEL",
        "2,Claes,1980-01-01,M",
        "3,Claes,1980-01-01,M,BEL,more",
        "4,,1980-01-01,M,BEL",
        "1,Twice,,,",
        '6,"Open,1980-01-01,M,BEL',
        '7,"Two\nlines",1980-02-30,Q,Atlantis',
        ",Nameless Id,,,",
        "9,Last,1980-02,F,Morocco,,",
    ]
    found = read("\r\n".join(rows), mapping)
    ids = {one.where: one.value for one in found.records}
    assert {where: value["id"] for where, value in ids.items()} == {
        "line 2": "1",
        "line 8": "7",
        "line 10": "line 10",
        "line 11": "9",
    }
    assert ids["line 11"] == {
        "id": "9",
        "names": ["Last"],
        "birth_dates": ["1980-02"],
        "nationalities": ["MAR"],
        "sex": "female",
    }
    assert told(found.not_understood) == [
        ("line 3", "csv.cells"),
        ("line 4", "csv.cells"),
        ("line 5", "csv.name"),
        ("line 6", "csv.twice"),
        ("line 7", "csv.row"),
    ]
    assert told(found.warnings)[1:] == [
        ("line 8", "csv.date"),
        ("line 8", "csv.state"),
        ("line 8", "csv.sex"),
        ("line 10", "csv.id"),
    ]


def test_an_open_quote_loses_its_own_line_only() -> None:
    rows = ["n", *(f"Person {number}" for number in range(100))]
    rows[5] = '"Person 4'
    found = read("\n".join(rows), '[columns]\nnames = "n"\n')
    assert len(found.records) == 99
    assert told(found.not_understood) == [("line 6", "csv.row")]


def test_more_warnings_than_anybody_reads_are_counted() -> None:
    found = read("n;b\n" + "A;x\n" * 1500, '[columns]\nnames = "n"\nbirth_dates = "b"\n')
    assert len(found.warnings) == 1001
    assert found.warnings[-1].code == "read.warnings"
    assert found.warnings[-1].params == {"more": 501}


# Headings as offices write them


def test_a_heading_over_several_columns_is_told_and_the_first_is_read() -> None:
    found = read("n;b;N \nA;x;B\n", '[columns]\nnames = "n"\n')
    assert found.records[0].value["names"] == ["A"]
    told = [one for one in found.warnings if one.code == "csv.heading"]
    assert [(one.where, one.params) for one in told] == [("line 1, column 1", {"count": 2})]


def test_headings_are_looked_for_in_the_first_rows_only() -> None:
    mapping = '[columns]\nnames = "n"\n'
    assert len(read("title;\n;by\nn;b\nA;x\n", mapping).records) == 1
    with pytest.raises(InputError) as caught:
        read("title;\n" * 10 + "n;b\nA;x\n", mapping)
    assert (caught.value.code, caught.value.where) == ("csv.column", "columns.names")


def test_quoted_cells_of_several_lines_and_ragged_rows_keep_their_own_lines() -> None:
    rows = ["n;b", '"Maes\r\nAda";"1980\r\n"', "B;1981;", "C;1982;more", "D", '"E;1983', "F;1984"]
    found = read("\r\n".join(rows), '[columns]\nnames = "n"\nbirth_dates = "b"\n')
    assert [(one.where, one.value["names"]) for one in found.records] == [
        ("line 2", ["Maes Ada"]), ("line 5", ["B"]), ("line 9", ["F"]),
    ]  # fmt: skip
    assert told(found.not_understood) == [("line 6", "csv.cells"), ("line 7", "csv.cells"), ("line 8", "csv.row")]


# Without a mapping


def test_headings_that_are_alike_do_not_hide_one_another() -> None:
    assert read_csv(b"a;b;a\n1;2;3\n").records[0].value == {"a": "1", "b": "2", "a (3)": "3"}


def test_without_a_mapping_the_first_rows_are_shown_and_it_is_said() -> None:
    found = read_csv(("a,b\n" + "1,2\n" * (MAX_SHOWN + 5)).encode())
    assert len(found.records) == MAX_SHOWN
    assert found.records[0].value == {"a": "1", "b": "2"}
    assert [one.code for one in found.warnings] == ["csv.delimiter", "csv.mapping", "csv.more"]
    assert found.warnings[-1].params == {"more": 5}


# What cannot be read


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "csv.none"),
        (b" \n\n", "csv.none"),
        (b"a\0b,c\n\0\x01\n", "csv.none"),
        (b"n\n" * (MAX_ROWS + 2), "csv.size"),
        (b"n" * (MAX_BYTES + 1), "csv.size"),
        (b"n" + b"\n" * 1_000_001, "csv.size"),
        (b"other\nA\n", "csv.column"),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_an_error(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, '[columns]\nnames = "n"\n')
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('record = "person"', "record"),
        ("colums = 1", "colums"),
        ("[columns]", "columns.names"),
        ('[columns]\nnames = "n"\nname = "n"', "columns.name"),
        ("[columns]\nnames = 0", "columns.names"),
        ("[columns]\nnames = [[]]", "columns.names"),
        ("[columns]\nnames = true", "columns.names"),
        ('record = "traveller"\n[columns]\nnames = 1\nweak_names = 2', "columns.weak_names"),
        ('[columns]\nnames = 1\n[dates]\nformats = ["DD/MM/YY"]', "dates.formats"),
        ('[columns]\nnames = 1\n[dates]\nformats = ["DD YYYY"]', "dates.formats"),
        ("[columns]\nnames = 1\n[dates]\nform = []", "dates"),
        ("[columns]\nnames = 1\n[sex]\nman = []", "sex.man"),
        ('encoding = "rot13"\n[columns]\nnames = 1', "encoding"),
        ('encoding = "zlib"\n[columns]\nnames = 1', "encoding"),
        ('delimiter = ";;"\n[columns]\nnames = 1', "delimiter"),
        ('header = "no"\n[columns]\nnames = 1', "header"),
        ('header = false\n[columns]\nnames = "n"', "header"),
    ],
)
def test_a_key_that_is_wrong_is_refused_by_name(text: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_mapping(text.encode())
    assert (caught.value.code, caught.value.where) == ("mapping.key", key)


@pytest.mark.parametrize("data", [b"\xff", b"[", b"a = " + b"[" * 30_000, b"x" * 70_000])
def test_a_mapping_that_is_no_toml_is_refused(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read_mapping(data)
    assert caught.value.code in {"mapping.toml", "mapping.size"}


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("DD/MM/YYYY", "3/4/1980", "1980-04-03"),
        ("MM/DD/YYYY", "03/04/1980", "1980-03-04"),
        ("YYYYMMDD", "19800304", "1980-03-04"),
        ("DD MMM YYYY", "3 March 1980", "1980-03-03"),
        ("DD-MMM-YYYY", "03-Xyz-1980", None),
        ("MM.YYYY", "13.1980", None),
        ("YYYY", "1980", "1980"),
        ("DD/MM/YYYY", "31/02/1980", None),
        ("YYYYMMDD", "1980304", None),
    ],
)
def test_dates_are_read_in_the_forms_of_the_mapping_only(form: str, text: str, expected: str | None) -> None:
    assert read_mapping(f'[columns]\nnames = 1\n[dates]\nformats = ["{form}"]'.encode()).date_of(text) == expected


def test_a_file_without_headings_is_read_by_numbers() -> None:
    found = read("7;Maes\n8;Claes\n", "header = false\n[columns]\nid = 1\nnames = 2\n")
    assert [one.value["id"] for one in found.records] == ["7", "8"]


def test_a_file_whose_rows_are_all_broken_says_each() -> None:
    found = read('"open;\n"again\n', '[columns]\nnames = "n"\n')
    assert found.records == ()
    assert told(found.not_understood) == [("line 1", "csv.row"), ("line 2", "csv.row")]
