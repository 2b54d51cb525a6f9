"""PAXLST as other systems write it: right at the first reading, and written again to the same values."""

from __future__ import annotations

import io
from datetime import date

import pytest

from mithaq.formats.paxlst import Baggage, Manifest, Traveller, read_paxlst
from mithaq.formats.paxlst_write import write_paxlst
from mithaq.formats.recognise import Asked, read_file
from tests.formats.paxlst_dialects import DIALECTS, Dialect

_LETTERS = {"female": "F", "male": "M", "other": "X", "unknown": "-"}


def row(one: Traveller) -> str:
    documents = ",".join(f"{it.kind} {it.number} {it.issuer or '-'} {it.expires or '-'}" for it in one.documents)
    who = (one.role, one.family, one.given, _LETTERS[one.sex], one.birth_date or "-", one.nationality or "-")
    return "|".join((*who, documents or "-"))


def journey(one: Manifest) -> str:
    return f"{one.flight} {one.departure}-{one.arrival} {one.departs} {one.arrives}"


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_dialect_is_read_as_it_was_read_by_eye(dialect: Dialect) -> None:
    found = read_paxlst(dialect.data)
    assert tuple(map(journey, found.messages)) == dialect.journeys
    assert tuple(row(one) for message in found.messages for one in message.travellers) == dialect.rows
    assert tuple(sorted(one.code for one in found.warnings)) == dialect.warnings


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_dialect_is_recognised(dialect: Dialect) -> None:
    reading = read_file(io.BytesIO(dialect.data), Asked(date(2026, 3, 1)))
    assert reading.kind == "PAXLST"
    assert sum(one.kind == "traveller" for one in reading.records) == len(dialect.rows)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_what_was_read_is_written_and_read_again(dialect: Dialect) -> None:
    for manifest in read_paxlst(dialect.data).messages:
        if all((one.family + one.given).isascii() for one in manifest.travellers):
            assert read_paxlst(write_paxlst(manifest)).messages == (manifest,)


def named(name: str) -> Manifest:
    (dialect,) = (one for one in DIALECTS if one.name.startswith(name))
    return read_paxlst(dialect.data).messages[0]


def test_details_of_a_traveller() -> None:
    manifest = named("D.02B in a group")
    assert (manifest.version, manifest.transaction) == ("D:02B", "MQ260302")
    assert (manifest.access, manifest.part) == ("MQ0551/260302/1825", "01:F")
    (nora,) = manifest.travellers
    assert (nora.reference, nora.identifier, nora.seat, nora.references) == ("QWERT1", "MQ0001", "12A", ("CR 8812345",))
    assert nora.bags == Baggage("2", "28 kg", ("MQ123456:2",))
    assert nora.contacts == ("TE 3225000000",)
    assert nora.address == "RUE HAUTE 12, BRUXELLES, 1000, BEL"
    assert (nora.clearance, nora.embarkation, nora.debarkation, nora.residence) == ("BRU", "CMN", "BRU", "BEL")


def test_day_of_issue_is_that_of_its_document() -> None:
    passport, visa = named("D.12B").travellers[0].documents
    assert (passport.issued, passport.expires, visa.issued) == ("2020-01-13", "2030-01-12", None)


def test_duties_of_crew() -> None:
    assert [one.duty for one in named("crew by").travellers] == ["CR1", "CR2"]


def test_close_of_a_flight_names_bookings() -> None:
    manifest = named("the close")
    assert (manifest.document_code, manifest.function) == ("266", "CLOB")
    assert manifest.mentioned == ("QWERT1 MQ0001", "QWERT1 MQ0002")


def test_parts_of_a_list_say_so() -> None:
    (dialect,) = (one for one in DIALECTS if one.name.startswith("one list in two"))
    found = read_paxlst(dialect.data)
    assert [one.part for one in found.messages] == ["01:C", "02:F"]
    assert len({one.access for one in found.messages}) == 1


def test_two_arrivals_of_one_flight_are_two_legs() -> None:
    legs = named("one flight that lands twice").itinerary
    assert [(one.flight, one.departure, one.arrival) for one in legs] == [
        ("MQ551", "CMN", "BRU"),
        ("MQ551", "BRU", "LGG"),
    ]


def test_an_unknown_version_is_told_with_its_name() -> None:
    (dialect,) = (one for one in DIALECTS if one.name.startswith("a version"))
    (warning,) = read_paxlst(dialect.data).warnings
    assert warning.detail.startswith("The message is of version D:23A, which this reader does not know")
