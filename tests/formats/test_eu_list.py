"""The EU's list: its published excerpt, every shape of a person, files that attack, are cut or hold one id twice."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from mithaq.errors import InputError
from mithaq.formats.country_names import code_of_two, country_code
from mithaq.formats.eu_list import MAX_WITHIN, EuList, read_eu_list
from mithaq.formats.listed_person import ListedPerson, Paper
from tests.shared_data import shared

SPACE = "http://eu.europa.ec/fpi/fsd/export"


def record(inside: str, reference: str = "EU.1.1", code: str = "person") -> str:
    return f'<sanctionEntity euReferenceNumber="{reference}"><subjectType code="{code}"/>{inside}</sanctionEntity>'


def listed(body: str, space: str = SPACE) -> EuList:
    named = f' xmlns="{space}"' if space else ""
    return read_eu_list(f'<export{named} generationDate="2026-01-01T00:00:00Z">{body}</export>'.encode())


def person(inside: str) -> ListedPerson:
    (found,) = listed(record(f'<nameAlias wholeName="Zohair Tafrasti"/>{inside}')).persons
    return found


def test_the_published_excerpt() -> None:
    found = read_eu_list(shared("data/lists/eu_fsf_excerpt.xml").read_bytes())
    assert found.generated == "2025-11-21T17:00:34.049+01:00"
    (one,) = found.persons
    assert (one.source, one.reference, one.birth_dates) == ("EU", "EU.27.28", ("1937-04-28",))
    assert (one.names[1], one.nationalities, one.places) == ("Abu Ali", ("IRQ",), ("IQ",))
    assert (found.source_elements, found.reported, found.unread) == (1, (), ())


@pytest.mark.parametrize("space", ["", SPACE, "urn:another"])
def test_any_namespace_is_read(space: str) -> None:
    assert listed(record('<nameAlias wholeName="A"/>'), space).persons[0].names == ("A",)


def test_names_in_all_scripts_and_weak_ones_apart() -> None:
    found = person(
        '<nameAlias firstName="Zuhayr" middleName="" lastName="Tafrasti" strong="true"/>'
        '<nameAlias wholeName="زهير التفراستي" strong="true"/><nameAlias wholeName="Зухаир"/>'
        '<nameAlias wholeName="Abu Z" strong="false"/><nameAlias wholeName="Zohair Tafrasti" strong="false"/>'
        '<nameAlias wholeName=" "/>'
    )
    assert found.names == ("Zohair Tafrasti", "Zuhayr Tafrasti", "زهير التفراستي", "Зухаир")
    assert found.weak_names == ("Abu Z",)


def test_what_the_schema_lets_stand_beside_changes_nothing() -> None:
    inside = (
        '<remark/><regulation regulationType="amendment" numberTitle="2025/1"><publicationUrl>x</publicationUrl>'
        '</regulation><nameAlias nameLanguage="AR" regulationLanguage="fr" strong="TRUE" title="Dr" function="Minister"'
        ' wholeName="وزير"><regulationSummary regulationType="a"/></nameAlias>'
        '<nameAlias regulationLanguage="en" function="Minister" wholeName="" firstName="Zo" lastName=" Ta "/>'
        '<address city="A" countryIso2Code="MA"/><newElement wholeName="No One"/>'
        '<nameAlias strong=" false " wholeName="Weak"/>'
    )
    found = listed(f"<!-- r --><?p i?>{record(inside)}")
    (one,) = found.persons
    assert (one.names, one.weak_names, one.remarks) == (("وزير", "Zo Ta"), ("Weak",), ("Minister",))
    assert (found.reported, found.unread, found.source_elements) == ((), (), 1)


def test_the_kind_of_a_record_is_read_from_either_of_its_codes() -> None:
    subject = '<sanctionEntity euReferenceNumber="{}"><subjectType {}/><nameAlias wholeName="A"/></sanctionEntity>'
    codes = ('classificationCode="P"', 'code="PERSON"', 'classificationCode="E" code="enterprise"', 'code="x"', "")
    found = listed("".join(subject.format(number, code) for number, code in enumerate(codes, 1)))
    assert [one.reference for one in found.persons] == ["1", "2"]
    assert [one.code for one in found.reported] == ["eu_list.entity", "eu_list.unknown", "eu_list.unknown"]


def test_who_has_weak_names_alone_is_a_person() -> None:
    found = listed(record('<nameAlias wholeName="Abu Z" strong="false"/>')).persons[0]
    assert (found.names, found.weak_names) == (("Abu Z",), ())


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('birthdate="1937-04-28" year="1937"', ("1937-04-28",)),
        ('year="1937" monthOfYear="4" dayOfMonth="28"', ("1937-04-28",)),
        ('year="1937" monthOfYear="4"', ("1937-04",)),
        ('year="1937"', ("1937",)),
        ('year="1937" dayOfMonth="28"', ("1937",)),
        ('circa="true" year="1937"', ("1936/1938",)),
        ('circa="false" calendarType="GREGORIAN" year="1937"', ("1937",)),
        ('circa="true" yearRangeFrom="1953" yearRangeTo="1958"', ("1953/1958",)),
        ('yearRangeFrom="1953" yearRangeTo="1953"', ("1953",)),
        ('birthdate="1937-02-30" year="1937"', ("1937",)),
        ('birthdate="1937-02-30"', ()),
        ('birthdate="1937-04-28+01:00"', ("1937-04-28",)),
        ('birthdate="1937-04-28Z"', ("1937-04-28",)),
        ('birthdate="1937-04-28T00:00:00"', ("1937-04-28",)),
        ('birthdate="1937-04-28" circa="true"', ("1936/1938",)),
        ('circa="TRUE" year="1937" monthOfYear="4"', ("1936/1938",)),
        ('year=" 1937 " monthOfYear="" dayOfMonth=""', ("1937",)),
        ('birthdate="1937-04-28" calendarType="gregorian"', ("1937-04-28",)),
        ('birthdate="1400-04-28" calendarType="ISLAMIC"', ()),
        ('yearRangeTo="1980"', ()),
        ('yearRangeFrom="1958" yearRangeTo="1953"', ()),
        ('calendarType="HIJRI" year="1400"', ()),
        ('year="١٩٣٧"', ()),
    ],
)
def test_birth_dates(attributes: str, expected: tuple[str, ...]) -> None:
    found = listed(record(f'<nameAlias wholeName="A"/><birthdate {attributes}/>'))
    assert found.persons[0].birth_dates == expected
    assert [item.code for item in found.unread] == ([] if expected else ["eu_list.birth_date"])


def test_a_birth_place_without_a_date_is_no_unread_date() -> None:
    found = listed(record('<nameAlias wholeName="A"/><birthdate city="Fès" countryDescription="MOROCCO"/>'))
    assert (found.persons[0].places, found.unread) == (("Fès, MOROCCO",), ())


def test_several_dates_citizenships_and_documents() -> None:
    found = person(
        '<birthdate year="1950"/><birthdate year="1951"/><citizenship countryIso2Code="MA"/>'
        '<citizenship countryIso2Code="" countryDescription="BELGIUM"/>'
        '<citizenship countryIso2Code="00" countryDescription="UNKNOWN"/>'
        '<identification identificationTypeCode="passport" number="AB 123" countryIso2Code="MA"/>'
        '<identification identificationTypeCode="id" latinNumber="77" countryIso2Code="00"/>'
        '<identification identificationTypeCode="other" number=""/><remark>Said to be\n abroad.</remark>'
    )
    assert (found.birth_dates, found.nationalities) == (("1950", "1951"), ("MAR", "BEL"))
    assert found.papers == (Paper("P", "AB 123", "MAR"), Paper("I", "77"))
    assert (found.documents, found.remarks) == (("AB 123", "77"), ("Said to be abroad.",))


def test_an_unknown_country_is_told() -> None:
    found = listed(record('<nameAlias wholeName="A"/><citizenship countryIso2Code="SU" countryDescription="USSR"/>'))
    assert found.persons[0].nationality_names == ("USSR",)
    assert [item.code for item in found.unread] == ["eu_list.nationality"]


def test_sex_is_known_when_all_names_agree() -> None:
    both = '<nameAlias wholeName="A" gender="M"/><nameAlias wholeName="B" gender="{}"/>'
    assert [listed(record(both.format(one))).persons[0].sex for one in "MF"] == ["male", "unknown"]


def test_everything_else_is_reported() -> None:
    body = record("", code="enterprise") + record('<nameAlias wholeName="A"/>') + record('<nameAlias wholeName="B"/>')
    body += record("", "EU.9") + record('<nameAlias wholeName="C"/>', code="vessel") + "<news/>"
    found = listed(body)
    assert [item.code.removeprefix("eu_list.") for item in found.reported] == [
        "entity", "twice", "person", "unknown", "unknown",
    ]  # fmt: skip
    assert [item.names for item in found.persons] == [("A",)]
    assert len(found.persons) + len(found.reported) == found.source_elements == 6
    assert found.entities_count == 1


def test_every_code_of_two_letters_has_one_that_a_name_has() -> None:
    assert (code_of_two("be"), code_of_two(" MA "), code_of_two("XX"), code_of_two("")) == ("BEL", "MAR", None, None)
    assert code_of_two("GB") == country_code("United Kingdom")


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as error:
        read_eu_list(data)
    return error.value


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE export>",
        f"<!DOCTYPE export [<!ENTITY l0 'laugh'>{LAUGHS}]>",
        "<!DOCTYPE export [<!ENTITY l11 SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE export SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_and_entities_are_refused_without_being_expanded(doctype: str, encoding: str) -> None:
    tracemalloc.start()
    body = record('<nameAlias wholeName="&l11;"/>')
    error = refused(f"{doctype}<export>{body}</export>".encode(encoding))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code in {"eu_list.doctype", "eu_list.xml"}
    assert peak < 1_000_000


def test_half_a_list_says_where_it_ends_and_how_much_was_read() -> None:
    body = "".join(record('<nameAlias wholeName="A"/>', f"EU.{n}") + "\n" for n in range(10))
    data = f"<export>{body}</export>".encode()
    error = refused(data[: data.index(b"EU.6")])
    assert (error.code, error.where, error.params["persons"]) == ("eu_list.xml", "line 7", 6)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "eu_list.xml"),
        (b"garbage", "eu_list.xml"),
        (b"<html/>", "read.page"),
        (b"<CONSOLIDATED_LIST/>", "eu_list.none"),
        (b"<export/>", "eu_list.none"),
        (b"<export><sanctionEntity>", "eu_list.xml"),
        (b"<export><sanctionEntity>" + b"<a/>" * (MAX_WITHIN + 9), "eu_list.size"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_a_stream_is_read_as_well() -> None:
    assert read_eu_list(io.BytesIO(f"<export>{record('')}</export>".encode())).source_elements == 1
