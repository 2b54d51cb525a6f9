"""What of the UN list is a record, nationalities as codes, and document types that hide."""

from __future__ import annotations

import pytest

from mithaq.errors import InputError
from mithaq.formats.un_list import UnList, read_un_list

LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
ATTACK = f"<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY l0 'laugh'>{LAUGHS}]><CONSOLIDATED_LIST><INDIVIDUAL>&l11;"


def listed(body: str) -> UnList:
    return read_un_list(f"<CONSOLIDATED_LIST>{body}</CONSOLIDATED_LIST>".encode())


def test_nationalities_are_codes_and_names_without_one_are_kept_and_told() -> None:
    text = "".join(f"<VALUE>{name}</VALUE>" for name in ("Türkiye", "former Soviet Union", "na", "Turkey"))
    body = f"<FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>X</REFERENCE_NUMBER><NATIONALITY>{text}</NATIONALITY>"
    found = listed(f"<INDIVIDUALS><INDIVIDUAL>{body}</INDIVIDUAL></INDIVIDUALS>")
    assert found.persons[0].nationalities == ("TUR",)
    assert found.persons[0].nationality_names == ("Türkiye", "former Soviet Union", "Turkey")
    assert [item.code for item in found.unread] == ["un_list.nationality"]


def test_a_new_kind_of_record_is_reported_not_passed_over() -> None:
    found = listed("<INDIVIDUALS><VESSEL><INDIVIDUAL/></VESSEL></INDIVIDUALS><VESSELS><VESSEL/></VESSELS><ENTITIES/>")
    assert [item.code for item in found.reported] == ["un_list.unknown"] * 2
    assert found.source_elements == 2


def test_a_person_within_a_person_is_no_other_person() -> None:
    name = "<FIRST_NAME>A</FIRST_NAME><REFERENCE_NUMBER>{}</REFERENCE_NUMBER>"
    inner = f"<INDIVIDUAL>{name.format('X')}</INDIVIDUAL>"
    found = listed(f"<INDIVIDUAL>{name.format('Y')}{inner}</INDIVIDUAL>")
    assert [person.reference for person in found.persons] == ["Y"]
    assert found.source_elements == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037"])
def test_a_document_type_in_another_encoding_is_refused(encoding: str) -> None:
    head = f"<?xml version='1.0' encoding='{encoding.removesuffix('-le').removesuffix('-be')}'?>"
    with pytest.raises(InputError) as error:
        read_un_list((head + ATTACK + "</INDIVIDUAL></CONSOLIDATED_LIST>").encode(encoding))
    assert error.value.code in {"un_list.doctype", "un_list.xml"}


@pytest.mark.parametrize("blanks", [0, 32 * 1024 - 4, 32 * 1024, 40_000])
def test_a_document_type_is_refused_before_the_parser_reads_it(blanks: int) -> None:
    with pytest.raises(InputError) as error:
        read_un_list(b" " * blanks + b"<!DOCTYPE x [" + b"<!ENTITY a 'b'>" * 10_000)
    assert error.value.code == "un_list.doctype"
