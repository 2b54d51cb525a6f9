"""PNRGOV as other systems push it: right at the first reading."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest

from mithaq.formats.pnrgov import read_pnrgov
from mithaq.formats.pnrgov_values import Address, Flight, Locator, Message, Record, Traveller
from mithaq.formats.recognise import Asked, read_file
from tests.formats.pnrgov_dialects import DIALECTS, Dialect

_LETTERS = {"female": "F", "male": "M", "other": "X", "unknown": "-"}


def journey(one: Message) -> str:
    return f"{one.flight} {one.departure}-{one.arrival} {one.departs} {one.arrives}"


def flight(one: Flight) -> str:
    ends = f"{one.departure}-{one.arrival}" if one.departure or one.arrival else "-"
    parts = [f"F {one.carrier}{one.number if one.kind != 'surface' else ''}".strip() or "F", ends]
    if one.kind == "surface":
        return "F - -  surface"
    parts += [one.departs or "-", one.arrives or "-", one.booking_class, one.status]
    operated = f"{one.operating_carrier}{one.operating_number}" if one.operating_number else ""
    return " ".join(filter(None, [*parts, operated, "" if one.kind == "air" else one.kind]))


def locator(letter: str, one: Locator) -> str:
    return f"{letter} {one.carrier} {one.reference} {one.created or '-'}"


def address(one: Address) -> str:
    return " ".join(filter(None, ("A", one.kind, one.street, one.city, one.state, one.country, one.postcode)))


def traveller(one: Traveller) -> Iterator[str]:
    who = f"{one.family}/{one.given}" + (f" {one.title}" if one.title else "")
    infant = " with infant" if one.infant else ""
    yield f"T {who} {one.kind} {_LETTERS[one.sex]} {one.birth_date or '-'}{infant}"
    for it in one.documents:
        said = f"{it.family}/{it.given}"
        other = f" as {said}" if it.family and said != f"{one.family}/{one.given}" else ""
        number = f"D {it.kind or '-'} {it.number or '-'} {it.issuer or '-'} {it.nationality or '-'}"
        yield f"{number} {it.expires or '-'}{other}"
    for ticket in one.tickets:
        yield f"K {ticket.number} {ticket.issued or '-'} {ticket.total or '-'}"
    for seat in sorted(one.seats, key=lambda it: it.given):
        yield f"S {seat.seat} {seat.departure}-{seat.arrival}" + (" given" if seat.given else "")
    for bags in one.bags:
        yield " ".join(filter(None, ("B", bags.pieces, bags.weight, bags.unit, *bags.tags)))
    for contact in one.contacts:
        yield f"C {contact.kind} {contact.value}"
    yield from map(address, one.addresses)


def lines(record: Record) -> Iterator[str]:
    yield from (locator("L", one) for one in record.locators)
    yield from (locator("P", one) for one in record.split)
    if record.group:
        yield f"G {record.group}"
    for one in record.travellers:
        yield from traveller(one)
    yield from map(flight, record.itinerary)
    yield from (f"C {one.kind} {one.value}" for one in record.contacts)
    yield from map(address, record.addresses)
    yield from (f"R {one}" for one in record.remarks)
    yield from (f"V {one.code} {one.text}" for one in record.services)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_dialect_is_read_as_it_was_read_by_eye(dialect: Dialect) -> None:
    found = read_pnrgov(dialect.data)
    assert tuple(map(journey, found.messages)) == dialect.journeys
    said = [line for message in found.messages for record in message.records for line in lines(record)]
    assert said == list(dialect.lines)
    assert tuple(sorted(one.code for one in found.warnings)) == dialect.warnings


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda one: one.name)
def test_dialect_is_recognised(dialect: Dialect) -> None:
    reading = read_file(io.BytesIO(dialect.data), Asked(date(2026, 3, 1)))
    assert reading.kind == "PNRGOV"
    assert (
        sum(one.kind == "booking" for one in reading.records) == sum(line[0] == "L" for line in dialect.lines[:1]) or 1
    )
