"""PNRGOV against what was read by eye in every message given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mithaq.formats.pnrgov import read_pnrgov
from mithaq.formats.pnrgov_values import Document, Flight, Message, Record, Traveller
from tests.formats.pnrgov_table import TABLE, Expected
from tests.shared_data import shared

SOURCES = {"DOCS": "D", "DOCO": "V"}


def flight(one: Flight) -> str:
    kind = "" if one.kind == "air" else f"{one.kind} "
    operated = f" ({one.operating_carrier}{one.operating_number})" if one.operating_carrier else ""
    places = f"{one.departure or '-'}-{one.arrival or '-'}"
    return f"F {kind}{one.carrier}{one.number} {places} {one.departs or '-'} {one.arrives or '-'}{operated}"


def document(one: Document) -> str:
    parts = (one.kind, one.number, one.issuer, one.nationality, one.expires, one.family, one.given)
    return f"{SOURCES[one.source]} " + "|".join(part or "-" for part in parts)


def traveller(one: Traveller) -> Iterator[str]:
    parts = (one.family, one.given, one.title, one.kind, one.sex, one.birth_date)
    yield "T " + "|".join(part or "-" for part in parts)
    yield from map(document, one.documents)
    yield from (f"K {it.kind} {it.value}" for it in one.contacts)


def lines(record: Record) -> Iterator[str]:
    made = next((one.created for one in record.locators if one.created), "-")
    yield " ".join(("R", *(f"{one.carrier}:{one.reference}" for one in record.locators), made))
    yield from (f"K {one.kind} {one.value}" for one in record.contacts)
    for one in record.travellers:
        yield from traveller(one)
    yield from map(flight, record.itinerary)


def journey(one: Message) -> str:
    return f"{one.flight} {one.departure}-{one.arrival} {one.departs or '-'} {one.arrives or '-'}"


@pytest.mark.parametrize("expected", TABLE, ids=lambda one: one.file)
def test_real_message_holds_what_was_read_by_eye(expected: Expected) -> None:
    found = read_pnrgov(shared(f"data/border/pnrgov/{expected.file}").read_bytes())
    (message,) = found.messages
    assert (message.version, journey(message)) == (expected.version, expected.flight)
    said = [line for record in message.records for line in lines(record)]
    assert said == [line for line in expected.bookings.splitlines() if line]
    assert sorted(one.code for one in found.warnings) == sorted(expected.warnings)
    assert message.unread == ()


def test_table_covers_every_file() -> None:
    assert {one.file for one in TABLE} == {path.name for path in shared("data/border/pnrgov").iterdir()}


def test_no_card_number_of_a_real_message_is_kept() -> None:
    for path in shared("data/border/pnrgov").iterdir():
        for message in read_pnrgov(path.read_bytes()).messages:
            for record in message.records:
                for payment in record.payments:
                    assert len(payment.account) <= 5, path.name
                    assert payment.account[:1] in {"", "*"}, path.name
