"""Files that are something else: each is named, and the remedy says what to do next. Dirt before what is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from datetime import date

import pytest

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import read_mapping
from mithaq.formats.eu_list import read_eu_list
from mithaq.formats.known import head_of, recognise
from mithaq.formats.ofac_list import read_ofac_list
from mithaq.formats.reading import Reading
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.seems import root_of
from mithaq.formats.un_list import read_un_list
from mithaq.formats.unpack import MAX_ENTRIES

TODAY = date(2026, 3, 1)
PAXLST = b"UNB+UNOA:4+A+B+260504:0110+1'UNH+1+PAXLST:D:05B:UN'NAD+FL+++MAES:JAN'UNT+3+1'UNZ+1+1'"
UN = "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>ADA</FIRST_NAME><REFERENCE_NUMBER>X</REFERENCE_NUMBER>"
UN += "</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"
PAGE = b"<!DOCTYPE html>\n<html lang='en'><head><title>Consolidated list</title></head><body>XML, PDF</body></html>"


def read(data: bytes, mapping: bytes = b"") -> Reading:
    return read_file(io.BytesIO(data), Asked(TODAY, read_mapping(mapping) if mapping else None))


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.remedy
    return caught.value


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members:
            pack.writestr(name, data)
    return held.getvalue()


def tarred(data: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as pack:
        member = tarfile.TarInfo("a.txt")
        member.size = len(data)
        pack.addfile(member, io.BytesIO(data))
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "read.empty"),
        (b"\xef\xbb\xbf \r\n\x1a", "read.empty"),
        (b"\0" * 90, "read.empty"),
        ("\ufeff".encode("utf-16-le"), "read.empty"),
        (PAGE, "read.page"),
        (b"\xef\xbb\xbf\n<!-- saved from url -->\n<HTML><BODY>a,b</BODY></HTML>", "read.page"),
        (PAGE.decode().encode("utf-16"), "read.page"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0' 'x'><html/>", "read.page"),
        (b"\x89PNG\r\n\x1a\n\0\0,", "read.picture"),
        (b"%PDF-1.7\n1,2", "read.picture"),
        (b"\xff\xd8\xff\xe0,", "read.picture"),
        (b"{\\rtf1\\ansi a,b}", "read.picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "read.office"),
        (zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")), "read.office"),
        (zipped(("mimetype", b"x"), ("content.xml", b"<a/>"), ("META-INF/manifest.xml", b"<a/>")), "read.office"),
        (gzip.compress(gzip.compress(PAXLST)), "read.archive"),
        (zipped(("a.zip", zipped(("a", PAXLST)))), "read.archive"),
        (gzip.compress(tarred(PAXLST * 20)), "read.archive"),
        (bz2.compress(PAXLST), "read.archive"),
        (lzma.compress(PAXLST), "read.archive"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "read.archive"),
        (b"age-encryption.org/v1\n-> X25519 a", "read.sealed"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ,", "read.sealed"),
        (b"<?xml version='1.0'?>\n<sdnList xmlns='urn:x'><sdnEntry/></sdnList>", "read.ofac"),
        (b"<Sanctions xmlns='urn:advanced'/>", "read.ofac"),
        (b'36,25,"1 Long Road","Havana","Cuba",-0- \r\n36,26,-0- ,-0- ,"Cuba",-0- \r\n', "read.ofac"),
        (b'36@"AERO"@-0- @"CUBA"@-0- ', "read.ofac"),
        (b'36|"TAFRASTI, Zohair"|"individual"|"X"|', "read.ofac"),
        (b"\xef\xbb\xbffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber\n1;2;3\n", "read.eu"),
        (b"Entity_LogicalId,NameAlias_WholeName\n1,A\n", "read.eu"),
        (b"<WHOLE Date='2016-01-01'><ENTITY Id='1'/></WHOLE>", "read.eu"),
        (b"<rss><channel/></rss>", "read.xml"),
        (b"<?xml version='1.0'?>\n<!-- list -->", "read.cut"),
        (b"<?xml vers", "read.cut"),
        (b"Received: from a by b; Mon, 1\nFrom: a\nSubject: list, 2\n\nHello, there", "read.mail"),
        (b"Subject: manifest, flight\nTo: b\n\n", "read.mail"),
        (b"[\n{\"id\": 1}\n]", "read.json"),
        (b"[1,2]", "read.json"),
        (b"{\n  \"persons\": []\n}", "read.json"),
    ],
)  # fmt: skip
def test_what_is_something_else_is_named(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_the_first_element_of_another_document_is_told_and_no_more_of_it() -> None:
    error = refused(b"<x:" + b"Designations" * 9 + b" a='b'>")
    assert error.code == "read.xml"
    assert error.params["root"] == ("Designations" * 9)[:61]
    assert root_of("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><!-- <d> --><e:f/>") == "f"
    assert root_of("plain <a>") == ""


@pytest.mark.parametrize("reader", [read_un_list, read_eu_list, read_ofac_list])
def test_a_page_in_place_of_a_list_is_named_by_the_list_itself(reader: object) -> None:
    for data in (PAGE, PAGE.lower(), b"\n" + PAGE, PAGE.decode().encode("utf-16")):
        with pytest.raises(InputError) as caught:
            reader(data)  # type: ignore[operator]
        assert caught.value.code == "read.page"


def test_remarks_without_end_cost_no_more_than_their_length() -> None:
    # A backtracking reader of these would not end.
    assert root_of("<!--a-->" * 5000) == ""
    assert refused(b"<!--a-->" * 500).code == "read.cut"
    assert refused(b"<!--" * 5000).code == "read.cut"
    assert refused(b"<!DOCTYPE a [" * 3000).code in {"read.unknown", "read.cut"}


# What stands before or around a format, and does not hide it


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\r\n\r\n ",
        b"\0\0",
        b"QU BRUXXYY\r\n.CMNXXYY 040110\r\n\x02",
        b"%$#!~~~\r\n",
        b"\x01\x02 ATT\n",
    ],
)
def test_noise_before_an_interchange_does_not_hide_it(before: bytes) -> None:
    for una in (b"", b"UNA:+.? '\r\n"):
        found = read(before + una + PAXLST)
        assert found.kind == "PAXLST"
        assert [one.value["family"] for one in found.records if one.kind == "traveller"] == ["MAES"]


def test_an_interchange_in_utf16_is_read_and_told() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        found = read(PAXLST.decode().encode(encoding))
        assert (found.kind, found.warnings[0].code) == ("PAXLST", "read.wide")
        assert [one.value["family"] for one in found.records if one.kind == "traveller"] == ["MAES"]


def test_the_letters_of_a_segment_in_a_table_make_it_no_interchange() -> None:
    for table in (b"code,name\nBRUNB,Bruna\nUNB,A\n", b"id;unit\n1;UNH\nUNH;x\n", b'n\t"UNB"\t\n'):
        assert recognise(head_of(table)).kind == "CSV"


@pytest.mark.parametrize(
    "text",
    [
        f"<?xml version='1.0'?>\n<!-- <export> {'x' * 20_000} -->\n{UN}",
        f"\n\n{UN}",
        f"<?xml-stylesheet href='a'?><!--a--><!--b-->{UN}",
    ],
)
def test_remarks_before_a_list_do_not_hide_it(text: str) -> None:
    assert recognise(head_of(text.encode())).kind == "UN list"


def test_a_list_with_a_document_type_is_recognised_and_refused_safely() -> None:
    attack = f"<!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>{UN.replace('ADA', '&a;')}"
    assert refused(attack.encode()).code == "un_list.doctype"
    assert refused(f"<!--a-->{attack}".encode()).code == "un_list.doctype"


def test_an_eu_list_with_a_prefix_is_one() -> None:
    space = "http://eu.europa.ec/fpi/fsd/export"
    body = "<f:sanctionEntity euReferenceNumber='EU.1'><f:subjectType code='person'/><f:nameAlias wholeName='A'/>"
    found = read(f"<f:export xmlns:f='{space}'>{body}</f:sanctionEntity></f:export>".encode())
    assert (found.kind, [one.where for one in found.records]) == ("EU list", ["EU.1"])


def test_json_lines_with_carriage_returns_blanks_and_a_mark_are_read() -> None:
    found = read(b'\xef\xbb\xbf\r\n{"id":"1","names":["A"]}\r\n\r\n{"id":"2","names":["B"]}\r\n')
    assert (found.kind, len(found.records), found.not_understood) == ("JSON Lines", 2, ())


def test_a_mapping_reads_a_table_that_is_named_otherwise_without_one() -> None:
    data = b"Entity_LogicalId,NameAlias_WholeName\n1,A\n"
    assert refused(data).code == "read.eu"
    mapping = b"[columns]\nid = 'Entity_LogicalId'\nnames = 'NameAlias_WholeName'\n"
    assert read(data, mapping).records[0].value == {"id": "1", "names": ["A"]}


# Packed


def test_what_systems_put_beside_a_file_is_no_second_one() -> None:
    beside = [("__MACOSX/._list.xml", b"x"), (".DS_Store", b"x"), ("a/._list.xml", b"x"), ("Thumbs.db", b"x")]
    assert read(zipped(("a/list.xml", UN.encode()), *beside)).kind == "UN list"
    error = refused(zipped(("a", b"1"), ("b", b"2"), *beside))
    assert (error.code, error.params) == ("read.members", {"count": 2})


def test_a_locked_zip_is_said_to_be_locked() -> None:
    data = bytearray(zipped(("a.txt", PAXLST)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1  # the general purpose bit for encryption
    assert refused(bytes(data)).code == "read.locked"


def test_a_zip_of_very_many_files_is_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped(("a", b"1")) + b"PK\x01\x02" * MAX_ENTRIES

    def never(*_: object) -> None:
        raise AssertionError("the zip was opened")

    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert refused(many).code == "read.members"


@pytest.mark.parametrize("cut", [1, 20, 100])
def test_a_list_that_is_cut_says_so(cut: int) -> None:
    assert refused(UN.encode()[:-cut]).code == "un_list.xml"
