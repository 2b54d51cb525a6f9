"""PAXLST against what was read by eye, and against messages written here for one rule each."""

from __future__ import annotations

from collections import Counter

import pytest

from mithaq.errors import InputError
from mithaq.formats.paxlst import Interchange, Leg, Manifest, TravelDocument, Traveller, read_paxlst
from mithaq.formats.paxlst_write import write_paxlst
from tests.formats.paxlst_table import JOURNEYS, TABLE, Expected
from tests.shared_data import shared

HEAD = "UNB+UNOA:4+AIR+POST+260504:0110+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'"
FLIGHT = "TDT+20+XM0412+++XM'LOC+125+CMN'DTM+189:2605040110:201'LOC+87+BRU'DTM+232:2605040630:201'"


def message(body: str, flight: str = FLIGHT) -> Interchange:
    return read_paxlst(f"{HEAD}{flight}{body}".encode())


def only(body: str, flight: str = FLIGHT) -> Traveller:
    (found,) = message(body, flight).messages[0].travellers
    return found


def row(one: Traveller) -> str:
    sex = {"female": "F", "male": "M"}[one.sex]
    documents = ",".join(f"{it.kind} {it.number} {it.issuer or '-'} {it.expires or '-'}" for it in one.documents)
    return "|".join((one.family, one.given, sex, one.birth_date or "-", one.nationality or "-", documents or "-"))


@pytest.mark.parametrize("expected", TABLE, ids=lambda one: one.file)
def test_real_message_holds_what_was_read_by_eye(expected: Expected) -> None:
    found = read_paxlst(shared(f"data/border/paxlst/{expected.file}").read_bytes())
    (manifest,) = found.messages
    assert tuple(map(row, manifest.travellers)) == expected.rows
    roles = Counter(one.role for one in manifest.travellers)
    assert roles == +Counter(passenger=expected.passengers, crew=expected.crew)
    assert (manifest.document_code, manifest.carrier, manifest.flight) == (
        expected.code,
        expected.carrier,
        expected.flight,
    )
    assert (manifest.departure, manifest.departs) == (expected.departure, expected.departs)
    assert (manifest.arrival, manifest.arrives) == (expected.arrival, expected.arrives)
    assert sorted(one.code for one in found.warnings) == sorted(expected.warnings)


def test_table_covers_every_file() -> None:
    assert {one.file for one in TABLE} == {path.name for path in shared("data/border/paxlst").iterdir()}


@pytest.mark.parametrize("file", JOURNEYS)
def test_real_travellers_go_where_the_table_says(file: str) -> None:
    (manifest,) = read_paxlst(shared(f"data/border/paxlst/{file}").read_bytes()).messages
    found = [(o.embarkation, o.debarkation, o.residence, o.birth_place, o.reference) for o in manifest.travellers]
    assert found == JOURNEYS[file]


def test_two_flights_are_two_legs() -> None:
    (manifest,) = read_paxlst(shared("data/border/paxlst/parsers_apisMessage.txt").read_bytes()).messages
    assert manifest.itinerary == (
        Leg("AA123", "ATL", "2007-02-19T15:40", "ORD", "2007-02-19T17:40"),
        Leg("AA124", "ORD", "2007-02-19T18:40", "JFK", "2007-02-19T19:55"),
    )


def test_further_departure_of_one_flight_is_a_further_leg() -> None:
    flight = "TDT+20+XM1'LOC+125+CMN'DTM+189:2605040100:201'LOC+92+CDG'DTM+232:2605040300:201'"
    flight += "DTM+189:2605040400:201'LOC+87+BRU'DTM+232:2605040500:201'"
    (manifest,) = message("NAD+FL+++A:B'", flight).messages
    assert [(leg.departure, leg.arrival) for leg in manifest.itinerary] == [("CMN", "CDG"), ("CDG", "BRU")]
    assert (manifest.departure, manifest.arrival, manifest.arrives) == ("CMN", "BRU", "2026-05-04T05:00")


@pytest.mark.parametrize(
    ("code", "role"), [("FL", "passenger"), ("FM", "crew"), ("DDU", "transit"), ("DDT", "transit-crew")]
)
def test_roles(code: str, role: str) -> None:
    assert only(f"NAD+{code}+++A:B'").role == role


def test_other_parties_are_no_travellers() -> None:
    found = message("NAD+FL+++A:B'NAD+CA+++C:D'ATT+2++F'NAD+FM+++E:F'")
    assert [one.family for one in found.messages[0].travellers] == ["A", "E"]
    assert found.messages[0].travellers[0].sex == "unknown"
    assert "paxlst.role" in {one.code for one in found.warnings}


@pytest.mark.parametrize(
    ("dtm", "expected"),
    [
        ("329:840317", "1984-03-17"),
        ("329:840317:101", "1984-03-17"),
        ("329:19840317:102", "1984-03-17"),
        ("329:19840317", "1984-03-17"),
        ("329:260503", "2026-05-03"),  # yesterday: an infant
        ("329:260504", "2026-05-04"),  # born on the day
        ("329:260505", "1926-05-05"),  # tomorrow cannot be: a hundred years old
        ("329:840300", "1984-03"),
        ("329:840000", "1984"),
        ("329:1984:602", "1984"),
        ("329:198403:610", "1984-03"),
        ("329:1984031712:203", None),
        ("329:19840230:102", None),
        ("329:841301", None),
        ("329:1984-03-17", "1984-03-17"),
        ("329:17MAR84", "1984-03-17"),
        ("329:17MAR1984", "1984-03-17"),
        ("329:17MAI84", None),
        ("329:170384:2", "1984-03-17"),
        ("329:031784:3", "1984-03-17"),
        ("329:17031984:4", "1984-03-17"),
        ("329:17031984", "1984-03-17"),
        ("329:170319842350:5", "1984-03-17"),
        ("329:20011912:102", None),
        ("329:٨٤٠٣١٧", None),
        ("329:", None),
    ],
)
def test_birth_dates(dtm: str, expected: str | None) -> None:
    found = message(f"NAD+FL+++A:B'DTM+{dtm}'")
    assert found.messages[0].travellers[0].birth_date == expected
    assert ("paxlst.date" in {one.code for one in found.warnings}) == (expected is None)


def test_birth_after_the_flight_is_kept_as_sent_and_warned_of() -> None:
    found = message("NAD+FL+++A:B'DTM+329:20270101:102'")
    assert found.messages[0].travellers[0].birth_date == "2027-01-01"
    assert "paxlst.date.future" in {one.code for one in found.warnings}


@pytest.mark.parametrize(
    ("prepared", "flight", "departs", "born"),
    [
        ("260504", "990504", "1999-05-04", "1980-03-17"),  # a slip of a year is no flight to come
        ("991231", "000101", "2000-01-01", "1980-03-17"),
        ("000101", "991231", "1999-12-31", "1980-03-17"),
        ("740101", "740101", "2074-01-01", "1980-03-17"),
        ("", "990504", "1999-05-04", "1980-03-17"),
        ("20760504", "990504", "2099-05-04", "2080-03-17"),
    ],
)
def test_a_short_year_of_the_flight_is_the_nearest_to_the_interchange(
    prepared: str, flight: str, departs: str, born: str
) -> None:
    journey = f"TDT+20+XM1'DTM+189:{flight}0110:201'DTM+232:{flight}'"
    data = f"UNB+UNOA:4+AIR+POST+{prepared}:0110+1'UNH+1+PAXLST:D:05B:UN'{journey}NAD+FL+++A:B'DTM+329:800317'"
    (found,) = read_paxlst(data.encode()).messages
    assert (found.departs, found.arrives) == (f"{departs}T01:10", departs)
    assert found.travellers[0].birth_date == born


def test_without_a_flight_date_the_interchange_gives_the_century() -> None:
    assert only("NAD+FL+++A:B'DTM+329:300101'", "TDT+20+XM1'").birth_date == "1930-01-01"


def test_without_any_date_a_short_year_is_not_guessed() -> None:
    found = read_paxlst(b"UNH+1+PAXLST:D:05B:UN'NAD+FL+++A:B'DTM+329:300101'DTM+329:300101:101'UNT+5+1'")
    assert found.messages[0].travellers[0].birth_date is None
    assert [one.code for one in found.warnings] == ["paxlst.date", "paxlst.date"]


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        ("P+AB1", TravelDocument("P", "AB1")),
        ("P:110:111+AB1", TravelDocument("P", "AB1")),
        ("P:1812019+AB1", TravelDocument("P", "AB1")),
        ("V+AB1'LOC+91+MAR", TravelDocument("V", "AB1", "MAR")),
        ("I:110:111+AB1'DTM+36:260911", TravelDocument("I", "AB1", None, "2026-09-11")),
        ("AC+AB1'LOC+91+BEL'DTM+36:20760911:102", TravelDocument("AC", "AB1", "BEL", "2076-09-11")),
        ("IP+AB1'DTM+36:760911", TravelDocument("IP", "AB1", None, "2076-09-11")),  # 50 years on
        ("P+AB1'DTM+36:770911", TravelDocument("P", "AB1", None, "1977-09-11")),  # 51 years on: it is over
        (":::PASSPORT+AB1", TravelDocument("PASSPORT", "AB1")),
        ("+AB1", TravelDocument("", "AB1")),
    ],
)
def test_documents(doc: str, expected: TravelDocument) -> None:
    assert only(f"NAD+FL+++A:B'DOC+{doc}'").documents == (expected,)


def test_document_without_number_takes_its_own_expiry_with_it() -> None:
    found = message("NAD+FL+++A:B'DOC+P+AB1'DTM+36:260911'DOC+V'DTM+36:270101'LOC+91+BEL'")
    assert found.messages[0].travellers[0].documents == (TravelDocument("P", "AB1", None, "2026-09-11"),)
    assert "paxlst.document" in {one.code for one in found.warnings}


def test_nothing_is_carried_over_to_the_next_traveller() -> None:
    body = "NAD+FL+++A:B'ATT+2++F'DTM+329:840317'NAT+2+MAR'LOC+178+CMN'RFF+AVF:X'DOC+P+1'NAD+FL+++C:D'DTM+36:270101'"
    first, second = message(body).messages[0].travellers
    assert first.documents == (TravelDocument("P", "1"),)
    assert second == Traveller("passenger", "C", "D", "unknown", None, None)


def test_an_address_never_becomes_a_name() -> None:
    found = message("NAD+FL++++20 MAIN STREET+ANYTOWN'")
    (one,) = found.messages[0].travellers
    assert (one.family, one.given) == ("", "")
    assert "paxlst.name" in {warning.code for warning in found.warnings}


@pytest.mark.parametrize(
    ("cnt", "lies"),
    [("42:3", False), ("42:2", False), ("41:1", False), ("41+3", False), ("42:4", True), ("42:x", True)],
)
def test_counts_that_lie_are_warned_of(cnt: str, *, lies: bool) -> None:
    found = message(f"NAD+FL+++A:B'NAD+FL+++C:D'NAD+FM+++E:F'CNT+{cnt}'")
    assert len(found.messages[0].travellers) == 3
    assert ("paxlst.count" in {one.code for one in found.warnings}) == lies


def test_several_messages_groups_and_interchanges_are_all_read() -> None:
    one = "UNH+{0}+PAXLST:D:02B:UN'BGM+745'NAD+FL+++{1}:B'UNT+4+{0}'"
    group = "UNG+PAXLST+A+B+260504:0110+{0}+UN+D:02B'" + one.format("1", "K") + one.format("2", "L") + "UNE+2+{0}'"
    first = "UNA:+.? 'UNB+UNOA:4+A+B+260504:0110+7'" + group.format(1) + group.format(2) + "UNZ+2+7'\r\n"
    second = "UNA|^.~*#\nUNB^UNOC|4^A^B^260504|0110^8#UNH^1^PAXLST|D|05B|UN#NAD^FL^^^M\xc9~#|N#UNT^3^1#UNZ^1^8#"
    found = read_paxlst(first.encode() + second.encode("latin-1"))
    assert [t.family for m in found.messages for t in m.travellers] == ["K", "L", "K", "L", "M\xc9#"]
    assert found.warnings == ()


def test_another_message_beside_is_left_out_and_warned_of() -> None:
    found = read_paxlst(
        b"UNB+UNOA:4+A+B+260504:0110+1'UNH+1+CUSRES:D:02B:UN'UNT+2+1'UNH+2+PAXLST:D:02B:UN'UNT+2+2'UNZ+2+1'"
    )
    assert [one.reference for one in found.messages] == ["2"]
    assert [one.code for one in found.warnings] == ["paxlst.message"]


def test_no_paxlst_is_an_error() -> None:
    with pytest.raises(InputError) as error:
        read_paxlst(b"UNB+UNOA:4+A+B+260504:0110+1'UNH+1+CUSRES:D:02B:UN'UNT+2+1'UNZ+1+1'")
    assert error.value.code == "paxlst.none"


def test_writer_refuses_what_is_not_ascii() -> None:
    person = Traveller("passenger", "TAFRASTÍ", "ZOHAIR", "male", None, None)
    with pytest.raises(InputError) as error:
        write_paxlst(Manifest("1", "745", "", "", "", "", "", "", (), (person,)))
    assert error.value.code == "edifact.charset"
    assert "TAFRAST" not in str(error.value)


def test_writer_releases_marks_within_names() -> None:
    person = Traveller("crew", "O'HARA+X", "A:B?", "female", "1984-03", "BEL", (TravelDocument("P", "1", "BEL"),))
    manifest = Manifest("1", "250", "", "", "", "", "", "", (), (person,))
    assert read_paxlst(write_paxlst(manifest)).messages == (manifest,)
