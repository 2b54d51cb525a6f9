"""PNRGOV against messages written here for one rule each, and against any bytes."""

from __future__ import annotations

import io
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.formats.edifact import MAX_WARNINGS
from mithaq.formats.pnrgov import read_pnrgov
from mithaq.formats.pnrgov_values import (
    Address,
    Bags,
    Contact,
    Document,
    Interchange,
    Locator,
    Record,
    Seat,
    Ticket,
    Traveller,
)
from tests.formats.pnrgov_samples import FAMILY, HEAD, interchange

START = "SRC'RCI+MQ:ABCDEF'DAT+700:270225:0718'ORG+MQ:CMN'"


def read(body: str) -> Interchange:
    return read_pnrgov(interchange(body))


def record(body: str) -> Record:
    (found,) = read(body).messages[0].records
    return found


def only(body: str) -> Traveller:
    (found,) = record(START + body).travellers
    return found


def codes(found: Interchange) -> list[str]:
    return [one.code for one in found.warnings]


def texts(value: Any) -> list[str]:
    """Every text of a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in texts(one)]
    if is_dataclass(value):
        return [text for one in fields(value) for text in texts(getattr(value, one.name))]
    return []


def test_family_of_15_1() -> None:
    found = read(FAMILY)
    assert found.warnings == ()
    (message,) = found.messages
    assert (message.version, message.access, message.part) == ("15:1", "MQ0042/010325/1015", "01:C")
    assert (message.function, message.flight, message.departs) == ("22", "MQ0042", "2025-03-01T10:15")
    (booking,) = message.records
    assert booking.locators == (
        Locator("MQ", "QWERT1", "", "2025-02-10T09:15"),
        Locator("1A", "ZXCVB2", "", "2025-02-10T09:16"),
        Locator("SN", "PARTN3"),
    )
    assert booking.split == (Locator("MQ", "PARTED"),)
    assert (booking.changed, booking.ticketed) == ("2025-02-27T07:18", "2025-02-11T10:10")
    assert (booking.agent.system, booking.agent.agency, booking.agent.office) == ("1A", "57654321", "BRU1A2100")
    assert (booking.agent.kind, booking.agent.country, booking.agent.currency) == ("T", "BE", "EUR")
    assert [(one.family, one.given, one.title, one.kind) for one in booking.travellers] == [
        ("VERADI", "NORA", "MRS", "adult"),
        ("VERADI", "IMRAN", "MR", "adult"),
        ("VERADI", "SAMIR", "MSTR", "child"),
        ("VERADI", "AYA", "", "infant"),
    ]
    assert [one.birth_date for one in booking.travellers] == ["1984-07-04", "1982-06-30", "2018-02-01", "2024-09-20"]
    assert [one.documents[0].number for one in booking.travellers] == ["EX123456", "EX123457", "EX123458", "EX123459"]
    assert [one.documents[0].kind for one in booking.travellers] == ["P"] * 4
    assert [(one.kind, one.carrier, one.number, one.operating_number) for one in booking.itinerary] == [
        ("air", "MQ", "0042", "3712"),
        ("surface", "", "ARNK", ""),
        ("open", "MQ", "OPEN", ""),
    ]
    assert booking.history == 2


def test_mother_of_the_family() -> None:
    nora = record(FAMILY).travellers[0]
    assert nora.infant
    assert nora.identifier == "0A1B2C3D"
    assert nora.documents[1:] == (
        Document("DOCO", "V", "8899776", "RABAT", birth_place="LIEGE BEL", issued="2024-03-03", applies_to="MAR"),
        Document("DOCO", "R", "1234567"),
    )
    assert nora.addresses == (
        Address("residence", "RUE HAUTE 12", "BRUXELLES", "", "BEL", "1000"),
        Address("destination", "8 RUE X", "RABAT", "", "MAR", "10000"),
    )
    assert nora.contacts == (
        Contact("phone", "32470000001", "CTCM"),
        Contact("email", "NORA_VERADI@EXAMPLE.ORG", "CTCE"),
    )
    assert nora.tickets == (Ticket("9991234567890", "T", "2025-02-11T10:10", "257.94 EUR"),)
    assert nora.memberships == ("MQ 8812345 GOLD",)
    assert set(nora.seats) == {Seat("12A", "CMN", "BRU", given=True), Seat("12A", "CMN", "BRU")}
    assert nora.bags == (Bags("MQ0042", "2", "34", "kg", "HP", ("MQ 4074902824 2 BRU",)),)


def test_payment_shows_four_digits_and_who_pays() -> None:
    (payment,) = record(FAMILY).payments
    assert (payment.kind, payment.vendor, payment.account, payment.expires) == ("CC", "VI", "*1234", "0927")
    assert payment.payer == ("IMRAN VERADI", "RUE HAUTE 12 BRUXELLES", "3225000000")


@pytest.mark.parametrize(
    "body",
    [
        "FOP+CC::1.00:VI:4000123412341234:0927'",
        "FOP+CC::1.00:VI:4000 1234 1234 1234:0927'",
        "IFT+4:28::MQ+PAID WITH VI4000123412341234 EXP 0927'",
        "IFT+4:28::MQ+PAID WITH 4000-1234-1234-1234'",
        "SSR+OTHS:HK:1:MQ:::::CARD 400012341234123?+4'",
        "ADD++700:CARD 4000123412341234:RABAT:::MA:10000:VI4000123412341234'",
        "IFT+4:43+A B+VI 4000123412341234'",
        "LTS+F/FP CC VI4000123412341234'",
    ],
)
def test_no_card_number_survives(body: str) -> None:
    found = read(START + "TIF+A+B MR:A:1'" + body)
    assert found.messages[0].records[0].travellers
    assert not any("00123412341" in text.replace(" ", "").replace("-", "") for text in texts(found))


@pytest.mark.parametrize(
    "body",
    [
        "SSR+MOML:HK:1:MQ'",
        "SSR+KSML:HK:1:MQ:::CMN:BRU:STRICT+::1'",
        "SSR+SPML:HK:1:MQ:::CMN:BRU:NO SALT+::1'",
        "SSR+MEDA:HK:1:MQ:::::HEART+::1'",
        "SSR+WCHC:HK:1:MQ'",
        "SSR+BLND:HK:1:MQ'",
        "SSR+OTHS:HK:1:MQ:::::HALAL MEAL PLS+::1'",
        "SSR+CKIN:HK:1:MQ:::::NEEDS OXYGEN'",
        "IFT+4:28::MQ+PAX HAS DIABETES'",
        "IFT+4:28::MQ+TRAVELS FOR HAJJ'",
        "ADD++700:::::::WHEELCHAIR AT GATE'",
    ],
)
def test_belief_and_health_are_counted_and_left_out(body: str) -> None:
    found = record(START + "TIF+A+B MR:A:1'" + body)
    assert found.withheld == 1
    assert (found.services, found.remarks, found.travellers[0].services) == ((), (), ())
    said = " ".join(texts(found))
    assert not any(word in said for word in ("ML", "WCH", "MEDA", "HALAL", "OXYGEN", "DIABETES", "HAJJ", "HEART"))


def test_a_contact_is_read_from_a_text_beside_what_must_not_be_kept() -> None:
    found = only("TIF+A+B MR:A:1'IFT+4:28::MQ+CTCM 212600000001 KOSHER MEAL'")
    assert found.contacts == (Contact("phone", "212600000001", "CTCM"),)


def test_unaccompanied_child_and_vip_are_kept() -> None:
    found = record(START + "TIF+A+B:C:1'SSR+UMNR:HK:1:MQ:::CMN:BRU:UM08+::1'IFT+4:28::MQ+VIP'")
    assert [(one.code, one.text) for one in found.travellers[0].services] == [("UMNR", "UM08")]
    assert (found.remarks, found.withheld) == (("VIP",), 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/P/GBR/EX1/GBR/12JUL64/M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("P/GBR/EX1/GBR/12JUL64/M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("//P/GBR/EX1/GBR/12JUL64/M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("HK1/P/GBR/EX1/GBR/12JUL64/M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("/////12JUL64/M//SMITH/JOHN", "- - - - 1964-07-12 male -"),
        ("////GBR/12JUL64/M//SMITH/JOHN", "- - - GBR 1964-07-12 male -"),
        ("//GBR/EX1/GBR/12JUL64/M/23AUG29/SMITH/JOHN", "- GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("/P/GBR/EX1/GBR//M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR - male 2029-08-23"),
        ("/P/GBR/EX1/GBR/12JUL1964/M/23AUG2029/SMITH/JOHN/H", "P GBR EX1 GBR 1964-07-12 male 2029-08-23"),
        ("/I/BEL/EX1/BEL/1964-07-12/X/2029-08-23/SMITH/JOHN", "I BEL EX1 BEL 1964-07-12 other 2029-08-23"),
        ("/P/GBR/EX1/GBR/12JUL64/U/23AUG29/SMITH/JOHN", "P GBR EX1 GBR 1964-07-12 unknown 2029-08-23"),
        ("/P/GBR/EX1/GBR/31FEB64/M/23AUG29/SMITH/JOHN", "P GBR EX1 GBR - male 2029-08-23"),
        ("/P/GBR/EX1/GBR/28FEB25/M/23AUG79/SMITH/JOHN", "P GBR EX1 GBR 2025-02-28 male 1979-08-23"),
        # Born after the flight, were it of this century; an expiry is near the flight.
        ("/P/GBR/EX1/GBR/02MAR25/M/23AUG70/SMITH/JOHN", "P GBR EX1 GBR 1925-03-02 male 2070-08-23"),
    ],
)
def test_docs_texts(text: str, expected: str) -> None:
    (found,) = only(f"TIF+SMITH+JOHNMR:A:1'SSR+DOCS:HK:1:MQ:::::{text}+::1'").documents
    held = (found.kind, found.issuer, found.number, found.nationality, found.birth_date, found.sex, found.expires)
    assert " ".join(one or "-" for one in held) == expected
    assert (found.family, found.given) == ("SMITH", "JOHN")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("JOHNMR", ("JOHN", "MR")),
        ("JOHN MR", ("JOHN", "MR")),
        ("JOHN PAUL MR", ("JOHN PAUL", "MR")),
        ("MR JOHN", ("JOHN", "MR")),
        ("MARYMRS", ("MARY", "MRS")),
        ("MARYMISS", ("MARY", "MISS")),
        ("TIMMSTR", ("TIM", "MSTR")),
        ("NINA MS", ("NINA", "MS")),
        ("ISABELLE MRS(ADT)", ("ISABELLE", "MRS")),
        ("AMR", ("AMR", "")),
        ("ALEXANDR", ("ALEXANDR", "")),
        ("ADAMS", ("ADAMS", "")),  # his document says M
        ("DR JOHN", ("JOHN", "DR")),
        ("", ("", "")),
    ],
)
def test_titles_leave_names(given: str, expected: tuple[str, str]) -> None:
    sex = "M" if given == "ADAMS" else "U"
    found = only(f"TIF+SMITH+{given}:A:1'SSR+DOCS:HK:1:MQ::::://///12JUL64/{sex}//SMITH/+::1'")
    assert (found.given, found.title) == expected
    assert found.name_sent == (f"SMITH/{given}" if given else "SMITH")


@pytest.mark.parametrize(("born", "told"), [("2099", True), ("1999", False), ("99", False)])
def test_a_birth_after_the_flight_is_kept_and_told(born: str, *, told: bool) -> None:
    docs = f"TIF+SMITH+JOHN:A:1'SSR+DOCS:HK:1:MQ:::::/P/MAR/A1/MAR/31DEC{born}/M/01JAN30/SMITH/JOHN+::1'"
    assert only(docs).birth_date == ("2099-12-31" if told else "1999-12-31")
    assert ("pnrgov.birth.future" in codes(read(docs))) == told


def test_documents_go_to_whom_they_name() -> None:
    docs = "SSR+DOCS:HK:1:MQ:::::/P/MAR/EX{0}/MAR/01JAN80/M/01JAN30/{1}/{2}{3}'"
    people = "TIF+KORAN+ANIR:A:1'TIF+KORAN+IDIR:A:2'TIF+SOLBERG+PER:A:003'"
    body = START + docs.format(1, "SOLBERG", "PER", "+::3") + people + docs.format(2, "KORAN", "ANIR", "+::1")
    body += "TVL+010325:1015+CMN+BRU+MQ+0042:Y'" + docs.format(3, "KORAN", "IDIR JAN", "")
    found = record(body).travellers
    assert [[it.number for it in one.documents] for one in found] == [["EX2"], ["EX3"], ["EX1"]]


def test_a_document_of_nobody_in_the_booking_makes_a_traveller() -> None:
    found = read(START + "TIF+KORAN+ANIR:A:1'TVL+010325:1015+CMN+BRU+MQ+1:Y'"
                 "SSR+DOCS:HK:1:MQ:::::/P/MAR/EX1/MAR/01JAN80/M/01JAN30/SOLBERG/PER'")  # fmt: skip
    first, second = found.messages[0].records[0].travellers
    assert (first.documents, second.family, second.documents[0].number) == ((), "SOLBERG", "EX1")
    assert codes(found) == ["pnrgov.traveller"]
    assert found.warnings[0].segment == 12


def test_a_traveller_known_to_the_check_in_only_is_kept() -> None:
    found = read(START + "TIF+KORAN+ANIR:A:1'TVL+010325:1015+CMN+BRU+MQ+1:Y'DAT+2:010325:0800'TRI++7:::9'"
                 "TIF+SOLBERG+PER:A:9'SSD+7A++++Y'")  # fmt: skip
    assert [one.family for one in found.messages[0].records[0].travellers] == ["KORAN", "SOLBERG"]
    assert found.messages[0].records[0].travellers[1].seats == (Seat("7A", "CMN", "BRU", given=True),)
    assert codes(found) == ["pnrgov.traveller"]


def test_infant_that_is_not_named_is_told() -> None:
    assert codes(read(START + "TIF+KORAN+TILAMRS:A:1:1'")) == ["pnrgov.infant"]


def test_infant_in_the_name_of_its_mother() -> None:
    mother, infant = record(START + "TIF+KORAN+TILA MRS(ADT)(INF/ANIR/20SEP24):A:1'").travellers
    assert (mother.given, mother.title, mother.infant) == ("TILA", "MRS", True)
    assert (infant.family, infant.given, infant.kind) == ("KORAN", "ANIR", "infant")


def test_group_without_names_and_several_names_in_one_segment() -> None:
    found = record(START + "TIF+SEETHE WORLD:G'TIF+KORAN+ANIRMR:A:1+TILAMRS:A:2'")
    assert found.group == "SEETHE WORLD"
    assert [(one.family, one.given) for one in found.travellers] == [("KORAN", "ANIR"), ("KORAN", "TILA")]


@pytest.mark.parametrize(
    ("tvl", "departs", "arrives", "warnings"),
    [
        ("010325:1015:010325:1425", "2025-03-01T10:15", "2025-03-01T14:25", []),
        ("010325:1015::1425", "2025-03-01T10:15", "2025-03-01T14:25", []),
        ("010325:1015:1425", "2025-03-01T10:15", "2025-03-01T14:25", []),
        ("010325:2315::0125", "2025-03-01T23:15", "", ["pnrgov.arrival"]),
        ("010325:2315:020325:0125", "2025-03-01T23:15", "2025-03-02T01:25", []),
        ("010325:101530", "2025-03-01T10:15", "", []),
        ("0103251015", "2025-03-01T10:15", "", []),
        ("01032025:1015", "2025-03-01T10:15", "", []),
        ("01MAR25:1015", "2025-03-01T10:15", "", []),
        ("2025-03-01:1015", "2025-03-01T10:15", "", []),
        ("010325", "2025-03-01", "", []),
        ("320125:1015", "", "", ["pnrgov.date"]),
        ("010325:2515", "2025-03-01", "", ["pnrgov.date"]),
        ("", "", "", []),
    ],
)
def test_times_of_flights(tvl: str, departs: str, arrives: str, warnings: list[str]) -> None:
    found = read(START + f"TIF+A+B:A:1'TVL+{tvl}+CMN+BRU+MQ+1:Y'")
    (flight,) = found.messages[0].records[0].itinerary
    assert (flight.departs, flight.arrives) == (departs, arrives)
    assert codes(found) == warnings


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("IFT+4:28::MQ+CTCM 212600000001", ["phone 212600000001 CTCM"]),
        ("IFT+4:28+MQ CTC M ?+212 600-000-001", ["phone +212 600-000-001 CTCM"]),
        ("IFT+4:28::MQ+CTCB RAK 0524000001 EXT 4", ["phone 0524000001 CTCB"]),
        ("IFT+4:28::MQ+CTCPMEX52 55 4446 0000 FAX", ["phone 52 55 4446 0000 CTCP"]),
        ("IFT+4:28::MQ+CTCE TILA./KORAN//EXAMPLE.ORG", ["email TILA-KORAN@EXAMPLE.ORG CTCE"]),
        ("IFT+4:28::MQ+CTCE tila@example.org", ["email TILA@EXAMPLE.ORG CTCE"]),
        ("SSR+CTCE:HK:1:MQ:::::/TILA..K//EXAMPLE.ORG/EN+::1", ["email TILA_K@EXAMPLE.ORG CTCE"]),
        ("SSR+CTCM:HK:1:MQ:::::212600000001-1KORAN/TILA+::1", ["phone 212600000001 CTCM"]),
        ("SSR+CTCR:HK:1:MQ:::::REFUSED+::1", []),
        ("ADD++E:::::::TILA@EXAMPLE.ORG", ["email TILA@EXAMPLE.ORG E"]),
        ("ADD++700:::::::MQ CTCE TILA//EXAMPLE.ORG", ["email TILA@EXAMPLE.ORG CTCE"]),
    ],
)
def test_contacts(segment: str, expected: list[str]) -> None:
    found = only(f"TIF+KORAN+TILA MRS:A:1'{segment}'")
    assert [f"{one.kind} {one.value} {one.code}" for one in found.contacts] == expected


def test_update_of_a_flight_from_several_messages_and_systems() -> None:
    one = "UNH+{0}+PNRGOV:15:1:IA+X+0{0}:{1}'MSG+:141'ORG+MQ'TVL+010325:1015+CMN+BRU+MQ+42'EQN+1'SRC'"
    one += "RCI+MQ:REC{0}:C'TIF+KORAN+T{0}:A:1'UNT+9+{0}'"
    text = "UNB+IATB:1+MQ+P+250301:0110+7'" + one.format(1, "C") + one.format(2, "F") + "UNZ+2+7'"
    found = read_pnrgov(text.encode())
    assert found.warnings == ()
    assert [(it.function, it.part, it.records[0].locators[0].kind) for it in found.messages] == [
        ("141", "01:C", "C"),
        ("141", "02:F", "C"),
    ]


def test_the_same_booking_twice_is_read_twice() -> None:
    found = read_pnrgov(interchange(FAMILY + FAMILY, HEAD.replace("EQN+1", "EQN+2")))
    first, second = found.messages[0].records
    assert first.travellers == second.travellers
    assert second.offset - first.offset == len(FAMILY)
    assert found.warnings == ()


@pytest.mark.parametrize(("said", "lies"), [("1", False), ("2", False), ("3", True), ("X", True), ("9" * 50, True)])
def test_a_count_of_bookings_that_lies_is_told(said: str, *, lies: bool) -> None:
    found = read_pnrgov(interchange(START + "TIF+A+B:A:1'TIF+C+D:A:2'", HEAD.replace("EQN+1", f"EQN+{said}")))
    assert (codes(found) == ["pnrgov.count"]) == lies


def test_unknown_segments_are_listed_with_number_and_offset() -> None:
    data = interchange(START + "TIF+A+B:A:1'XYZ+1+SECRET'NAD+FL+++C'")
    found = read_pnrgov(data)
    assert [(one.tag, one.number) for one in found.messages[0].unread] == [("XYZ", 11), ("NAD", 12)]
    assert all(data[one.offset :].startswith(one.tag.encode()) for one in found.messages[0].unread)
    assert [(one.code, one.segment) for one in found.warnings] == [("pnrgov.segment", 11), ("pnrgov.segment", 12)]
    assert not any("SECRET" in text for text in texts(found))


def test_without_src_a_booking_begins_with_its_reference() -> None:
    found = read("RCI+MQ:ABCDEF'TIF+A+B:A:1'")
    assert [one.locators[0].reference for one in found.messages[0].records] == ["ABCDEF"]


def test_an_empty_booking_is_told() -> None:
    assert codes(read(START)) == ["pnrgov.empty"]


def test_a_traveller_without_name_is_told() -> None:
    assert codes(read(START + "TIF++:A:1'")) == ["pnrgov.name"]


def test_cut_message_gives_what_stands_before_the_cut() -> None:
    data = interchange(FAMILY)
    place = data.index(b"TIF+VERADI+SAMIR") + 10
    found = read_pnrgov(data[:place])
    assert [one.given for one in found.messages[0].records[0].travellers] == ["NORA", "IMRAN", "AYA"][:2]
    assert {"edifact.cut", "edifact.unt", "edifact.unz"} <= set(codes(found))


def test_history_is_counted_and_changes_nothing() -> None:
    body = START + "TIF+A+B:A:1'TVL+010325:1015+CMN+BRU+MQ+1:Y'"
    history = "ABI+4'SAC+++X'TVL+020325:1015+CMN+BRU+MQ+2:Y'SAC+++A'TIF+C+D:A:2'LTS+OLD'"
    first, second = record(body), record(body + history)
    assert (second.travellers, second.itinerary) == (first.travellers, first.itinerary)
    assert (first.history, second.history) == (0, 3)


@pytest.mark.parametrize("mark", [b"\xe2\x80\x99", b"\x92"])
def test_a_typographic_apostrophe_ends_a_segment(mark: bytes) -> None:
    data = interchange(START + "TIF+KORAN+TILA MRS:A:1'\nTVL+010325:1015+CMN+BRU+MQ+1:Y'")
    found = read_pnrgov(data.replace(b"A:1'\nTVL", b"A:1" + mark + b"\nTVL"))
    (booking,) = found.messages[0].records
    assert (booking.travellers[0].reference, len(booking.itinerary)) == ("1", 1)
    assert codes(found) == ["pnrgov.terminator"]


def test_an_apostrophe_within_a_name_ends_nothing() -> None:
    found = only("TIF+O?'NEIL+TILA MRS:A:1'IFT+4:28::MQ+O\u2019NEIL FAMILY'")
    assert found.family == "O'NEIL"


def test_other_marks_and_encodings() -> None:
    text = HEAD[9:] + START + "TIF+KORÁN+TILA MRS:A:1'UNT+11+1'UNZ+1+REF1'"
    marked = "UNA|^.~*#" + text.translate(str.maketrans(":+'?", "|^#~"))
    for encoding in ("utf-8", "latin-1"):
        found = read_pnrgov(marked.encode(encoding))
        assert found.messages[0].records[0].travellers[0].family == "KORÁN"
        assert codes(found) == ["edifact.encoding"]


def test_other_messages_are_left_out_and_none_is_an_error() -> None:
    other = b"UNB+IATA:1+A+B+250301:0110+1'UNH+1+PAXLST:D:05B:UN'UNT+2+1'"
    with pytest.raises(InputError) as error:
        read_pnrgov(other + b"UNZ+1+1'")
    assert error.value.code == "pnrgov.none"
    found = read_pnrgov(other + b"UNH+2+PNRGOV:15:1:IA'MSG+:22'ORG+MQ'TVL+010325+CMN+BRU+MQ+1'UNT+5+2'UNZ+2+1'")
    assert codes(found) == ["pnrgov.message"]


def test_a_stream_is_read_as_its_bytes() -> None:
    assert read_pnrgov(io.BytesIO(interchange(FAMILY))) == read(FAMILY)


def test_warnings_are_bounded_and_the_rest_is_counted() -> None:
    found = read(START + "TIF+A+B:A:1'" + "XYZ+1'" * 1500)
    assert len(found.warnings) == MAX_WARNINGS + 1
    assert found.warnings[-1].code == "edifact.warnings"
    assert found.warnings[-1].detail.startswith("500 ")
    assert len(found.messages[0].unread) == MAX_WARNINGS


def test_no_warning_says_a_name() -> None:
    found = read(FAMILY.replace("12JAN30", "99XXX99").replace("010325", "990099"))
    assert not any("VERADI" in one.detail or "NORA" in one.detail for one in found.warnings)


PIECES = sorted({piece + "'" for piece in (START + FAMILY).split("'") if piece})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "'", "+", ":", "?", "TIF+", "/", "SRC'", "\n", "’", "é", "9" * 30])))
def test_any_order_of_segments_gives_a_value(pieces: list[str]) -> None:
    found = read_pnrgov((HEAD + "".join(pieces)).encode())
    assert len(found.messages) >= 1
    assert len(found.warnings) <= MAX_WARNINGS + 1


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(FAMILY)), st.integers(0, 200))
def test_any_bytes_give_a_value_or_an_input_error(noise: bytes, at: int, gone: int) -> None:
    data = interchange(FAMILY)
    for one in (noise, HEAD.encode() + noise, data[:at] + noise + data[at + gone :]):
        try:
            found = read_pnrgov(one)
        except InputError:
            continue
        assert isinstance(found, Interchange)
