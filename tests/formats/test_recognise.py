"""Formats by content: every file that is given, dirty ones, packed ones, and files that are something else."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from datetime import date
from typing import IO

import pytest

from mithaq.errors import InputError
from mithaq.formats.csv_mapping import read_mapping
from mithaq.formats.known import FORMATS, head_of, recognise
from mithaq.formats.reading import Reading
from mithaq.formats.recognise import Asked, read_file
from mithaq.formats.unpack import MAX_BYTES, unpack
from tests.shared_data import shared

DAY = Asked(date(2026, 3, 1))
MRZ = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n"
PAXLST = b"UNB+UNOA:4+A+B+260504:0110+1'UNH+1+PAXLST:D:05B:UN'NAD+FL+++MAES:JAN'UNT+3+1'UNZ+1+1'"


def read(data: bytes, asked: Asked = DAY) -> Reading:
    return read_file(io.BytesIO(data), asked)


def kind(data: bytes) -> str:
    return recognise(head_of(data)).kind


def flipped(data: bytes) -> bytes:
    """Some bytes in the middle of the packed content are others."""
    return data[:50] + b"\xff\xff\xff" + data[53:]


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in members:
            pack.writestr(name, data)
    return held.getvalue()


# By content


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("border/paxlst", "PAXLST"),
        ("border/pnrgov", "PNRGOV"),
        ("border/mrz_specimens.txt", "MRZ"),
        ("lists/un_sc_consolidated.xml", "UN list"),
        ("lists/ofac_sdn.csv", "OFAC list"),
        ("lists/eu_fsf_excerpt.xml", "EU list"),
        ("border/icao_state_codes.csv", "CSV"),
        ("border/unlocode_MA_BE.csv", "CSV"),
    ],
)
def test_every_file_that_is_given_is_recognised(folder: str, expected: str) -> None:
    place = shared(f"data/{folder}")
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    assert files
    assert {file.name: kind(file.read_bytes()) for file in files} == {file.name: expected for file in files}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (MRZ, "MRZ"),
        (MRZ.lower().replace(b"\n", b""), "MRZ"),
        (MRZ.decode().encode("utf-16"), "MRZ"),
        (b"\r\n\r\n" + PAXLST, "PAXLST"),
        (b'{"id":"1","names":["A"]}', "JSON Lines"),
        (b'\xef\xbb\xbf \n{"id"', "JSON Lines"),
        (b"id;name\n1;A\n", "CSV"),
        (b"family;given\nYOUNG;PETER\nUNG;KIM\n", "CSV"),  # no headers of an interchange
        (b'family,given\n"YOUNG","PETER"\nUNG,KIM\n', "CSV"),
        (b"<CONSOLIDATED_LIST><FIRST_NAME>UNG</FIRST_NAME><SECOND_NAME>SUNG</SECOND_NAME>", "UN list"),
        (PAXLST.lower(), "PAXLST"),
        ("id;name\n1;é".encode("utf-16"), "CSV"),
        (b"UNA:+.? 'UNH+1+PNRGOV:13:1:IA'", "PNRGOV"),
        (b'<?xml version="1.0"?><CONSOLIDATED_LIST>', "UN list"),
        ("<CONSOLIDATED_LIST>".encode("utf-16"), "UN list"),
        (b'<export xmlns="http://eu.europa.ec/fpi/fsd/export" x="1">', "EU list"),
        (b'36,"AERO, LTD.",-0- ,"CUBA",-0- ', "OFAC list"),
        (b'1,"A ""B"" C","individual","SDGT",-0- ', "OFAC list"),
    ],
)
def test_content_decides(data: bytes, expected: str) -> None:
    assert kind(data) == expected


@pytest.mark.parametrize("data", [b"hello", b"\x7fELF\x02\x01", b"\xff\xfe\xfd" * 30])
def test_what_is_none_of_them_is_said(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == "read.unknown"


def test_the_readers_of_the_table_that_are_here_give_one_shape() -> None:
    given = {
        "PAXLST": shared("data/border/paxlst/loader_Test1.txt").read_bytes(),
        "MRZ": shared("data/border/mrz_specimens.txt").read_bytes(),
        "UN list": shared("data/lists/un_sc_consolidated.xml").read_bytes(),
        "JSON Lines": b'{"id":"1","names":["A"]}\n{\n',
        "CSV": b"id,name\n1,A\n",
    }
    counts = {}
    for name, data in given.items():
        found = read(data)
        assert found.kind == name
        assert all(one.where and one.kind and one.value for one in found.records)
        assert all(one.where and one.code and one.detail for one in (*found.warnings, *found.not_understood))
        counts[name] = (len(found.records), len(found.not_understood))
    assert counts == {"PAXLST": (9, 0), "MRZ": (5, 0), "UN list": (730, 273), "JSON Lines": (1, 1), "CSV": (1, 0)}


def test_a_cut_message_says_what_was_left_out() -> None:
    whole = shared("data/border/paxlst/loader_Test1.txt").read_bytes()
    found = read(whole[: whole.index(b"DOC+") + 3])
    assert "edifact.cut" in {one.code for one in found.not_understood}
    assert "edifact.unt" in {one.code for one in found.warnings}
    assert not {one.code for one in found.warnings} & {one.code for one in found.not_understood}
    assert {one.where.split()[0] for one in (*found.warnings, *found.not_understood)} == {"offset"}


def test_a_mapping_reads_a_csv_that_looks_like_a_list_and_leaves_other_formats_alone() -> None:
    mapping = read_mapping(b"header = false\n[columns]\nid = 1\nnames = 2\n")
    asked = Asked(DAY.today, mapping)
    assert read(b'36,"AERO, LTD.",-0- ,"CUBA"\n', asked).records[0].value == {"id": "36", "names": ["AERO, LTD."]}
    assert read(MRZ, asked).kind == "MRZ"


def test_a_birth_in_the_future_is_told_with_its_line() -> None:
    born = ["2026-03-01", "2026-03-02", "2026-03", "2026", "2027", "2027/2028", "2020/2030"]
    lines = [{"id": str(at), "names": ["A B"], "birth_dates": [one]} for at, one in enumerate(born)]
    lines.append({"id": "t", "names": ["A B"], "birth_date": "2062-04-01"})
    found = read("".join(f"{json.dumps(one)}\n" for one in lines).encode())
    assert [(one.code, one.where) for one in found.warnings] == [
        ("read.unborn", f"line {line}") for line in (2, 5, 6, 8)
    ]
    assert found.records[1].value["birth_dates"] == ["2026-03-02"]
    asked = Asked(DAY.today, read_mapping(b"[columns]\nnames = 'name'\nbirth_dates = 'born'\n"))
    table = read(b"name,born\nA B,2062-04-01\nC D,1962-04-01\n", asked)
    assert [one.where for one in table.warnings if one.code == "read.unborn"] == ["line 2"]


def test_aliases_alone_are_said_to_be_so() -> None:
    with pytest.raises(InputError) as caught:
        read(b'36,12,"aka","AERO-CARIBBEAN",-0- \n')
    assert caught.value.code == "read.aliases"


def test_a_list_without_its_aliases_says_so() -> None:
    from types import SimpleNamespace

    from mithaq.formats import recognise as module

    row = next(one for one in FORMATS if one.kind == "OFAC list")
    value = SimpleNamespace(persons=(), reported=(), unread=())
    told = [module._shaped(row, value, Asked(DAY.today, aliases=held)).warnings for held in (None, b"")]
    assert [[one.code for one in each] for each in told] == [["read.alone"], []]


def test_a_reader_that_is_not_installed_is_an_error_that_names_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    from mithaq.formats import known as module

    gone = [
        one if one.kind != "MRZ" else module.Format("MRZ", one.fits, "mithaq.formats.gone:read", "zones")
        for one in FORMATS
    ]
    monkeypatch.setattr(module, "FORMATS", tuple(gone))
    with pytest.raises(InputError) as caught:
        read(MRZ)
    assert (caught.value.code, caught.value.params) == ("read.later", {"format": "MRZ"})


# Packed


def test_gz_and_zip_with_one_member_are_unpacked() -> None:
    for packed in (
        gzip.compress(MRZ),
        gzip.compress(MRZ[:50]) + gzip.compress(MRZ[50:]),
        zipped(("a/", b""), ("a/zone.txt", MRZ)),
    ):
        assert read(packed).kind == "MRZ"


@pytest.mark.parametrize("members", [[], [("a", b"1"), ("b", b"2")]])
def test_a_zip_with_none_or_several_is_refused(members: list[tuple[str, bytes]]) -> None:
    with pytest.raises(InputError) as caught:
        read(zipped(*members))
    assert caught.value.code == "read.members"


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(MRZ)[:-5],
        b"\x1f\x8b\x08\x00rubbish-rubbish",
        zipped(("a", MRZ))[:40],
        b"PK\x03\x04rubbish",
        flipped(zipped(("a", MRZ * 9))),
    ],
    # Packed data holds the time of packing, and the ids of tests must be those of every process.
    ids=["gz cut", "gz rubbish", "zip cut", "zip rubbish", "zip flipped"],
)
def test_what_is_damaged_is_said(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == "read.packed"


def bomb() -> bytes:
    """A gigabyte of zeros in a megabyte."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"\0" * (1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(1024)), packer.flush()])


def zip_bomb() -> bytes:
    """A zip whose member holds far more than the limit; what its header claims is a lie."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as pack, pack.open("a", "w") as member:
        for _ in range(MAX_BYTES // (1 << 20) * 3):
            member.write(b"\0" * (1 << 20))
    return held.getvalue()


class Counted(io.RawIOBase):
    """A stream of a given size that holds nothing and counts what is taken of it."""

    def __init__(self, size: int) -> None:
        self.left, self.taken = size, 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0
        piece = min(size, self.left)
        self.left -= piece
        self.taken += piece
        return b"A" * piece


def test_a_gigabyte_is_read_no_further_than_the_limit() -> None:
    stream = Counted(1 << 30)
    with pytest.raises(InputError) as caught:
        unpack(stream)  # type: ignore[arg-type]
    assert caught.value.code == "read.size"
    assert stream.taken == MAX_BYTES + 1


@pytest.mark.parametrize("wrap", [bomb, zip_bomb])
def test_a_bomb_stops_at_the_limit(wrap: object, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = wrap()  # type: ignore[operator]
    taken = 0
    real: dict[type, object] = {}

    def counting(kind: type) -> None:
        real[kind] = kind.read

        def counted(self: IO[bytes], size: int = -1) -> bytes:
            nonlocal taken
            piece: bytes = real[kind](self, size)  # type: ignore[operator]
            taken += len(piece)
            return piece

        monkeypatch.setattr(kind, "read", counted)

    counting(gzip.GzipFile)
    counting(zipfile.ZipExtFile)
    assert len(packed) < 4 * 1024 * 1024
    with pytest.raises(InputError) as caught:
        unpack(io.BytesIO(packed))
    assert caught.value.code == "read.size"
    assert taken == MAX_BYTES + 1
