"""The UN list: the real one, every shape of a person, and files that attack or are cut."""

from __future__ import annotations

import io
import tracemalloc
from collections import Counter

import pytest

from mithaq.errors import InputError
from mithaq.formats.un_list import MAX_BYTES, ListedPerson, UnList, read_un_list
from tests.shared_data import shared


def real() -> bytes:
    return shared("data/lists/un_sc_consolidated.xml").read_bytes()


def one(inside: str, reference: str = "QDi.001") -> UnList:
    text = f"<CONSOLIDATED_LIST dateGenerated='2026-01-01T00:00:00Z'><INDIVIDUALS><INDIVIDUAL>{inside}"
    text += f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
    return read_un_list(text.encode())


def person(inside: str) -> ListedPerson:
    (found,) = one(f"<FIRST_NAME>ZOHAIR</FIRST_NAME>{inside}").persons
    return found


def birth(inside: str) -> tuple[str, ...]:
    return person(f"<INDIVIDUAL_DATE_OF_BIRTH>{inside}</INDIVIDUAL_DATE_OF_BIRTH>").birth_dates


def alias(quality: str, name: str, more: str = "") -> str:
    return f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME>{more}</INDIVIDUAL_ALIAS>"


def test_real_list_is_used_or_reported_whole() -> None:
    found = read_un_list(real())
    assert found.generated == "2026-02-27T00:00:09.554Z"
    assert (len(found.persons), found.entities_count, found.source_elements) == (730, 273, 1003)
    assert len(found.persons) + len(found.reported) == found.source_elements
    assert Counter((item.code, item.detail) for item in found.reported) == {
        ("un_list.entity", "entity: not a person"): 273
    }
    assert len({item.reference for item in found.persons}) == 730


def test_real_persons_as_the_list_shows_them() -> None:
    persons = {item.reference: item for item in read_un_list(real()).persons}
    first = persons["CDi.001"]
    assert (first.names, first.birth_dates, first.sex) == (("ERIC BADEGE",), ("1971",), "male")
    assert (first.nationality_names, first.nationalities) == (("Democratic Republic of the Congo",), ("COD",))
    names = {name for item in persons.values() for name in item.names}
    weak = {name for item in persons.values() for name in item.weak_names}
    assert {"金铁三", "أقرين صالح أقرين"} <= names
    assert not any(mark in name for name in names | weak for mark in ";()")


def test_real_birth_dates_have_four_shapes_and_two_are_unread() -> None:
    found = read_un_list(real())
    shapes = Counter(
        "".join("9" if letter.isdigit() else letter for letter in day)
        for item in found.persons
        for day in item.birth_dates
    )
    assert set(shapes) == {"9999-99-99", "9999", "9999/9999", "9999-99"}
    assert shapes["9999-99"] == 5
    # One in the Hijri calendar, one as an age; one is of the former Soviet Union.
    assert Counter(item.code for item in found.unread) == {"un_list.birth_date": 2, "un_list.nationality": 1}


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1984-03-17</DATE>", ("1984-03-17",)),
        ("<TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1984</YEAR>", ("1984",)),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1984</YEAR>", ("1983/1985",)),
        ("<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>", ("1955/1958",)),
        ("<FROM_YEAR>1958</FROM_YEAR><TO_YEAR>1955</TO_YEAR>", ()),
        ("<FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1955</TO_YEAR>", ("1955",)),
        ("<FROM_YEAR>1955Z</FROM_YEAR><TO_YEAR>1958+02:00</TO_YEAR>", ("1955/1958",)),
        ("<TYPE_OF_DATE>between</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR>", ()),
        ("<TYPE_OF_DATE>Approximately</TYPE_OF_DATE><DATE>1984-03-17</DATE>", ("1983/1985",)),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1984</YEAR><NOTE>Mar.</NOTE>", ("1983/1985",)),
        ("<TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR>",
         ("1955/1958",)),
        ("<DATE>1984-03-17T00:00:00Z</DATE>", ("1984-03-17",)),
        ("<YEAR> 1984 </YEAR>", ("1984",)),
        ("<NOTE>Between 1973 and 1975</NOTE>", ("1973/1975",)),
        ("<NOTE>approximately 1973 – 1975</NOTE>", ("1973/1975",)),
        ("<NOTE>1973 to 1975</NOTE>", ("1973/1975",)),
        ("<NOTE>1975-1973</NOTE>", ()),
        ("<NOTE>Hijri 1402-1403, 30 years</NOTE>", ()),
        ("<NOTE>Nov. 1973 </NOTE>", ("1973-11",)),
        ("<NOTE>August 1961</NOTE>", ("1961-08",)),
        ("<YEAR>1958</YEAR><NOTE>Sep.</NOTE>", ("1958-09",)),
        ("<NOTE>Between Aug. and Sep. 1977</NOTE>", ("1977",)),
        ("<NOTE>24/06/1402 (Hijri Calendar)</NOTE>", ()),
        ("<NOTE>30-35 years old</NOTE>", ()),
        ("<NOTE>1973 or 1974</NOTE>", ()),
        ("<DATE>1984-02-30</DATE>", ()),
        ("<DATE>1984-02-30</DATE><YEAR>1984</YEAR>", ("1984",)),
        ("<TYPE_OF_DATE/>", ()),
        ("<YEAR>٢٠٠١</YEAR>", ()),
    ],
)  # fmt: skip
def test_birth_dates(inside: str, expected: tuple[str, ...]) -> None:
    assert birth(inside) == expected


def test_names_stay_in_their_script_and_weak_ones_apart() -> None:
    found = person(
        "<SECOND_NAME> TAFRASTI\n </SECOND_NAME><THIRD_NAME>na</THIRD_NAME>"
        "<NAME_ORIGINAL_SCRIPT>زهير التفراستي</NAME_ORIGINAL_SCRIPT>"
        + alias("Good", "Zuhayr A; Zuhayr B")
        + alias("Low", "Abu Z")
        + alias("Low", "Zuhayr A")
        + alias("", "")
        + alias("Good", "Zuher (زهير), born 1 Jan. 1953 (passport no. 1)")
    )
    assert found.names == ("ZOHAIR TAFRASTI", "زهير التفراستي", "Zuhayr A", "Zuhayr B", "Zuher", "زهير")
    assert found.weak_names == ("Abu Z",)


def test_several_dates_are_each_read_and_one_that_is_none_is_told() -> None:
    dates = ("<YEAR>1970</YEAR>", "<DATE>1971-02-03</DATE>", "<NOTE>unclear</NOTE>", "<YEAR>1970</YEAR>", "")
    whole = "".join(f"<INDIVIDUAL_DATE_OF_BIRTH>{one}</INDIVIDUAL_DATE_OF_BIRTH>" for one in dates)
    found = one(f"<FIRST_NAME>A</FIRST_NAME>{whole}")
    assert found.persons[0].birth_dates == ("1970", "1971-02-03")
    assert [item.code for item in found.unread] == ["un_list.birth_date"]


@pytest.mark.parametrize(
    ("quality", "weak"),
    [
        ("Good", False),
        ("good ", False),
        ("Low", True),
        (" LOW\n", True),
        ("Low quality", True),
        ("", False),
        ("a.k.a.", False),
    ],
)
def test_the_quality_of_an_alias_however_it_is_written(quality: str, *, weak: bool) -> None:
    found = person(alias(quality, "Abu Z"))
    assert (found.weak_names == ("Abu Z",), "Abu Z" in found.names) == (weak, not weak)


def test_elements_that_are_missing_empty_or_in_another_order_lose_nobody() -> None:
    body = "<REFERENCE_NUMBER>X</REFERENCE_NUMBER><GENDER/><NATIONALITY/><INDIVIDUAL_ALIAS/><INDIVIDUAL_DOCUMENT/>"
    body += "<INDIVIDUAL_PLACE_OF_BIRTH/><INDIVIDUAL_DATE_OF_BIRTH/><NEW><FIRST_NAME>B</FIRST_NAME></NEW>"
    body += "<THIRD_NAME>C</THIRD_NAME><FIRST_NAME><![CDATA[A & ]]>Z<!-- r -->o</FIRST_NAME>"
    (found,) = read_un_list(f"<CONSOLIDATED_LIST><INDIVIDUAL>{body}</INDIVIDUAL></CONSOLIDATED_LIST>".encode()).persons
    assert (found.names, found.birth_dates, found.sex, found.papers) == (("A & Zo C",), (), "unknown", ())
    assert (found.nationalities, found.places) == ((), ())


def test_titles_offices_and_comments_are_kept_beside() -> None:
    found = person(
        "<TITLE><VALUE>Dr</VALUE><VALUE>na</VALUE></TITLE><DESIGNATION><VALUE>Minister</VALUE><VALUE>Dr</VALUE>"
        "</DESIGNATION><COMMENTS1> Said to be\n abroad. </COMMENTS1>"
    )
    assert found.remarks == ("Dr", "Minister", "Said to be abroad.")
    assert person("<TITLE/><COMMENTS1/>").remarks == ()


def test_an_alias_brings_its_birth_date() -> None:
    more = "<DATE_OF_BIRTH>1979-12-31</DATE_OF_BIRTH>"
    assert person(alias("Good", "X Y", more)).birth_dates == ("1979-12-31",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OB 0243318", "OB 0243318"),
        ("CAR diplomatic passport no. D00000898", "D00000898"),
        ("Diplomatic Passport: Z30321794", "Z30321794"),
        ("Afghan passport number SE 012820", "SE 012820"),
        ("381110042 (Expired 25 Jan. 2016)", "381110042"),
        ("R00012098, South Sudan", "R00012098"),
        ("35202- 4135948-7", "35202- 4135948-7"),
        ("na", None),
    ],
)
def test_document_numbers(text: str, expected: str | None) -> None:
    found = person(f"<INDIVIDUAL_DOCUMENT><NUMBER>{text}</NUMBER></INDIVIDUAL_DOCUMENT>")
    assert found.documents == ((expected,) if expected else ())


def test_a_person_without_name_or_reference_or_twice_is_reported() -> None:
    assert [item.code for item in one("").reported] == ["un_list.person"]
    assert [item.code for item in one("<FIRST_NAME>A</FIRST_NAME>", "").reported] == ["un_list.person"]
    body = "<INDIVIDUAL><FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>X</REFERENCE_NUMBER></INDIVIDUAL>"
    found = read_un_list(f"<CONSOLIDATED_LIST>{body}{body}</CONSOLIDATED_LIST>".encode())
    assert (len(found.persons), found.source_elements) == (1, 2)
    assert [item.code for item in found.reported] == ["un_list.twice"]


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as error:
        read_un_list(data)
    return error.value


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE CONSOLIDATED_LIST>",
        f"<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY l0 'laugh'>{LAUGHS}]>",
        "<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY l11 SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/x.dtd'> %x;]>",
        "<!DOCTYPE CONSOLIDATED_LIST SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    ],
)
@pytest.mark.parametrize("body", ["<INDIVIDUAL><FIRST_NAME>&l11;</FIRST_NAME></INDIVIDUAL>", "<INDIVIDUAL/>"])
def test_document_types_and_entities_are_refused_without_being_expanded(doctype: str, body: str) -> None:
    tracemalloc.start()
    error = refused(f"{doctype}<CONSOLIDATED_LIST>{body}</CONSOLIDATED_LIST>".encode())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code in {"un_list.doctype", "un_list.xml"}
    assert peak < 1_000_000


def test_laughs_within_an_attribute_are_refused() -> None:
    text = f"<!DOCTYPE a [<!ENTITY l0 'laugh'>{LAUGHS}]><CONSOLIDATED_LIST dateGenerated='&l11;'><INDIVIDUAL/>"
    assert refused(f"{text}</CONSOLIDATED_LIST>".encode()).code in {"un_list.doctype", "un_list.xml"}


def test_half_a_list_says_where_it_ends_and_how_much_was_read() -> None:
    data = real()
    error = refused(data[: len(data) // 2])
    assert error.code == "un_list.xml"
    assert error.where.startswith("line ")
    assert int(error.where.split()[1]) > 1000
    assert 100 < int(error.params["persons"]) < 730
    assert str(error.params["persons"]) in error.detail


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "un_list.xml"),
        (b"garbage", "un_list.xml"),
        (b"\x00\xff\xfe", "un_list.xml"),
        (b"<html/>", "read.page"),
        (b"<CONSOLIDATED_LIST/>", "un_list.none"),
        (b"<CONSOLIDATED_LIST><INDIVIDUAL>", "un_list.xml"),
        (b"<?xml version='1.0' encoding='no-such'?><CONSOLIDATED_LIST/>", "un_list.xml"),
        (b"<CONSOLIDATED_LIST>" + b"<a>" * 5000, "un_list.xml"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


class Endless(io.RawIOBase):
    """A list that never ends."""

    def __init__(self, filler: bytes) -> None:
        self.filler, self.taken = filler, 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        if self.taken == size:
            return b"<CONSOLIDATED_LIST>".ljust(size)
        return (self.filler * (size // len(self.filler) + 1))[: size // len(self.filler) * len(self.filler)].ljust(size)


@pytest.mark.parametrize("filler", [b" " * 1024, b"<x/>"])
def test_an_endless_list_stops(filler: bytes) -> None:
    source = Endless(filler)
    with pytest.raises(InputError) as error:
        read_un_list(source)  # type: ignore[arg-type]
    assert error.value.code in {"un_list.size", "un_list.xml"}
    assert source.taken < MAX_BYTES + 1_000_000
