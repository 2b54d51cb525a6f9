"""OFAC's list: the real one, every shape of a remark, and files that are cut, doubled or attack."""

from __future__ import annotations

import io
from collections import Counter

import pytest

from mithaq.errors import InputError
from mithaq.formats.listed_person import ListedPerson, Paper
from mithaq.formats.ofac_list import MAX_BYTES, OfacList, read_ofac_list
from tests.shared_data import shared

NULLS = ",".join(["-0- "] * 6)


def real() -> OfacList:
    return read_ofac_list(
        shared("data/lists/ofac_sdn.csv").read_bytes(), shared("data/lists/ofac_alt.csv").read_bytes()
    )


END = "\x1a"


def row(number: str, name: str, remarks: str = "-0- ", kind: str = "individual", title: str = "-0- ") -> str:
    return f'{number},"{name}","{kind}","SDGT",{title},{NULLS},"{remarks}"\r\n'


def listed(*rows: str, alt: str | None = None) -> OfacList:
    ended = [f"{text.removesuffix(END)}{END}".encode() for text in ("".join(rows), alt) if text is not None]
    return read_ofac_list(*ended)


def person(remarks: str) -> ListedPerson:
    (found,) = listed(row("1", "TAFRASTI, Zohair", remarks)).persons
    return found


def test_real_list_is_used_or_reported_whole() -> None:
    found = real()
    assert (len(found.persons), found.entities_count, found.source_elements) == (4620, 4356, 8976)
    assert len(found.persons) + len(found.reported) == found.source_elements
    assert (found.alias_elements, found.aliases_used) == (19486, 6112)
    assert found.aliases_used + len(found.aliases_reported) == found.alias_elements
    assert Counter(item.code for item in found.reported) == {"ofac_list.entity": 4356}
    assert Counter(item.code for item in found.aliases_reported) == {"ofac_list.alias": 13374}


def test_real_birth_dates_are_all_read() -> None:
    found = real()
    shapes = {
        "".join("9" if letter.isdigit() else letter for letter in day)
        for item in found.persons
        for day in item.birth_dates
    }
    assert shapes == {"9999-99-99", "9999-99", "9999", "9999/9999"}
    # Three are `possibly Palestinian`, one is `Eritrean`; and remarks that the publisher itself has cut.
    assert Counter(item.code for item in found.unread) == {"ofac_list.nationality": 4, "ofac_list.cut": 4}


def test_real_remarks_leave_no_birth_date_no_alias_and_no_passport_unread() -> None:
    left = [text for item in real().persons for text in item.remarks]
    begins = ("DOB", "alt. DOB", "POB", "a.k.a.", "nationality", "citizen", "Gender")
    assert not [text for text in left if text.startswith(begins)]
    # Three name no number, one a holder without one.
    assert len([text for text in left if "assport" in text]) == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DOB 10 Dec 1948", ("1948-12-10",)),
        ("DOB Mar 1945.", ("1945-03",)),
        ("DOB 1946", ("1946",)),
        ("DOB circa 1951", ("1950/1952",)),
        ("DOB circa 01 Jan 1961", ("1960/1962",)),
        ("DOB circa 1979-1982", ("1979/1982",)),
        ("DOB 1951 to 1953", ("1951/1953",)),
        ("DOB 01 Jan 1961 to 31 Dec 1962", ("1961/1962",)),
        ("DOB 01 Jan 1973 to 31 Dec 1973", ("1973",)),
        ("DOB 01 Mar 1973 to 31 Mar 1973", ("1973-03",)),
        ("DOB Mar 1962 to Feb 1963", ("1962/1963",)),
        ("DOB 03 Mar 1964; alt. DOB 1965; alt. DOB circa 1970; alt. DOB 1965", ("1964-03-03", "1965", "1969/1971")),
        ("(Read from a passport: Alt. DOB: 10 October 1969)", ("1969-10-10",)),
        ("DOB 1953 to 1951", ()),
        ("DOB 30 Feb 1953", ()),
        ("DOB 30 Foo 1953", ()),
        ("DOB unknown", ()),
        ("DOB ١٩٥٣", ()),
    ],
)
def test_birth_dates(text: str, expected: tuple[str, ...]) -> None:
    assert person(text).birth_dates == expected
    assert [item.code for item in listed(row("1", "A", text)).unread] == ([] if expected else ["ofac_list.birth_date"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport 1084010 (Egypt)", Paper("P", "1084010", "EGY")),
        ("alt. Passport 19820215.", Paper("P", "19820215")),
        ("Passport 042677664 (Venezuela) expires 25 Feb 2016", Paper("P", "042677664", "VEN")),
        ("Passport 654435458 expires 26 Nov 2019", Paper("P", "654435458")),
        ("Passport RL 1622378 (Lebanon).", Paper("P", "RL 1622378", "LBN")),
        ("Passport 472220033 (Korea, North)", Paper("P", "472220033", "PRK")),
        ("Passport D000000001, Diplomatic (Syria)", Paper("P", "D000000001", "SYR")),
        ("Diplomatic Passport A0002987 (Iran)", Paper("P", "A0002987", "IRN")),
        ("Cedula No. 16247821 (Colombia)", Paper("I", "16247821", "COL")),
        ("National ID No. 660000 73767 (Belgium)", Paper("I", "660000 73767", "BEL")),
        ("National ID No. 13/KAMANA(N)000001 (Burma)", Paper("I", "13/KAMANA(N)000001", "MMR")),
        ("National ID No.: 1372584, Kenya", Paper("I", "1372584", "KEN")),
        ("D.N.I. 78.865.882 (Spain)", Paper("I", "78.865.882", "ESP")),
        ("Travel Document Number A0020375 (Germany)", Paper("T", "A0020375", "DEU")),
        ("SSN 000-12-3456 (United States)", Paper("", "000-12-3456", "USA")),
    ],
)
def test_documents(text: str, expected: Paper) -> None:
    found = person(text)
    assert (found.papers, found.documents, found.remarks) == ((expected,), (expected.number,), ())


@pytest.mark.parametrize(
    "text",
    [
        "Linked To: GRUPO CONTROL 2004, C.A",
        "NIT # 16215230-1 (Colombia)",
        "Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76",
        "Passport issued 21 Jun 1992 in Amman (Jordan)",
        "Executive Order 13846 information: LOANS",
    ],
)
def test_what_is_no_document_is_a_remark_as_it_stands(text: str) -> None:
    assert (person(text).papers, person(text).remarks) == ((), (text,))


def test_remarks_fill_every_field() -> None:
    text = "POB Casablanca, Morocco; nationality Morocco; alt. citizen Burma; Gender Male; Linked To: AN ORDER; "
    text += "a.k.a. 'ABU DU'A'; a.k.a. 'ILLIASSOU, Djibbo'; a.k.a. ''TINY''."
    found = person(text)
    assert (found.places, found.nationalities, found.sex) == (("Casablanca, Morocco",), ("MAR", "MMR"), "male")
    assert found.weak_names == ("ABU DU'A", "Djibbo ILLIASSOU", "'TINY'")
    assert found.remarks == ("Linked To: AN ORDER",)
    assert found.nationality_names == ("Morocco", "Burma")


def test_names_are_spoken_and_aliases_of_the_other_file_are_strong() -> None:
    alt = '1,5,"aka","TAFRASTI, Zuhayr",-0- \r\n1,6,"fka","ZOHAIR",-0- \r\n2,7,"aka","A FIRM",-0- \r\n1,8\r\n\x1a'
    found = listed(
        row("1", "TAFRASTI, Zohair", "a.k.a. 'Zuhayr TAFRASTI'; a.k.a. 'Z'."),
        row("2", "FIRM", kind="-0- "),
        row("3", "DELOS REYES, Feliciano, Jr."),
        "\x1a",
        alt=alt,
    )
    assert found.persons[0].names == ("Zohair TAFRASTI", "Zuhayr TAFRASTI", "ZOHAIR")
    assert found.persons[0].weak_names == ("Z",)
    assert found.persons[1].names == ("Feliciano DELOS REYES Jr.",)
    assert (found.alias_elements, found.aliases_used) == (4, 2)
    assert [item.code for item in found.aliases_reported] == ["ofac_list.alias", "ofac_list.columns"]


def test_null_marks_blanks_and_capitals_however_they_are_written() -> None:
    rows = ('1 , "A, B", "Individual","X",-0-,-0-,-0- ,"-0-", -0- ,-0-,-0-,-0-\n', row("2", "C", kind="INDIVIDUAL "))
    found = listed(*rows)
    assert [one.names for one in found.persons] == [("B A",), ("C",)]
    assert (found.persons[0].remarks, found.reported) == ((), ())


def test_a_consolidated_list_of_the_same_columns_is_read() -> None:
    found = listed(row("9640", "HANIYA, Ismail", "DOB 1962; (Linked To: A)."), row("9641", "A PARTY", kind="-0- "))
    assert (len(found.persons), found.entities_count) == (1, 1)


def test_a_title_is_kept_beside() -> None:
    assert listed(row("1", "A", "DOB 1950.", title='"Chief"')).persons[0].remarks == ("Chief",)


def test_of_one_number_twice_the_first_is_kept_and_the_second_told() -> None:
    found = listed(row("1", "A"), row("1", "B"), row("2", "FIRM", kind="vessel"), row("2", "C"))
    assert [item.names for item in found.persons] == [("A",)]
    assert [(item.code, item.offset) for item in found.reported] == [
        ("ofac_list.twice", 2),
        ("ofac_list.entity", 3),
        ("ofac_list.twice", 4),
    ]
    assert found.source_elements == 4


def test_records_of_another_shape_are_told() -> None:
    found = listed(row("1", "A"), "ent_num,SDN_Name\r\n", row("x", "B"), row("4", "-0-"), "\r\n")
    assert [item.code for item in found.reported] == ["ofac_list.columns", "ofac_list.person", "ofac_list.person"]
    assert len(found.persons) + len(found.reported) == found.source_elements == 4


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as error:
        read_ofac_list(data)
    return error.value


def test_a_list_cut_within_quotes_says_where() -> None:
    data = shared("data/lists/ofac_sdn.csv").read_bytes()
    error = refused(data[: data.index(b"Linked To")])
    assert error.code == "ofac_list.csv"
    assert error.where.startswith("line ")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ofac_list.none"),
        (b"garbage", "ofac_list.none"),
        (b"\x00\xff\xfe", "ofac_list.none"),
        (b'"', "ofac_list.csv"),
        (b'1,"' + b"a" * 200_000, "ofac_list.csv"),
        (b"\n" * 300_000, "ofac_list.size"),
        (b" " * (MAX_BYTES + 1), "ofac_list.size"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_file_cut_between_two_records_is_told() -> None:
    whole = (row("1", "A") + row("2", "B") + "\x1a").encode()
    alias = b'1,5,"aka","TAFRASTI, Zuhayr",-0- \r\n\x1a'
    assert read_ofac_list(whole, alias).unread == ()
    assert read_ofac_list(whole + b"\r\n", alias).unread == ()
    cut = read_ofac_list(row("1", "A").encode(), alias)
    assert [(one.code, one.offset) for one in cut.unread] == [("ofac_list.end", 1)]
    short = read_ofac_list(whole, alias[:-1])
    assert [one.code for one in short.unread] == ["ofac_list.end"]


def test_lines_in_the_older_code_page_are_read_and_told() -> None:
    data = (
        row("1", "PEÑA, José").encode("cp1252")
        + row("2", "PEÑA, Inés").encode()
        + row("3", "\u81ea").encode("big5")
        + b"\x1a"
    )
    found = read_ofac_list(io.BytesIO(data))
    assert [item.names[0] for item in found.persons][:2] == ["José PEÑA", "Inés PEÑA"]
    assert [(item.code, item.offset) for item in found.unread] == [("ofac_list.encoding", 1), ("ofac_list.encoding", 3)]
    assert read_ofac_list(b"\xef\xbb\xbf" + row("1", "A").encode()).persons[0].reference == "1"
